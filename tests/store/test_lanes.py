"""The inbox and the outbox: order, repeats, postponing, recovering. On every store."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.messages import Address, Outgoing, Part, PartKind, Say, StaffLine
from bot.ports import ASKED, OutboxRow, Store
from bot.store.lanes import LEFT_AFTER
from tests.store.times import NOON, after

AINO = Address("telegram", "11")
BEA = Address("telegram", "22")
STAFF = Address("telegram", "-100")
WEB = Address("web", "11")
BOTH = ("telegram", "web")


def say(text: str) -> Say:
    """A message to a parent."""
    return Say((Part(PartKind.TEXT, text),))


async def send(store: Store, to: Address, text: str, *, priority: int = 0, seconds: float = 0) -> int:
    """A message to send, added so late after noon."""
    async with store.begin() as work:
        return await work.outbox_add(to, say(text), after(seconds), priority=priority)


async def take(store: Store, seconds: float = 0, channels: tuple[str, ...] = BOTH) -> OutboxRow | None:
    """What is to be sent now, in a unit of work of its own."""
    async with store.begin() as work:
        return await work.outbox_take(after(seconds), channels)


async def taken_id(store: Store, seconds: float = 0) -> int | None:
    """Its row id."""
    row = await take(store, seconds)
    return None if row is None else row.id


async def receive(store: Store, lane: str, external: int, digest: str = "d") -> bool:
    """An update comes in."""
    async with store.begin() as work:
        return await work.inbox_add("telegram", lane, external, digest, {"update_id": external}, NOON)


async def next_update(store: Store, seconds: float = 0) -> int | None:
    """The update whose turn it is, not taken."""
    async with store.begin() as work:
        row = await work.inbox_next("telegram", after(seconds))
        return None if row is None else int(row.payload["update_id"])


# Inbox


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


# Outbox


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
