"""The loop that takes kept updates, oldest first in each lane, and gives each to the intake.

The effect, what it says, and "this update is done" are one unit of work: dying in between has done nothing.
How an update reads is the channel's own; it is handed in as ``translate``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, timedelta

import structlog

from bot.intake import Intake, Unheard
from bot.messages import FromWorker, Incoming
from bot.ports import Clock, InboxRow, Json, Store, StoreBusy, UnitOfWork

log = structlog.get_logger()
MOST_TRIES = 6  # with the waits below about half a minute; then the update is put aside and a person must look
AT_ONCE = 8  # turns in one unit of work, when so many are due
_IDLE = 1.0  # seconds between looks when nobody wakes the loop


@dataclass(frozen=True, slots=True)
class ChatMoved:
    """A staff group has a new id."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Either:
    """Said in private: a worker's act if it comes from one, else a parent's message, if it is one at all.

    A worker may be a parent, too. A command of the staff's, and a reply to what the desk sent her, are the worker's;
    everything else she writes in private is a parent's.
    """

    worker: FromWorker
    parent: Incoming | None


@dataclass(frozen=True, slots=True)
class Read:
    """What an update is: a message, a worker's act, a moved group, or None (nothing for us); and a press that waits."""

    act: Incoming | FromWorker | Either | ChatMoved | None
    press: str | None = None


class Inbox:
    """Empties one channel's inbox. ``translate`` may raise anything: an update it cannot read is put aside at once."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        intake: Intake,
        channel: str,
        translate: Callable[[Json], Read],
    ) -> None:
        self.store = store
        self.clock = clock
        self.intake = intake
        self.channel = channel
        self.translate = translate
        self._woken = asyncio.Event()
        self._stopping = False
        self._singly = 0  # so many are taken each in a unit of work of its own: one of them failed

    def wake(self) -> None:
        """There is something new."""
        self._woken.set()

    def stop(self) -> None:
        """End after the turn in progress."""
        self._stopping = True
        self._woken.set()

    async def run(self) -> None:
        """Work until stopped. A fault of the store is waited out; nothing is dropped."""
        while not self._stopping:
            self._woken.clear()
            try:
                while not self._stopping and await self.take():
                    pass
            except Exception as fault:
                log.warning("inbox waits", error=type(fault).__name__)
            await self._wait()

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(_IDLE):
                await self._woken.wait()
        except TimeoutError:
            pass

    async def take(self) -> int:
        """Handle what is due now, some of it in one unit of work. How many that were."""
        return await self.intake.heard(self._take)

    async def _take(self) -> int:
        """When one of them fails all are undone, and each is taken again by itself."""
        rows: list[InboxRow] = []
        try:
            async with self.store.begin() as work:
                while await self._take_next(work, rows):
                    pass
        except (StoreBusy, Unheard):
            self._singly = len(rows)
            raise  # no fault of the update's: it waits, and no try is counted
        except Exception as fault:
            if not rows:
                raise
            if len(rows) > 1:
                self._singly = len(rows)
                return await self._take()
            await self._failed(rows[0], fault)
        self._singly = max(0, self._singly - 1)
        if rows:
            self.intake.wake()
        return len(rows)

    async def _take_next(self, work: UnitOfWork, rows: list[InboxRow]) -> bool:
        """One more, its effect and its end together; whether another may go with it.

        Only parents' go together: each of them locks what is her own, so that no two replicas wait for each other.
        """
        row = await work.inbox_next(self.channel, self.clock.now())
        if row is None:
            return False
        read = self._read(row)
        alone = isinstance(read, _Unreadable) or not isinstance(read.act, Incoming | None)
        if alone and rows:
            return False
        rows.append(row)
        await self._turn(work, read)
        await work.inbox_done(row.id, self.clock.now())
        await asyncio.sleep(0)  # let the others go on
        return not (alone or self._singly or self._stopping) and len(rows) < AT_ONCE

    def _read(self, row: InboxRow) -> Read | _Unreadable:
        try:
            return self.translate(row.payload)
        except Exception as fault:
            unreadable = _Unreadable()
            unreadable.__cause__ = fault
            return unreadable

    async def _turn(self, work: UnitOfWork, read: Read | _Unreadable) -> None:
        if isinstance(read, _Unreadable):
            raise read
        match read.act:
            case Incoming() as incoming:
                await self.intake.parent_in(work, incoming, press=read.press)
            case FromWorker() as act:
                await self.intake.worker_in(work, act)
            case Either(worker=act, parent=incoming):
                if await self.intake.is_staff(work, act):
                    await self.intake.worker_in(work, act)
                elif incoming is not None:
                    await self.intake.parent_in(work, incoming, press=read.press)
            case ChatMoved(old=old, new=new):
                await work.move_staff_chat(old, new)
            case None:
                pass

    async def _failed(self, row: InboxRow, fault: Exception) -> None:
        """Nothing of the turn was saved: it waits for its next try, or is put aside so that its chat goes on."""
        now = self.clock.now()
        log.error("turn failed", inbox=row.id, tries=row.tries + 1, error=type(fault).__name__)
        async with self.store.begin() as work:
            if isinstance(fault, _Unreadable) or row.tries + 1 >= MOST_TRIES:
                await work.inbox_quarantine(row.id, type(fault.__cause__ or fault).__name__, now)
            else:
                later = now.astimezone(UTC) + timedelta(seconds=2**row.tries)
                await work.inbox_postpone(row.id, later, type(fault).__name__)


class _Unreadable(Exception):
    """The update cannot be read, now or later."""
