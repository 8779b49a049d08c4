"""Several working as one: the network asked, colleagues invited, one shared plan with tasks, the early-support team.

Pure. A question to the network must tell nothing of who the family is; what plainly does is refused here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

from bot.queueing.case import Case, Move, NotAllowed, let, moved, numbered
from bot.queueing.values import Advice, Comment, Consult, Plan, Task, TeamItem

# A telephone number, an e-mail address, or a Finnish personal identity code (also of those born since 2000).
_IDENTIFIES = re.compile(r"(?:\+?\d[\d\s()-]{5,}\d)|\S+@\S+\.\S+|\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]\b", re.ASCII | re.I)


def identifies(text: str) -> bool:
    """Whether a text plainly tells who somebody is. A name cannot be found this way; the worker is reminded of it."""
    return _IDENTIFIES.search(text) is not None


def consult(case: Case, worker: int, question: str, units: tuple[str, ...], now: datetime) -> Case:
    """Ask the network without giving the case away."""
    state = let(case, Move.CONSULT, worker)
    if not question.strip():
        raise NotAllowed("case.words_needed")
    if identifies(question):
        raise NotAllowed("case.identifies")
    case, number = numbered(case)
    asked = Consult(number, worker, question, now, units)
    return replace(case, state=state, consults=(*case.consults, asked), worker_act_at=now)


def advise(case: Case, worker: int, item: int, text: str, now: datetime) -> Case:
    """Somebody of the network answers; it is seen who. Only the question was shown to her."""
    state = let(case, Move.ADVISE, worker)
    if not text.strip():
        raise NotAllowed("case.words_needed")
    if not any(each.id == item for each in case.consults):
        raise NotAllowed("case.no_question")
    given = Advice(worker, text, now)
    consults = (replace(each, answers=(*each.answers, given)) if each.id == item else each for each in case.consults)
    return replace(case, state=state, consults=tuple(consults))


def invite(case: Case, worker: int, colleague: int, now: datetime) -> Case:
    """A colleague works on it too; the owner coordinates."""
    state = let(case, Move.INVITE, worker)
    if colleague in case.crew:
        raise NotAllowed("case.in_already")
    return replace(case, state=state, members=(*case.members, colleague), worker_act_at=now)


def step_out(case: Case, worker: int) -> Case:
    """A member is out again. The owner cannot slip away: she hands over or releases."""
    state = let(case, Move.STEP_OUT, worker)
    if case.owner == worker:
        raise NotAllowed("case.owner_stays")
    return replace(case, state=state, members=tuple(each for each in case.members if each != worker))


def plan(case: Case, worker: int, text: str, now: datetime) -> Case:
    """The shared plan as it reads now. Comments and tasks stay."""
    state = let(case, Move.PLAN, worker)
    if not text.strip():
        raise NotAllowed("case.words_needed")
    return replace(
        case, state=state, plan=replace(case.plan or Plan(), text=text, at=now), worker_act_at=now, waits_since=None
    )


def comment(case: Case, text: str, now: datetime) -> Case:
    """The parent's word on the plan; an answer is owed to it."""
    state = moved(case, Move.COMMENT)
    if case.plan is None:
        raise NotAllowed("care.old")
    said = replace(case.plan, comments=(*case.plan.comments, Comment(text, now)))
    waits = (case.waits_since or now) if case.owner is not None else None
    return replace(case, state=state, plan=said, waits_since=waits, snoozed_until=None)


def task(case: Case, worker: int, text: str, who: int | None, until: date | None, now: datetime) -> Case:
    """Somebody (None = the family) takes something on, by a day."""
    state = let(case, Move.TASK, worker)
    if not text.strip():
        raise NotAllowed("case.words_needed")
    case, number = numbered(case)
    kept = case.plan or Plan()
    added = replace(kept, tasks=(*kept.tasks, Task(number, text, who, until)))
    return replace(case, state=state, plan=added, worker_act_at=now)


def task_done(case: Case, worker: int, item: int, now: datetime) -> Case:
    """It is done."""
    state = let(case, Move.TASK_DONE, worker)
    if case.plan is None or not any(each.id == item and each.done_at is None for each in case.plan.tasks):
        raise NotAllowed("case.no_task")
    tasks = (replace(each, done_at=now) if each.id == item else each for each in case.plan.tasks)
    return replace(case, state=state, plan=replace(case.plan, tasks=tuple(tasks)), worker_act_at=now)


def bring(case: Case, worker: int, unit: str, on: date, reason: str, now: datetime) -> Case:
    """To the early-support team's meeting of a day; the parent is asked first."""
    state = let(case, Move.TEAM, worker)
    if case.team is not None and case.team.outcome is None and case.team.consent is not False:
        raise NotAllowed("case.on_list_already")
    if on < now.date():
        raise NotAllowed("case.time_past")
    case, number = numbered(case)
    return replace(case, state=state, team=TeamItem(number, worker, unit, reason, on, now), worker_act_at=now)


def team_outcome(case: Case, worker: int, outcome: str, now: datetime) -> Case:
    """What the team came to; the parent is told. Only of a case whose parent agreed to be brought there."""
    state = let(case, Move.TEAM_OUTCOME, worker)
    if case.team is None or case.team.outcome is not None:
        raise NotAllowed("case.not_on_list")
    if not case.team.consent:
        raise NotAllowed("case.consent_waits")
    if not outcome.strip():
        raise NotAllowed("case.words_needed")
    return replace(case, state=state, team=replace(case.team, outcome=outcome), worker_act_at=now, waits_since=None)
