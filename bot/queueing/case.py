"""A case as a value, and the table of its moves.

The rules, as a table: a state and a move give the next state; any other pair raises :class:`NotAllowed` and changes
nothing. A case always has an owner: the queue while it waits, one worker while it is claimed.
Knows no channel and no store; ``now`` is always handed in, in Finland's time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.knowledge.model import Language


class CaseState(StrEnum):
    """Where a case is."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    CLOSED = "closed"


class Move(StrEnum):
    """What may be done to a case, by a worker (claim, reply, close) or by the parent (the rest)."""

    CLAIM = "claim"
    REPLY = "reply"
    CLOSE = "close"
    SAY = "say"
    TELL = "tell"
    LEAVE = "leave"
    REOPEN = "reopen"


W, C, X = CaseState.WAITING, CaseState.CLAIMED, CaseState.CLOSED

TABLE: Mapping[tuple[CaseState, Move], CaseState] = {
    (W, Move.CLAIM): C,
    (C, Move.REPLY): C,
    (C, Move.CLOSE): X,
    (W, Move.SAY): W,
    (C, Move.SAY): C,
    (W, Move.TELL): W,
    (C, Move.TELL): C,
    (W, Move.LEAVE): X,
    (C, Move.LEAVE): X,
    (X, Move.REOPEN): W,
}


class NotAllowed(Exception):
    """This move cannot be made from here, or not by her. Nothing has changed. ``reason`` is a key of the phrases."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Case:
    """A request for a person. ``number`` is 0 until the store has given one.

    ``said`` holds what she wrote, and only when she allowed it (``tells``); ``path`` the questions and answers by id;
    ``candidates`` the ids of the likeliest services, best first; ``danger`` the kinds of danger found, strongest first;
    ``phone`` the number she wants to be called at, or None for the chat. Times are aware.
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


def moved(case: Case, move: Move) -> CaseState:
    """The state a move leads to. Raises :class:`NotAllowed` where the table has none."""
    try:
        return TABLE[case.state, move]
    except KeyError:
        raise NotAllowed(f"case.not_allowed.{case.state}.{move}") from None


def _held_by(case: Case, worker: int) -> None:
    if case.owner != worker:
        raise NotAllowed("case.not_yours")


def claim(case: Case, worker: int, now: datetime) -> Case:
    """A worker takes a waiting case; the second one to try gets :class:`NotAllowed`."""
    if case.state is CaseState.CLAIMED:
        raise NotAllowed("case.yours_already" if case.owner == worker else "case.taken")
    return replace(case, state=moved(case, Move.CLAIM), owner=worker, claimed_at=now)


def reply(case: Case, worker: int, now: datetime) -> Case:
    """The worker who holds the case answers; the time of the first answer is kept."""
    state = moved(case, Move.REPLY)
    _held_by(case, worker)
    return replace(case, state=state, answered_at=case.answered_at or now)


def close(case: Case, worker: int, outcome: str, now: datetime) -> Case:
    """The worker who holds the case ends it, saying how it ended."""
    state = moved(case, Move.CLOSE)
    _held_by(case, worker)
    return replace(case, state=state, outcome=outcome, closed_at=now)


def say(case: Case) -> Case:
    """The parent writes into an open case."""
    return replace(case, state=moved(case, Move.SAY))


def tell(
    case: Case,
    *,
    tells: bool | None = None,
    said: tuple[str, ...] = (),
    phone: str | None = None,
    danger: tuple[str, ...] = (),
) -> Case:
    """The parent lets the desk know more: what she wrote, a number, or (found in her words) a danger."""
    return replace(
        case,
        state=moved(case, Move.TELL),
        tells=case.tells if tells is None else tells,
        said=said or case.said,
        phone=phone or case.phone,
        danger=tuple(dict.fromkeys(case.danger + danger)),
    )


def leave(case: Case, now: datetime) -> Case:
    """The parent ends the case herself."""
    return replace(case, state=moved(case, Move.LEAVE), outcome="parent-left", closed_at=now)


def reopen(case: Case, now: datetime) -> Case:
    """The parent comes back: the case waits again, in the queue's hands."""
    return replace(
        case,
        state=moved(case, Move.REOPEN),
        owner=None,
        waiting_since=now,
        claimed_at=None,
        closed_at=None,
        outcome=None,
    )


def waiting_order(case: Case) -> tuple[bool, datetime, int]:
    """The queue's order: danger first, then who has waited longest."""
    return (not case.danger, case.waiting_since or case.opened_at, case.number)
