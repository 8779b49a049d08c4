"""The inbox: order, repeats, postponing, quarantine. On every store."""

from __future__ import annotations

import asyncio

import pytest

from bot.ports import Store
from tests.store.lanes import next_update, receive
from tests.store.times import NOON, after


async def test_an_update_told_twice_is_kept_once(store: Store) -> None:
    """The same number with the same content is the same update; with another content it is another one."""
    assert await receive(store, "11", 5, "a")
    assert not await receive(store, "11", 5, "a")
    assert await receive(store, "11", 5, "b")


async def test_an_update_comes_back_as_it_was(store: Store) -> None:
    """Payload, lane and time are unchanged; no try is counted yet."""
    async with store.begin() as work:
        await work.inbox_add("telegram", "11", 5, "a", {"update_id": 5, "message": {"text": "äiti 💛"}}, NOON)
    async with store.begin() as work:
        row = await work.inbox_next("telegram", NOON)
    assert row is not None
    assert (row.channel, row.lane, row.tries, row.received_at) == ("telegram", "11", 0, NOON)
    assert row.payload == {"update_id": 5, "message": {"text": "äiti 💛"}}
    assert row.received_at.tzinfo is NOON.tzinfo


async def test_a_done_update_lets_its_lane_go_on(store: Store) -> None:
    """First come, first served; a done one does not come again, told again or not."""
    await receive(store, "11", 9)
    await receive(store, "11", 4)
    async with store.begin() as work:
        row = await work.inbox_next("telegram", NOON)
        assert row is not None
        assert row.payload["update_id"] == 9
        await work.inbox_done(row.id, NOON)
    assert not await receive(store, "11", 9)
    assert await next_update(store) == 4


async def test_a_failed_turn_leaves_its_update_undone(store: Store) -> None:
    """Done belongs to the effect: undone together."""
    await receive(store, "11", 1)
    with pytest.raises(RuntimeError):
        async with store.begin() as work:
            row = await work.inbox_next("telegram", NOON)
            assert row is not None
            await work.inbox_done(row.id, NOON)
            raise RuntimeError
    assert await next_update(store) == 1


async def test_a_postponed_update_blocks_only_its_own_lane(store: Store) -> None:
    """Nothing of the lane overtakes it; other lanes go on; later it comes with a try counted."""
    for lane, external in (("11", 1), ("11", 2), ("22", 3)):
        await receive(store, lane, external)
    async with store.begin() as work:
        row = await work.inbox_next("telegram", NOON)
        assert row is not None
        await work.inbox_postpone(row.id, after(60), "ValueError")
    assert await next_update(store, 59) == 3
    async with store.begin() as work:
        again = await work.inbox_next("telegram", after(60))
    assert again is not None
    assert (again.payload["update_id"], again.tries) == (1, 1)


async def test_a_quarantined_update_leaves_its_lane(store: Store) -> None:
    """One that can never be handled stops nobody."""
    await receive(store, "11", 1)
    await receive(store, "11", 2)
    async with store.begin() as work:
        row = await work.inbox_next("telegram", NOON)
        assert row is not None
        await work.inbox_quarantine(row.id, "unparsable", NOON)
    assert await next_update(store) == 2


async def test_another_channel_has_its_own_inbox(store: Store) -> None:
    """Asking for one channel gives none of another's."""
    await receive(store, "11", 1)
    async with store.begin() as work:
        assert await work.inbox_next("web", NOON) is None


async def test_the_offset_is_kept_with_what_it_acknowledges(store: Store) -> None:
    """Zero at first, the last one kept afterwards, and never ahead of the rows."""
    with pytest.raises(RuntimeError):
        async with store.begin() as work:
            await work.inbox_add("telegram", "11", 6, "d", {}, NOON)
            await work.set_offset("telegram", 7)
            raise RuntimeError
    async with store.begin() as work:
        assert await work.offset("telegram") == 0
        assert await work.inbox_next("telegram", NOON) is None
        await work.set_offset("telegram", 7)
        await work.set_offset("telegram", 3)
    async with store.begin() as work:
        assert await work.offset("telegram") == 3


async def test_two_who_ask_at_once_never_share_an_update(store: Store) -> None:
    """Each lane's first goes to one of them; the second of a lane waits until the first is done."""
    for lane, external in (("11", 1), ("22", 2), ("11", 3)):
        await receive(store, lane, external)
    got: list[int] = []

    async def turn() -> None:
        async with store.begin() as work:
            row = await work.inbox_next("telegram", NOON)
            assert row is not None
            got.append(row.payload["update_id"])
            await work.inbox_done(row.id, NOON)

    await asyncio.gather(turn(), turn())
    await turn()
    assert sorted(got) == [1, 2, 3]
    assert got.index(1) < got.index(3)


async def test_a_postponed_update_does_not_wait_for_a_clock_that_was_set_back(store: Store) -> None:
    """No wait is as long as that."""
    await receive(store, "11", 5)
    async with store.begin() as work:
        row = await work.inbox_next("telegram", NOON)
        assert row is not None
        await work.inbox_postpone(row.id, after(30), "KeyError")
    assert await next_update(store, 29) is None
    assert await next_update(store, 30) == 5
    assert await next_update(store, -3600) == 5
