"""The product's moving parts in this process, on a real database file: for faults that are made inside it.

As :mod:`bot.main` joins them, without the pages; the clock is this machine's, moved by the test.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.inbox import Inbox
from bot.intake import Intake
from bot.messages import Address
from bot.outbox.worker import Outbox
from bot.queueing import telling
from bot.store.sql import SqlStore, open_store
from handlers.telegram.api import Api
from handlers.telegram.pacing import Pace
from handlers.telegram.polling import Receiver
from handlers.telegram.sending import TelegramChannel
from handlers.telegram.standing import Waits
from handlers.telegram.updates import reader
from tests.builders import ZONE
from tests.reliability.play import GROUP, Play
from tests.web.house import little_door


class NoPace(Pace):
    """Nothing is ever too fast."""

    def wait(self, chat: str, cost: int, now: datetime) -> float:
        """At once."""
        return 0.0


@dataclass
class Shifted:
    """This machine's clock, so much ahead or behind."""

    by: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        """The time as the product sees it."""
        return (datetime.now(UTC) + self.by).astimezone(ZONE)


@dataclass
class House:
    """What runs, and what the test may turn at."""

    store: SqlStore
    clock: Shifted
    receiver: Receiver
    inbox: Inbox
    outbox: Outbox
    play: Play

    async def settle(self, seconds: float = 20) -> None:
        """Until everything has arrived."""
        await self.until(lambda: not self.play.server.stream.waiting and self.play.done(), seconds)

    async def until(self, true: Callable[[], bool], seconds: float = 20) -> None:
        """Until it is true. Waking is what spares the loops' own looks, a second apart."""
        async with asyncio.timeout(seconds):
            while not true():
                self.inbox.wake()
                self.outbox.wake()
                await asyncio.sleep(0.005)  # the parts work meanwhile


@asynccontextmanager
async def living_in(play: Play, *, busy_seconds: float = 0.1, pace: Pace | None = None) -> AsyncIterator[House]:
    """The house at work; at the end everything is stopped in order."""
    clock = Shifted()
    url = f"sqlite+aiosqlite:///{play.path}?timeout={busy_seconds}"
    store = open_store(url, key=None, zone=ZONE)
    assert isinstance(store, SqlStore)
    await store.start()
    api = Api(play.server.token, play.server.base)
    staff = Address("telegram", f"{GROUP}")
    outbox = Outbox(
        store,
        clock,
        {"telegram": TelegramChannel(api, clock, pace or NoPace())},
        staff=lambda: staff,
        repeated_text=lambda: telling.say(little_door().base, "staff.repeat"),
    )
    intake = Intake(store, clock, little_door, lambda: staff, outbox.wake)
    inbox = Inbox(store, clock, intake, "telegram", reader(f"{GROUP}"))
    waits = Waits(first=0.01, longest=0.05)
    receiver = Receiver(api, store, clock, inbox.wake, waits=waits, revived=lambda: outbox.revive("telegram"))
    parts = (receiver, inbox, outbox)
    tasks = [asyncio.create_task(part.run()) for part in parts]
    try:
        yield House(store, clock, receiver, inbox, outbox, play)
    finally:
        for part in parts:
            part.stop()
        async with asyncio.timeout(20):
            await asyncio.gather(*tasks)
        await api.close()
        await store.close()
