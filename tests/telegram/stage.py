"""A desk on Telegram, whole: parents and workers at the loopback server, a store in memory, a clock set by hand."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.inbox import Inbox
from bot.intake import Intake
from bot.messages import Address
from bot.outbox.worker import Outbox
from bot.ports import CaseLine
from bot.queueing.case import Case
from bot.store.memory import MemoryStore
from handlers.telegram.api import Api
from handlers.telegram.polling import Receiver
from handlers.telegram.sending import TelegramChannel
from handlers.telegram.updates import reader
from tests.builders import SetClock, front_door
from tests.telegram.server import BotApi
from tests.telegram.server.chats import Chat
from tests.telegram.server.people import Group, Parent, Worker
from tests.telegram.watching import in_memory, watch


class Stage:
    """The server's time goes with the clock, so that its limits (``limits=True``) and ours mean the same minutes."""

    def __init__(self, server: BotApi, *, forum: bool = True) -> None:
        self.server, self.store, self.clock = server, MemoryStore(), SetClock()
        watch(server, in_memory(self.store))
        self.group: Group = server.group(forum=forum)
        self.staff = Address("telegram", self.group.id)
        self.api = Api(server.token, server.base)
        channel = TelegramChannel(self.api, self.clock)
        self.outbox = Outbox(self.store, self.clock, {"telegram": channel}, staff=lambda: self.staff)
        self.intake = Intake(self.store, self.clock, front_door, lambda: self.staff)
        self.inbox = Inbox(self.store, self.clock, self.intake, "telegram", reader(self.group.id))
        self.receiver = Receiver(self.api, self.store, self.clock, self.inbox.wake)

    async def hires(self, number: int = 501, name: str = "Wilma", role: str = "desk") -> Worker:
        """One more worker, known to the desk."""
        async with self.store.begin() as work:
            await work.add_worker(name, role, str(number), "fi", self.clock.now())
        return self.server.worker(number, name)

    def private(self, worker: Worker) -> Parent:
        """A worker's own private chat with the bot."""
        return self.server.parent(worker.user["id"], worker.user["first_name"])

    async def asks_for_a_person(self, number: int = 7001) -> Parent:
        """A parent whose case waits."""
        mother = self.server.parent(number)
        await mother.write("/person")
        await self.settle()
        return mother

    async def turns(self) -> None:
        """All updates are kept and all turns taken; nothing is sent."""
        await self.server.until(lambda: not self.server.stream.waiting)
        while await self.inbox.take():
            pass

    async def settle(self, most: float = 600) -> float:
        """All turns are taken and all messages sent; gives how many seconds that took by the clock."""
        await self.turns()
        waited = 0.0
        while True:
            await self.outbox.drain()
            async with self.store.begin() as work:
                unsent, _ = await work.outbox_unsent()
            if not unsent:
                return waited
            assert waited < most, "some messages were never sent"
            self.passes(3)
            waited += 3

    def passes(self, seconds: float) -> None:
        """Time goes on, here and at the server."""
        self.clock.time += timedelta(seconds=seconds)
        self.server.advance(seconds)

    async def thread(self, case: int = 1) -> int | None:
        """The topic of a case."""
        async with self.store.begin() as work:
            link = await work.staff_link(case, self.group.id)
        assert link is not None, f"case {case} has no place in the group"
        return link.thread

    async def claimed(self, worker: Worker, number: int = 7001) -> Parent:
        """A parent whose case this worker has taken."""
        mother = await self.asks_for_a_person(number)
        async with self.store.begin() as work:
            case = max(each.number for each in await work.open_cases())
        await worker.press(self.group, "Otan tämän", thread=await self.thread(case))
        await self.settle()
        return mother

    async def case(self, number: int = 1) -> Case:
        """As it is kept."""
        async with self.store.begin() as work:
            found = await work.case(number)
        assert found is not None
        return found

    async def lines(self, number: int = 1) -> tuple[CaseLine, ...]:
        """Of a case."""
        async with self.store.begin() as work:
            return await work.case_lines(number)

    async def kinds(self, number: int = 1) -> list[str]:
        """What the log has of a case."""
        async with self.store.begin() as work:
            return [line.kind for line in await work.case_log(number)]

    async def says(self, worker: Worker, text: str, case: int | None = 1, reply_to: int | None = None) -> None:
        """She writes in a case's topic (``case`` None: into the group at large); all that comes of it has come."""
        await worker.write(
            self.group, text, thread=await self.thread(case) if case is not None else None, reply_to=reply_to
        )
        await self.settle()

    async def taps(self, worker: Worker, *labels: str, case: int = 1) -> str:
        """She taps these buttons, one after the other, each on the card as it then is; the last press's sign."""
        press = ""
        for label in labels:
            press = await worker.press(self.group, label, thread=await self.thread(case))
            await self.settle()
            assert press in self.server.answered, f"{label!r} got no sign"
        return self.server.answered[press]


def said(chat: Chat, part: str) -> bool:
    """Whether the bot has said something with this in it."""
    return any(part in shown.text for shown in chat.said)


@asynccontextmanager
async def desk(server: BotApi, *, forum: bool = True) -> AsyncIterator[Stage]:
    """A stage that receives; nothing stays open."""
    stage = Stage(server, forum=forum)
    receiving = asyncio.create_task(stage.receiver.run())
    try:
        yield stage
    finally:
        stage.receiver.stop()
        await receiving
        await stage.api.close()
