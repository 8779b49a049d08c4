"""A desk's form as the act it stands for. Translates only: who may do it, and whether, is decided inside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Literal, cast

from bot.acts import (
    Accept,
    AddTask,
    Advise,
    Bring,
    CancelTime,
    CaseMove,
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
    Reply,
    SaveDraft,
    Snooze,
    StepOut,
    TakeOver,
    TaskDone,
    TeamOutcome,
    Withdraw,
    WritePlan,
)
from bot.queueing.promising import later

Form = Mapping[str, str]
PLACES = 4  # how many times a form takes at once
_MORNING = time(9)


class Unclear(Exception):
    """The form says nothing that can be done. ``key`` is a phrase that tells what to write instead."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def moment(text: str, now: datetime) -> datetime:
    """What a datetime-local box holds, in the desk's time zone. Raises Unclear."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Unclear("desk.time.wrong") from None
    return found.replace(tzinfo=now.tzinfo) if found.tzinfo is None else found


def day(text: str) -> date:
    """What a date box holds. Raises Unclear."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unclear("desk.time.wrong") from None


def number(text: str) -> int:
    """One of our own ids. Raises Unclear."""
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise Unclear("desk.choose")
    return int(text)


def _reply(form: Form, now: datetime) -> Reply:
    if not form.get("text"):
        raise Unclear("desk.reply.blank")
    return Reply(form["text"])


def _snooze(form: Form, now: datetime) -> Snooze:
    match form.get("for"):
        case "hour":
            return Snooze(later(now, timedelta(hours=1)))
        case "tomorrow":
            return Snooze(datetime.combine(now.date() + timedelta(days=1), _MORNING, tzinfo=now.tzinfo))
        case _:
            return Snooze(moment(form.get("at", ""), now))


def _consult(form: Form, now: datetime) -> Consulting:
    unit = form.get("unit", "")
    return Consulting(form.get("text", ""), (unit,) if unit else ())


def _offer(form: Form, now: datetime) -> HandOver:
    """``to`` is ``unit:ID`` or ``worker:ROW``."""
    kind, _, to = form.get("to", "").partition(":")
    reason = form.get("reason", "")
    if not reason:
        raise Unclear("case.reason_needed")
    if kind == "worker":
        return HandOver(reason, to=number(to))
    return HandOver(reason, unit=to or None)


def _task(form: Form, now: datetime) -> AddTask:
    who, until = form.get("who", ""), form.get("until", "")
    return AddTask(form.get("text", ""), number(who) if who else None, day(until) if until else None)


def _propose(form: Form, now: datetime) -> Propose:
    written = [form.get(f"time{place}", "") for place in range(1, PLACES + 1)]
    times = tuple(moment(each, now) for each in written if each)
    if not times:
        raise Unclear("desk.time.wrong")
    return Propose(times, form.get("place", ""))


def _close(form: Form, now: datetime) -> Close:
    if not form.get("outcome"):
        raise Unclear("desk.choose")
    guided, asked_for, belonged_to = (form.get(each) or None for each in ("guided", "asked_for", "belonged_to"))
    return Close(form["outcome"], guided, asked_for, belonged_to)


def _bring(form: Form, now: datetime) -> Bring:
    return Bring(form.get("unit", ""), day(form.get("on", "")), form.get("reason", ""))


_ACTS: Mapping[str, Callable[[Form, datetime], CaseMove]] = {
    "claim": lambda form, now: Claim(),
    "release": lambda form, now: Release(),
    "take_over": lambda form, now: TakeOver(form.get("reason", "")),
    "snooze": _snooze,
    "wake": lambda form, now: Snooze(None),
    "prioritise": lambda form, now: Prioritise(form.get("high", "yes") == "yes"),
    "reply": _reply,
    "correct": lambda form, now: Correct(form.get("text", "")),
    "note": lambda form, now: Note(form.get("text", "")),
    "draft": lambda form, now: SaveDraft(form.get("text", "")),
    "consult": _consult,
    "advise": lambda form, now: Advise(number(form.get("item", "")), form.get("text", "")),
    "offer": _offer,
    "accept": lambda form, now: Accept(),
    "decline": lambda form, now: Decline(form.get("reason", "")),
    "withdraw": lambda form, now: Withdraw(),
    "invite": lambda form, now: Invite(number(form.get("colleague", ""))),
    "step_out": lambda form, now: StepOut(),
    "plan": lambda form, now: WritePlan(form.get("text", "")),
    "task": _task,
    "task_done": lambda form, now: TaskDone(number(form.get("item", ""))),
    "team": _bring,
    "team_outcome": lambda form, now: TeamOutcome(form.get("text", "")),
    "propose": _propose,
    "unbook": lambda form, now: CancelTime(number(form.get("item", ""))),
    "duty": lambda form, now: Duty(form.get("step", "")),
    "lasta": lambda form, now: Lasta(),
    "merge": lambda form, now: Merge(number(form.get("other", ""))),
    "close": _close,
}
ACTS = tuple(_ACTS)


def act_of(form: Form, now: datetime) -> CaseMove:
    """What the form of a case asks for. Raises Unclear."""
    found = _ACTS.get(form.get("act", ""))
    if found is None:
        raise Unclear("case.not_open")
    return found(form, now)


def presence_of(form: Form, now: datetime) -> Presence:
    """Whether she is there, and perhaps until what time of day: the next time it is that. Raises Unclear."""
    said, until = form.get("presence", ""), form.get("until", "")
    if said not in ("on", "away", "off"):
        raise Unclear("desk.choose")
    at = moment(f"{now.date().isoformat()}T{until}", now) if until else None
    if at is not None and at <= now:
        at = datetime.combine(at.date() + timedelta(days=1), at.time(), tzinfo=now.tzinfo)
    return Presence(cast(Literal["on", "away", "off"], said), at)


def own_words(form: Form) -> str:
    """What she wrote herself, so that none of it is lost where the act is refused."""
    return "\n".join(form[each] for each in ("text", "reason", "place") if form.get(each))
