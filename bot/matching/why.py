"""Why a worry was matched as it was: the words that spoke for a service, what they are about, and the nearest lines.

For whoever writes the knowledge. Here, unlike in a match, a parent's words are told again: it is never kept or logged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bot.knowledge.model import Language
from bot.matching.concepts import concepts
from bot.matching.danger import Danger
from bot.matching.features import Line
from bot.matching.lexicon import Floats, Ids
from bot.matching.normalising import STOP
from bot.matching.trained import Trained

_WORDS, _EXAMPLES = 5, 2
_LEAST = 0.02  # nats a word must add to be told
_READ = 60  # words of a long text that are tried one by one


@dataclass(frozen=True, slots=True)
class Spoke:
    """A normalised word, how many nats it added to the service's score, and what it is about."""

    word: str
    nats: float
    concepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """What spoke for a service: words, most first, and the taught lines that are nearest, normalised.

    In nats beside the other services: ``usual``, how often it is needed; ``meaning``, by its vector (0: there is none).
    """

    service: str
    p: float
    usual: float
    meaning: float
    words: tuple[Spoke, ...]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """The reasons of the first services. ``alarm``: the learnt danger score, and the limit it must pass by itself."""

    language: Language
    reasons: tuple[Reason, ...]
    danger: Danger | None
    alarm: float
    limit: float


def reason(learnt: Trained, line: Line, third: Floats | None, service: str, p: float) -> Reason:
    """Each word is left out in turn: what the service's score loses is what the word said for it.

    ``third``: what the vectors say of each service, where there is one of the text.
    """
    number = learnt.ranker.services.index(service)
    words = line.text.split()
    whole = learnt.ranker.scores(*learnt.lexicon.row(line), third)[number]
    mix = learnt.ranker.mix(third)
    meaning = 0.0 if third is None or mix is learnt.ranker.by_words else float(mix.weights[-1] * third[number])
    spoke = []
    for word in [word for word in dict.fromkeys(words[:_READ]) if word != STOP]:
        rest = Line(line.language, " ".join(other for other in words if other != word))
        nats = float(whole - learnt.ranker.scores(*learnt.lexicon.row(rest), third)[number])
        if nats >= _LEAST:
            spoke.append(Spoke(word, nats, concepts(word, line.language)))
    spoke.sort(key=lambda each: (-each.nats, each.word))
    nearest = _nearest(learnt, line, number)
    return Reason(service, p, float(mix.usual[number]), meaning, tuple(spoke[:_WORDS]), nearest)


def _nearest(learnt: Trained, line: Line, number: int) -> tuple[str, ...]:
    """The service's lines that share most with this one, as the cosine of their rows."""
    mine = _spread(*learnt.lexicon.row(line), len(learnt.lexicon.columns))
    found = []
    for text in (text for text, services in learnt.said.items() if number in services):
        ids, values = learnt.lexicon.row(Line(line.language, text))
        likeness = float(mine[ids] @ values)
        if likeness > 0:
            found.append((-likeness, text))
    return tuple(text for _, text in sorted(found)[:_EXAMPLES])


def _spread(ids: Ids, values: Floats, columns: int) -> Floats:
    row = np.zeros(columns, dtype=np.float32)
    row[ids] = values
    return row
