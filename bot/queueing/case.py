"""A case as a value, and the moves it had from the first: claim, reply, close, and the parent's own.

A case always has exactly one owner: the queue while it waits (a lead once it has climbed), one worker while it is
claimed. Which move is allowed from where and to whom stands in ``table``; the other moves live beside: ``holding``
(keeping and letting go), ``passing`` (the warm hand-over), ``together`` (network, plan, team), ``meeting`` (times),
``ending`` (merge, follow-up). Knows no channel and no store; ``now`` is always handed in, in Finland's time.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.knowledge.model import Language
from bot.queueing import table
from bot.queueing.table import TABLE, WHO, CaseState, Move, NotAllowed, Who
from bot.queueing.values import Booking, Consult, Draft, FollowUp, Offer, Plan, Step, TeamItem, WrongDoor

__all__ = ["TABLE", "WHO", "Case", "CaseState", "Has", "Holder", "Move", "NotAllowed", "Who", "WrongDoor"]


@dataclass(frozen=True, slots=True)
class Case:
    """A request for a person. ``number`` is 0 until the store has given one.

    ``said`` holds what she wrote, and only when she allowed it (``tells``); ``path`` the questions and answers by id;
    ``candidates`` the ids of the likeliest services, best first; ``danger`` the kinds of danger found, strongest first;
    ``phone`` the number she wants to be called at, or None for the chat. Times are aware.

    ``owner`` is the coordinator where several work on it (``members``, without her); ``last_owner`` who had it before.
    ``climbed``: 0 = the desk's, 1 = a lead's, 2 = the on-call text was shown. ``waits_since`` = since when she
    waits for the worker's answer. ``counter`` gave the last id within this case. ``caught_at`` = the first claim ever.
    ``any_language``: nobody there spoke hers, and she would take (True) or not take any other.
    ``due_at`` = when something must happen by itself (``timing.due``), set by whoever keeps the case.
    """

    conversation: int
    language: Language
    opened_at: datetime
    number: int = 0
    area: str | None = None
    danger: tuple[str, ...] = ()
    tells: bool | None = None
    phone: str | None = None
    said: tuple[str, ...] = ()
    path: tuple[tuple[str, str], ...] = ()
    candidates: tuple[str, ...] = ()
    state: CaseState = CaseState.WAITING
    owner: int | None = None
    waiting_since: datetime | None = None
    claimed_at: datetime | None = None
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: str | None = None
    priority: int = 0
    snoozed_until: datetime | None = None
    climbed: int = 0
    warned_at: datetime | None = None
    caught_at: datetime | None = None
    worker_act_at: datetime | None = None
    waits_since: datetime | None = None
    last_owner: int | None = None
    counter: int = 0
    members: tuple[int, ...] = ()
    drafts: tuple[Draft, ...] = ()
    offer: Offer | None = None
    handed_over: int = 0
    consults: tuple[Consult, ...] = ()
    plan: Plan | None = None
    team: TeamItem | None = None
    bookings: tuple[Booking, ...] = ()
    steps: tuple[Step, ...] = ()
    guided: str | None = None
    wrong_door: WrongDoor | None = None
    follow_up: FollowUp = field(default_factory=FollowUp)
    merged_into: int | None = None
    merged: tuple[int, ...] = ()
    due_at: datetime | None = None
    any_language: bool | None = None

    @property
    def crew(self) -> tuple[int, ...]:
        """Everybody who works on it now, the owner first."""
        return (() if self.owner is None else (self.owner,)) + self.members


class Holder(StrEnum):
    """Whose a case is."""

    QUEUE = "queue"
    LEAD = "lead"
    WORKER = "worker"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Has:
    """Who has the matter now: what every screen may tell the parent. ``offered`` is the unit or worker it is being
    handed to; ``others`` how many more work on it.
    """

    holder: Holder
    worker: int | None = None
    offered: bool = False
    others: int = 0


def who_has_it(case: Case) -> Has:
    """Always exactly one answer."""
    match case.state:
        case CaseState.CLAIMED:
            return Has(Holder.WORKER, case.owner, case.offer is not None, len(case.members))
        case CaseState.WAITING:
            return Has(Holder.LEAD if case.climbed else Holder.QUEUE)
        case CaseState.CLOSED:
            return Has(Holder.NOBODY)


def moved(case: Case, move: Move) -> CaseState:
    """The state a move leads to. Raises :class:`NotAllowed` where the table has none."""
    return table.moved(case.state, move)


def let(case: Case, move: Move, worker: int, *, lead: bool = False) -> CaseState:
    """The state a worker's move leads to, when she may make it. Raises :class:`NotAllowed`.

    Whom an offer was made to is settled in ``passing``.
    """
    state, who = moved(case, move), WHO[move]
    owns = case.owner == worker
    if (who is Who.OWNER and not owns) or (who is Who.LEADING and not (owns or lead)):
        raise NotAllowed("case.not_yours")
    if who is Who.MEMBER and worker not in case.crew:
        raise NotAllowed("case.not_yours")
    return state


def numbered(case: Case) -> tuple[Case, int]:
    """The case with its counter one on, and that number."""
    return replace(case, counter=case.counter + 1), case.counter + 1


def claim(case: Case, worker: int, now: datetime) -> Case:
    """A worker takes a waiting case; the second one to try gets :class:`NotAllowed`."""
    if case.state is CaseState.CLAIMED:
        raise NotAllowed("case.yours_already" if case.owner == worker else "case.taken")
    return held(replace(case, state=moved(case, Move.CLAIM)), worker, now)


def held(case: Case, worker: int, now: datetime) -> Case:
    """The case in a worker's hands from now on; the parent waits for her word."""
    return replace(
        case,
        owner=worker,
        members=tuple(each for each in case.members if each != worker),
        claimed_at=now,
        caught_at=case.caught_at or now,
        worker_act_at=now,
        waits_since=now,
        snoozed_until=None,
        climbed=0,
        warned_at=None,
        offer=None,
    )


