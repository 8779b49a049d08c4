"""What matching a worry gives, as frozen values. Nothing here holds what the parent wrote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.knowledge.model import Language
from bot.matching.danger import Danger


@dataclass(frozen=True, slots=True)
class Ranked:
    """A service and how likely it is the right one, 0 to 1."""

    id: str
    p: float


@dataclass(frozen=True, slots=True)
class Match:
    """A worry matched. ``services``: all that are offered, best first, together 1.

    ``worry``: how likely it is a worry at all, 0 to 1.
    ``answers``: answers of facets that the text itself gives surely, by question id.
    """

    language: Language
    services: tuple[Ranked, ...]
    worry: float
    danger: Danger | None
    answers: Mapping[str, str]
