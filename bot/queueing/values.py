"""What a case may hold besides itself: an offer, questions to the network, a plan, a team's list, times, a follow-up.

Frozen values only; what may be done with them is decided in the moves (:mod:`bot.queueing.case` and its neighbours).
Ids are counted within one case, so that a button names exactly one thing however old it is. Times are aware.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Offer:
    """A hand-over that nobody has taken yet: the giver still has the case.

    ``consent`` is None while it is asked; ``asks_consent`` False = within one organisation. ``since`` is from when the
    taker can answer: None until the parent has agreed.
    """

    id: int
    by: int
    unit: str | None
    worker: int | None
    reason: str
    at: datetime
    asks_consent: bool = False
    consent: bool | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Advice:
    """An answer from the network."""

    worker: int
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Consult:
    """A question to the network that tells nothing of who the family is. ``units`` empty = everybody."""

    id: int
    by: int
    question: str
    at: datetime
    units: tuple[str, ...] = ()
    answers: tuple[Advice, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """Something somebody has taken on."""

    id: int
    text: str
    worker: int | None
    until: date | None
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """The parent's word on the plan."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """The one shared plan, in plain language; the parent has it too."""

    text: str = ""
    at: datetime | None = None
    comments: tuple[Comment, ...] = ()
    tasks: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True)
class TeamItem:
    """The case on an early-support team's list; on it only once the parent has agreed (``consent`` True)."""

    id: int
    by: int
    unit: str
    reason: str
    on: date
    at: datetime
    consent: bool | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Booking:
    """Times to choose from, and the one she picked. ``cancelled`` says by whom."""

    id: int
    by: int
    times: tuple[datetime, ...]
    place: str
    at: datetime
    picked: datetime | None = None
    reminded: bool = False
    cancelled: Literal["", "parent", "worker"] = ""

    @property
    def stands(self) -> bool:
        """She has a time that holds."""
        return self.picked is not None and not self.cancelled


@dataclass(frozen=True, slots=True)
class Step:
    """That a step was taken (``duty-shown``, ``duty-reported``, ``duty-together``, ``lasta``); never what was said."""

    kind: str
    worker: int
    at: datetime


@dataclass(frozen=True, slots=True)
class WrongDoor:
    """She asked for one service and needed another (ids). A proposal for the admins, learnt by nobody."""

    asked_for: str
    belonged_to: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Did she get help? ``answers`` are yes or not-yet; ``stopped`` = she wants no more of these."""

    asked: tuple[datetime, ...] = ()
    answers: tuple[str, ...] = ()
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """Words a worker has not sent yet."""

    worker: int
    text: str
    at: datetime
