"""SQLite's driver: what may wait is the thread's, what cannot is done at once; who is cancelled leaves nothing."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.store.sql import SqlStore
from tests.store.secret_words import SECRET, hear_it, started, tell_a_secret


async def watched(store: SqlStore, told: Callable[[str], None]) -> None:
    """The driver tells the first word of every statement from now on, in the thread that runs it."""
    async with store._engine.connect() as connection:
        own: Any = (await connection.get_raw_connection()).driver_connection
    await own.set_trace_callback(lambda statement: told(statement.split()[0]))


async def test_only_beginning_and_keeping_are_the_threads(tmp_path: Path) -> None:
    """Both may wait, for a lock or for the disk, and must not hold up everything else meanwhile; statements do not."""
    store = await started(f"sqlite+aiosqlite:///{tmp_path}/here.sqlite")
    mine, here, elsewhere = threading.get_ident(), set[str](), set[str]()

    def told(word: str) -> None:
        (here if threading.get_ident() == mine else elsewhere).add(word)

    await watched(store, told)
    await tell_a_secret(store)
    await store.close()
    assert {"SELECT", "INSERT", "UPDATE"} <= here
    assert elsewhere == {"BEGIN", "COMMIT"}


async def test_who_is_cancelled_while_it_begins_leaves_no_transaction_open(tmp_path: Path) -> None:
    """The thread begins all the same when the lock is free; it is undone before anybody else has the connection."""
    path = tmp_path / "held.sqlite"
    store = await started(f"sqlite+aiosqlite:///{path}")
    holder = sqlite3.connect(path, isolation_level=None, timeout=0)
    holder.execute("BEGIN IMMEDIATE")
    loop, begins = asyncio.get_running_loop(), asyncio.Event()

    def told(_word: str) -> None:
        loop.call_soon_threadsafe(begins.set)

    await watched(store, told)
    waiting = asyncio.create_task(tell_a_secret(store))
    async with asyncio.timeout(5):
        await begins.wait()
    waiting.cancel()
    holder.execute("ROLLBACK")
    with suppress(asyncio.CancelledError):
        await waiting
    holder.execute("BEGIN IMMEDIATE")
    holder.execute("ROLLBACK")
    holder.close()
    await tell_a_secret(store)
    assert await hear_it(store) == {SECRET}
    await store.close()
