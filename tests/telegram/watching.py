"""The hook on acknowledgement, in every Telegram test: what Telegram is told is received must be committed by then."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from bot.store.memory import MemoryStore
from tests.telegram.server import BotApi

Committed = Callable[[list[int]], Iterable[int]]
"""Which of these update ids are committed."""


def watch(server: BotApi, committed: Committed) -> None:
    """From now on the test fails at its end when an update was confirmed before it was kept."""

    async def told(offset: int, confirmed: list[int]) -> None:
        missing = sorted(set(confirmed) - set(committed(confirmed)))
        if missing:
            server.violations.append(f"confirmed by offset {offset} and not committed: {missing}")
        if any(number >= offset for number in confirmed):
            server.violations.append(f"offset {offset} confirmed more than is below it: {confirmed}")

    server.stream.acknowledged.append(told)


def on_disk(path: Path) -> Committed:
    """As another process sees the database, which it opens only to read."""

    def committed(ids: list[int]) -> list[int]:
        marks = ",".join("?" * len(ids))
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20)) as outsider:
            found = outsider.execute(f"SELECT external FROM inbox WHERE external IN ({marks})", ids).fetchall()
        return [number for (number,) in found]

    return committed


def in_memory(store: MemoryStore) -> Committed:
    """As the twin in memory has it."""
    return lambda ids: [external for _, external, _ in store.state.seen]
