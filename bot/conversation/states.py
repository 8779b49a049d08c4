"""What the front door remembers of a parent between two messages: values only, kept as JSON by the store."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.knowledge.model import Language


class Stage(StrEnum):
    """What the last thing said to her asks for."""

    NEW = "new"
    START = "start"
    QUESTION = "question"
    OFFER = "offer"
    CARD = "card"
    AREA = "area"
    CONSENT = "consent"
    REACH = "reach"
    PHONE = "phone"
    WAITING = "waiting"
    HELD = "held"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class View:
    """One screen she has been on, to go back to."""

    stage: Stage
    question: str | None = None
    shown: tuple[str, ...] = ()
    service: str | None = None
    answers: tuple[tuple[str, str | None], ...] = ()
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """One parent's conversation. ``answers`` are (question id, answer id or None for "I don't know"), oldest first.

    ``worries`` are what she wrote since she last started over, newest last; ``failed`` counts tries in a row that led
    nowhere; ``refused`` the services she said are none of hers; ``warned`` the kinds of danger whose card she has seen;
    ``expects``: what her next words are for, when she was asked for them (comment, word).
    ``chosen`` says that she picked the language herself, so that no guess changes it.
    """

    language: Language = "fi"
    chosen: bool = False
    stage: Stage = Stage.NEW
    area: str | None = None
    area_asked: bool = False
    worries: tuple[str, ...] = ()
    answers: tuple[tuple[str, str | None], ...] = ()
    refused: tuple[str, ...] = ()
    question: str | None = None
    shown: tuple[str, ...] = ()
    service: str | None = None
    failed: int = 0
    case: int | None = None
    warned: tuple[str, ...] = ()
    expects: str = ""
    past: tuple[View, ...] = ()
