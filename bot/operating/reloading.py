"""A changed knowledge folder becomes the knowledge in use: whole or not at all, live. A broken edit changes nothing.

The folder is looked at every few seconds, and at once when another replica has taken a new base. The new matcher is
built in a thread of its own while the old one answers; turns in progress end with the base they began with.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import structlog

from bot.conversation.turn import Door
from bot.knowledge.faults import KnowledgeFaults
from bot.ports import Company

LOOK = 2.0
SETTLED = 0.3
"""Seconds without a change after which an edit of several files is taken to be complete."""
MOST = 5
Signature = tuple[tuple[str, int, int], ...]
_RING = "knowledge:"
log = structlog.get_logger("bot.operating")


def signature(folder: Path) -> Signature:
    """What changes when a file does: names, times and sizes; no file is opened."""
    found = []
    for path in sorted(folder.rglob("*")):
        with suppress(FileNotFoundError):
            seen = path.stat()
            found.append((path.as_posix(), seen.st_mtime_ns, seen.st_size))
    return tuple(found)


class Reloading:
    """Watches one folder. ``faults`` says why the newest edit is not in use, a line each; empty when it is.

    ``build`` reads the folder and makes the door of it (seconds, in a thread); it raises KnowledgeFaults. ``known`` is
    the folder's signature from before the door in use was built. ``elsewhere`` is how the digest of another replica's
    base begins when it is not ours.
    """

    def __init__(
        self,
        folder: Path,
        build: Callable[[], Door],
        door: Callable[[], Door],
        swap: Callable[[Door], None],
        company: Company,
        known: Signature,
    ) -> None:
        self._folder, self._build, self._door, self._swap, self._company = folder, build, door, swap, company
        self._known = known
        self._woken = asyncio.Event()
        self._stopping = False
        self.faults: tuple[str, ...] = ()
        self.elsewhere: str | None = None
        company.listen(self._heard)

    def _heard(self, what: str) -> None:
        if what.startswith(_RING):
            theirs = what.removeprefix(_RING)
            self.elsewhere = None if theirs == self._door().base.digest else theirs[:12]
            self._woken.set()

    def stop(self) -> None:
        """End after the look in progress."""
        self._stopping = True
        self._woken.set()

    async def run(self) -> None:
        """Until :meth:`stop`. Never ends by a fault: the base in use stays."""
        while not self._stopping:
            await self._rest(LOOK)
            try:
                await self.look()
            except Exception as fault:
                log.error("knowledge.not_looked_at", error=type(fault).__name__)

    async def look(self) -> bool:
        """Whether a new base was taken."""
        seen = await self._settled()
        if self._stopping or seen == self._known:
            return False
        try:
            door = await asyncio.to_thread(self._build)
        except KnowledgeFaults as faults:
            self._refuse(seen, tuple(str(fault) for fault in faults.faults))
            return False
        except OSError as fault:
            self._refuse(None, (f"{self._folder}: {fault.strerror}",))
            return False
        if await asyncio.to_thread(signature, self._folder) != seen:
            return False  # changed while it was read: what was built may be of two minds
        self._known = seen
        return await self._take(door)

    async def _settled(self) -> Signature:
        seen = await asyncio.to_thread(signature, self._folder)
        while seen != self._known and not self._stopping:
            await asyncio.sleep(SETTLED)
            before, seen = seen, await asyncio.to_thread(signature, self._folder)
            if before == seen:
                break
        return seen

    def _refuse(self, seen: Signature | None, faults: tuple[str, ...]) -> None:
        if seen is not None:
            self._known = seen
        if faults != self.faults:
            log.error("knowledge.refused", faults=len(faults), first=faults[:MOST])
        self.faults = faults

    async def _take(self, door: Door) -> bool:
        self.faults = ()
        if door.base.digest == self._door().base.digest:
            return False
        self._swap(door)
        self.elsewhere = None
        log.info("knowledge.taken", digest=door.base.digest[:12], services=len(door.base.services))
        await self._company.ring(_RING + door.base.digest)
        return True

    async def _rest(self, seconds: float) -> None:
        if not self._stopping:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._woken.wait()
        self._woken.clear()
