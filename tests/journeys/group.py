"""A worker's act as she makes it in the staff's group: a press, a command, or an answer to the desk's question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.acts import (
    Accept,
    AddTask,
    Advise,
    Bring,
    CancelTime,
    Claim,
    Close,
    Consulting,
    Correct,
    Decline,
    Duty,
    HandOver,
    Invite,
    Lasta,
    Merge,
    Note,
    Presence,
    Prioritise,
    Propose,
    Release,
    SaveDraft,
    Snooze,
    StepOut,
    TakeOver,
    TaskDone,
    TeamOutcome,
    Withdraw,
    WritePlan,
)
from bot.queueing.menus import abridged
from tests.journeys.town import WorkerAct


@dataclass(frozen=True)
class Made:
    """``press``: a button's data. ``words``: what she writes; after a press, as the answer to what it asked."""

    press: str | None = None
    words: str | None = None


_BARE = {
    Claim: "claim",
    Release: "release",
    Accept: "accept",
    Withdraw: "withdraw",
    StepOut: "out",
    Lasta: "lasta",
}
_WORDS = {
    Note: "note",
    SaveDraft: "draft",
    Correct: "correct",
    WritePlan: "plan",
    TeamOutcome: "outcome",
    TakeOver: "take",
    Decline: "decline",
}


def made(act: WorkerAct, case: int | None, name: str | None) -> Made:
    """How it is made. ``name`` is the worker's whom a task is for."""
    if type(act) in _BARE:
        return Made(press=f"{_BARE[type(act)]}:{case}")
    if type(act) in _WORDS:
        text = getattr(act, "text", None) or getattr(act, "reason", "")
        return Made(words=f"/{_WORDS[type(act)]} #{case} {text}")
    return _pressed(act, case) or _written(act, case, name)


def _pressed(act: WorkerAct, case: int | None) -> Made | None:
    match act:
        case Close(outcome=outcome, guided=None, asked_for=None):
            return Made(f"close:{case}:{outcome}")
        case Close(outcome=outcome, guided=guided, asked_for=asked_for):
            chosen = [abridged(each) for each in (guided, asked_for) if each]
            return Made(":".join(["end", str(case), outcome, *chosen]))
        case Prioritise(high=high):
            return Made(f"{'high' if high else 'normal'}:{case}")
        case Snooze(until=None):
            return Made(f"wake:{case}")
        case Invite(colleague=item) | CancelTime(item=item) | TaskDone(item=item):
            return Made(f"{_NUMBERED[type(act)]}:{case}:{item}")
        case Duty(step=step):
            return Made(f"duty:{case}:{step}")
        case Bring(unit=unit, on=on):
            return Made(f"team:{case}:{abridged(unit)}:{on.isoformat()}")
    return None


_NUMBERED = {Invite: "invite", CancelTime: "unbook", TaskDone: "tick"}


def _written(act: WorkerAct, case: int | None, name: str | None) -> Made:
    match act:
        case Presence(presence=presence):
            return Made(words=f"/{presence}")
        case Advise(item=item, text=text):
            return Made(f"ask:{case}:advise:{item}", text)
        case Merge(other=other):
            return Made(words=f"/merge #{case} {other}")
        case Consulting(question=question, units=units):
            return Made(":".join(["ask", str(case), "consult", *map(abridged, units[:1])]), question)
        case HandOver(reason=reason, unit=unit, to=to):
            taker = f"u:{abridged(unit or '')}" if to is None else f"w:{to}"
            return Made(f"ask:{case}:offer:{taker}", reason)
        case Propose(times=times, place=place):
            return Made(words=f"/time #{case} {' tai '.join(_moment(each) for each in times)} {place}")
        case AddTask(text=text, until=until):
            whose = f"{name}: " if name else ""
            return Made(words=f"/task #{case} {whose}{text}{f' {until.day}.{until.month}.' if until else ''}")
        case Snooze(until=until) if until is not None:
            return Made(words=f"/snooze #{case} {_moment(until)}")
    raise AssertionError(f"nobody can make {act} in a group")


def _moment(moment: datetime) -> str:
    return f"{moment.day}.{moment.month}.{moment.year} {moment:%H:%M}"
