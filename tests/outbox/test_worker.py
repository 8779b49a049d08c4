"""What becomes of each message: what arrives, what is tried again, and what a worker gets to know."""

from __future__ import annotations

import structlog

from bot.messages import Address, StaffCard, StaffLine, StaffNotice, StaffPlace
from bot.ports import Delivery, MovedTo, Outcome, Sent, StaffLink, Stop, TryAgain, Unreachable
from bot.queueing.case import claim, close
from bot.store.memory import MemoryStore
from tests.outbox.playing import AINO, BEA, NOON, STAFF, BusyStore, Desk, ToldChannel, say


async def test_what_is_due_is_delivered_in_order_parents_first() -> None:
    """And nothing is left, nothing is sent twice."""
    desk = Desk()
    await desk.add(STAFF, StaffNotice("card", StaffPlace("-1")), priority=1)
    for to, text in ((AINO, "a1"), (AINO, "a2"), (BEA, "b1")):
        await desk.add(to, say(text))
    assert await desk.outbox.drain() == 4
    assert desk.channel.texts() == ["a1", "a2", "b1"]
    assert isinstance(desk.channel.seen[-1].row.payload, StaffNotice)
    assert (await desk.unsent(), await desk.outbox.drain()) == (0, 0)


async def test_a_chat_told_to_wait_waits_and_the_others_do_not() -> None:
    """RetryAfter holds one lane for its time; its order is kept."""
    desk = Desk(TryAgain("RetryAfter", after=20))
    for to, text in ((AINO, "a1"), (AINO, "a2"), (BEA, "b1")):
        await desk.add(to, say(text))
    await desk.outbox.drain()
    assert desk.channel.texts() == ["a1", "b1"]
    desk.clock.go_on(20)
    await desk.outbox.drain()
    assert desk.channel.texts() == ["a1", "b1"]
    desk.clock.go_on(1)
    await desk.outbox.drain()
    assert desk.channel.texts() == ["a1", "b1", "a1", "a2"]


async def test_a_fault_of_the_channel_stops_nobody_else() -> None:
    """The row is tried again as a repeat; after some tries it is given up and its lane goes on."""
    desk = Desk(*[KeyError("x")] * 5)
    await desk.add(AINO, say("bad"))
    await desk.add(AINO, say("next"))
    for _ in range(5):
        await desk.outbox.drain()
        desk.clock.go_on(400)
    assert desk.channel.texts() == ["bad"] * 5 + ["next"]
    assert [delivery.row.repeat for delivery in desk.channel.seen] == [False, True, True, True, True, False]


async def test_a_parent_who_cannot_be_reached_is_told_to_the_workers() -> None:
    """The open case has a mark and the staff's room a line; the row is given up."""
    desk = Desk(Unreachable("blocked"))
    case = await desk.open_case()
    await desk.add(AINO, say("hei", "worker"), case=case)
    await desk.outbox.drain()
    assert await desk.lines(case) == [("desk", "not delivered")]
    assert desk.staff_lines() == [StaffLine(case, "not delivered")]
    assert await desk.unsent() == 0


async def test_the_case_is_found_by_the_conversation_too() -> None:
    """A message of the front door names no case; her conversation does."""
    desk = Desk(Unreachable("blocked"))
    case = await desk.open_case()
    async with desk.store.begin() as work:
        conversation, _ = await work.conversation(AINO)
        await work.outbox_add(AINO, say("hei"), NOON, conversation=conversation)
    await desk.outbox.drain()
    assert await desk.lines(case) == [("desk", "not delivered")]


async def test_a_parent_without_an_open_case_is_told_to_nobody() -> None:
    """No case, or a closed one: there is nobody to tell."""
    desk = Desk(Unreachable("blocked"), Unreachable("blocked"))
    number = await desk.open_case()
    async with desk.store.begin() as work:
        kaisa = await work.add_worker("Kaisa", "desk", None, "fi", NOON)
        case = await work.case(number)
        assert case is not None
        await work.save_case(close(claim(case, kaisa.id, NOON), kaisa.id, "guided", NOON))
    await desk.add(AINO, say("hei"), case=number)
    await desk.add(BEA, say("hei"))
    assert await desk.outbox.drain() == 2
    assert await desk.lines(number) == []


