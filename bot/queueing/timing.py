"""What must happen to a case by itself, and when. Pure: the time and the holidays are handed in.

:func:`due` gives the next moment (kept with the case, so that a loop can sleep until then); :func:`ring` makes what is
due happen and tells it. Minutes are of the desk's open time; where there is danger they are of any time at all.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.knowledge.model import Base, Climb, Desk
from bot.queueing import ending, holding, meeting, passing
from bot.queueing.case import Case, CaseState
from bot.queueing.promising import later, open_minutes_after

AT_ONCE = 8  # a case that was left alone for long catches up within one ringing


class Alarm(StrEnum):
    """What happens by itself."""

    WARN = "warn"  # the first answer is nearly late
    CLIMB = "climb"  # it is late: to the lead, then to the on-call text
    WAKE = "wake"  # the time of a snooze has come
    RETURN = "return"  # the worker was silent: back into the queue
    LAPSE = "lapse"  # an offer was not answered: back to the giver
    REMIND = "remind"  # she has a time tomorrow
    FOLLOW_UP = "follow_up"  # did she get help?


@dataclass(frozen=True)
class Targets:
    """How long what may take: what the admins have set, and the days on which the desk is closed."""

    desk: Desk
    holidays: Container[date]

    def after(self, case: Case, since: datetime, minutes: float) -> datetime:
        """So many minutes after a moment, by the clock that holds for this case."""
        if case.danger:
            return later(since, timedelta(minutes=minutes))
        return open_minutes_after(self.desk.staffed(), since, minutes, self.holidays)

    def steps(self, case: Case) -> Climb:
        """When a case of this kind climbs."""
        return self.desk.climb(danger=bool(case.danger))

    def patience(self, case: Case, minutes: int) -> float:
        """So long may a worker or a taker be silent; where there is danger no longer than till the on-call text."""
        return min(minutes, self.steps(case).on_call) if case.danger else minutes


def targets(base: Base) -> Targets:
    """Of the knowledge as it is."""
    return Targets(base.settings.desk, base.holidays)


def alarms(case: Case, aims: Targets) -> Iterator[tuple[datetime, Alarm]]:
    """Everything that is going to happen by itself as the case stands now."""
    if case.state is CaseState.WAITING:
        yield from _while_waiting(case, aims)
    elif case.state is CaseState.CLAIMED:
        yield from _while_held(case, aims)
    elif ending.asks(case) and case.closed_at is not None and len(case.follow_up.asked) < 2:
        days = aims.desk.follow_up_days if case.follow_up.asked else 0
        yield case.closed_at + timedelta(days=days), Alarm.FOLLOW_UP
    booked = meeting.to_remind(case)
    if booked is not None and booked.picked is not None:
        yield booked.picked - meeting.AHEAD, Alarm.REMIND


def _while_waiting(case: Case, aims: Targets) -> Iterator[tuple[datetime, Alarm]]:
    since, steps = case.waiting_since or case.opened_at, aims.steps(case)
    if case.climbed == 0:
        if case.warned_at is None:
            yield aims.after(case, since, steps.warning), Alarm.WARN
        yield aims.after(case, since, steps.lead), Alarm.CLIMB
    elif case.climbed == 1:
        yield aims.after(case, since, steps.on_call), Alarm.CLIMB


def _while_held(case: Case, aims: Targets) -> Iterator[tuple[datetime, Alarm]]:
    if case.snoozed_until is not None:
        yield case.snoozed_until, Alarm.WAKE
    if case.waits_since is not None and (case.snoozed_until is None or holding.presses(case)):
        yield aims.after(case, case.waits_since, aims.patience(case, aims.desk.silent_minutes)), Alarm.RETURN
    if case.offer is not None:
        asked = case.offer.since or case.offer.at
        yield aims.after(case, asked, aims.patience(case, aims.desk.offer_minutes)), Alarm.LAPSE


def due(case: Case, aims: Targets) -> datetime | None:
    """The next moment at which something must happen by itself, or None. It may have passed already."""
    return min((at for at, _ in alarms(case, aims)), default=None)


def ring(case: Case, aims: Targets, now: datetime) -> tuple[Case, tuple[tuple[Alarm, Case], ...]]:
    """What is due by ``now`` happens, in order. Gives the case after it all, and each alarm with the case right after
    it.
    """
    happened: list[tuple[Alarm, Case]] = []
    for _ in range(AT_ONCE):
        first = min(((at, alarm) for at, alarm in alarms(case, aims) if at <= now), default=None)
        if first is None:
            break
        case = _rung(case, first[1], now)
        happened.append((first[1], case))
    return case, tuple(happened)


def _rung(case: Case, alarm: Alarm, now: datetime) -> Case:
    match alarm:
        case Alarm.WARN:
            return holding.warn(case, now)
        case Alarm.CLIMB:
            return holding.climb(case)
        case Alarm.WAKE:
            return holding.wake(case, now)
        case Alarm.RETURN:
            return holding.returned(case, now)
        case Alarm.LAPSE:
            return passing.lapse(case)
        case Alarm.REMIND:
            return meeting.reminded(case)
        case Alarm.FOLLOW_UP:
            return ending.follow_up(case, now)
