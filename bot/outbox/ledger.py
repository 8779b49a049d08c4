"""Writes down what became of each try: those that end at the same moment share one unit of work.

A unit of work costs the same for one row as for ten, and in a rush it is what there is least of. Each caller goes on
only when its own try is written down. Knows nothing of sending.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from itertools import count

from bot.outbox.recording import DeskWords, Tried, record
from bot.ports import Clock, Store, StoreBusy

RECORD_TRIES = 6

Entry = tuple[Tried, "asyncio.Future[None]"]


class Ledger:
    """``ending`` tells whether the process is about to stop: then a busy store is given up on after some tries."""

    def __init__(self, store: Store, clock: Clock, words: DeskWords, ending: Callable[[], bool]) -> None:
        self._store = store
        self._clock = clock
        self._words = words
        self._ending = ending
        self._one = asyncio.Lock()
        self._waiting: list[Entry] = []

    async def write(self, tried: Tried) -> None:
        """Returns when it is saved. Raises what stopped it, for this one alone."""
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((tried, mine))
        async with self._one:
            if not mine.done():
                await self._write_all()
        await mine

    async def _write_all(self) -> None:
        """All that waits now, for those who wait too."""
        some, self._waiting = self._waiting, []
        try:
            await self._write_some(some)
        except BaseException:  # cancelled: the others write theirs themselves
            self._waiting = [entry for entry in some if not entry[1].done()] + self._waiting
            raise

    async def _write_some(self, some: Sequence[Entry]) -> None:
        try:
            await self._save([tried for tried, _ in some])
        except Exception as fault:
            if len(some) > 1 and not isinstance(fault, StoreBusy):  # one of them is at fault; the others are not
                for entry in some:
                    await self._write_some([entry])
                return
            for _, its in some:
                _end(its, fault)
        else:
            for _, its in some:
                _end(its)

    async def _save(self, tries: Sequence[Tried]) -> None:
        """It has been sent or not whatever the store says: while the process lives, a busy store is asked again.

        Giving up, as one must when it is time to stop, means that it is sent once more later, as a repeat.
        """
        for asked in count():
            try:
                async with self._store.begin() as work:
                    for tried in tries:
                        await record(work, tried, self._words, self._clock.now())
            except StoreBusy:
                if asked >= RECORD_TRIES - 1 and self._ending():
                    raise
                await asyncio.sleep(0.05 * (1 << min(asked, RECORD_TRIES - 1)))
            else:
                return


def _end(its: asyncio.Future[None], fault: Exception | None = None) -> None:
    """Whoever waited may have been cancelled."""
    if its.done():
        return
    if fault is None:
        its.set_result(None)
    else:
        its.set_exception(fault)
