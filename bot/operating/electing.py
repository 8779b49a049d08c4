"""A part that only one process on the database may run (asking Telegram for updates): begun when this one leads, ended
when it does not any more. Knows neither what the part does nor how the leader is found.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

import structlog

from bot.ports import Company

_LOOK = 1.0  # seconds between looks when nothing is rung
log = structlog.get_logger("bot.operating")


class Part(Protocol):
    """Something that runs until it is told to stop. It cannot be begun again."""

    async def run(self) -> None:
        """Until :meth:`stop`."""
        ...

    def stop(self) -> None:
        """End soon."""
        ...


class Elected:
    """Runs what ``make`` gives, a new one each time, for as long as this process leads."""

    def __init__(self, company: Company, make: Callable[[], Part]) -> None:
        self._company, self._make = company, make
        self._moved = asyncio.Event()
        self._stopping = False
        company.stand()
        company.listen(self._heard)

    def _heard(self, what: str) -> None:
        if what in ("", "lead"):
            self._moved.set()

    def stop(self) -> None:
        """End with what is in hand."""
        self._stopping = True
        self._moved.set()

    async def run(self) -> None:
        """Until :meth:`stop`. What the part raises is raised here."""
        while not self._stopping:
            if self._company.leads:
                await self._lead()
            else:
                await self._rest()

    async def _lead(self) -> None:
        part = self._make()
        running = asyncio.create_task(part.run(), name="elected")
        running.add_done_callback(lambda _: self._moved.set())
        log.info("elected.begins")
        try:
            while self._company.leads and not self._stopping and not running.done():
                await self._rest()
        finally:
            part.stop()
            await running
        log.info("elected.ends")

    async def _rest(self) -> None:
        self._moved.clear()
        if not self._stopping:
            with suppress(TimeoutError):
                async with asyncio.timeout(_LOOK):
                    await self._moved.wait()
