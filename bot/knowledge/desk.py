"""The formats of what the desk and the network go by: targets, units, who is on call, ready replies, duties. Pure.

Known to the rest of the house through :mod:`bot.knowledge.model`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import Field, model_validator

from bot.knowledge.parts import (
    DAYS,
    Contact,
    DayException,
    Hours,
    Id,
    Kept,
    Language,
    TimeOfDay,
    Weekday,
    Words,
)

# Units and who is on call -----------------------------------------------------------------------------------------


class OnCall(Kept):
    """Who answers when the desk cannot: what is said, and the numbers (the social emergency's, and 112)."""

    text: Words
    phones: Annotated[tuple[Contact, ...], Field(min_length=1)]


class Organisation(Kept):
    """Whom a workplace belongs to. Handing a case over to another one needs the parent's consent."""

    id: Id
    name: Words


class Team(Kept):
    """The weekly meeting of an early-support team, local time."""

    weekday: Weekday
    time: TimeOfDay
    place: Words

    def next_meeting(self, now: datetime) -> datetime:
        """When it meets next, after ``now`` (aware, local time)."""
        days = (DAYS.index(self.weekday) - now.weekday()) % 7
        at = datetime.combine(now.date() + timedelta(days=days), self.time, tzinfo=now.tzinfo)
        return at if at > now else at + timedelta(days=7)


class Unit(Kept):
    """A workplace behind the desk, whose network workers take on cases.

    ``areas`` left out = everywhere; ``hours`` left out = not known. ``phone`` is for families, ``network`` tells
    workers how to reach it. ``team`` = it is an early-support team.
    """

    id: Id
    name: Words
    areas: tuple[Id, ...] = ()
    services: tuple[Id, ...] = ()
    languages: tuple[Language, ...] = ("fi",)
    hours: Hours | None = None
    phone: Contact | None = None
    organisation: Organisation | None = None
    network: Words | None = None
    team: Team | None = None
    example: bool = False


# What helps a worker ----------------------------------------------------------------------------------------------

# What a ready reply may leave open, as {word}: the service whose card goes with it, a unit, a time and a place agreed,
# when the desk opens next, and the area's social emergency.
GAPS = ("service", "unit", "time", "place", "opens", "emergency")
_GAP = re.compile(r"\{(\w+)\}")


class ReadyReply(Kept):
    """Words a worker may send as they are, or change first. ``card``: the card of a service she picks follows."""

    id: Id
    title: Words
    text: Words
    card: bool = False

    def draft(self, language: Language, known: Mapping[str, str]) -> str:
        """The text with what is ``known`` of :data:`GAPS` filled in; the rest stays as {word} for the worker."""
        return _GAP.sub(lambda gap: known.get(gap[1], gap[0]), self.text.within(language))


class ReplyGroup(Kept):
    """Ready replies for one moment of a case."""

    id: Id
    title: Words
    replies: Annotated[tuple[ReadyReply, ...], Field(min_length=1)]


class DutyStep(Kept):
    """One step for a worker; ``source`` where it is another than the whole duty's."""

    text: Words
    source: Words | None = None


class Duty(Kept):
    """What a worker must do when a child may need protection, and what she must ``never`` do then.

    ``phones`` hold everywhere; the area's own are in its ``on_call``. ``source`` is the law or the guide, ``checked``
    the day the text was last compared with it.
    """

    title: Words
    text: Words
    steps: Annotated[tuple[DutyStep, ...], Field(min_length=1)]
    never: tuple[Words, ...] = ()
    phones: tuple[Contact, ...] = ()
    services: tuple[Id, ...] = ()
    source: Words
    checked: date


class DutyToReport(Duty):
    """The duty to report; ``ask`` takes it up with the parent, ``joint`` words the request made together with her."""

    ask: Words
    joint: Words


class Duties(Kept):
    """``duties.yaml``: the duty to report, and what holds when assault or abuse of a child is suspected (LASTA)."""

    report: DutyToReport
    lasta: Duty


# The desk ---------------------------------------------------------------------------------------------------------

Minutes = Annotated[int, Field(gt=0, lt=10_000)]


class ClosedSign(Kept):
    """The desk is closed from ``since`` to ``until``, both days included, and says why."""

    since: date
    until: date
    text: Words

    @model_validator(mode="after")
    def _in_order(self) -> ClosedSign:
        if self.until < self.since:
            raise ValueError('"until" is before "since"; write the last closed day')
        if self.until - self.since > timedelta(days=92):
            raise ValueError('"until" is more than three months after "since"; look at the years')
        return self

    @property
    def days(self) -> int:
        """How many."""
        return (self.until - self.since).days + 1


@dataclass(frozen=True, slots=True)
class Climb:
    """When a case nobody answers climbs, in minutes of waiting since the parent asked, in this order."""

    warning: float
    target: float
    lead: float
    on_call: float


class Desk(Kept):
    """The staffed desk. Minutes are of open time.

    ``answer_minutes`` and ``danger_minutes``: how soon a first answer is aimed at. ``warn_before``: the part of that
    time still left at the warning. ``climb_to_*``: minutes past the target; in danger each step comes
    ``danger_climb_minutes`` after the one before. ``silent_minutes``: a claimed case whose worker is silent while the
    parent waits goes back. ``offer_minutes``: an offered case nobody accepts stays with the giver. With
    ``most_waiting`` or more cases in the queue a parent hears that the wait is long. ``follow_up_days``: when she is
    asked a second time whether she got help. ``on_call`` holds where an area has none of its own.
    """

    hours: Hours
    language: Language = "fi"
    phone: Contact | None = None
    answer_minutes: Minutes = 30
    danger_minutes: Minutes = 5
    warn_before: Annotated[float, Field(gt=0, lt=1)] = 0.4
    climb_to_lead_minutes: Minutes = 15
    climb_to_on_call_minutes: Minutes = 60
    danger_climb_minutes: Minutes = 5
    silent_minutes: Minutes = 60
    offer_minutes: Minutes = 60
    most_waiting: Annotated[int, Field(gt=0, lt=10_000)] = 20
    closed_signs: tuple[ClosedSign, ...] = ()
    follow_up_days: Annotated[int, Field(gt=0, lt=366)] = 14
    on_call: OnCall | None = None

    @model_validator(mode="after")
    def _climbs_upwards(self) -> Desk:
        if self.climb_to_on_call_minutes <= self.climb_to_lead_minutes:
            least = self.climb_to_lead_minutes + 1
            raise ValueError(
                f'"climb_to_on_call_minutes" comes before the lead has had a chance; write a number of {least} or more'
            )
        return self

    def climb(self, *, danger: bool) -> Climb:
        """The steps of a case of this kind."""
        target = self.danger_minutes if danger else self.answer_minutes
        lead = target + (self.danger_climb_minutes if danger else self.climb_to_lead_minutes)
        last = lead + self.danger_climb_minutes if danger else target + self.climb_to_on_call_minutes
        return Climb(target * (1 - self.warn_before), target, lead, last)

    def closed_sign(self, day: date) -> ClosedSign | None:
        """The sign that hangs on the door on a day, if any."""
        return next((sign for sign in self.closed_signs if sign.since <= day <= sign.until), None)

    def staffed(self) -> Hours:
        """The hours with the days of the closed signs closed: what may be promised."""
        signs = [(sign, sign.since + timedelta(days=n)) for sign in self.closed_signs for n in range(sign.days)]
        shut = {day: DayException(date=day, note=sign.text) for sign, day in signs}
        others = tuple(each for each in self.hours.exceptions if each.date not in shut)
        return self.hours.model_copy(update={"exceptions": (*others, *shut.values())})
