"""Handing over, warmly: until the taker has accepted, the giver keeps it. A no, or silence, changes nothing but that.

Pure. Whether the parent must be asked first (another organisation takes it) is told by who offers.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.queueing.case import Case, Move, NotAllowed, held, let, moved, numbered
from bot.queueing.values import Offer


def offer(
    case: Case, worker: int, reason: str, now: datetime, *, unit: str | None, to: int | None, asks_consent: bool
) -> Case:
    """Offered to a unit or to one person. The taker is asked at once, or as soon as the parent has agreed."""
    state = let(case, Move.OFFER, worker)
    if case.offer is not None:
        raise NotAllowed("case.offered_already")
    if to == worker or (to is None and unit is None):
        raise NotAllowed("case.offer_to_whom")
    case, number = numbered(case)
    since = None if asks_consent else now
    made = Offer(number, worker, unit, to, reason, now, asks_consent, since=since)
    return replace(case, state=state, offer=made, worker_act_at=now)


def _asked(case: Case, move: Move) -> Offer:
    moved(case, move)
    if case.offer is None:
        raise NotAllowed("case.no_offer")
    return case.offer


def may_answer(made: Offer, worker: int, unit: str | None) -> bool:
    """Whether an offer is hers to answer: she was named, or her unit was."""
    if made.worker is not None:
        return made.worker == worker
    return unit is not None and unit == made.unit and worker != made.by


def accept(case: Case, worker: int, unit: str | None, now: datetime) -> Case:
    """The taker has it from now on; what is owed to the parent is owed by her."""
    made = _asked(case, Move.ACCEPT)
    if not may_answer(made, worker, unit):
        raise NotAllowed("case.not_offered_to_you")
    if made.since is None:
        raise NotAllowed("case.consent_waits")
    taken = held(case, worker, now)
    return replace(taken, last_owner=case.owner, handed_over=case.handed_over + 1)


def decline(case: Case, worker: int, unit: str | None, reason: str, now: datetime) -> Case:
    """The giver goes on with it, and knows why."""
    made = _asked(case, Move.DECLINE)
    if not may_answer(made, worker, unit):
        raise NotAllowed("case.not_offered_to_you")
    if not reason.strip():
        raise NotAllowed("case.reason_needed")
    return replace(case, state=moved(case, Move.DECLINE), offer=None)


def withdraw(case: Case, worker: int) -> Case:
    """The giver has thought better of it."""
    state = let(case, Move.WITHDRAW, worker)
    if case.offer is None:
        raise NotAllowed("case.no_offer")
    return replace(case, state=state, offer=None)


def lapse(case: Case) -> Case:
    """Nobody answered in time: the giver goes on with it."""
    _asked(case, Move.LAPSE)
    return replace(case, offer=None)


def agree(case: Case, item: int, yes: bool, now: datetime) -> Case:
    """The parent's word on an offer or on the team's list, by the item's id. Raises NotAllowed for an old one."""
    state = moved(case, Move.AGREE)
    if case.offer is not None and case.offer.id == item and case.offer.consent is None:
        made = replace(case.offer, consent=yes, since=now if yes else None)
        return replace(case, state=state, offer=made if yes else None)
    if case.team is not None and case.team.id == item and case.team.consent is None:
        return replace(case, state=state, team=replace(case.team, consent=yes))
    raise NotAllowed("care.old")
