"""The outbox: order, repeats, waiting, recovering. On every store."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.messages import Address, Outgoing, StaffLine
from bot.ports import ASKED, OutboxRow, Store
from bot.store.lanes import LEFT_AFTER
from tests.store.lanes import AINO, BEA, BOTH, STAFF, WEB, next_update, receive, say, send, take, taken_id
from tests.store.times import NOON, after


async def test_a_message_comes_back_as_it_was(store: Store) -> None:
    """Every kind of message, to the last field, with its try counted."""
    line: Outgoing = StaffLine(7, "kiireinen")
    async with store.begin() as work:
        row = await work.outbox_add(STAFF, line, NOON, priority=1)
    taken = await take(store)
    assert taken == OutboxRow(row, STAFF, line, None, None, 1, 1, False, NOON)


async def test_one_chat_gets_one_message_at_a_time_in_order(store: Store) -> None:
    """The second of a lane is not given while the first is on its way; after it is sent it is."""
    first, second = await send(store, AINO, "a"), await send(store, AINO, "b")
    assert await taken_id(store) == first
    assert await take(store) is None
    async with store.begin() as work:
        await work.outbox_sent(first, NOON)
    assert await taken_id(store) == second


async def test_parents_go_before_staff_but_never_past_their_own_lane(store: Store) -> None:
    """Priority orders the lanes' first rows; within a lane age does."""
    staff = await send(store, STAFF, "card", priority=1)
    urgent = await send(store, STAFF, "urgent", priority=0)
    parent = await send(store, BEA, "hei", priority=0)
    assert [await taken_id(store), await taken_id(store), await taken_id(store)] == [parent, staff, None]
    async with store.begin() as work:
        await work.outbox_sent(staff, NOON)
    assert await taken_id(store) == urgent


async def test_the_same_key_on_another_channel_is_another_lane(store: Store) -> None:
    """And a channel that is not asked for is left alone."""
    telegram, web = await send(store, AINO, "a"), await send(store, WEB, "b")
    only_web = await take(store, channels=("web",))
    assert only_web is not None
    assert only_web.id == web
    assert await taken_id(store) == telegram


async def test_a_lane_that_waits_blocks_only_itself(store: Store) -> None:
    """Nothing overtakes the waiting row in its lane, everybody else goes on, and at its time it goes."""
    first, second = await send(store, AINO, "a"), await send(store, AINO, "b")
    other = await send(store, BEA, "c")
    assert await taken_id(store) == first
    async with store.begin() as work:
        await work.outbox_again(first, after(30), repeat=False, error="RetryAfter")
    assert [await taken_id(store, 29), await taken_id(store, 29)] == [other, None]
    again = await take(store, 30)
    assert again is not None
    assert (again.id, again.tries, again.repeat) == (first, 2, False)
    async with store.begin() as work:
        await work.outbox_sent(first, after(30))
    assert await taken_id(store, 30) == second


async def test_a_try_that_was_only_too_soon_is_taken_back(store: Store) -> None:
    """The channel asked to wait; nothing has failed."""
    row = await send(store, AINO, "a")
    for _ in range(3):
        taken = await take(store)
        assert taken is not None
        assert taken.tries == 1
        async with store.begin() as work:
            await work.outbox_again(row, NOON, repeat=False, error=ASKED, counted=False)


async def test_hastening_ends_the_waits_of_what_failed(store: Store) -> None:
    """On that channel; what the channel asked to wait goes on waiting, unless it is told too."""
    failed, asked, elsewhere = [await send(store, to, to.key) for to in (AINO, BEA, WEB)]
    for row, error in ((failed, "TimedOut"), (asked, ASKED), (elsewhere, "TimedOut")):
        assert await taken_id(store) == row
        async with store.begin() as work:
            await work.outbox_again(row, after(600), repeat=False, error=error)
    assert await taken_id(store, 10) is None
    async with store.begin() as work:
        await work.outbox_hasten("telegram", after(10))
    assert [await taken_id(store, 10), await taken_id(store, 10)] == [failed, None]
    async with store.begin() as work:
        await work.outbox_hasten("telegram", after(10), asked=True)
    assert [await taken_id(store, 10), await taken_id(store, 10)] == [asked, None]


