"""How long parents waited: by the clock, and in the minutes the desk was open. Pure."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import ceil

from bot.knowledge.model import Hours
from bot.queueing.promising import opening
from bot.reporting.hiding import FEW

_STEPS = 2000  # openings and closings looked at; a wait of years is counted by the clock from there on


@dataclass(frozen=True, slots=True)
class Wait:
    """Minutes from opening to an event: the middle one, and what nine in ten did not exceed. None = of too few."""

    median: int | None
    ninety: int | None


def wait(minutes: Sequence[float]) -> Wait:
    """Of all the waits; whole minutes, nearest rank."""
    if len(minutes) < FEW:
        return Wait(None, None)
    ordered = sorted(minutes)
    return Wait(*(round(ordered[ceil(part * len(ordered)) - 1]) for part in (0.5, 0.9)))


def clock_minutes(since: datetime, until: datetime) -> float:
    """Not by the clock on the wall, which is changed twice a year."""
    return (until.astimezone(UTC) - since.astimezone(UTC)).total_seconds() / 60


def open_minutes(hours: Hours, since: datetime, until: datetime, holidays: Container[date]) -> float:
    """The minutes of open time between two moments. Where no opening is known, every minute counts, as it does in
    :func:`bot.queueing.promising.open_minutes_after`.
    """
    at, total = since, 0.0
    for _ in range(_STEPS):
        here = opening(hours, at, holidays)
        if here.changes_at is None or here.changes_at >= until:
            counts = here.is_open or here.changes_at is None
            return total + (clock_minutes(at, until) if counts else 0.0)
        total += clock_minutes(at, here.changes_at) if here.is_open else 0.0
        at = here.changes_at
    return total + clock_minutes(at, until)
