"""The journeys' third street: the web pages, by their forms."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any

import httpx

from bot.acts import CancelTime, Consulting, HandOver, Merge, Presence, Propose, Snooze
from bot.intake import Intake, hashed
from bot.knowledge.model import Language
from bot.messages import Address, Command, ParentMessage, Press, Text
from bot.outbox.worker import Outbox
from bot.store.memory import MemoryStore
from handlers.web.app import make_app
from handlers.web.delivering import WebChannel
from tests.builders import SetClock, front_door
from tests.journeys.town import Seen, WorkerAct


def form(act: WorkerAct) -> dict[str, str]:
    """An act as the desk's form of it sends it. Most boxes are called as what they hold."""
    match act:
        case Presence(presence=presence):
            return {"presence": presence}
        case Snooze(until=until):
            return {"act": "wake"} if until is None else {"act": "snooze", "at": _box(until)}
        case Consulting(question=question, units=units):
            return {"act": "consult", "text": question, "unit": "".join(units[:1])}
        case HandOver(reason=reason, unit=unit, to=to):
            return {"act": "offer", "reason": reason, "to": f"unit:{unit}" if to is None else f"worker:{to}"}
        case Propose(times=times, place=place):
            boxes = {f"time{number}": _box(each) for number, each in enumerate(times, 1)}
            return {"act": "propose", "place": place, **boxes}
        case CancelTime(item=item) | Merge(other=item):
            return {"act": act.type, "other" if isinstance(act, Merge) else "item": str(item)}
    filled = ((each.name, getattr(act, each.name)) for each in fields(act) if each.name != "type")
    return {"act": act.type, **{name: str(value) for name, value in filled if value is not None}}


def _box(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M")


class Web:
    """Everything by the pages' forms."""

    def __init__(self) -> None:
        self.store, self.clock = MemoryStore(), SetClock()
        self.channel = WebChannel(self.store, self.clock)
        self.outbox = Outbox(self.store, self.clock, {"web": self.channel})
        self.intake = Intake(self.store, self.clock, front_door, wake=self.outbox.wake)
        self.app = make_app(
            store=self.store,
            intake=self.intake,
            clock=self.clock,
            door=front_door,
            channel=self.channel,
            health=self._health,
        )
        self._sending = asyncio.create_task(self.outbox.run())
        self._browsers: dict[str, httpx.AsyncClient] = {}
        self._forms = itertools.count(1)
        self._in: dict[int, date] = {}

    async def _health(self) -> Mapping[str, Any]:
        return {"ok": True}

    def _browser(self, name: str, language: str = "fi") -> httpx.AsyncClient:
        if name not in self._browsers:
            self._browsers[name] = httpx.AsyncClient(
                transport=httpx.ASGITransport(self.app),
                base_url="http://testserver",
                headers={"accept-language": language},
            )
        return self._browsers[name]

    async def parent_does(self, parent: int, language: Language, message: ParentMessage) -> None:
        """A form of her page; what the page has no form for is not played on this street."""
        browser = self._browser(f"parent {parent}", language)
        await browser.get("/")
        fields = {"once": f"form {next(self._forms)}"}
        match message:
            case Text(text=text):
                fields["text"] = text
            case Press(data=data):
                fields["press"] = data
            case Command(name="start"):
                return
            case _:
                raise AssertionError(f"the page has no form for {message}")
        answer = await browser.post("/", data=fields)
        assert answer.status_code == 303, answer.text
        await self.settle()

    async def settle(self) -> None:
        """The outbox is empty."""
        while (await self._unsent())[0]:
            self.outbox.wake()
            await asyncio.sleep(0)

    async def _unsent(self) -> tuple[int, Any]:
        async with self.store.begin() as work:
            return await work.outbox_unsent()

    async def screen(self, parent: int) -> list[Seen]:
        """The lines of her page that are not her own."""
        browser = self._browsers.get(f"parent {parent}")
        token = browser.cookies.get("perheneuvo") if browser is not None else None
        if token is None:
            return []
        async with self.store.begin() as work:
            row, _ = await work.conversation(Address("web", hashed(token)))
            lines = await work.web_lines(row)
        return [
            Seen(
                "\n".join(p["text"] + (f": {p['value']}" if p.get("value") else "") for p in line.payload["parts"]),
                tuple((b["label"], b["data"]) for row in line.payload["buttons"] for b in row),
                line.by == "worker",
            )
            for line in lines
            if line.by != "parent"
        ]

    async def worker_does(self, worker: int | None, case: int | None, act: WorkerAct) -> None:
        """The forms of the desk, in a browser that is signed in, or one that is not."""
        browser = self._browser(f"worker {worker}")
        if worker is not None and self._in.get(worker) != self.clock.now().date():
            await self._sign_in(browser, worker)
        once = {"once": f"form {next(self._forms)}"}
        page = f"/desk/case/{case}" if case is not None else "/desk"
        await browser.post(page, data=once | form(act))
        await self.settle()

    async def _sign_in(self, browser: httpx.AsyncClient, worker: int) -> None:
        """Once a day: a sign-in does not hold over night."""
        token = f"invite-{worker}-{next(self._forms)}"
        async with self.store.begin() as work:
            await work.add_invite(hashed(token), worker, self.clock.now() + timedelta(hours=1))
        await browser.post(f"/desk/in/{token}")
        self._in[worker] = self.clock.now().date()

    async def close(self) -> None:
        """The outbox ends, the browsers close."""
        self.outbox.stop()
        with suppress(asyncio.CancelledError):
            await self._sending
        for browser in self._browsers.values():
            await browser.aclose()
