"""The pages with everything behind them in one process, and the people who use them without any script."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from typing import Any

import httpx
from starlette.applications import Starlette

from bot.conversation.turn import Door
from bot.intake import Intake, hashed
from bot.knowledge.model import Language
from bot.matching.matcher import Matcher
from bot.outbox.worker import Outbox
from bot.ports import UnitOfWork, Worker
from bot.store.memory import MemoryStore
from handlers.web.app import make_app
from handlers.web.delivering import WebChannel
from tests.builders import SetClock, starter
from tests.web.reading import Page

_SERVICES = ("neuvola", "kuraattori", "turvakoti", "perheneuvo", "puheterapia", "poissaolot")
SLEEP = "Vauva valvottaa kaikki yöt enkä jaksa enää"
VIOLENCE = "Mies hakkaa minua ja lapsia"


@cache
def little_door() -> Door:
    """The starter with a handful of services: the same words, quicker to build."""
    base = starter()
    services = {each: base.services[each] for each in _SERVICES}
    worries = {each: lines for each, lines in base.worries.items() if each in _SERVICES}
    little = replace(base, services=services, worries=worries)
    return Door(little, Matcher(little))


def phrase(key: str, language: Language = "fi") -> str:
    """What the pages say."""
    return starter().phrases[language][key]


class BusyAtWill(MemoryStore):
    """A store that says it is busy, or breaks, when the test wants it to."""

    def __init__(self) -> None:
        super().__init__()
        self.fault: Exception | None = None

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        """As the twin does, unless told otherwise."""
        if self.fault is not None:
            raise self.fault
        async with super().begin() as work:
            yield work


@dataclass
class House:
    """The whole product with its pages."""

    store: BusyAtWill = field(default_factory=BusyAtWill)
    clock: SetClock = field(default_factory=SetClock)
    told: dict[str, Any] = field(default_factory=lambda: {"ok": True})
    channel: WebChannel = field(init=False)
    outbox: Outbox = field(init=False)
    intake: Intake = field(init=False)
    app: Starlette = field(init=False)

    def __post_init__(self) -> None:
        """Join the parts."""
        self.channel = WebChannel(self.store, self.clock)
        self.outbox = Outbox(self.store, self.clock, {"web": self.channel})
        self.intake = Intake(self.store, self.clock, little_door, wake=self.outbox.wake)
        self.app = make_app(
            store=self.store,
            intake=self.intake,
            clock=self.clock,
            door=little_door,
            channel=self.channel,
            health=self.health,
        )

    async def health(self) -> Mapping[str, Any]:
        """What the test told it to say."""
        return self.told

    @asynccontextmanager
    async def open(self) -> AsyncIterator[House]:
        """With the outbox running."""
        running = asyncio.create_task(self.outbox.run())
        try:
            yield self
        finally:
            self.outbox.stop()
            await running

    async def worker(self, name: str = "Aino", language: Language = "fi") -> Worker:
        """Somebody of the desk."""
        async with self.store.begin() as work:
            return await work.add_worker(name, "desk", None, language, self.clock.now())

    async def invite(self, worker: Worker, token: str = "a-token", hours: int = 24) -> str:
        """The path of a one-time link."""
        async with self.store.begin() as work:
            await work.add_invite(hashed(token), worker.id, self.clock.now() + timedelta(hours=hours))
        return f"/desk/in/{token}"

    async def remove(self, worker: Worker) -> None:
        """She is no worker any more."""
        async with self.store.begin() as work:
            await work.set_worker_active(worker.id, False)


class Visitor:
    """Somebody with a browser without scripts. Follows redirects, keeps cookies, sends the forms it is given."""

    def __init__(self, house: House, language: str = "fi", base: str = "http://front.test") -> None:
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=house.app, raise_app_exceptions=True),
            base_url=base,
            follow_redirects=True,
            headers={"accept-language": language},
        )
        self.answer = httpx.Response(0)
        self.page = Page("")

    def _read(self, answer: httpx.Response) -> Page:
        self.answer, self.page = answer, Page(answer.text)
        return self.page

    async def opens(self, path: str = "/") -> Page:
        """Goes to an address."""
        return self._read(await self.client.get(path))

    async def sends(self, path: str, form: Mapping[str, str], **headers: str) -> Page:
        """Sends a form."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._read(await self.client.post(path, data=dict(form), headers=named))

    async def writes(self, text: str) -> Page:
        """Writes into the box and sends it."""
        knob = self.page.knob(phrase("web.send", self.language))
        return await self.sends(knob.action, {**knob.fields, "text": text})

    async def taps(self, label: str, **more: str) -> Page:
        """Taps a button."""
        knob = self.page.knob(label)
        named = {knob.name: knob.value} if knob.name else {}
        return await self.sends(knob.action, {**knob.fields, **named, **more})

    @property
    def language(self) -> Language:
        """The language of the page she has."""
        found = self.page.attributes["html"]["lang"]
        return next(each for each in starter().phrases if each == found)


async def parent(house: House, language: str = "fi") -> Visitor:
    """A parent with the page open."""
    visitor = Visitor(house, language)
    await visitor.opens()
    return visitor


async def at_the_desk(house: House, worker: Worker, token: str | None = None) -> Visitor:
    """A worker who has signed in."""
    visitor = Visitor(house)
    await visitor.opens(await house.invite(worker, token or f"token-{worker.id}"))
    await visitor.taps(phrase("desk.sign_in.button"))
    return visitor
