"""What each outcome leads to, as a table and as properties."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Address, PressAnswer, Say
from bot.outbox.retrying import (
    A_LITTLE_MORE,
    FAULTS,
    HALT,
    LONGEST_WAIT,
    MOVES,
    PRESS_LIVES,
    Again,
    Decision,
    Done,
    GiveUp,
    Halt,
    Move,
    after_fault,
    decide,
    is_late,
    wait,
)
from bot.ports import ASKED, MovedTo, OutboxRow, Outcome, Sent, StaffLink, Stop, TryAgain, Unreachable

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=ZoneInfo("Europe/Helsinki"))
ROW = OutboxRow(1, Address("telegram", "11"), Say(()), None, None, 0, 1, False, NOON)
AGAIN = replace(ROW, repeat=True)
OFTEN = replace(ROW, tries=9)
PRESS = replace(ROW, payload=PressAnswer("p"))
SECOND = timedelta(seconds=1)

TABLE: tuple[tuple[Outcome, OutboxRow, Decision], ...] = (
    (Sent(), ROW, Done()),
    (Sent(5, StaffLink("-1", 2, 3)), ROW, Done()),
    (TryAgain("RetryAfter", after=7), ROW, Again(NOON + 7 * SECOND + A_LITTLE_MORE, False, ASKED, counted=False)),
    (TryAgain("pace", after=7200), ROW, Again(NOON + 7200 * SECOND + A_LITTLE_MORE, False, ASKED, counted=False)),
    (TryAgain("pace", after=7), AGAIN, Again(NOON + 7 * SECOND + A_LITTLE_MORE, True, ASKED, counted=False)),
    (TryAgain("TimedOut", unknown=True, after=7), ROW, Again(NOON + 7 * SECOND + A_LITTLE_MORE, True, "TimedOut")),
    (TryAgain("ConnectTimeout"), ROW, Again(NOON + wait(ROW), False, "ConnectTimeout")),
    (TryAgain("ConnectTimeout"), OFTEN, Again(NOON + wait(OFTEN, unknown=False), False, "ConnectTimeout")),
    (TryAgain("TimedOut", unknown=True), OFTEN, Again(NOON + wait(OFTEN), True, "TimedOut")),
    (TryAgain("TimedOut", unknown=True), ROW, Again(NOON + wait(ROW), True, "TimedOut")),
    (TryAgain("RetryAfter"), replace(ROW, repeat=True), Again(NOON + wait(ROW), True, "RetryAfter")),
    (Unreachable("blocked"), ROW, GiveUp("blocked")),
    (Unreachable("gone"), PRESS, GiveUp("gone", told=False)),
    (TryAgain("TimedOut"), PRESS, Again(NOON + wait(PRESS), False, "TimedOut")),
    (TryAgain("TimedOut"), replace(PRESS, created_at=NOON - PRESS_LIVES), GiveUp("too old", told=False)),
    (TryAgain("RetryAfter", after=151), PRESS, GiveUp("too old", told=False)),
    (MovedTo("-100"), ROW, Move("-100")),
    (MovedTo("11"), ROW, Again(NOON + wait(ROW), False, "moved in a circle")),
    (Stop("InvalidToken"), ROW, Halt(NOON + HALT, "InvalidToken")),
)


@pytest.mark.parametrize(("outcome", "row", "decision"), TABLE)
def test_each_outcome_leads_to_its_decision(outcome: Outcome, row: OutboxRow, decision: Decision) -> None:
    """The table at the top of the module, row by row."""
    assert decide(outcome, row, NOON) == decision


def test_a_chat_that_moves_in_a_circle_waits() -> None:
    """After some moves the row no longer goes at once, whatever key is named."""
    moved = replace(ROW, tries=MOVES + 1)
    assert isinstance(decide(MovedTo("-2"), moved, NOON), Again)


def test_a_faulty_channel_is_given_some_tries() -> None:
    """A fault counts as perhaps sent; the last one gives the row up, so that its lane goes on."""
    assert after_fault(replace(ROW, tries=FAULTS - 1), "KeyError") == TryAgain("KeyError", unknown=True)
    assert after_fault(replace(ROW, tries=FAULTS), "KeyError") == Unreachable("fault")


@given(row=st.integers(1, 10**9), tries=st.integers(1, 10**6))
def test_waits_grow_to_a_cap(row: int, tries: int) -> None:
    """Never shorter than the last one, never under a second, never over the cap and its spread, always the same."""
    now, later = replace(ROW, id=row, tries=tries), replace(ROW, id=row, tries=tries + 1)
    assert SECOND <= wait(now) <= wait(later) <= LONGEST_WAIT * 1.25
    assert wait(now) == wait(now)


def test_lanes_do_not_all_come_back_at_once() -> None:
    """A hundred rows that failed together come back at a hundred moments."""
    assert len({wait(replace(ROW, id=number)) for number in range(100)}) == 100


@pytest.mark.parametrize(
    ("decision", "late"),
    [
        (Again(NOON + 60 * SECOND, False, "e"), False),
        (Again(NOON + 61 * SECOND, False, "e"), True),
        (Halt(NOON + 61 * SECOND, "e"), True),
        (Done(), False),
        (GiveUp("blocked"), False),
        (Move("-1"), False),
    ],
)
def test_what_waits_over_a_minute_is_late(decision: Decision, late: bool) -> None:
    """Counted to the next try, so that a worker is told while the minute lasts."""
    assert is_late(decision, ROW) is late


def test_what_surely_did_not_arrive_is_tried_again_within_five_seconds() -> None:
    """However often it failed; what may have arrived would be a repeat each time, and waits longer and longer."""
    for number in range(100):
        often = replace(ROW, id=number, tries=30)
        assert SECOND <= wait(often, unknown=False) < 4 * SECOND
        assert wait(often) >= LONGEST_WAIT
