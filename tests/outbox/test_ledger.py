"""What became of each try is written down: together where it ends together, and each by itself where one cannot be."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.messages import Address
from bot.outbox.ledger import Ledger
from bot.outbox.recording import DeskWords, Tried
from bot.outbox.retrying import decide
from bot.ports import OutboxRow, Outcome, Sent, UnitOfWork
from tests.outbox.playing import NOON, Desk, SetClock, say
from tests.stores import Around


class CountingStore(Around):
    """Counts units of work; those begun while ``gate`` is shut wait for it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.store)
        self.begun = 0
        self.gate = asyncio.Event()
        self.waiting = asyncio.Event()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        """After the gate."""
        self.begun += 1
        self.waiting.set()
        await self.gate.wait()
        async with self.store.begin() as work:
            yield work


async def taken(desk: Desk, many: int) -> list[OutboxRow]:
    """Rows on their way, each to another chat."""
    for key in range(many):
        await desk.add(Address("telegram", str(key)), say("hei"))
    async with desk.store.begin() as work:
        rows = [await work.outbox_take(NOON, ("telegram",)) for _ in range(many)]
    return [row for row in rows if row is not None]


def tried(row: OutboxRow, outcome: Outcome | None = None) -> Tried:
    """It arrived."""
    came = outcome or Sent()
    return Tried(row, came, decide(came, row, NOON))


async def begun(ledger: Ledger, store: CountingStore, rows: list[OutboxRow]) -> list[asyncio.Task[None]]:
    """The first is being written down, the others wait for their turn."""
    tasks = [asyncio.create_task(ledger.write(tried(row))) for row in rows]
    await store.waiting.wait()
    return tasks


async def test_what_ends_at_the_same_time_is_one_unit_of_work() -> None:
    """The first is written alone, all that came meanwhile together; each caller goes on when its own is saved."""
    desk = Desk()
    rows = await taken(desk, 9)
    store = CountingStore(desk)
    tasks = await begun(Ledger(store, SetClock(), DeskWords(), lambda: False), store, rows)
    store.gate.set()
    await asyncio.gather(*tasks)
    assert store.begun <= 2
    assert await desk.unsent() == 0


async def test_one_that_cannot_be_written_stops_no_other() -> None:
    """Only its own caller hears of it."""
    desk = Desk()
    good = await taken(desk, 3)
    store = CountingStore(desk)
    ledger = Ledger(store, SetClock(), DeskWords(), lambda: False)
    bad = Tried(good[1], Sent(), "nonsense")  # type: ignore[arg-type]  # on purpose
    tasks = [asyncio.create_task(ledger.write(each)) for each in (tried(good[0]), bad, tried(good[2]))]
    await store.waiting.wait()
    store.gate.set()
    ends = await asyncio.gather(*tasks, return_exceptions=True)
    assert [isinstance(end, AssertionError) for end in ends] == [False, True, False]
    assert await desk.unsent() == 1


async def test_a_writer_that_is_cancelled_leaves_the_others_theirs() -> None:
    """They write it down themselves."""
    desk = Desk()
    store = CountingStore(desk)
    tasks = await begun(Ledger(store, SetClock(), DeskWords(), lambda: False), store, await taken(desk, 3))
    tasks[0].cancel()
    with pytest.raises(asyncio.CancelledError):
        await tasks[0]
    store.gate.set()
    async with asyncio.timeout(10):
        await asyncio.gather(*tasks[1:])
    assert await desk.unsent() <= 1
