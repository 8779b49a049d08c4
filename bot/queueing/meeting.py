"""Times: a worker proposes, the parent picks one, either may cancel, and the day before she is reminded. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from bot.queueing.case import Case, CaseState, Move, NotAllowed, let, moved, numbered
from bot.queueing.values import Booking

AHEAD = timedelta(days=1)
"""How long before a time the reminder goes."""
MOST = 6  # times at once: more buttons than that are no choice but a list


def propose(case: Case, worker: int, times: Iterable[datetime], place: str, now: datetime) -> Case:
    """Times to choose from. A proposal she has not answered is put in the place of the earlier one."""
    state = let(case, Move.PROPOSE, worker)
    chosen = tuple(sorted(set(times)))
    if not chosen or chosen[0] <= now:
        raise NotAllowed("case.time_past")
    if len(chosen) > MOST:
        raise NotAllowed("case.times_many")
    case, number = numbered(case)
    earlier = tuple(
        each if each.picked or each.cancelled else replace(each, cancelled="worker") for each in case.bookings
    )
    made = Booking(number, worker, chosen, place, now)
    return replace(case, state=state, bookings=(*earlier, made), worker_act_at=now, waits_since=None)


def booking(case: Case, item: int) -> Booking | None:
    """A booking by its id."""
    return next((each for each in case.bookings if each.id == item), None)


def _with(case: Case, changed: Booking) -> Case:
    return replace(case, bookings=tuple(changed if each.id == changed.id else each for each in case.bookings))


def pick(case: Case, item: int, place: int, now: datetime) -> Case:
    """She picks one of the times by its place in the list. One that is near needs no reminder."""
    moved(case, Move.PICK)
    found = booking(case, item)
    if found is None or found.picked is not None or found.cancelled or case.state is CaseState.CLOSED:
        raise NotAllowed("care.old")
    if not 0 <= place < len(found.times) or found.times[place] <= now:
        raise NotAllowed("care.old")
    picked = found.times[place]
    return _with(case, replace(found, picked=picked, reminded=picked - now <= AHEAD))


def refuse(case: Case, item: int, now: datetime) -> Case:
    """None of them fits, or the one she had does not any more: her worker owes her an answer."""
    moved(case, Move.PICK)
    found = booking(case, item)
    if found is None or found.cancelled or (found.picked is not None and found.picked <= now):
        raise NotAllowed("care.old")
    waits = (case.waits_since or now) if case.owner is not None and case.state is CaseState.CLAIMED else None
    return replace(_with(case, replace(found, cancelled="parent")), waits_since=waits, snoozed_until=None)


def unbook(case: Case, worker: int, item: int, now: datetime) -> Case:
    """A worker cancels a time or takes a proposal back."""
    state = let(case, Move.UNBOOK, worker)
    found = booking(case, item)
    if found is None or found.cancelled:
        raise NotAllowed("case.no_time")
    return replace(_with(case, replace(found, cancelled="worker")), state=state, worker_act_at=now)


def to_remind(case: Case) -> Booking | None:
    """The next standing time whose reminder has not gone."""
    waiting = [each for each in case.bookings if each.stands and not each.reminded]
    return min(waiting, key=lambda each: each.picked or each.at, default=None)


def reminded(case: Case) -> Case:
    """The reminder of the next time has gone."""
    moved(case, Move.REMIND)
    found = to_remind(case)
    return case if found is None else _with(case, replace(found, reminded=True))


Choice = Literal["none", "cancel", "move"]
