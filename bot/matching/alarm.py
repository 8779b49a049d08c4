"""What danger sounds like beyond the written signs: learnt from examples of danger and of near misses.

It stands beside the signs of :mod:`bot.matching.danger`: where none speaks it may, when it is sure; a sign that it
finds very unlikely is an accident of words. Where a text's vector is at hand, what it means counts as well. Knows the
kinds by id, and no service.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack, vstack

from bot.matching.alike import Alike, Crowd
from bot.matching.danger import Danger, Seen
from bot.matching.features import Line
from bot.matching.lexicon import Floats, Ids, Lexicon
from bot.matching.logistic import many_class_weights, two_class_weights
from bot.matching.normalising import STOP
from bot.matching.phrases import Phrases

_PULL, _KIND_PULL = 0.3, 0.3
_ROUNDS, _KIND_ROUNDS = 60, 25  # with fewer it tells danger from near misses notably worse
_URGENT, _NEAR = 4.0, 4.0  # how much an example of danger and a near miss weigh beside a plain worry
_HALF_TOLD = 0.4  # and how much a worry of an emergency service
_FOLDS = 3
_LOOKED_AT = 4  # every fourth plain worry is enough to know how often it sounds falsely
_FALSE_WORDS, _FALSE_ALIKE = 0.0125, 0.025  # of plain worries, by words alone and with vectors
_SIGN = 5.0  # nats a sign says for danger, or against it when taken away: it is overruled only where all else denies it
_PIECE = 2.0  # nats that a sentence by itself must sound worse than a whole text: there are many sentences
_SHORTEST = 3  # words of a sentence that is weighed by itself


ALARM = "alarm"  # stands for the sign when none was written down


@dataclass(frozen=True, slots=True)
class Heard:
    """A line to learn from. ``kind``: the danger's, or None."""

    line: Line
    kind: str | None


@dataclass(frozen=True, slots=True)
class Limits:
    """The scores above which it sounds: where no sign speaks (``alone``), where one does (``beside``), and where one
    was taken away (``against``).
    """

    alone: float = float("inf")
    beside: float = float("-inf")
    against: float = float("inf")

    @classmethod
    def around(cls, alone: float, sign: float) -> Limits:
        """``sign``: how many nats a sign says."""
        return cls(alone, alone - sign, alone + sign)

    def passed(self, score: float, seen: Seen) -> bool:
        """Whether a score is danger, given the written signs."""
        if seen.danger is not None:
            return score > self.beside
        return score > (self.against if seen.hushed else self.alone)


@dataclass(frozen=True, slots=True)
class Judged:
    """What the alarm says of a text: its score, the limits it is held against, and the kind it sounds like most."""

    score: float
    limits: Limits
    kind: str | None

    def danger(self, seen: Seen) -> Danger | None:
        """The danger in the text: what its signs say, or else the kind it sounds like."""
        if not self.limits.passed(self.score, seen):
            return None
        return seen.danger or (None if self.kind is None else Danger((self.kind,), (ALARM,)))


@dataclass(frozen=True)
class Alarm:
    """Tells how much a text sounds like danger. Made once; safe to share.

    ``limits`` are for words alone, ``limits_alike`` for words and a vector.
    """

    lexicon: Lexicon
    phrases: Phrases
    weights: Floats
    kinds: tuple[str, ...]
    kind_weights: Floats
    limits: Limits
    alike: Alike | None = None
    limits_alike: Limits = Limits()

    @classmethod
    def of(
        cls,
        lexicon: Lexicon,
        examples: Sequence[Heard],
        plain: Sequence[Line],
        urgent: Sequence[Line],
        placed: Floats | None = None,
    ) -> Alarm:
        """``examples`` of danger and near misses; ``plain`` worries with no danger; ``urgent`` ones, mostly with.

        ``placed``: the vectors of all these in the space of :mod:`bot.matching.meaning`, zeros where there is none.
        """
        phrases = Phrases.of([heard.line for heard in examples])
        kinds = tuple(sorted({heard.kind for heard in examples if heard.kind is not None}))
        nothing = np.zeros(len(lexicon.columns) + len(phrases.columns) + 1, dtype=np.float32)
        empty = cls(lexicon, phrases, nothing, kinds, np.zeros((len(nothing) - 1, len(kinds)), np.float32), Limits())
        if min(len(plain), sum(heard.kind is not None for heard in examples)) < _FOLDS * 2 or not kinds:
            return empty
        own = empty.rows([heard.line for heard in examples])
        learning = _Learning(examples, len(urgent), csr_array(vstack([own, empty.rows([*plain, *urgent])]).tocsr()))
        scores = _apart(learning, empty, plain)
        alone = float(np.quantile(scores[len(examples) :][np.isfinite(scores[len(examples) :])], 1 - _FALSE_WORDS))
        weights, kind_weights = learning.weights(), learning.kind_weights(own, kinds)
        taught = cls(lexicon, phrases, weights, kinds, kind_weights, Limits.around(alone, _SIGN))
        return taught if placed is None else taught._with(learning, scores, placed)

    def _with(self, learning: _Learning, scores: Floats, placed: Floats) -> Alarm:
        """The same, with what the vectors teach."""
        truth, importance = learning.truth()
        groups = np.where(truth > 0, 0, 2).astype(np.int8)
        groups[: len(learning.examples)][truth[: len(learning.examples)] == 0] = 1
        groups[len(groups) - learning.urgent :] = 3
        heard = np.isfinite(scores) | (groups == 3)
        crowd = Crowd(np.where(heard[:, None], placed, 0), groups, _fold(np.arange(len(groups))))
        if not crowd.enough():
            return self
        alike, whole = Alike.of(crowd, scores, np.where(groups == 2, _LOOKED_AT, importance).astype(np.float32))
        calm = whole[(groups == 2) & np.isfinite(whole)]
        limits = Limits.around(float(np.quantile(calm, 1 - _FALSE_ALIKE)), _SIGN)
        return replace(self, alike=alike, limits_alike=limits)

    def rows(self, lines: Sequence[Line]) -> csr_array:
        """One row for each line: what the lexicon knows, then the phrases."""
        return csr_array(hstack([self.lexicon.matrix(lines), self.phrases.matrix(lines)]).tocsr())

    def judged(self, line: Line, placed: Floats | None = None) -> Judged:
        """What it says of a text; ``placed`` is its vector in the space, where there is one."""
        score, kind = self.score(line)
        if self.alike is None or placed is None:
            return Judged(score, self.limits, kind)
        return Judged(self.alike.score(score, placed), self.limits_alike, kind)

    def score(self, line: Line) -> tuple[float, str | None]:
        """By words alone: the score of the whole or of the worst of its sentences, and the kind it sounds like most."""
        rows = [self._row(part) for part in _parts(line)]
        scores = [float(values @ self.weights[ids] + self.weights[-1]) for ids, values in rows]
        scores[1:] = [score - _PIECE for score in scores[1:]]
        worst = int(np.argmax(scores))
        if not self.kinds:
            return scores[worst], None
        ids, values = rows[worst]
        return scores[worst], self.kinds[int(np.argmax(values @ self.kind_weights[ids]))]

    def _row(self, line: Line) -> tuple[Ids, Floats]:
        """One of :meth:`rows`: for a single text this takes a quarter of the time."""
        (ids, values), (phrases, said) = self.lexicon.row(line), self.phrases.row(line)
        return np.concatenate([ids, phrases + len(self.lexicon.columns)]), np.concatenate([values, said])


