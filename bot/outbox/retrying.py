"""What to do after a try to send: values in, values out. Every retry of the product is decided here and nowhere else.

======================  ==================================================================================
the channel says        the outbox does
======================  ==================================================================================
sent                    :class:`Done`
try again               :class:`Again`: at the time it named and a little more, else later each time
unreachable             :class:`GiveUp`, and a worker is told
moved                   :class:`Move`: there, at once
stop                    :class:`Halt`: nothing on that channel for a while, the alarm is up
======================  ==================================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import assert_never

from bot.messages import PressAnswer
from bot.ports import ASKED, MovedTo, OutboxRow, Outcome, Sent, Stop, TryAgain, Unreachable

FIRST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(minutes=5)
LONGEST_UNSENT = timedelta(seconds=2.5)
HALT = timedelta(seconds=3)
"""As receiving does, so that all goes on within five seconds of the end of what was wrong."""
PRESS_LIVES = timedelta(seconds=150)
"""Telegram takes the sign for a press no longer than this (its answer then is "query is too old")."""
A_LITTLE_MORE = timedelta(seconds=0.1)
"""Over the time a channel named, which has its own margin: never a moment too early by rounding."""
FAULTS = 5
MOVES = 5
LATE = timedelta(seconds=60)
"""What has not been delivered for so long a worker must be able to see."""


@dataclass(frozen=True, slots=True)
class Done:
    """It arrived."""


@dataclass(frozen=True, slots=True)
class Again:
    """Try again at a time. ``repeat`` = it may have arrived; ``counted`` False = nothing failed, it was too soon."""

    at: datetime
    repeat: bool
    error: str
    counted: bool = True


@dataclass(frozen=True, slots=True)
class GiveUp:
    """It cannot be delivered. ``told`` is False for what nobody misses (the sign for an old press)."""

    reason: str
    told: bool = True


@dataclass(frozen=True, slots=True)
class Move:
    """The chat has another key; the row stays due."""

    key: str


@dataclass(frozen=True, slots=True)
class Halt:
    """Keep everything of this channel until a time, and raise the alarm."""

    until: datetime
    reason: str


Decision = Done | Again | GiveUp | Move | Halt


def decide(outcome: Outcome, row: OutboxRow, now: datetime) -> Decision:
    """What the outcome of trying ``row`` (its ``tries`` counting this one) means at ``now``."""
    now = now.astimezone(UTC)  # a minute later is a minute later, also when Finland's clocks change
    match outcome:
        case Sent():
            return Done()
        case TryAgain():
            return _again(outcome, row, now)
        case Unreachable(reason=reason):
            return GiveUp(reason, told=not isinstance(row.payload, PressAnswer))
        case MovedTo(key=key):
            return Move(key) if _leads_on(key, row) else Again(now + wait(row), row.repeat, "moved in a circle")
        case Stop(reason=reason):
            return Halt(now + HALT, reason)
        case _:
            assert_never(outcome)


def _again(outcome: TryAgain, row: OutboxRow, now: datetime) -> Again | GiveUp:
    after = wait(row, outcome.unknown) if outcome.after is None else timedelta(seconds=outcome.after) + A_LITTLE_MORE
    if isinstance(row.payload, PressAnswer) and now + after > row.created_at.astimezone(UTC) + PRESS_LIVES:
        return GiveUp("too old", told=False)
    if outcome.after is not None and not outcome.unknown:
        return Again(now + after, row.repeat, ASKED, counted=False)
    return Again(now + after, row.repeat or outcome.unknown, outcome.error)


def _leads_on(key: str, row: OutboxRow) -> bool:
    return key != row.to.key and row.tries <= MOVES


def wait(row: OutboxRow, unknown: bool = True) -> timedelta:
    """Twice as long each time, up to the longest; spread by the row's number, so that not all lanes come at once.

    What surely did not arrive is tried again soon; what may have arrived would be a repeat each time.
    """
    doubled = FIRST_WAIT * (1 << min(max(row.tries, 1) - 1, 20))
    spread = row.id * 0.618 % 1 / 4
    return min(doubled, LONGEST_WAIT if unknown else LONGEST_UNSENT) * (1 + spread)


def after_fault(row: OutboxRow, error: str) -> TryAgain | Unreachable:
    """A channel's own fault: it may have been sent; after some tries it is given up, so that its lane goes on."""
    return TryAgain(error, unknown=True) if row.tries < FAULTS else Unreachable("fault")


def is_late(decision: Decision, row: OutboxRow) -> bool:
    """Whether the next try comes too late for a worker not to be told now."""
    match decision:
        case Again(at=next_try) | Halt(until=next_try):
            return next_try > row.created_at.astimezone(UTC) + LATE
        case _:
            return False
