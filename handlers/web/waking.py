"""Telling open pages that something is new, within this process. Knows no page and no store.

A ring that nobody hears is lost on purpose: whoever listens looks at the store before and after.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

DESK = "desk"
Room = int | str  # a conversation's row id, or the desk


class Ear:
    """One open page's own listening."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Something is new."""
        self._rung.set()

    async def heard(self, seconds: float) -> bool:
        """Wait for a ring, at most so long. True when there was one since the last time."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._rung.wait(), seconds)
        rung = self._rung.is_set()
        self._rung.clear()
        return rung


class Bells:
    """Who listens where."""

    def __init__(self) -> None:
        self._ears: dict[Room, set[Ear]] = {}

    def ring(self, room: Room) -> None:
        """Wake every page of this room."""
        for ear in self._ears.get(room, set()):
            ear.ring()

    @contextmanager
    def listening(self, room: Room) -> Iterator[Ear]:
        """An ear for as long as the block lasts."""
        ear = Ear()
        self._ears.setdefault(room, set()).add(ear)
        try:
            yield ear
        finally:
            self._ears[room].discard(ear)
            if not self._ears[room]:
                del self._ears[room]