async def test_a_repeated_answer_is_marked_in_the_case() -> None:
    """Only a worker's answer, only when it may have arrived before."""
    desk = Desk(TryAgain("TimedOut", unknown=True), Sent(), TryAgain("TimedOut", unknown=False))
    case = await desk.open_case()
    await desk.add(AINO, say("once or twice", "worker"), case=case)
    await desk.add(AINO, say("surely once", "worker"), case=case)
    for _ in range(3):
        await desk.outbox.drain()
        desk.clock.go_on(5)
    assert desk.channel.texts() == ["once or twice", "once or twice", "surely once", "surely once"]
    assert await desk.lines(case) == [("desk", "perhaps twice")]


async def test_an_answer_of_the_front_door_may_repeat_unmarked() -> None:
    """What nobody wrote by hand needs no mark."""
    desk = Desk(TryAgain("TimedOut", unknown=True))
    case = await desk.open_case()
    await desk.add(AINO, say("hei"), case=case)
    await desk.outbox.drain()
    desk.clock.go_on(5)
    await desk.outbox.drain()
    assert await desk.lines(case) == []


async def test_what_is_late_is_told_once_and_tried_on() -> None:
    """Within the minute a worker can see that it has not arrived; later tries add no more marks."""
    desk = Desk(TryAgain("RetryAfter", after=3600), Sent(), TryAgain("NetworkError"))
    case = await desk.open_case()
    await desk.add(AINO, say("hei", "worker"), case=case)
    await desk.outbox.drain()
    assert await desk.lines(case) == [("desk", "not yet")]
    for _ in range(2):
        desk.clock.go_on(3601)
        await desk.outbox.drain()
    assert desk.channel.texts() == ["hei", "hei", "hei"]
    assert await desk.lines(case) == [("desk", "not yet")]


async def test_the_place_of_a_case_is_kept_and_handed_in() -> None:
    """The card makes the topic; the line after it knows it; a reply to either finds the case."""
    made = StaffLink("-1", 40, 41)
    desk = Desk(Sent(41, made), Sent(42))
    case = await desk.open_case()
    await desk.add(STAFF, StaffCard(case, "Tapaus 1", "uusi"), case=case, priority=1)
    await desk.add(STAFF, StaffLine(case, "hei"), case=case, priority=1)
    await desk.outbox.drain()
    assert [delivery.link for delivery in desk.channel.seen] == [None, made]
    async with desk.store.begin() as work:
        assert await work.staff_link(case, "-1") == made
        assert [await work.case_at("-1", None, message) for message in (41, 42, 43)] == [case, case, None]


async def test_a_place_made_before_a_failure_is_kept() -> None:
    """The topic is there although the card is not: the next try must not make another."""
    made = StaffLink("-1", 40, None)
    desk = Desk(TryAgain("RetryAfter", after=1, link=made))
    case = await desk.open_case()
    await desk.add(STAFF, StaffCard(case, "Tapaus 1", "uusi"), case=case, priority=1)
    await desk.outbox.drain()
    desk.clock.go_on(2)
    await desk.outbox.drain()
    assert desk.channel.seen[1].link == made


async def test_a_moved_group_gets_its_messages_at_its_new_id() -> None:
    """At once, the waiting ones too, each once."""
    desk = Desk(MovedTo("-100"))
    case = await desk.open_case()
    for text in ("one", "two"):
        await desk.add(STAFF, StaffLine(case, text), case=case, priority=1)
    await desk.outbox.drain()
    assert [(d.row.to.key, d.row.payload) for d in desk.channel.seen] == [
        ("-1", StaffLine(case, "one")),
        ("-100", StaffLine(case, "one")),
        ("-100", StaffLine(case, "two")),
    ]
    assert not any(delivery.row.repeat for delivery in desk.channel.seen)


async def test_a_stopped_channel_rests_and_raises_the_alarm() -> None:
    """Nothing is tried on it for a moment, everything is kept, the other channel goes on; then the alarm ends."""
    desk = Desk(Stop("InvalidToken"))
    web = ToldChannel(name="web")
    outbox = desk.made({"telegram": desk.channel, "web": web})
    for to in (AINO, BEA, Address("web", "w")):
        await desk.add(to, say(to.key))
    await outbox.drain()
    assert (desk.channel.texts(), web.texts()) == (["11"], ["w"])
    assert outbox.alarms == {"telegram": "InvalidToken"}
    desk.clock.go_on(2)
    assert await outbox.drain() == 0
    desk.clock.go_on(1)
    await outbox.drain()
    assert desk.channel.texts() == ["11", "11", "22"]
    assert outbox.alarms == {}


