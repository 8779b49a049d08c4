"""After the work: two cases of one parent made one, and the short question whether she got help. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.queueing.case import Case, CaseState, Move, NotAllowed, ended, let, moved
from bot.queueing.values import FollowUp

MERGED = "merged"
LEFT = "parent-left"
YES, NOT_YET, STOP = "yes", "notyet", "stop"


def merge(kept: Case, gone: Case, worker: int, now: datetime) -> tuple[Case, Case]:
    """``gone`` ends and lives on in ``kept``; both must be hers or free. What was known of either is known."""
    let(kept, Move.MERGE, worker)
    if kept.number == gone.number:
        raise NotAllowed("case.merge_itself")
    state = moved(gone, Move.MERGED)
    if gone.owner not in (None, worker):
        raise NotAllowed("case.taken")
    joined = replace(
        kept,
        danger=tuple(dict.fromkeys(kept.danger + gone.danger)),
        phone=kept.phone or gone.phone,
        area=kept.area or gone.area,
        said=kept.said + tuple(each for each in gone.said if each not in kept.said),
        path=kept.path or gone.path,
        candidates=kept.candidates or gone.candidates,
        merged=(*kept.merged, gone.number, *gone.merged),
        waits_since=min(filter(None, (kept.waits_since, gone.waits_since)), default=None),
        worker_act_at=now,
    )
    return joined, replace(ended(replace(gone, state=state), MERGED, now), merged_into=kept.number)


def asks(case: Case) -> bool:
    """Whether she is asked at all: a worker had the case, it ended here, and she has not said "no more"."""
    worked = case.caught_at is not None and case.outcome not in (None, MERGED, LEFT)
    return case.state is CaseState.CLOSED and worked and not case.follow_up.stopped


def follow_up(case: Case, now: datetime) -> Case:
    """The question has gone once more."""
    moved(case, Move.FOLLOW_UP)
    return replace(case, follow_up=replace(case.follow_up, asked=(*case.follow_up.asked, now)))


def answer(case: Case, said: str) -> Case:
    """Her answer: yes, not yet, or no more of these. A "not yet" is reopened by who calls this."""
    moved(case, Move.ANSWER)
    kept: FollowUp = case.follow_up
    if said == STOP:
        return replace(case, follow_up=replace(kept, stopped=True))
    if said not in (YES, NOT_YET):
        raise NotAllowed("care.old")
    return replace(case, follow_up=replace(kept, answers=(*kept.answers, said)))
