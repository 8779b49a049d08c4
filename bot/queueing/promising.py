"""When a place is open, and what may honestly be promised. Pure: the time and the holidays are handed in.

Times of day are Finland's; every ``datetime`` carries its zone, so that both days of the clock change come out right.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.knowledge.model import DAYS, Desk, Hours, Span, Words

_AHEAD = 60  # days to look for the next opening; past that nobody can promise


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a place is open, and until when or from when (None: always, or not known)."""

    is_open: bool
    changes_at: datetime | None
    always: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """What the desk can say: its opening, how many wait before her, the target for a first answer in open minutes.

    ``staffed`` False = it is open, but nobody is there at this moment. ``gap``: whoever is does not speak her language.
    ``full``: so many wait that it will take long. ``sign`` is the closed sign's text, if one hangs on the door.
    """

    opening: Opening
    before: int = 0
    minutes: int = 30
    staffed: bool = True
    gap: bool = False
    full: bool = False
    sign: Words | None = None


def open_spans(hours: Hours, day: date, holidays: Container[date]) -> tuple[Span, ...]:
    """The open times of one date, in order: an exception wins, then a public holiday, then the week."""
    for exception in hours.exceptions:
        if exception.date == day:
            return tuple(sorted(exception.open))
    if day in holidays and hours.holidays == "closed":
        return ()
    return tuple(sorted(hours.week.get(DAYS[day.weekday()], ())))


def _at(day: date, moment: time, now: datetime, *, end: bool = False) -> datetime:
    if end and moment == time(0):
        day += timedelta(days=1)
    return datetime.combine(day, moment, tzinfo=now.tzinfo)


def opening(hours: Hours, now: datetime, holidays: Container[date]) -> Opening:
    """Whether a place with these hours is open at ``now`` (aware), and when that changes next."""
    if hours.always:
        return Opening(True, None, always=True)
    for ahead in range(_AHEAD):
        day = now.date() + timedelta(days=ahead)
        for span in open_spans(hours, day, holidays):
            since, until = _at(day, span.since, now), _at(day, span.until, now, end=True)
            if since <= now < until:
                return Opening(True, until)
            if now < since:
                return Opening(False, since)
    return Opening(False, None)


def promise(
    desk: Desk,
    now: datetime,
    holidays: Container[date],
    before: int,
    *,
    danger: bool = False,
    staffed: bool = True,
    gap: bool = False,
) -> Promise:
    """What may be said to a parent who asks for a person now, with ``before`` cases waiting ahead of her."""
    minutes = desk.danger_minutes if danger else desk.answer_minutes
    sign = desk.closed_sign(now.date())
    opened = opening(desk.staffed(), now, holidays)
    full = before >= desk.most_waiting
    return Promise(opened, before, minutes, staffed, gap, full, sign.text if sign is not None else None)


def open_minutes_after(hours: Hours, since: datetime, minutes: float, holidays: Container[date]) -> datetime:
    """The moment when a place has been open for so many minutes since ``since``.

    A place that is always open, or of which no opening is known, counts every minute: nothing may wait for ever.
    """
    left, at = timedelta(minutes=minutes), since
    for _ in range(_AHEAD * 4):
        here = opening(hours, at, holidays)
        if here.changes_at is None:
            return later(at, left)
        if here.is_open:
            passed = _between(at, here.changes_at)
            if left <= passed:
                return later(at, left)
            left -= passed
        at = here.changes_at
    return later(at, left)


def _between(since: datetime, until: datetime) -> timedelta:
    """Not by the clock on the wall, which is changed twice a year."""
    return until.astimezone(UTC) - since.astimezone(UTC)


def later(since: datetime, much: timedelta) -> datetime:
    """So much after a moment; not by the clock on the wall."""
    return (since.astimezone(UTC) + much).astimezone(since.tzinfo)
