"""When the desk is open, and what may be promised."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.model import Hours
from bot.queueing.promising import opening
from tests.builders import ZONE, starter

WEEK = Hours.model_validate(
    {"week": {"mon-fri": ["8-16"]}, "exceptions": [{"date": date(2026, 11, 26), "open": ["10-12", "13-15:30"]}]}
)
INDEPENDENCE = {date(2027, 12, 6): "Itsenäisyyspäivä"}


def at(text: str) -> datetime:
    """A moment in Finland."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "is_open", "changes"),
    [
        ("2026-11-24T10:00", True, "2026-11-24T16:00"),
        ("2026-11-24T08:00", True, "2026-11-24T16:00"),
        ("2026-11-24T07:59", False, "2026-11-24T08:00"),
        ("2026-11-24T16:00", False, "2026-11-25T08:00"),
        ("2026-11-27T18:00", False, "2026-11-30T08:00"),  # Friday evening to Monday
        ("2026-11-26T12:30", False, "2026-11-26T13:00"),  # the exception's lunch
        ("2026-11-26T15:30", False, "2026-11-27T08:00"),
        ("2027-12-05T12:00", False, "2027-12-07T08:00"),  # Sunday, then a public holiday
        ("2027-03-28T03:59", False, "2027-03-29T08:00"),  # the night the clock goes forward
        ("2026-10-25T03:30", False, "2026-10-26T08:00"),  # the night it goes back
    ],
)
def test_open_now_and_until_when(now: str, is_open: bool, changes: str) -> None:
    """Days, nights, lunch, weekends, holidays and both changes of the clock."""
    found = opening(WEEK, at(now), INDEPENDENCE)
    assert (found.is_open, found.changes_at) == (is_open, at(changes))


def test_always_is_always() -> None:
    """An emergency number has no holidays."""
    found = opening(Hours(always=True), at("2027-12-06T03:00"), INDEPENDENCE)
    assert found.is_open
    assert found.always


def test_hours_never_open_are_not_promised() -> None:
    """With no hours at all nothing is promised."""
    found = opening(Hours(), at("2026-11-24T10:00"), {})
    assert (found.is_open, found.changes_at) == (False, None)


def test_the_starters_desk_is_closed_on_christmas_eve() -> None:
    """The starter's own exceptions and Finland's holidays are in force."""
    base = starter()
    found = opening(base.settings.desk.hours, at("2026-12-24T12:00"), base.holidays)
    assert not found.is_open
    assert found.changes_at is not None
    assert found.changes_at > at("2026-12-27T00:00")


@given(st.integers(0, 700 * 24 * 60))
def test_the_next_change_is_always_ahead_and_right(minutes: int) -> None:
    """At the moment of the change the state is the other one."""
    now = at("2026-01-01T00:00") + timedelta(minutes=minutes)
    found = opening(WEEK, now, INDEPENDENCE)
    assert found.changes_at is not None
    assert found.changes_at > now
    assert opening(WEEK, found.changes_at, INDEPENDENCE).is_open is not found.is_open
