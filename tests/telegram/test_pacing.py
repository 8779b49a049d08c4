"""Telegram's limits as windows of time, on a told clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.telegram.pacing import FORGET_OVER, GROUP, OVERALL, Pace
from tests.telegram.conftest import HELSINKI

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=HELSINKI)


def at(seconds: float) -> datetime:
    """That long after noon."""
    return NOW + timedelta(seconds=seconds)


def test_a_private_chat_takes_one_a_second() -> None:
    """And says how long the next must wait."""
    pace = Pace()
    assert pace.wait("7001", 1, NOW) == 0
    assert pace.wait("7001", 1, at(0.25)) == 0.75
    assert pace.wait("7001", 1, at(1)) == 0


def test_a_long_message_goes_whole_and_is_paid_for_afterwards() -> None:
    """Three pieces at once leave the chat quiet for three seconds."""
    pace = Pace()
    assert pace.wait("7001", 3, NOW) == 0
    assert pace.wait("7001", 1, at(1)) == 2
    assert pace.wait("7001", 1, at(3)) == 0


def test_a_group_takes_twelve_a_minute_while_parents_go_on() -> None:
    """A flooded group holds nobody else."""
    pace = Pace()
    assert [pace.wait("-1001", 2, at(second)) for second in range(6)] == [0] * 6
    assert pace.wait("-1001", 1, at(6)) == 54
    assert pace.wait("7001", 1, at(6)) == 0


def test_all_together_thirty_a_second() -> None:
    """Also to chats that each have their own second."""
    pace = Pace()
    assert [pace.wait(f"{chat}", 1, NOW) for chat in range(31)] == [0] * 30 + [1]
    assert pace.wait("31", 1, at(1)) == 0


def test_a_pause_that_telegram_asked_for_is_kept() -> None:
    """For that chat only, and not a moment longer."""
    pace = Pace()
    assert [pace.wait(chat, 1, NOW) for chat in ("-1001", "-1002", "7001")] == [0] * 3
    pace.hold("-1001", at(40))
    assert pace.wait("-1001", 1, at(10)) == 30
    assert [pace.wait(chat, 1, at(10)) for chat in ("-1002", "7001", "7002")] == [0] * 3
    assert pace.wait("-1001", 1, at(40)) == 0


def test_a_clock_set_back_does_not_silence_anybody() -> None:
    """An hour earlier is not an hour to wait: not in a chat, not in a group, not where Telegram asked for a pause."""
    pace = Pace()
    for chat in ("7001", "-1"):
        assert pace.wait(chat, 1 if chat == "7001" else GROUP.count, at(3600)) == 0
    pace.hold("7002", at(3700))
    assert pace.wait("7002", 1, at(3600)) == 100
    assert [pace.wait(chat, 1, NOW) for chat in ("7001", "7002", "-1")] == [0, 0, 0]


def test_a_clock_set_right_by_a_moment_is_no_new_beginning() -> None:
    """What was sent still counts."""
    pace = Pace()
    assert pace.wait("7001", 1, at(10)) == 0
    assert pace.wait("7001", 1, at(9.5)) == 1.5


def test_quiet_chats_are_forgotten() -> None:
    """A country's chats do not stay in memory."""
    pace = Pace()
    for chat in range(3 * FORGET_OVER):
        assert pace.wait(f"{chat}", 1, at(chat)) == 0
    assert len(pace._chats) <= FORGET_OVER + 1


@given(st.lists(st.tuples(st.floats(0, 5), st.sampled_from(["-1", "-2", "7", "8"]), st.integers(1, 2)), max_size=80))
def test_no_window_ever_holds_more_than_its_limit(calls: list[tuple[float, str, int]]) -> None:
    """Whatever comes in whatever order of chats; and waiting as long as told is always enough."""
    pace, now, sent = Pace(), NOW, list[tuple[datetime, str, int]]()
    for gap, chat, cost in calls:
        now += timedelta(seconds=gap)
        wait = pace.wait(chat, cost, now)
        if wait > 0:
            now += timedelta(seconds=wait) + timedelta(microseconds=1)
            assert pace.wait(chat, cost, now) == 0
        sent.append((now, chat, cost))
        minute = sum(c for when, where, c in sent if where == chat and when > now - timedelta(seconds=GROUP.seconds))
        second = sum(c for when, _, c in sent if when > now - timedelta(seconds=OVERALL.seconds))
        assert second <= OVERALL.count
        assert not chat.startswith("-") or minute <= GROUP.count
