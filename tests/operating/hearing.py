"""Listening to what a store rings."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Ear:
    """What one process hears."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._moved = asyncio.Event()

    def __call__(self, what: str) -> None:
        """Somebody rang."""
        self.heard.append(what)
        self._moved.set()

    async def until(self, is_so: Callable[[], bool]) -> None:
        """Wait, ring by ring, at most ten seconds."""
        async with asyncio.timeout(10):
            while not is_so():
                self._moved.clear()
                await self._moved.wait()
