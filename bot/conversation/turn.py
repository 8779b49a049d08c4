"""What a turn is given and what comes of it: values only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.conversation.states import Conversation
from bot.knowledge.model import Base
from bot.matching.matcher import Matcher
from bot.messages import Say
from bot.queueing.case import Case
from bot.queueing.promising import Promise


@dataclass(frozen=True)
class Door:
    """The knowledge and what was built from it. A turn in progress ends with the door it began with."""

    base: Base
    matcher: Matcher


@dataclass(frozen=True, slots=True)
class Moment:
    """What is true around a turn: the time, what the desk can promise, her open or last case, the channel's own notice.

    ``promise.before`` counts the cases that wait now, hers not among them. ``notice`` is a key of the phrases.
    """

    now: datetime
    promise: Promise
    case: Case | None = None
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """She asks for a person, or danger calls one. What she wrote goes along only once she allows it."""

    danger: tuple[str, ...]
    path: tuple[tuple[str, str], ...]
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Speak:
    """Words of hers for her open case; ``kind`` is text, edited, or unreadable (then ``text`` is what it was)."""

    text: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Tell:
    """She lets the desk know: what she wrote before, a number to call, or (found in her words) a danger."""

    tells: bool | None = None
    said: tuple[str, ...] = ()
    phone: str | None = None
    danger: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leave:
    """She ends her case."""


@dataclass(frozen=True, slots=True)
class Reopen:
    """She goes on with her closed case."""


CaseAct = Open | Speak | Tell | Leave | Reopen


@dataclass(frozen=True, slots=True)
class Turn:
    """The new state, what is said, in order, and what is done to her case, in order."""

    conversation: Conversation
    says: tuple[Say, ...] = ()
    acts: tuple[CaseAct, ...] = ()
