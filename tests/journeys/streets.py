"""The channels the journeys are played on: plain, Telegram's Bot API on loopback, and the web pages."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any

import httpx

from bot.inbox import Inbox
from bot.intake import Intake, hashed
from bot.knowledge.model import Language
from bot.messages import (
    Address,
    Claim,
    Close,
    Command,
    Edited,
    FromWorker,
    Incoming,
    ParentMessage,
    PhoneShared,
    Press,
    Reply,
    Say,
    Text,
    Unreadable,
)
from bot.outbox.worker import Outbox
from bot.ports import Delivery, Outcome, Sent
from bot.store.memory import MemoryStore
from handlers.telegram.api import Api
from handlers.telegram.polling import Receiver
from handlers.telegram.sending import TelegramChannel
from handlers.telegram.updates import reader
from handlers.web.app import make_app
from handlers.web.delivering import WebChannel
from tests.builders import SetClock, front_door
from tests.journeys.town import Seen, WorkerAct
from tests.telegram.server import BotApi
from tests.telegram.server.people import Group, Parent, Worker
from tests.telegram.watching import in_memory, watch


class Kept:
    """A channel that keeps what was said to whom."""

    name = "console"

    def __init__(self) -> None:
        self.said: dict[str, list[Seen]] = {}

    async def deliver(self, delivery: Delivery) -> Outcome:
        """Keep it."""
        if isinstance(delivery.row.payload, Say):
            self.said.setdefault(delivery.row.to.key, []).append(seen(delivery.row.payload))
        return Sent()


def seen(say: Say) -> Seen:
    """A message as it is read."""
    text = "\n".join(part.text + (f": {part.value}" if part.value else "") for part in say.parts)
    return Seen(
        text, tuple((button.label, button.data) for row in say.buttons for button in row), say.voice == "worker"
    )


class Plain:
    """No channel in between."""

    def __init__(self) -> None:
        self.store, self.clock, self.kept = MemoryStore(), SetClock(), Kept()
        self.outbox = Outbox(self.store, self.clock, {"console": self.kept})
        self.intake = Intake(self.store, self.clock, front_door)

    async def parent_does(self, parent: int, language: Language, message: ParentMessage) -> None:
        """Straight to the intake."""
        await self.intake.parent(Incoming(Address("console", str(parent)), message, hint=language))
        await self.settle()

    async def settle(self) -> None:
        """Deliver what waits."""
        await self.outbox.drain()

    async def screen(self, parent: int) -> list[Seen]:
        """What was kept."""
        return list(self.kept.said.get(str(parent), []))

    async def worker_does(self, worker: int | None, case: int, act: WorkerAct) -> None:
        """Straight to the intake; nobody's id is 999."""
        await self.intake.worker(FromWorker(act, None, case=case, worker=worker if worker is not None else 999))
        await self.settle()

    async def close(self) -> None:
        """Nothing is open."""