async def test_what_was_never_tried_is_due_whatever_the_clock_says(store: Store) -> None:
    """It was set back by an hour since."""
    await receive(store, "11", 5)
    row = await send(store, AINO, "a")
    assert await next_update(store, -3600) == 5
    assert await taken_id(store, -3600) == row


async def test_a_perhaps_sent_message_stays_a_repeat(store: Store) -> None:
    """Once its end was unknown, a later certain failure does not make it certain again."""
    row = await send(store, AINO, "a")
    for repeat in (True, False):
        assert await taken_id(store) == row
        async with store.begin() as work:
            await work.outbox_again(row, NOON, repeat=repeat, error="TimedOut")
    again = await take(store)
    assert again is not None
    assert (again.tries, again.repeat) == (3, True)


async def test_a_message_that_cannot_be_delivered_lets_its_lane_go_on(store: Store) -> None:
    """It is given up, the next one is tried."""
    first, second = await send(store, AINO, "a"), await send(store, AINO, "b")
    assert await taken_id(store) == first
    async with store.begin() as work:
        await work.outbox_undeliverable(first, "blocked", NOON)
    assert await taken_id(store) == second


async def test_a_row_left_being_sent_is_taken_again_as_a_repeat(store: Store) -> None:
    """Not before it must have been left by a process that died."""
    row = await send(store, AINO, "a")
    assert await taken_id(store) == row
    late = LEFT_AFTER / timedelta(seconds=1)
    assert await take(store, late - 1) is None
    again = await take(store, late)
    assert again is not None
    assert (again.id, again.tries, again.repeat) == (row, 2, True)


@pytest.mark.parametrize("change", ["2026-10-25T01:00", "2027-03-28T01:00"])
async def test_no_row_is_left_because_the_clocks_change(store: Store, change: str) -> None:
    """In spring what is being sent would go again at once: 90 seconds before 4:00:30 is no time on a wall."""
    hour = datetime.fromisoformat(change).replace(tzinfo=UTC)
    moments = [(hour + timedelta(seconds=seconds)).astimezone(NOON.tzinfo) for seconds in (20, 30, 109, 110)]
    async with store.begin() as work:
        await work.outbox_add(AINO, say("a"), moments[0])
    taken = []
    for moment in moments:
        async with store.begin() as work:
            taken.append(await work.outbox_take(moment, BOTH) is not None)
    assert taken == [True, False, False, True]


async def test_recovering_makes_left_rows_due_again(store: Store) -> None:
    """Counted, marked as repeats; what waits on its own is untouched."""
    left, waiting = await send(store, AINO, "a"), await send(store, BEA, "b")
    assert await taken_id(store) == left
    late = LEFT_AFTER / timedelta(seconds=1) + 1
    async with store.begin() as work:
        assert await work.outbox_recover(after(late)) == 1
        assert await work.outbox_recover(after(late)) == 0
    again, other = await take(store, late), await take(store, late)
    assert again is not None
    assert other is not None
    assert [(again.id, again.repeat), (other.id, other.repeat)] == [(left, True), (waiting, False)]


async def test_unsent_counts_what_waits_and_since_when(store: Store) -> None:
    """Nothing at first; sent and given-up rows do not count."""
    async with store.begin() as work:
        assert await work.outbox_unsent() == (0, None)
    first = await send(store, AINO, "a", seconds=1)
    await send(store, BEA, "b", seconds=2)
    await take(store, 5)
    async with store.begin() as work:
        assert await work.outbox_unsent() == (2, after(1))
        await work.outbox_sent(first, after(5))
        assert await work.outbox_unsent() == (1, after(2))


async def test_two_who_take_at_once_never_take_the_same_message(store: Store) -> None:
    """Ten lanes, ten takers at once: ten different rows."""
    rows = {await send(store, Address("telegram", str(n)), "x") for n in range(10)}
    taken = await asyncio.gather(*(taken_id(store) for _ in rows))
    assert set(taken) <= rows | {None}
    got = [row for row in taken if row is not None]
    assert len(got) == len(set(got))
    while (row := await taken_id(store)) is not None:
        got.append(row)
    assert sorted(got) == sorted(rows)
