"""Parents who write, as fast as they are answered or as people do, and how long they waited."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from time import perf_counter

from tests.load.server import Measured

FIRST = 10_000
THINKS = 20.0
_numbers = count(FIRST)


@dataclass(frozen=True)
class Driven:
    """``turns`` a second, and the seconds from push to answer, sorted."""

    seconds: float
    waits: Sequence[float]

    @property
    def pace(self) -> float:
        """Turns a second."""
        return len(self.waits) / self.seconds

    def wait(self, share: float) -> float:
        """Milliseconds within which this share of the turns was answered."""
        return 1000 * self.waits[min(int(share * len(self.waits)), len(self.waits) - 1)]


async def arrived(server: Measured, parents: int, first: int) -> list[int]:
    """So many new parents, who have said hello and heard ``first`` messages."""
    chats = [next(_numbers) for _ in range(parents)]
    await asyncio.gather(*(server.turn(chat, "hei", first) for chat in chats))
    return chats


async def rush(server: Measured, chats: Sequence[int], turns: int, worries: Sequence[str]) -> Driven:
    """``turns`` in all; everybody writes again the moment she is answered."""
    left = count()
    waits: list[float] = []

    async def parent(chat: int) -> None:
        while (number := next(left)) < turns:
            waits.append(await server.turn(chat, worries[number % len(worries)]))

    began = perf_counter()
    await asyncio.gather(*(parent(chat) for chat in chats))
    return Driven(perf_counter() - began, sorted(waits))


async def talk(server: Measured, chats: Sequence[int], seconds: float, worries: Sequence[str]) -> Driven:
    """Everybody thinks and types for :data:`THINKS` seconds on average before she writes again."""
    rng = random.Random(1)  # to be the same each time
    waits: list[float] = []
    began = perf_counter()

    async def parent(chat: int) -> None:
        while True:
            thinks = rng.expovariate(1 / THINKS)
            if perf_counter() - began + thinks > seconds:
                return
            await asyncio.sleep(thinks)
            waits.append(await server.turn(chat, rng.choice(worries)))

    await asyncio.gather(*(parent(chat) for chat in chats))
    return Driven(seconds, sorted(waits))
