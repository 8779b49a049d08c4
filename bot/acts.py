"""What a worker does, as frozen values: one for each move of a case, and what she asks the desk for.

Who she is and whether she may is decided inside; a handler only translates a button, a form or a command into one of
these. ``reason``, ``text`` and the like are her own words. Ids are our own row ids, or ids of the knowledge.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Claim:
    """Take the case."""

    type: Literal["claim"] = "claim"


@dataclass(frozen=True, slots=True)
class Release:
    """Back into the queue."""

    type: Literal["release"] = "release"


@dataclass(frozen=True, slots=True)
class TakeOver:
    """Take it from the one who has it."""

    reason: str
    type: Literal["take_over"] = "take_over"


@dataclass(frozen=True, slots=True)
class Snooze:
    """Put it aside until a moment (aware); None = wake it now."""

    until: datetime | None
    type: Literal["snooze"] = "snooze"


@dataclass(frozen=True, slots=True)
class Prioritise:
    """Before others of its kind, or in its turn again."""

    high: bool = True
    type: Literal["prioritise"] = "prioritise"


@dataclass(frozen=True, slots=True)
class File:
    """A picture or a document, by the channel's own id of it: only that channel can show it."""

    kind: Literal["photo", "document"]
    id: str


@dataclass(frozen=True, slots=True)
class Reply:
    """Words for the parent, and perhaps a file."""

    text: str
    file: File | None = None
    type: Literal["reply"] = "reply"


@dataclass(frozen=True, slots=True)
class Correct:
    """An earlier reply reads otherwise now."""

    text: str
    type: Literal["correct"] = "correct"


@dataclass(frozen=True, slots=True)
class Note:
    """Words only the workers see."""

    text: str
    type: Literal["note"] = "note"


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Words to send later; an empty text throws the draft away."""

    text: str
    type: Literal["draft"] = "draft"


@dataclass(frozen=True, slots=True)
class Consulting:
    """A question to the network without anything that tells who the family is. No ``units`` = everybody."""

    question: str
    units: tuple[str, ...] = ()
    type: Literal["consult"] = "consult"


@dataclass(frozen=True, slots=True)
class Advise:
    """An answer to a question (its id within the case)."""

    item: int
    text: str
    type: Literal["advise"] = "advise"


@dataclass(frozen=True, slots=True)
class HandOver:
    """Offer the case to a unit (id) or to one worker (row id)."""

    reason: str
    unit: str | None = None
    to: int | None = None
    type: Literal["offer"] = "offer"


@dataclass(frozen=True, slots=True)
class Accept:
    """Take what was offered."""

    type: Literal["accept"] = "accept"


@dataclass(frozen=True, slots=True)
class Decline:
    """Not take it, and why."""

    reason: str
    type: Literal["decline"] = "decline"


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take the offer back."""

    type: Literal["withdraw"] = "withdraw"


@dataclass(frozen=True, slots=True)
class Invite:
    """A colleague (row id) works on it too."""

    colleague: int
    type: Literal["invite"] = "invite"


@dataclass(frozen=True, slots=True)
class StepOut:
    """A member is out again."""

    type: Literal["step_out"] = "step_out"


@dataclass(frozen=True, slots=True)
class WritePlan:
    """The shared plan as it reads now; the parent gets it."""

    text: str
    type: Literal["plan"] = "plan"


@dataclass(frozen=True, slots=True)
class AddTask:
    """Somebody takes something on; ``who`` None = the family."""

    text: str
    who: int | None = None
    until: date | None = None
    type: Literal["task"] = "task"


@dataclass(frozen=True, slots=True)
class TaskDone:
    """A task (its id within the case) is done."""

    item: int
    type: Literal["task_done"] = "task_done"


@dataclass(frozen=True, slots=True)
class Bring:
    """To the early-support team's (a unit's) meeting of a day."""

    unit: str
    on: date
    reason: str = ""
    type: Literal["team"] = "team"


@dataclass(frozen=True, slots=True)
class TeamOutcome:
    """What the team came to, in plain words; the parent gets them."""

    text: str
    type: Literal["team_outcome"] = "team_outcome"


@dataclass(frozen=True, slots=True)
class Propose:
    """Times (aware) to choose from, and where."""

    times: tuple[datetime, ...]
    place: str = ""
    type: Literal["propose"] = "propose"


@dataclass(frozen=True, slots=True)
class CancelTime:
    """A booking (its id within the case) is off."""

    item: int
    type: Literal["unbook"] = "unbook"


@dataclass(frozen=True, slots=True)
class Duty:
    """A step of the duty to report: ``duty-shown``, ``duty-together``, ``duty-reported``. Only that is kept."""

    step: str
    type: Literal["duty"] = "duty"


@dataclass(frozen=True, slots=True)
class Lasta:
    """Assault or abuse of a child is suspected: ask nothing more, call those who must know."""

    type: Literal["lasta"] = "lasta"


@dataclass(frozen=True, slots=True)
class Merge:
    """Another case of the same parent (its number) becomes part of this one."""

    other: int
    type: Literal["merge"] = "merge"


@dataclass(frozen=True, slots=True)
class Close:
    """End the case. ``outcome`` is one of the settings'; the service she was guided to; and, where it was the wrong
    door, the service she asked for and the one she needed.
    """

    outcome: str
    guided: str | None = None
    asked_for: str | None = None
    belonged_to: str | None = None
    type: Literal["close"] = "close"


# Without a case ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Presence:
    """She is on, away or off, perhaps until a moment (the end of her shift)."""

    presence: Literal["on", "away", "off"]
    until: datetime | None = None
    type: Literal["presence"] = "presence"


@dataclass(frozen=True, slots=True)
class Ask:
    """A worker asks the desk for something without changing anything: ``queue`` (the open cases), ``mine`` (hers, and
    what is offered to her or asked of her), ``case`` (the one named), or ``help``.
    """

    name: str
    type: Literal["ask"] = "ask"


@dataclass(frozen=True, slots=True)
class Written:
    """Words that hold a time the desk must read: ``propose``, ``task``, ``snooze``, or that she is ``on``, ``away``."""

    move: Literal["propose", "task", "snooze", "on", "away"]
    text: str
    type: Literal["written"] = "written"


# On a room's card of a case ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Show:
    """Other buttons on the card: those of a menu (:mod:`bot.queueing.menus`), with what was chosen before it."""

    menu: str
    given: tuple[str, ...] = ()
    type: Literal["show"] = "show"


@dataclass(frozen=True, slots=True)
class Prompt:
    """She is asked for the words of a move (its name), with what was chosen before it."""

    move: str
    given: tuple[str, ...] = ()
    type: Literal["prompt"] = "prompt"


CaseMove = (
    Claim
    | Release
    | TakeOver
    | Snooze
    | Prioritise
    | Reply
    | Correct
    | Note
    | SaveDraft
    | Consulting
    | Advise
    | HandOver
    | Accept
    | Decline
    | Withdraw
    | Invite
    | StepOut
    | WritePlan
    | AddTask
    | TaskDone
    | Bring
    | TeamOutcome
    | Propose
    | CancelTime
    | Duty
    | Lasta
    | Merge
    | Close
)
