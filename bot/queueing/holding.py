"""Keeping a case and letting it go: release, take over, snooze, priority, notes, drafts, steps taken. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.queueing.case import Case, CaseState, Move, NotAllowed, held, let, moved, queued
from bot.queueing.values import Draft, Step

LASTA = "lasta"
ABUSE = "abuse"  # the kind of danger (danger.yaml) that a LASTA suspicion is
DUTY_STEPS = ("duty-shown", "duty-together", "duty-reported")
HIGH, NORMAL = 1, 0


def release(case: Case, worker: int, now: datetime, *, lead: bool = False) -> Case:
    """Back into the queue, by the one who has it or by a lead. The wait counts from now."""
    let(case, Move.RELEASE, worker, lead=lead)
    return queued(case, now)


def take_over(case: Case, worker: int, reason: str, now: datetime) -> Case:
    """Another worker takes it from the one who has it, saying why. Who had it stays on the case's memory."""
    let(case, Move.TAKE_OVER, worker)
    if case.owner == worker:
        raise NotAllowed("case.yours_already")
    if not reason.strip():
        raise NotAllowed("case.reason_needed")
    waits = case.waits_since
    return replace(held(case, worker, now), last_owner=case.owner, waits_since=waits)


def snooze(case: Case, worker: int, until: datetime, now: datetime) -> Case:
    """Put aside until a moment; the parent's next word wakes it before. Not while one in danger waits for an answer."""
    let(case, Move.SNOOZE, worker)
    if presses(case):
        raise NotAllowed("case.answer_first")
    if until <= now:
        raise NotAllowed("case.time_past")
    return replace(case, snoozed_until=until, worker_act_at=now)


def presses(case: Case) -> bool:
    """There is danger and she waits for her worker's answer: being put aside must not stop that clock."""
    return bool(case.danger) and case.waits_since is not None


def wake(case: Case, now: datetime, worker: int | None = None) -> Case:
    """Awake again, by its worker or (``worker`` None) because its time has come. An answer owed is owed from now."""
    if worker is not None:
        let(case, Move.WAKE, worker)
    waits = now if case.waits_since is not None else None
    return replace(case, state=moved(case, Move.WAKE), snoozed_until=None, waits_since=waits)


def prioritise(case: Case, worker: int, high: bool) -> Case:
    """Before others of its kind in the queue, or in its turn again."""
    return replace(case, state=let(case, Move.PRIORITISE, worker), priority=HIGH if high else NORMAL)


def note(case: Case, worker: int, now: datetime) -> Case:
    """A line only the workers see is added; the case itself hardly changes."""
    return replace(case, state=let(case, Move.NOTE, worker), worker_act_at=now)


def correct(case: Case, worker: int, now: datetime) -> Case:
    """A reply that was sent reads otherwise now."""
    return replace(case, state=let(case, Move.CORRECT, worker), worker_act_at=now)


def draft(case: Case, worker: int, text: str, now: datetime) -> Case:
    """Words kept for later; an empty text throws them away. One draft for each worker."""
    state = let(case, Move.DRAFT, worker)
    others = tuple(each for each in case.drafts if each.worker != worker)
    return replace(case, state=state, drafts=(*others, Draft(worker, text, now)) if text.strip() else others)


def duty(case: Case, worker: int, kind: str, now: datetime) -> Case:
    """That a step of the duty to report was taken: its kind and time, never what was said."""
    state = let(case, Move.DUTY, worker)
    if kind not in DUTY_STEPS:
        raise NotAllowed("case.no_such_step")
    return replace(case, state=state, steps=(*case.steps, Step(kind, worker, now)), worker_act_at=now)


def lasta(case: Case, worker: int, now: datetime) -> Case:
    """Assault or abuse of a child is suspected: the case is marked as danger and nobody asks her any more about it."""
    state = let(case, Move.LASTA, worker)
    danger = tuple(dict.fromkeys((*case.danger, ABUSE)))
    return replace(case, state=state, danger=danger, steps=(*case.steps, Step(LASTA, worker, now)), worker_act_at=now)


# By themselves, when their time has come ---------------------------------------------------------------------------


def warn(case: Case, now: datetime) -> Case:
    """The first answer is nearly late."""
    return replace(case, state=moved(case, Move.WARN), warned_at=now)


def climb(case: Case) -> Case:
    """One step up: to the lead, then to the area's on-call text."""
    return replace(case, state=moved(case, Move.CLIMB), climbed=min(case.climbed + 1, 2))


def returned(case: Case, now: datetime) -> Case:
    """Its worker was silent: the queue has it again."""
    moved(case, Move.RETURN)
    return queued(case, now)


def orphaned(case: Case, worker: int, now: datetime) -> Case:
    """A worker was taken away: the queue has what was hers, and she is out of what she took part in."""
    members = tuple(each for each in case.members if each != worker)
    drafts = tuple(each for each in case.drafts if each.worker != worker)
    case = replace(case, members=members, drafts=drafts)
    if case.offer is not None and worker in (case.offer.worker, case.offer.by):
        case = replace(case, offer=None)
    return returned(case, now) if case.owner == worker and case.state is CaseState.CLAIMED else case
