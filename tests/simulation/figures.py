"""What a week comes to: waiting times by the clock and in open minutes, and how often a matter was moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.conversation.turn import Door
from bot.queueing.case import Case, CaseState
from bot.queueing.promising import open_spans
from tests.builders import front_door
from tests.simulation.playing import Week

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Spread:
    """Some durations in minutes, in order."""

    minutes: tuple[float, ...]

    def part(self, share: float) -> float:
        """The duration that this share of them does not exceed (nearest rank); 0 where there are none."""
        last = len(self.minutes) - 1
        return self.minutes[min(last, int(share * len(self.minutes)))] if self.minutes else 0.0

    def told(self) -> str:
        """Median, nine in ten, longest."""
        return f"median {self.part(0.5):6.1f}   90 % {self.part(0.9):7.1f}   longest {self.part(1):7.1f} min"


def opened(door: Door, since: datetime, until: datetime) -> float:
    """Minutes of the desk's open time between two moments of one zone."""
    total = 0.0
    for start, end in spans(door, since, until):
        total += max(0.0, (min(end, until).astimezone(UTC) - max(start, since).astimezone(UTC)) / MINUTE)
    return total


def spans(door: Door, since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The open times of the days from one moment to another."""
    hours, holidays = door.base.settings.desk.staffed(), door.base.holidays
    for ahead in range((until.date() - since.date()).days + 1):
        day = (since + timedelta(days=ahead)).replace(hour=0, minute=0, second=0, microsecond=0)
        for span in open_spans(hours, day.date(), holidays):
            end = day.replace(hour=span.until.hour, minute=span.until.minute)
            yield (
                day.replace(hour=span.since.hour, minute=span.since.minute),
                end if end > day else day + timedelta(days=1),
            )


def waits(cases: Iterable[Case], what: str, *, by_clock: bool) -> Spread:
    """How long from opening to ``caught_at`` or ``answered_at``."""
    pairs = ((case.opened_at, getattr(case, what)) for case in cases)
    found = [(since, until) for since, until in pairs if until is not None]
    door = front_door()
    return Spread(
        tuple(sorted((until - since) / MINUTE if by_clock else opened(door, since, until) for since, until in found))
    )


def told(week: Week) -> str:
    """The table that is printed."""
    cases, seen = week.cases(), week.seen
    calm, danger = [c for c in cases if not c.danger], [c for c in cases if c.danger]
    kinds = [line.kind for line in week.store.state.log.values()]
    handed = [case.handed_over for case in cases]
    lines = [
        f"{week.days} days from {week.first:%a %d.%m.%Y}, {len(week.parents)} parents, "
        f"{len(cases)} cases ({len(danger)} of danger), three workers",
        f"caught, open minutes     {waits(calm, 'caught_at', by_clock=False).told()}",
        f"caught, by the clock     {waits(calm, 'caught_at', by_clock=True).told()}",
        f"caught, came in hours    {waits(_in_hours(calm), 'caught_at', by_clock=False).told()}",
        f"answered, open minutes   {waits(calm, 'answered_at', by_clock=False).told()}",
        f"answered, by the clock   {waits(calm, 'answered_at', by_clock=True).told()}",
        f"danger caught, by clock  {waits(danger, 'caught_at', by_clock=True).told()}",
        f"danger, came in hours    {waits(_in_hours(danger), 'caught_at', by_clock=True).told()}",
        f"danger, on-call numbers  {_numbers(week).told()}",
        f"longest queue            {max((count for _, count in seen.waiting), default=0)}",
        f"warned / climbed         {kinds.count('warn')} / {kinds.count('climb')}",
        f"returned for silence     {kinds.count('return')}",
        f"handed over              {sum(handed)}, most times one case {max(handed, default=0)}; "
        f"declined {kinds.count('decline')}, not answered {kinds.count('lapse')}",
        f"asked where it is        {seen.asked} parents, all answered",
        f"at the end               {_end(cases)}",
        f"looked at                {seen.steps} steps: one owner each, nobody forgotten; {seen.refused} acts refused",
    ]
    return "\n".join(lines)


def _in_hours(cases: Iterable[Case]) -> list[Case]:
    """Those who came while the desk was open."""
    door = front_door()
    return [c for c in cases if opened(door, c.opened_at, c.opened_at + MINUTE) > 0]


def _numbers(week: Week) -> Spread:
    """After how long a danger case nobody could take had the on-call numbers on the parent's screen."""
    opened_at = {case.number: case.opened_at for case in week.cases() if case.danger}
    shown = [line for line in week.store.state.log.values() if line.kind == "climb" and line.detail == "on_call"]
    return Spread(tuple(sorted((line.at - opened_at[line.case]) / MINUTE for line in shown if line.case in opened_at)))


def _end(cases: Iterable[Case]) -> str:
    states = [case.state for case in cases]
    return ", ".join(f"{states.count(state)} {state}" for state in CaseState)