async def test_a_revived_channel_is_tried_at_once() -> None:
    """Its rest is over, and what failed waits no longer; what it asked to wait itself still does."""
    desk = Desk(TryAgain("TimedOut", unknown=True), TryAgain("RetryAfter", after=600), Stop("InvalidToken"))
    for to in (AINO, BEA, STAFF):
        await desk.add(to, say(to.key))
    await desk.outbox.drain()
    assert await desk.outbox.drain() == 0
    desk.outbox.revive("telegram")
    assert await desk.outbox.drain() == 2
    assert desk.channel.texts() == ["11", "22", "-1", "11", "-1"]


async def test_a_clock_set_back_holds_nobody_up() -> None:
    """What waited for a time that is now an hour away goes at once; so does what is new."""
    desk = Desk(TryAgain("TimedOut", unknown=True), TryAgain("pace", after=30), Stop("InvalidToken"))
    for to in (AINO, BEA, STAFF):
        await desk.add(to, say(to.key))
    await desk.outbox.drain()
    desk.clock.go_on(-3600)
    assert await desk.outbox.drain() == 3


async def test_having_to_wait_is_no_failed_try() -> None:
    """However often the pace holds a row, it may still fail as often as any other before it is given up."""
    held: list[Outcome | Exception] = [TryAgain("pace", after=0.1)] * 20
    desk = Desk(*held, KeyError("x"), KeyError("x"))
    await desk.add(AINO, say("hei"))
    for _ in range(23):
        await desk.outbox.drain()
        desk.clock.go_on(5)
    assert len(desk.channel.seen) == 23
    assert [delivery.row.tries for delivery in desk.channel.seen] == [1] * 21 + [2, 3]


async def test_a_group_that_moves_after_long_waiting_is_followed() -> None:
    """Its rows have only waited; none of that counts against the move."""
    desk = Desk(*[TryAgain("pace", after=5)] * 20, MovedTo("-2"))
    await desk.add(STAFF, StaffNotice("a", StaffPlace("-1")))
    for _ in range(21):
        await desk.outbox.drain()
        desk.clock.go_on(6)
    assert desk.channel.seen[-1].row.to == Address("telegram", "-2")


async def test_a_staff_room_that_cannot_be_reached_raises_the_alarm() -> None:
    """Until something reaches it again; parents' messages do not end that alarm."""
    desk = Desk(Unreachable("gone"))
    await desk.add(STAFF, StaffNotice("a", StaffPlace("-1")))
    await desk.add(AINO, say("hei"))
    await desk.outbox.drain()
    assert desk.outbox.alarms == {"staff": "gone"}
    await desk.add(STAFF, StaffNotice("b", StaffPlace("-1")))
    await desk.outbox.drain()
    assert desk.outbox.alarms == {}


async def test_a_delivery_is_recorded_although_the_store_is_busy_for_a_moment() -> None:
    """It is not sent again for that."""
    busy = BusyStore(MemoryStore())
    desk = Desk(store=busy)

    class Busying(ToldChannel):
        async def deliver(self, delivery: Delivery) -> Outcome:
            busy.busy = 3
            return await super().deliver(delivery)

    channel = Busying()
    await desk.add(AINO, say("hei"))
    await desk.made({"telegram": channel}).drain()
    assert channel.texts() == ["hei"]
    assert await desk.unsent() == 0


async def test_the_log_says_nothing_of_what_was_written_or_to_whom() -> None:
    """Row ids, tries and kinds only, also when a channel fails with her words in its error."""
    desk = Desk(ValueError("salaisuus 424242"))
    with structlog.testing.capture_logs() as lines:
        await desk.add(Address("telegram", "424242"), say("salaisuus"))
        await desk.outbox.drain()
    told = str(lines)
    assert "outbox.channel_fault" in told
    assert "salaisuus" not in told
    assert "424242" not in told
