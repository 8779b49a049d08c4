"""Which moves a worker may make with a case as it stands: what a page shows as buttons. The move decides anew.

The table and who may stand in :mod:`bot.queueing.table`; here is only added what the case itself must have for a move
to make sense (an offer to answer, a time to cancel). Values in, values out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.ports import Worker
from bot.queueing import holding, passing
from bot.queueing.case import TABLE, WHO, Case, Move, Who

_INNER = (Move.MERGED,)  # the other half of a merge: nobody makes it by itself


def offered(case: Case, worker: Worker) -> bool:
    """Whether a hand-over waits for her yes or no. Not before the parent has agreed: until then she sees nothing."""
    made = case.offer
    return made is not None and made.since is not None and passing.may_answer(made, worker.id, worker.profile.unit)


def _team_free(case: Case) -> bool:
    return case.team is None or case.team.outcome is not None or case.team.consent is False


def _team_due(case: Case) -> bool:
    return case.team is not None and bool(case.team.consent) and case.team.outcome is None


def _task_open(case: Case) -> bool:
    return case.plan is not None and any(task.done_at is None for task in case.plan.tasks)


_SENSE: Mapping[Move, Callable[[Case, Worker], bool]] = {
    Move.TAKE_OVER: lambda case, worker: case.owner != worker.id,
    Move.STEP_OUT: lambda case, worker: case.owner != worker.id,
    Move.SNOOZE: lambda case, worker: not holding.presses(case),
    Move.WAKE: lambda case, worker: case.snoozed_until is not None,
    Move.OFFER: lambda case, worker: case.offer is None,
    Move.WITHDRAW: lambda case, worker: case.offer is not None,
    Move.ADVISE: lambda case, worker: bool(case.consults),
    Move.TASK_DONE: lambda case, worker: _task_open(case),
    Move.TEAM: lambda case, worker: _team_free(case),
    Move.TEAM_OUTCOME: lambda case, worker: _team_due(case),
    Move.UNBOOK: lambda case, worker: any(not booking.cancelled for booking in case.bookings),
}


def _hers(case: Case, worker: Worker, who: Who) -> bool:
    match who:
        case Who.ANY:
            return True
        case Who.OWNER:
            return case.owner == worker.id
        case Who.MEMBER:
            return worker.id in case.crew
        case Who.LEADING:
            return case.owner == worker.id or worker.leads
        case Who.ASKED:
            return offered(case, worker)
        case Who.PARENT | Who.CLOCK:
            return False


def allowed(case: Case, worker: Worker) -> frozenset[Move]:
    """The moves to offer her."""
    return frozenset(
        move
        for move, who in WHO.items()
        if (case.state, move) in TABLE
        and move not in _INNER
        and _hers(case, worker, who)
        and (move not in _SENSE or _SENSE[move](case, worker))
    )
