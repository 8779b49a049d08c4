"""Units of work on memory: each gets a copy, and the copy becomes the state when the block ends well."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.ports import StoreBusy, UnitOfWork
from bot.store.alone import Alone
from bot.store.memory.judging import MemoryLog
from bot.store.memory.sending import MemoryCounts, MemoryOutbox
from bot.store.memory.staffing import MemoryStaff, MemoryWorkers
from bot.store.memory.state import State
from bot.store.memory.talking import MemoryCases, MemoryConversations, MemoryInbox, MemoryWeb

WAIT = 10.0
"""Seconds to wait for another unit of work before saying StoreBusy."""


class MemoryUnit(
    MemoryInbox,
    MemoryConversations,
    MemoryCases,
    MemoryWorkers,
    MemoryOutbox,
    MemoryStaff,
    MemoryWeb,
    MemoryLog,
    MemoryCounts,
):
    """:class:`bot.ports.UnitOfWork` on one copy of the state."""


class MemoryStore:
    """:class:`bot.ports.Store` in memory. One unit of work at a time, as on SQLite. ``state`` is for tests to see."""

    def __init__(self) -> None:
        self.state = State()
        self.company = Alone()
        self._turn = asyncio.Lock()

    async def start(self) -> None:
        """Nothing to do."""

    async def serve(self) -> None:
        """Nobody else can."""

    async def close(self) -> None:
        """Nothing to do."""

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        """One transaction, kept when the block ends and undone on any exception."""
        try:
            async with asyncio.timeout(WAIT):  # not wait_for: before Python 3.12 it may swallow a cancellation
                await self._turn.acquire()
        except TimeoutError as error:
            raise StoreBusy("another unit of work does not end") from error
        try:
            unit = MemoryUnit(self.state.copied())
            yield unit
            self.state = unit.state
        finally:
            self._turn.release()
        for what in sorted(unit.rings):
            self.company.tell(what)
