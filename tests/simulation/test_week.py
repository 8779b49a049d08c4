"""A day of the desk in simulation: everybody is caught or still has an owner, whatever is drawn."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.queueing.case import CaseState
from tests.builders import ZONE, front_door
from tests.simulation.drawing import by_hour, drawn
from tests.simulation.figures import opened, told, waits
from tests.simulation.playing import Week

A_MONDAY = datetime(2027, 1, 4, tzinfo=ZONE)


async def test_a_day_leaves_nobody_without_an_owner() -> None:
    """Sixty parents, three workers, one day: every step is looked at, and who came in the morning was answered."""
    week = Week(7, A_MONDAY, 1, 60)
    seen = await week.play()
    cases = week.cases()
    assert len(cases) == len(week.parents) > 30
    assert seen.steps > len(cases)
    assert seen.asked > 0
    morning = [case for case in cases if case.opened_at.hour < 12 and case.outcome != "parent-left"]
    assert morning
    assert all(case.answered_at is not None or case.number in _forgotten(week) for case in morning)
    assert all(case.state is not CaseState.CLAIMED or case.owner is not None for case in cases)
    assert waits(cases, "caught_at", by_clock=False).part(0.5) <= waits(cases, "caught_at", by_clock=True).part(0.5)
    assert f"{len(cases)} cases" in told(week)
    ET.fromstring(drawn(week))
    assert max(by_hour(week)) == max(count for _, count in seen.waiting)


def _forgotten(week: Week) -> set[int]:
    return set().union(*(worker.forgotten for worker in week.workers))


async def test_the_look_sees_a_case_without_an_owner() -> None:
    """The check itself can fail: a claimed case that nobody has, and one to which nothing will ever happen."""
    week = Week(7, A_MONDAY, 1, 60)
    await week.play()
    some = next(case for case in week.cases() if case.state is CaseState.WAITING)
    kept = week.store.state.cases
    kept[some.number] = replace(some, state=CaseState.CLAIMED, owner=None)
    with pytest.raises(AssertionError, match="one owner"):
        week._look()
    kept[some.number] = replace(some, climbed=0, due_at=None)
    with pytest.raises(AssertionError, match="nothing will ever happen"):
        week._look()


def test_open_minutes_leave_out_the_night_and_the_holiday() -> None:
    """From Tuesday noon to Thursday nine: four hours on Tuesday, none on Epiphany, one on Thursday."""
    noon = datetime(2027, 1, 5, 12, tzinfo=ZONE)
    assert opened(front_door(), noon, noon + timedelta(days=1, hours=21)) == 5 * 60
