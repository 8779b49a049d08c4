"""What a running front door learns in the background: lines that have no vector yet get one from the sentence encoder.

The door in use answers meanwhile, by what is known; when all is known a door is made of it and takes its place.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.conversation.turn import Door
from bot.encoder.cache import Cache
from bot.encoder.lines import lines_of
from bot.encoder.process import EncoderProcess, NoEncoder
from bot.knowledge.model import Base

LOOK = 2.0
"""Seconds between looks whether the knowledge has changed."""
PATIENCE = 30.0
"""Seconds the encoder has to load."""
log = structlog.get_logger("bot.operating")


@dataclass(frozen=True, slots=True)
class Sentences:
    """The encoder, the vectors it made, and how a door is made of a base and these; ``behind``: the first door was
    learnt from the base as it was before its last edit.
    """

    encoder: EncoderProcess | NoEncoder
    cache: Cache | None
    build: Callable[[Base], Door]
    behind: bool = False


class Encoding:
    """Keeps the encoder running and the vectors complete."""

    def __init__(self, sentences: Sentences, door: Callable[[], Door], swap: Callable[[Door], None]) -> None:
        self._sentences, self._door, self._swap = sentences, door, swap
        self._complete = ""
        self._behind = sentences.behind
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """End now; what was encoded is kept."""
        self._stopping.set()

    async def run(self) -> None:
        """Until :meth:`stop`. Never ends by a fault."""
        encoder = self._sentences.encoder
        await encoder.start()
        working = asyncio.create_task(self._work(), name="encoding")
        await self._stopping.wait()
        working.cancel()
        await asyncio.wait([working])
        await encoder.close()

    async def _work(self) -> None:
        while True:
            try:
                await self.look()
            except Exception as fault:
                log.error("encoding.failed", error=type(fault).__name__)
            await asyncio.sleep(LOOK)

    async def look(self) -> bool:
        """Encode what the base in use has and the vectors lack. Whether another door was made of it."""
        base = self._door().base
        if base.digest == self._complete or not (await self._encoded(base) or self._behind):
            return False
        taken = await self._take(base)
        self._behind = False
        return taken

    async def _encoded(self, base: Base) -> bool:
        """Whether lines got their vector now."""
        cache = self._sentences.cache
        if cache is None:
            return False
        lines = await asyncio.to_thread(lines_of, base)
        missing = await asyncio.to_thread(cache.missing, lines)
        if missing and await self._sentences.encoder.ready(PATIENCE):
            log.info("encoding", lines=len(missing))
            before = cache.mark
            await cache.fill(self._sentences.encoder, lines)
            return cache.mark != before
        self._complete = "" if missing else base.digest
        return False

    async def _take(self, base: Base) -> bool:
        door = await asyncio.to_thread(self._sentences.build, base)
        if self._door().base.digest != base.digest:
            return False  # edited meanwhile
        self._swap(door)
        log.info("encoding.taken", digest=base.digest[:12])
        return True
