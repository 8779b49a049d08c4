"""The tables: the migrated ones are the told ones, and what lies in them can be read or is told."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.messages import Say
from bot.store.columns import Misshapen
from bot.store.migrating import alembic_config
from bot.store.rooms import SqlUnit
from bot.store.rooms.inbox import first_due
from bot.store.rooms.outbox import next_to_send
from bot.store.sql import SqlStore
from tests.store.secret_words import AINO, SECRET, TABLES, hear_it, started, tell_a_secret
from tests.store.times import HELSINKI, NOON

# Tables


async def test_the_migrated_tables_are_the_told_ones(sql_store: SqlStore, engine: AsyncEngine) -> None:
    """Alembic finds no difference between the database and tables.py, indexes included."""

    def differences(connection: Connection) -> list[Any]:
        return list(compare_metadata(MigrationContext.configure(connection), TABLES.metadata))

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
        indexes = await connection.run_sync(lambda each: inspect(each).get_indexes("outbox"))
    assert {index["name"] for index in indexes} >= {"ix_outbox_lane", "ix_outbox_unsent"}


async def test_starting_again_keeps_everything(url: str) -> None:
    """The second start finds its tables and changes nothing."""
    store = await started(url)
    await tell_a_secret(store)
    await store.close()
    store = await started(url)
    assert await hear_it(store) == {SECRET}
    await store.close()


async def test_two_who_start_at_once_make_the_tables_once(url: str) -> None:
    """Replicas on one database do not fall over each other."""
    stores = await asyncio.gather(started(url), started(url))
    await tell_a_secret(stores[0])
    assert await hear_it(stores[1]) == {SECRET}
    await asyncio.gather(*(store.close() for store in stores))


async def test_the_first_revision_can_be_taken_back(sql_store: SqlStore, engine: AsyncEngine) -> None:
    """Nothing of ours is left."""

    def downgrade(connection: Connection) -> list[str]:
        command.downgrade(alembic_config(connection, TABLES.metadata), "base")
        return inspect(connection).get_table_names()

    await sql_store.close()
    async with engine.begin() as connection:
        assert await connection.run_sync(downgrade) == ["alembic_version"]


async def test_a_value_of_another_shape_is_told_without_its_words(sql_store: SqlStore, engine: AsyncEngine) -> None:
    """Where it does not fit, not what it says."""
    await tell_a_secret(sql_store)
    await _overwrite(engine, "conversations", "value", f'{{"language": "{SECRET}"}}')
    with pytest.raises(Misshapen, match="language") as told:
        async with sql_store.begin() as work:
            await work.conversation(AINO)
    assert SECRET not in str(told.value)
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__


async def test_a_message_that_cannot_be_read_stops_nobody(sql_store: SqlStore, engine: AsyncEngine) -> None:
    """It is put aside and the next of its lane is given."""
    await tell_a_secret(sql_store)
    await _overwrite(engine, "outbox", "payload", '{"type": "unknown"}')
    async with sql_store.begin() as work:
        second = await work.outbox_add(AINO, Say(()), NOON)
        row = await work.outbox_take(NOON, ("web",))
        assert row is not None
        assert row.id == second
        assert await work.outbox_take(NOON, ("web",)) is None


async def _overwrite(engine: AsyncEngine, table: str, column: str, value: str) -> None:
    async with engine.begin() as connection:
        await connection.execute(text(f"UPDATE {table} SET {column} = :value"), {"value": value})


async def test_times_are_kept_to_the_microsecond(sql_store: SqlStore, engine: AsyncEngine) -> None:
    """As whole numbers in UTC, the same on both databases."""
    async with sql_store.begin() as work:
        await work.once("k", NOON)
    async with engine.connect() as connection:
        kept = (await connection.execute(text("SELECT at FROM once_keys"))).scalar_one()
        told = (await connection.execute(select(TABLES.once_keys.c.at))).scalar_one()
    assert kept == 1772445600_123456
    assert told == NOON
    assert told.tzinfo is HELSINKI


async def test_finding_the_next_row_uses_the_lanes_indexes(tmp_path: Path) -> None:
    """Rows long done, and long lanes that wait, must not slow every look; SQLite tells how it would search."""
    store = await started(f"sqlite+aiosqlite:///{tmp_path}/here.sqlite")
    async with store.begin() as work:
        assert isinstance(work, SqlUnit)
        searched = []
        to_send, to_handle = next_to_send(TABLES.outbox, alone=True), first_due(TABLES.inbox)
        times = dict.fromkeys(("now", "left", "latest"), NOON)
        for query in (to_send.params(times, channels=("web", "telegram")), to_handle.params(times, of="web")):
            told = str(query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
            searched.append(" ".join(row.detail for row in await work._rows(text(f"EXPLAIN QUERY PLAN {told}"))))
    await store.close()
    assert "older USING INDEX ix_outbox_lane (channel=? AND key=? AND id<?)" in searched[0]
    assert "older USING INDEX ix_inbox_lane (channel=? AND lane=? AND id<?)" in searched[1]
    assert not any("SCAN" in plan for plan in searched)
