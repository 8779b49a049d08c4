"""What a turn is given and what comes of it: values only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.conversation.states import Conversation
from bot.knowledge.model import Base, Language
from bot.matching.match import Match
from bot.matching.matcher import Matcher
from bot.matching.meaning import Vector, together
from bot.messages import File, Say
from bot.queueing.case import Case
from bot.queueing.meeting import Choice
from bot.queueing.promising import Promise


@dataclass(frozen=True)
class Door:
    """The knowledge and what was built from it. A turn in progress ends with the door it began with.

    ``meant`` and ``matched`` are of one turn only (:meth:`ajar`): the sentence encoder's vectors of what she wrote, by
    the text, and what has been matched already, since a turn asks for the same match more than once.
    """

    base: Base
    matcher: Matcher
    meant: Mapping[str, Vector] = field(default_factory=dict)
    matched: dict[tuple[Any, ...], Match] | None = None

    def ajar(self, meant: Mapping[str, Vector]) -> Door:
        """The same door for one turn."""
        return replace(self, meant=meant, matched={})

    def match(self, texts: Sequence[str], language: Language | None = None, area: str | None = None) -> Match:
        """What she wrote of one matter, newest last, matched; with its vector where there is one of every text."""
        asked = (*texts, language, area)
        if self.matched is not None and asked in self.matched:
            return self.matched[asked]
        vectors = [self.meant.get(text) for text in texts]
        found = self.matcher.match("\n".join(texts), language, area, together(vectors))
        if self.matched is not None:
            self.matched[asked] = found
            if language is None:  # what it was found to be in, named as a hint, changes nothing
                self.matched[*texts, found.language, area] = found
        return found


@dataclass(frozen=True, slots=True)
class Moment:
    """What is true around a turn: the time, what the desk can promise, her open or last case, the channel's own notice.

    ``promise.before`` counts the cases that wait now, hers not among them. ``notice`` is a key of the phrases.
    ``returning``: her closed case, opened again, would go straight to the worker who had it.
    """

    now: datetime
    promise: Promise
    case: Case | None = None
    notice: str | None = None
    returning: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """She asks for a person, or danger calls one. What she wrote goes along only once she allows it."""

    danger: tuple[str, ...]
    path: tuple[tuple[str, str], ...]
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Speak:
    """Words of hers for her open case; ``kind`` is text, edited, unreadable or file (then ``text`` is what it was)."""

    text: str
    kind: str = "text"
    file: File | None = None


@dataclass(frozen=True, slots=True)
class Tell:
    """She lets the desk know: what she wrote before, a number to call, or (found in her words) a danger."""

    tells: bool | None = None
    said: tuple[str, ...] = ()
    phone: str | None = None
    danger: tuple[str, ...] = ()
    any_language: bool | None = None


@dataclass(frozen=True, slots=True)
class Agree:
    """Her word on an offer or on the team's list, by the item's id within the case."""

    item: int
    yes: bool


@dataclass(frozen=True, slots=True)
class PickTime:
    """Of a booking (its id within the case): the place of the time she picked, or none fits, cancel, move."""

    item: int
    choice: int | Choice


@dataclass(frozen=True, slots=True)
class CommentPlan:
    """Her word on the shared plan."""

    text: str


@dataclass(frozen=True, slots=True)
class DidHelp:
    """Whether she got help: yes, notyet, or stop (no more of these)."""

    answer: str


@dataclass(frozen=True, slots=True)
class WordToDevelopers:
    """A free word to those who develop the services."""

    text: str


@dataclass(frozen=True, slots=True)
class Leave:
    """She ends her case."""


@dataclass(frozen=True, slots=True)
class Reopen:
    """She goes on with her closed case."""


Care = Agree | PickTime | CommentPlan | DidHelp | WordToDevelopers
CaseAct = Open | Speak | Tell | Leave | Reopen | Care


@dataclass(frozen=True, slots=True)
class Turn:
    """The new state, what is said, in order, and what is done to her case, in order."""

    conversation: Conversation
    says: tuple[Say, ...] = ()
    acts: tuple[CaseAct, ...] = ()