def queued(case: Case, now: datetime) -> Case:
    """The case in the queue's hands from now on. Who had it last is remembered; what was agreed stays."""
    return replace(
        case,
        state=CaseState.WAITING,
        owner=None,
        last_owner=case.owner if case.owner is not None else case.last_owner,
        waiting_since=now,
        claimed_at=None,
        waits_since=None,
        snoozed_until=None,
        climbed=0,
        warned_at=None,
        offer=None,
        closed_at=None,
        outcome=None,
    )


def reply(case: Case, worker: int, now: datetime) -> Case:
    """One of those who have the case answers; the time of the first answer is kept."""
    state = let(case, Move.REPLY, worker)
    return replace(
        case,
        state=state,
        answered_at=case.answered_at or now,
        worker_act_at=now,
        waits_since=None,
        drafts=tuple(draft for draft in case.drafts if draft.worker != worker),
    )


def close(
    case: Case,
    worker: int,
    outcome: str,
    now: datetime,
    *,
    guided: str | None = None,
    wrong_door: WrongDoor | None = None,
) -> Case:
    """The worker who holds the case ends it: how it ended, where she was guided, and whether it was the wrong door."""
    state = let(case, Move.CLOSE, worker)
    return ended(replace(case, state=state, guided=guided, wrong_door=wrong_door), outcome, now)


def ended(case: Case, outcome: str, now: datetime) -> Case:
    """Nothing of it waits for anybody any more. Who had it is remembered, and a time she picked still holds."""
    return replace(
        case,
        state=CaseState.CLOSED,
        outcome=outcome,
        closed_at=now,
        offer=None,
        snoozed_until=None,
        waits_since=None,
        members=(),
        drafts=(),
        follow_up=replace(case.follow_up, asked=(), answers=()),
    )


def say(case: Case, now: datetime | None = None) -> Case:
    """The parent writes into an open case: it wakes, and its worker owes her an answer from ``now``."""
    state = moved(case, Move.SAY)
    waits = case.waits_since or now if state is CaseState.CLAIMED else case.waits_since
    return replace(case, state=state, snoozed_until=None, waits_since=waits)


def tell(
    case: Case,
    *,
    tells: bool | None = None,
    said: tuple[str, ...] = (),
    phone: str | None = None,
    danger: tuple[str, ...] = (),
    any_language: bool | None = None,
) -> Case:
    """The parent lets the desk know more: what she wrote, a number, or (found in her words) a danger."""
    return replace(
        case,
        state=moved(case, Move.TELL),
        tells=case.tells if tells is None else tells,
        said=said or case.said,
        phone=phone or case.phone,
        danger=tuple(dict.fromkeys(case.danger + danger)),
        any_language=case.any_language if any_language is None else any_language,
    )


def leave(case: Case, now: datetime) -> Case:
    """The parent ends the case herself."""
    return ended(replace(case, state=moved(case, Move.LEAVE)), "parent-left", now)


def reopen(case: Case, now: datetime) -> Case:
    """The parent comes back: the case waits again, in the queue's hands, with its history."""
    moved(case, Move.REOPEN)
    if case.merged_into is not None:
        raise NotAllowed("case.merged")
    return queued(case, now)


def waiting_order(case: Case) -> tuple[bool, int, datetime, int]:
    """The queue's order: danger first, then what was put first, then who has waited longest.

    Who was taken and never answered has waited all the time: a silent worker costs her no place.
    """
    unheard = case.caught_at is not None and case.answered_at is None
    since = case.opened_at if unheard else case.waiting_since or case.opened_at
    return (not case.danger, -case.priority, since, case.number)
