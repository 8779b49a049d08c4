"""The table of a case's moves: from which state each may be made, where it leads, and by whom.

A state and a move give the next state; any other pair raises :class:`NotAllowed` and changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class CaseState(StrEnum):
    """Where a case is."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    CLOSED = "closed"


class Move(StrEnum):
    """What may be done to a case. :data:`WHO` says by whom; ``clock`` moves happen by themselves."""

    CLAIM = "claim"
    RELEASE = "release"
    TAKE_OVER = "take_over"
    SNOOZE = "snooze"
    WAKE = "wake"
    PRIORITISE = "prioritise"
    REPLY = "reply"
    CORRECT = "correct"
    NOTE = "note"
    DRAFT = "draft"
    CONSULT = "consult"
    ADVISE = "advise"
    OFFER = "offer"
    WITHDRAW = "withdraw"
    ACCEPT = "accept"
    DECLINE = "decline"
    INVITE = "invite"
    STEP_OUT = "step_out"
    PLAN = "plan"
    TASK = "task"
    TASK_DONE = "task_done"
    TEAM = "team"
    TEAM_OUTCOME = "team_outcome"
    PROPOSE = "propose"
    UNBOOK = "unbook"
    DUTY = "duty"
    LASTA = "lasta"
    MERGE = "merge"
    MERGED = "merged"
    CLOSE = "close"
    SAY = "say"
    TELL = "tell"
    AGREE = "agree"
    PICK = "pick"
    COMMENT = "comment"
    ANSWER = "answer"
    LEAVE = "leave"
    REOPEN = "reopen"
    WARN = "warn"
    CLIMB = "climb"
    RETURN = "return"
    LAPSE = "lapse"
    REMIND = "remind"
    FOLLOW_UP = "follow_up"


class Who(StrEnum):
    """Who may make a move."""

    ANY = "any"  # any active worker
    OWNER = "owner"
    MEMBER = "member"  # the owner or one of those she works with
    LEADING = "leading"  # the owner or a lead
    ASKED = "asked"  # the person or the unit the offer was made to
    PARENT = "parent"
    CLOCK = "clock"


W, C, X = CaseState.WAITING, CaseState.CLAIMED, CaseState.CLOSED

# Each line: the move, who may, and where it leads from each state it is allowed in.
_MOVES: tuple[tuple[Move, Who, dict[CaseState, CaseState]], ...] = (
    (Move.CLAIM, Who.ANY, {W: C}),
    (Move.RELEASE, Who.LEADING, {C: W}),
    (Move.TAKE_OVER, Who.ANY, {C: C}),
    (Move.SNOOZE, Who.OWNER, {C: C}),
    (Move.WAKE, Who.OWNER, {C: C}),
    (Move.PRIORITISE, Who.ANY, {W: W, C: C}),
    (Move.REPLY, Who.MEMBER, {C: C}),
    (Move.CORRECT, Who.MEMBER, {C: C}),
    (Move.NOTE, Who.MEMBER, {C: C, X: X}),
    (Move.DRAFT, Who.MEMBER, {C: C}),
    (Move.CONSULT, Who.MEMBER, {C: C}),
    (Move.ADVISE, Who.ANY, {W: W, C: C}),
    (Move.OFFER, Who.OWNER, {C: C}),
    (Move.WITHDRAW, Who.OWNER, {C: C}),
    (Move.ACCEPT, Who.ASKED, {C: C}),
    (Move.DECLINE, Who.ASKED, {C: C}),
    (Move.INVITE, Who.OWNER, {C: C}),
    (Move.STEP_OUT, Who.MEMBER, {C: C}),
    (Move.PLAN, Who.MEMBER, {C: C}),
    (Move.TASK, Who.MEMBER, {C: C}),
    (Move.TASK_DONE, Who.MEMBER, {C: C}),
    (Move.TEAM, Who.OWNER, {C: C}),
    (Move.TEAM_OUTCOME, Who.MEMBER, {C: C}),
    (Move.PROPOSE, Who.MEMBER, {C: C}),
    (Move.UNBOOK, Who.MEMBER, {C: C}),
    (Move.DUTY, Who.MEMBER, {C: C}),
    (Move.LASTA, Who.MEMBER, {C: C}),
    (Move.MERGE, Who.OWNER, {C: C}),
    (Move.MERGED, Who.OWNER, {W: X, C: X}),
    (Move.CLOSE, Who.OWNER, {C: X}),
    (Move.SAY, Who.PARENT, {W: W, C: C}),
    (Move.TELL, Who.PARENT, {W: W, C: C}),
    (Move.AGREE, Who.PARENT, {C: C}),
    (Move.PICK, Who.PARENT, {W: W, C: C, X: X}),
    (Move.COMMENT, Who.PARENT, {W: W, C: C}),
    (Move.ANSWER, Who.PARENT, {X: X}),
    (Move.LEAVE, Who.PARENT, {W: X, C: X}),
    (Move.REOPEN, Who.PARENT, {X: W}),
    (Move.WARN, Who.CLOCK, {W: W}),
    (Move.CLIMB, Who.CLOCK, {W: W}),
    (Move.RETURN, Who.CLOCK, {C: W}),
    (Move.LAPSE, Who.CLOCK, {C: C}),
    (Move.REMIND, Who.CLOCK, {W: W, C: C, X: X}),
    (Move.FOLLOW_UP, Who.CLOCK, {X: X}),
)

TABLE: Mapping[tuple[CaseState, Move], CaseState] = {
    (since, move): to for move, _, states in _MOVES for since, to in states.items()
}
WHO: Mapping[Move, Who] = {move: who for move, who, _ in _MOVES}


class NotAllowed(Exception):
    """This move cannot be made from here, or not by her. Nothing has changed. ``reason`` is a key of the phrases."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def moved(state: CaseState, move: Move) -> CaseState:
    """The state a move leads to. Raises :class:`NotAllowed` where the table has none."""
    try:
        return TABLE[state, move]
    except KeyError:
        raise NotAllowed(f"case.not_allowed.{state}.{move}") from None
