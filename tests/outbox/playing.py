"""Parts played by hand: a clock that is set, a channel that does as it is told, a store that is busy for a while."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.messages import Address, Outgoing, Part, PartKind, Say, StaffLine
from bot.outbox.worker import Outbox
from bot.ports import Channel, Delivery, Outcome, Sent, Store, StoreBusy, UnitOfWork
from bot.queueing.case import Case
from bot.store.memory import MemoryStore
from tests.stores import Around

ZONE = ZoneInfo("Europe/Helsinki")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=ZONE)
AINO = Address("telegram", "11")
BEA = Address("telegram", "22")
STAFF = Address("telegram", "-1")


class SetClock:
    """Stands still until it is told to go on."""

    def __init__(self) -> None:
        self.time = NOON

    def now(self) -> datetime:
        """The set time."""
        return self.time

    def go_on(self, seconds: float) -> None:
        """Later."""
        self.time += timedelta(seconds=seconds)


@dataclass
class ToldChannel:
    """Answers each delivery with the next told outcome (an exception is raised), and with Sent when none is left.

    ``arrived`` is set by the first delivery.
    """

    told: list[Outcome | Exception] = field(default_factory=list)
    name: Literal["telegram", "web", "console"] = "telegram"
    seen: list[Delivery] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def deliver(self, delivery: Delivery) -> Outcome:
        """The next one."""
        self.seen.append(delivery)
        self.arrived.set()
        outcome = self.told.pop(0) if self.told else Sent()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def texts(self) -> list[str]:
        """What was shown to parents, in order."""
        payloads = (delivery.row.payload for delivery in self.seen)
        return [part.text for payload in payloads if isinstance(payload, Say) for part in payload.parts]


class BusyStore(Around):
    """A store that says StoreBusy to so many units of work, ``busy`` of them, once it is told to."""

    busy = 0

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        """Busy first."""
        if self.busy:
            self.busy -= 1
            raise StoreBusy("told to be")
        async with self.store.begin() as work:
            yield work


def say(text: str, voice: Literal["bot", "worker"] = "bot") -> Say:
    """A message to a parent."""
    return Say((Part(PartKind.TEXT, text),), voice=voice)


class Desk:
    """A store, a clock, a channel and the outbox between them."""

    def __init__(self, *told: Outcome | Exception, store: Store | None = None) -> None:
        self.store = store or MemoryStore()
        self.clock = SetClock()
        self.channel = ToldChannel(list(told))
        self.outbox = self.made({"telegram": self.channel})

    def made(self, channels: dict[str, Channel]) -> Outbox:
        """An outbox over these channels, which speaks for the desk."""
        return Outbox(
            self.store,
            self.clock,
            channels,
            staff=lambda: STAFF,
            undelivered_text=lambda: "not delivered",
            late_text=lambda: "not yet",
            repeated_text=lambda: "perhaps twice",
        )

    async def add(self, to: Address, payload: Outgoing, *, case: int | None = None, priority: int = 0) -> int:
        """A message to send."""
        async with self.store.begin() as work:
            return await work.outbox_add(to, payload, self.clock.now(), case=case, priority=priority)

    async def open_case(self) -> int:
        """The first parent's case, open."""
        async with self.store.begin() as work:
            conversation, value = await work.conversation(AINO)
            case = await work.add_case(Case(conversation=conversation, language="fi", opened_at=NOON))
            await work.save_conversation(conversation, replace(value, case=case.number), NOON)
        return case.number

    async def lines(self, case: int) -> list[tuple[str, str]]:
        """Who said what in it."""
        async with self.store.begin() as work:
            return [(line.by, line.text) for line in await work.case_lines(case)]

    async def unsent(self) -> int:
        """How many rows wait."""
        async with self.store.begin() as work:
            return (await work.outbox_unsent())[0]

    def staff_lines(self) -> list[StaffLine]:
        """What the staff's room was told."""
        payloads = (delivery.row.payload for delivery in self.channel.seen)
        return [payload for payload in payloads if isinstance(payload, StaffLine)]
