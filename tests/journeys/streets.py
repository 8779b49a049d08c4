"""The channels the journeys are played on: plain, and Telegram's Bot API on loopback. The pages stand in ``pages``."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.acts import AddTask
from bot.inbox import Inbox
from bot.intake import Intake
from bot.knowledge.model import Language
from bot.messages import (
    Address,
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
from handlers.telegram.commanding import MARK
from handlers.telegram.polling import Receiver
from handlers.telegram.sending import TelegramChannel
from handlers.telegram.updates import reader
from tests.builders import SetClock, front_door
from tests.journeys.group import Made, made
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

    async def worker_does(self, worker: int | None, case: int | None, act: WorkerAct) -> None:
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
        while await self.inbox.take():
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
        shown = self._parents[parent].chat.said if parent in self._parents else ()
        return [
            Seen(each.text, tuple(pair for row in each.buttons for pair in row), by_worker=not each.buttons)
            for each in shown
        ]

    async def worker_does(self, worker: int | None, case: int | None, act: WorkerAct) -> None:
        """In the group: a press on the card, words in the case's topic, a command, or the answer to a question."""
        identity = await self._identity(worker)
        person = Worker(self.server, {"id": identity, "is_bot": False, "first_name": "Joku"})
        if isinstance(act, Reply) and case is not None:
            await self._write(person, case, act.text)
        else:
            await self._makes(person, made(act, case, await self._name(act)))
        await self.settle()

    async def _makes(self, person: Worker, how: Made) -> None:
        asked = len(self.group.chat.said)
        if how.press is not None:
            await self._press(person.user, how.press, self.group.chat.id)
        if how.words is None:
            return
        if how.press is None:
            await person.write(self.group, how.words)
            return
        await self.settle()
        questions = [each for each in self.group.chat.said[asked:] if MARK in each.text]
        if questions:  # where there is none, she was not asked
            question = questions[-1]
            await person.write(self.group, how.words, thread=question.thread, reply_to=question.message)

    async def _name(self, act: WorkerAct) -> str | None:
        """Of the worker a task is for."""
        if not isinstance(act, AddTask) or act.who is None:
            return None
        async with self.store.begin() as work:
            found = await work.worker(act.who)
        return found.name if found is not None else None

    async def _write(self, person: Worker, case: int, text: str) -> None:
        async with self.store.begin() as work:
            link = await work.staff_link(case, self.group.id)
        assert link is not None, "the case has no place in the group"
        reply_to = link.card if link.thread is None else None
        await person.write(self.group, text, thread=link.thread, reply_to=reply_to)

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
