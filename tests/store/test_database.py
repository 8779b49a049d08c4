"""What only a real database can get wrong: being busy, cut off, left open, or shared by replicas."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
import threading
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.ports import StoreBusy, UnitOfWork
from bot.store.busy import means_busy
from bot.store.sql import SqlStore, open_store
from tests import postgres
from tests.store.secret_words import AINO, SECRET, hear_it, started, tell_a_secret
from tests.store.times import HELSINKI, NOON

# Busy, gone, closed


async def test_nothing_stays_open(url: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """After close there is no connection, no thread and no journal."""
    store = await started(url)
    await asyncio.gather(tell_a_secret(store), hear_after(store))
    await store.close()
    if url.startswith("postgresql"):
        server: postgres.Server = request.getfixturevalue("server")
        who = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'perheneuvo'"
        assert server.sql(who).strip() == "0"
    else:
        assert [path.name for path in (tmp_path / "kept").iterdir()] == ["here.sqlite"]
        assert [thread.name for thread in threading.enumerate() if "aiosqlite" in repr(thread).lower()] == []


async def hear_after(store: SqlStore) -> None:
    """A second unit of work beside the first."""
    async with store.begin() as work:
        await work.outbox_unsent()


async def test_a_database_file_is_its_owners_alone(tmp_path: Path) -> None:
    """The folder made for it 0700, the file 0600."""
    store = await started(f"sqlite+aiosqlite:///{tmp_path}/var/deep/here.sqlite")
    modes = [stat.S_IMODE((tmp_path / path).stat().st_mode) for path in ("var/deep", "var/deep/here.sqlite")]
    assert modes == [0o700, 0o600]
    await store.close()


async def test_a_file_held_by_another_process_is_busy(tmp_path: Path) -> None:
    """StoreBusy with its cause; afterwards all goes on."""
    path = tmp_path / "held.sqlite"
    store = await started(f"sqlite+aiosqlite:///{path}?timeout=0.01")
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy) as told:
        await tell_a_secret(store)
    assert isinstance(told.value.__cause__, DBAPIError)
    holder.execute("ROLLBACK")
    holder.close()
    await tell_a_secret(store)
    assert await hear_it(store) == {SECRET}
    await store.close()


def test_a_full_or_read_only_file_is_busy_and_a_fault_is_not(tmp_path: Path) -> None:
    """Real errors of SQLite: the first two pass, a missing table never does."""
    path = tmp_path / "small.sqlite"
    full = sqlite3.connect(path)
    full.execute("CREATE TABLE t (x)")
    full.execute("PRAGMA max_page_count = 2")
    readonly = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    tries = (
        (full, "INSERT INTO t VALUES (zeroblob(99999))"),
        (readonly, "INSERT INTO t VALUES (1)"),
        (full, "SELECT y"),
    )
    found = []
    for connection, statement in tries:
        with pytest.raises(sqlite3.Error) as told:
            connection.execute(statement)
        found.append(means_busy(told.value))
    full.close()
    readonly.close()
    assert found == [True, True, False]


async def test_a_fault_of_ours_is_no_busy_store(sql_store: SqlStore, engine: AsyncEngine) -> None:
    """A lost table is told as it is, without the words that were to be written."""
    async with engine.begin() as connection:
        await connection.execute(text("DROP TABLE web_lines"))
    with pytest.raises(DBAPIError) as told:
        await tell_a_secret(sql_store)
    assert SECRET not in str(told.value)


@pytest.mark.postgresql
async def test_a_connection_cut_in_the_middle_is_busy_and_leaves_nothing(database: str) -> None:
    """The unit of work is undone, the next one gets a new connection."""
    store = await started(database)
    with pytest.raises(StoreBusy):
        async with store.begin() as work:
            await work.once("k", NOON)
            await _cut(work._connection)  # type: ignore[attr-defined]  # the connection of this very unit of work
            await work.once("l", NOON)
    async with store.begin() as work:
        assert await work.once("k", NOON)
    await store.close()


async def _cut(connection: AsyncConnection) -> None:
    await connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))


async def test_a_server_that_is_not_there_is_busy(tmp_path: Path) -> None:
    """Trying again may help; the driver's own error is its cause."""
    with pytest.raises(StoreBusy) as told:
        await started(f"postgresql+asyncpg://postgres@/none?host={tmp_path}")
    assert told.value.__cause__ is not None


def test_another_kind_of_database_is_refused() -> None:
    """The text says which ones there are."""
    with pytest.raises(ValueError, match="postgresql\\+asyncpg"):
        open_store("mysql://localhost/x", key=None, zone=HELSINKI)


async def lengthen_case(work: UnitOfWork) -> int:
    """Read the case, add a word to it, save it; gives how many it has."""
    case = await work.case(1)
    assert case is not None
    await work.save_case(replace(case, said=(*case.said, "more")))
    return len(case.said) + 1


async def lengthen_conversation(work: UnitOfWork) -> int:
    """The same with the conversation."""
    number, value = await work.conversation(AINO)
    await work.save_conversation(number, replace(value, worries=(*value.worries, "more")), NOON)
    return len(value.worries) + 1


@pytest.mark.postgresql
@pytest.mark.parametrize("lengthen", [lengthen_case, lengthen_conversation])
async def test_what_another_replica_holds_is_waited_for(
    database: str, lengthen: Callable[[UnitOfWork], Awaitable[int]]
) -> None:
    """The second one reads what the first one saved, so no word is lost."""
    first, second = await started(database), await started(database)
    await tell_a_secret(first)
    watcher = create_async_engine(database)
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )

    async def later() -> int:
        async with second.begin() as work:
            return await lengthen(work)

    async with first.begin() as work, watcher.connect() as watching:
        assert await lengthen(work) == 2
        late = asyncio.create_task(later())
        while not late.done() and not (await watching.execute(waiting)).scalar_one():
            await watching.rollback()  # each look must be a new one
        assert not late.done()
    assert await late == 3
    await asyncio.gather(first.close(), second.close(), watcher.dispose())


@pytest.mark.postgresql
async def test_replicas_share_lanes_without_overtaking(database: str) -> None:
    """While one holds the first update of a chat, the other gets another chat's, never the chat's second."""
    first, second = await started(database), await started(database)
    async with first.begin() as work:
        for lane, external in (("1", 1), ("1", 2), ("2", 3)):
            await work.inbox_add("telegram", lane, external, "d", {"update_id": external}, NOON)
    async with first.begin() as one, second.begin() as other:
        mine, yours = await one.inbox_next("telegram", NOON), await other.inbox_next("telegram", NOON)
        assert mine is not None
        assert yours is not None
        assert [mine.payload["update_id"], yours.payload["update_id"]] == [1, 3]
    await asyncio.gather(first.close(), second.close())
