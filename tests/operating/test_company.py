"""Replicas on one PostgreSQL: who hears whom, who leads, whose rows are whose, and in which order."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.messages import Address, Say
from bot.ports import OutboxRow
from bot.store.lanes import DEAD_AFTER
from bot.store.memory import MemoryStore
from bot.store.sql import SqlStore
from tests import postgres
from tests.operating.hearing import Ear
from tests.store.secret_words import started
from tests.store.times import NOON

pytestmark = pytest.mark.postgresql
AINO = Address("web", "11")
TAKERS, LANES, EACH = 3, 200, 2


@asynccontextmanager
async def replica(database: str, *, stands: bool = False) -> AsyncIterator[tuple[SqlStore, Ear]]:
    """One, present."""
    store, ear = await started(database), Ear()
    store.company.listen(ear)
    if stands:
        store.company.stand()
    running = asyncio.create_task(store.company.run())
    try:
        await ear.until(lambda: not store.company.deaf)
        yield store, ear
    finally:
        store.company.stop()
        await running
        await store.close()


async def test_what_one_replica_keeps_the_others_hear_and_only_when_it_is_kept(database: str) -> None:
    """Update, message, line of a page, case: each rings; what was undone does not."""
    async with replica(database) as (first, _), replica(database) as (second, ear):
        async with first.begin() as work:
            await work.inbox_add("telegram", "1", 1, "d", {}, NOON)
        await ear.until(lambda: "inbox" in ear.heard)
        with pytest.raises(KeyError):
            async with first.begin() as work:
                await work.outbox_add(AINO, Say(()), NOON)
                raise KeyError
        async with first.begin() as work:
            row, _ = await work.conversation(AINO)
            await work.add_web_line(row, "bot", {}, NOON)
        await ear.until(lambda: f"page:{row}" in ear.heard)
        assert "outbox" not in ear.heard
        assert not second.company.deaf


async def test_in_one_process_the_store_rings_the_same() -> None:
    """The twin, with nobody else."""
    store, ear = MemoryStore(), Ear()
    store.company.listen(ear)
    async with store.begin() as work:
        await work.outbox_add(AINO, Say(()), NOON)
        assert ear.heard == []
    assert ear.heard == ["outbox"]


async def test_one_leads_and_another_follows_it_within_ten_seconds(database: str) -> None:
    """Never two at once; after a crash, an end, or a cut connection."""
    async with replica(database, stands=True) as (second_in, ear):
        await ear.until(lambda: second_in.company.leads)
        async with replica(database, stands=True) as (other, hearing):
            assert not other.company.leads
            second_in.company.stop()
            await hearing.until(lambda: other.company.leads)
            assert not second_in.company.leads


async def test_a_replica_cut_off_hears_again_and_is_told_to_look(database: str, server: postgres.Server) -> None:
    """The server ends its session; it comes back by itself and rings the empty word."""
    async with replica(database, stands=True) as (store, ear):
        await ear.until(lambda: store.company.leads)
        ear.heard.clear()
        server.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE query ~ 'advisory|SELECT 1' AND pid <> pg_backend_pid()"
        )
        await ear.until(lambda: "" in ear.heard)
        await ear.until(lambda: store.company.leads)


async def take(store: SqlStore, seconds: float) -> OutboxRow | None:
    """The next row, so long past noon."""
    async with store.begin() as work:
        return await work.outbox_take(NOON + timedelta(seconds=seconds), ("web",))


async def test_the_rows_of_a_dead_replica_are_taken_over_soon_and_of_a_living_one_never(database: str) -> None:
    """As repeats, ten seconds after they were taken."""
    late = DEAD_AFTER.total_seconds() + 1
    async with replica(database) as (other, _):
        async with replica(database) as (dies, _):
            async with dies.begin() as work:
                row = await work.outbox_add(AINO, Say(()), NOON)
            assert (await take(dies, 0)) is not None
            assert await take(other, late) is None
        assert await take(other, late - 2) is None
        again = await take(other, late)
        assert again is not None
        assert (again.id, again.repeat) == (row, True)


async def test_three_takers_of_two_hundred_chats_keep_each_chats_order(database: str) -> None:
    """No row twice, none lost, none before an older one of its chat, whoever takes it."""
    stores = [await started(database) for _ in range(TAKERS)]
    async with stores[0].begin() as work:
        for _ in range(EACH):
            for lane in range(LANES):
                await work.outbox_add(Address("web", str(lane)), Say(()), NOON)
    got: dict[str, list[int]] = defaultdict(list)
    ended: dict[str, list[int]] = defaultdict(list)

    async def taker(store: SqlStore) -> None:
        while sum(map(len, ended.values())) < EACH * LANES:
            row = await take(store, 1)
            if row is None:
                await asyncio.sleep(0)
                continue
            assert got[row.to.key] == ended[row.to.key], "a chat's second was taken while its first was on its way"
            got[row.to.key].append(row.id)
            async with store.begin() as work:
                await work.outbox_sent(row.id, NOON)
                ended[row.to.key].append(row.id)

    async with asyncio.timeout(120):
        await asyncio.gather(*(taker(store) for store in stores for _ in range(3)))
    assert all(len(rows) == EACH and rows == sorted(rows) for rows in ended.values())
    assert len({row for rows in got.values() for row in rows}) == EACH * LANES
    await asyncio.gather(*(store.close() for store in stores))