class Telegram:
    """Everything by the Bot API: updates polled into the inbox, answers sent by the outbox, workers in a group."""

    def __init__(self, server: BotApi, *, forum: bool = True) -> None:
        self.server = server
        self.store, self.clock = MemoryStore(), SetClock()
        watch(server, in_memory(self.store))
        self.group: Group = server.group(forum=forum)
        staff = Address("telegram", self.group.id)
        self.api = Api(server.token, server.base)
        self.outbox = Outbox(
            self.store, self.clock, {"telegram": TelegramChannel(self.api, self.clock)}, staff=lambda: staff
        )
        self.intake = Intake(self.store, self.clock, front_door, lambda: staff)
        self.inbox = Inbox(self.store, self.clock, self.intake, "telegram", reader(self.group.id))
        self.receiver = Receiver(self.api, self.store, self.clock, self.inbox.wake)
        self._receiving = asyncio.create_task(self.receiver.run())
        self._parents: dict[int, Parent] = {}

    def _parent(self, number: int, language: Language = "fi") -> Parent:
        return self._parents.setdefault(number, self.server.parent(number, f"Nimi {number}", language))

    async def parent_does(self, parent: int, language: Language, message: ParentMessage) -> None:
        """As an update of her own telephone."""
        her = self._parent(parent, language)
        match message:
            case Text(text=text):
                await her.write(text)
            case Command(name=name):
                await her.write(f"/{name}")
            case Edited(text=text):
                await her.edit(text)
            case Unreadable(kind=kind):
                await her.send(kind)
            case PhoneShared(number=number):
                await her.share_phone(number)
            case Press(data=data):
                await self._press(her.user, data, her.chat.id)
        await self.settle()

    async def _press(self, user: Mapping[str, Any], data: str, chat: int) -> None:
        number = str(next(_presses))
        self.server.presses[number] = self.server.now()
        old = {"message_id": 1, "date": 0, "chat": self.server.chats[chat].raw()}
        query = {"id": number, "from": dict(user), "chat_instance": str(chat), "data": data, "message": old}
        await self.server.push({"callback_query": query})

    async def settle(self) -> None:
        """All updates are kept, all turns taken, all messages sent; the pace of Telegram passes on the set clock."""
        await self.server.until(lambda: not self.server.stream.waiting)
        while await self.inbox.take_one():
            pass
        for _ in range(60):
            await self.outbox.drain()
            async with self.store.begin() as work:
                unsent, _since = await work.outbox_unsent()
            if not unsent:
                return
            self.clock.time += timedelta(seconds=6)
        raise AssertionError("some messages were never sent")

    async def screen(self, parent: int) -> list[Seen]:
        """Her chat as the server has it. A worker's words carry no buttons of the front door."""
        shown = self._parent(parent).chat.said
        return [
            Seen(each.text, tuple(pair for row in each.buttons for pair in row), by_worker=not each.buttons)
            for each in shown
        ]

    async def worker_does(self, worker: int | None, case: int, act: WorkerAct) -> None:
        """In the group: a press on the card, or words in the case's topic."""
        identity = await self._identity(worker)
        person = Worker(self.server, {"id": identity, "is_bot": False, "first_name": "Joku"})
        match act:
            case Claim():
                await self._press(person.user, f"claim:{case}", self.group.chat.id)
            case Close(outcome=outcome):
                await self._press(person.user, f"close:{case}:{outcome}", self.group.chat.id)
            case Reply(text=text):
                async with self.store.begin() as work:
                    link = await work.staff_link(case, self.group.id)
                assert link is not None, "the case has no place in the group"
                reply_to = link.card if link.thread is None else None
                await person.write(self.group, text, thread=link.thread, reply_to=reply_to)
        await self.settle()

    async def _identity(self, worker: int | None) -> int:
        if worker is None:
            return 31337
        async with self.store.begin() as work:
            found = await work.worker(worker)
        return int(found.telegram) if found is not None and found.telegram is not None else 31337

    async def close(self) -> None:
        """The receiver stops, the connection closes."""
        self.receiver.stop()
        await self._receiving
        await self.api.close()


_presses = itertools.count(900_000)


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
        token = self._browser(f"parent {parent}").cookies.get("perheneuvo")
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

    async def worker_does(self, worker: int | None, case: int, act: WorkerAct) -> None:
        """The forms of the desk, in a browser that is signed in, or one that is not."""
        browser = self._browser(f"worker {worker}")
        if worker is not None and "desk" not in browser.cookies:
            token = f"invite-{worker}"
            async with self.store.begin() as work:
                await work.add_invite(hashed(token), worker, self.clock.now() + timedelta(hours=1))
            await browser.post(f"/desk/in/{token}")
        fields = {"once": f"form {next(self._forms)}"}
        match act:
            case Claim():
                fields["act"] = "claim"
            case Reply(text=text):
                fields |= {"act": "reply", "text": text}
            case Close(outcome=outcome):
                fields |= {"act": "close", "outcome": outcome}
        await browser.post(f"/desk/case/{case}", data=fields)
        await self.settle()

    async def close(self) -> None:
        """The outbox ends, the browsers close."""
        self.outbox.stop()
        with suppress(asyncio.CancelledError):
            await self._sending
        for browser in self._browsers.values():
            await browser.aclose()
