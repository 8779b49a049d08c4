"""How long parents waited."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.queueing.promising import open_minutes_after
from bot.reporting.waiting import Wait, clock_minutes, open_minutes, wait
from tests.builders import A_TUESDAY, CHRISTMAS_EVE, ZONE, starter

DESK = starter().settings.desk.staffed()
DAYS_OFF = starter().holidays


def test_the_middle_and_nine_in_ten() -> None:
    """Whole minutes; of fewer than five nothing is told."""
    assert wait([float(each) for each in range(1, 11)]) == Wait(5, 9)
    assert wait([3.0, 1.0, 4.0, 2.0]) == Wait(None, None)


@pytest.mark.parametrize(
    ("since", "until", "minutes"),
    [
        (A_TUESDAY, A_TUESDAY + timedelta(minutes=25), 25),
        (A_TUESDAY.replace(hour=15, minute=50), A_TUESDAY.replace(day=25, hour=8, minute=10), 20),
        (A_TUESDAY.replace(hour=18), A_TUESDAY.replace(hour=19), 0),
        (datetime(2026, 11, 27, 15, 0, tzinfo=ZONE), datetime(2026, 11, 30, 9, 0, tzinfo=ZONE), 120),
        (CHRISTMAS_EVE, CHRISTMAS_EVE + timedelta(days=1), 0),
    ],
)
def test_only_open_time_counts(since: datetime, until: datetime, minutes: int) -> None:
    """Nights, weekends and holidays do not."""
    assert open_minutes(DESK, since, until, DAYS_OFF) == minutes


def test_the_change_of_the_clock_is_no_hour_of_waiting() -> None:
    """The night of the 25th of October has an hour twice."""
    night = datetime(2026, 10, 24, 23, 0, tzinfo=ZONE)
    assert clock_minutes(night, datetime(2026, 10, 25, 8, 0, tzinfo=ZONE)) == 10 * 60


@given(st.integers(0, 60 * 24 * 20), st.integers(1, 2000))
def test_it_is_the_way_back_of_the_promise(start: int, minutes: int) -> None:
    """So many open minutes after a moment are so many open minutes."""
    since = A_TUESDAY + timedelta(minutes=start)
    until = open_minutes_after(DESK, since, minutes, DAYS_OFF)
    assert open_minutes(DESK, since, until, DAYS_OFF) == pytest.approx(minutes)