def _parts(line: Line) -> list[Line]:
    """The whole and, where there are several, each sentence of some words."""
    pieces = [piece for piece in line.text.split(f" {STOP} ") if len(piece.split()) >= _SHORTEST]
    return [line, *(Line(line.language, piece) for piece in pieces if len(pieces) > 1)]


@dataclass(frozen=True)
class _Learning:
    """Rows of the examples first, then of plain worries, last of the ``urgent`` many of emergency services."""

    examples: Sequence[Heard]
    urgent: int
    rows: csr_array

    def truth(self) -> tuple[Floats, Floats]:
        """For each row 1 for danger, and how much it weighs."""
        truth = np.zeros(self.rows.shape[0], dtype=np.float32)
        importance = np.ones(self.rows.shape[0], dtype=np.float32)
        for number, heard in enumerate(self.examples):
            truth[number] = heard.kind is not None
            importance[number] = _URGENT if heard.kind is not None else _NEAR
        ends = len(truth) - self.urgent
        truth[ends:], importance[ends:] = 1, _HALF_TOLD
        return truth, importance

    def weights(self, left: NDArray[np.bool_] | None = None) -> Floats:
        """The weights, learnt from the rows that are ``left``."""
        truth, importance = self.truth()
        kept = np.ones(len(truth), dtype=np.bool_) if left is None else left
        return two_class_weights(self.rows[kept], truth[kept], importance[kept], _PULL, _ROUNDS)

    def kind_weights(self, own: csr_array, kinds: tuple[str, ...]) -> Floats:
        """What tells the kinds of danger from one another."""
        dangers = [number for number, heard in enumerate(self.examples) if heard.kind is not None]
        labels = np.asarray([kinds.index(self.examples[number].kind or "") for number in dangers], dtype=np.int64)
        start = np.zeros((own.shape[1], len(kinds)), dtype=np.float32)
        return many_class_weights(csr_array(own[dangers]), labels, start, _KIND_PULL, _KIND_ROUNDS)


def _apart(learning: _Learning, alarm: Alarm, plain: Sequence[Line]) -> Floats:
    """The examples and some plain worries, each scored by what was learnt without it and its neighbours; the rest is
    not finite.
    """
    examples = learning.examples
    looked = [(number, heard.line) for number, heard in enumerate(examples)]
    looked += [(len(examples) + number, line) for number, line in enumerate(plain) if number % _LOOKED_AT == 0]
    pieces = [(number, piece) for number, line in looked for piece in _parts(line)[1:]]
    rows, owner = (
        alarm.rows([piece for _, piece in pieces]),
        np.asarray([number for number, _ in pieces], dtype=np.int64),
    )
    numbers = np.asarray([number for number, _ in looked])
    scores = np.full(learning.rows.shape[0], -np.inf, dtype=np.float32)
    folds = _fold(np.arange(len(scores)))
    for fold in range(_FOLDS):
        weights = learning.weights(folds != fold)
        mine, own = numbers[folds[numbers] == fold], np.flatnonzero(folds[owner] == fold)
        scores[mine] = learning.rows[mine] @ weights[:-1] + weights[-1]
        np.maximum.at(scores, owner[own], rows[own] @ weights[:-1] + weights[-1] - np.float32(_PIECE))
    return scores


def _fold(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Neighbours are often alike and stay together."""
    return np.asarray(numbers // (2 * _LOOKED_AT) % _FOLDS)
