"""What danger sounds like beyond the written signs: learnt from examples of danger and of near misses.

It stands beside the signs of :mod:`bot.matching.danger`: where none speaks it may, when it is sure; a sign that it
finds very unlikely is an accident of words. Knows the kinds by id, and no service.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack, vstack

from bot.matching.lexicon import Floats, Lexicon, Line
from bot.matching.logistic import many_class_weights, two_class_weights
from bot.matching.normalising import STOP
from bot.matching.phrases import Phrases

_PULL, _KIND_PULL, _ROUNDS = 0.3, 0.3, 25
_URGENT, _NEAR = 4.0, 2.0  # how much an example of danger and a near miss weigh beside a plain worry
_HALF_TOLD = 0.4  # and how much a worry of an emergency service
_FOLDS = 4
_LOOKED_AT = 4  # every fourth plain worry is enough to know how often it sounds falsely
_FALSE_PLAIN, _FALSE_NEAR = 0.015, 0.05
_UNCONFIRMED = 0.005  # of the dangers that a sign tells this many may be taken for an accident of words
_SHORTEST = 3  # words of a sentence that is weighed by itself


@dataclass(frozen=True, slots=True)
class Heard:
    """A line to learn from. ``kind``: the danger's, or None. ``sign``: whether a written sign speaks in it."""

    line: Line
    kind: str | None
    sign: bool


@dataclass(frozen=True, slots=True)
class Limits:
    """Scores above which it sounds: where a sign speaks (``beside``), and where none does (``alone``)."""

    beside: float = float("-inf")
    alone: float = float("inf")


@dataclass(frozen=True)
class Alarm:
    """Tells how much a text sounds like danger. Made once; safe to share."""

    lexicon: Lexicon
    phrases: Phrases
    weights: Floats
    kinds: tuple[str, ...]
    kind_weights: Floats
    limits: Limits

    @classmethod
    def of(cls, lexicon: Lexicon, examples: Sequence[Heard], plain: Sequence[Line], urgent: Sequence[Line]) -> Alarm:
        """``examples`` of danger and near misses; ``plain`` worries with no danger; ``urgent`` ones, mostly with."""
        phrases = Phrases.of([heard.line for heard in examples])
        kinds = tuple(sorted({heard.kind for heard in examples if heard.kind is not None}))
        nothing = np.zeros(len(lexicon.columns) + len(phrases.columns) + 1, dtype=np.float32)
        empty = cls(lexicon, phrases, nothing, kinds, np.zeros((len(nothing) - 1, len(kinds)), np.float32), Limits())
        if min(len(plain), sum(heard.kind is not None for heard in examples)) < _FOLDS * 2 or not kinds:
            return empty
        own = empty.rows([heard.line for heard in examples])
        learning = _Learning(examples, len(urgent), csr_array(vstack([own, empty.rows([*plain, *urgent])]).tocsr()))
        limits = _limits(learning, empty, plain)
        return cls(lexicon, phrases, learning.weights(), kinds, learning.kind_weights(own, kinds), limits)

    def rows(self, lines: Sequence[Line]) -> csr_array:
        """One row for each line: what the lexicon knows, then the phrases."""
        return csr_array(hstack([self.lexicon.matrix(lines), self.phrases.matrix(lines)]).tocsr())

    def score(self, line: Line) -> tuple[float, str | None]:
        """The score of the whole or of the worst of its sentences, and the kind it sounds like most."""
        rows = self.rows(_parts(line))
        scores = rows @ self.weights[:-1] + self.weights[-1]
        worst = int(np.argmax(scores))
        if not self.kinds:
            return float(scores[worst]), None
        return float(scores[worst]), self.kinds[int(np.argmax(rows[[worst]] @ self.kind_weights))]


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

    def weights(self, left: NDArray[np.bool_] | None = None) -> Floats:
        """The weights, learnt from the rows that are ``left``."""
        truth = np.zeros(self.rows.shape[0], dtype=np.float32)
        importance = np.ones(self.rows.shape[0], dtype=np.float32)
        for number, heard in enumerate(self.examples):
            truth[number] = heard.kind is not None
            importance[number] = _URGENT if heard.kind is not None else _NEAR
        ends = len(truth) - self.urgent
        truth[ends:], importance[ends:] = 1, _HALF_TOLD
        kept = np.ones(len(truth), dtype=np.bool_) if left is None else left
        return two_class_weights(self.rows[kept], truth[kept], importance[kept], _PULL, _ROUNDS)

    def kind_weights(self, own: csr_array, kinds: tuple[str, ...]) -> Floats:
        """What tells the kinds of danger from one another."""
        dangers = [number for number, heard in enumerate(self.examples) if heard.kind is not None]
        labels = np.asarray([kinds.index(self.examples[number].kind or "") for number in dangers], dtype=np.int64)
        start = np.zeros((own.shape[1], len(kinds)), dtype=np.float32)
        return many_class_weights(csr_array(own[dangers]), labels, start, _KIND_PULL, _ROUNDS)


def _limits(learning: _Learning, alarm: Alarm, plain: Sequence[Line]) -> Limits:
    """Each line is scored by what was learnt without it; of all these scores the limits are set."""
    examples = learning.examples
    looked = [(number, heard.line) for number, heard in enumerate(examples)]
    looked += [(len(examples) + number, line) for number, line in enumerate(plain) if number % _LOOKED_AT == 0]
    parts = [(number, part) for number, line in looked for part in _parts(line)]
    rows, owner = alarm.rows([part for _, part in parts]), np.asarray([number for number, _ in parts])
    scores = np.full(learning.rows.shape[0], -np.inf)
    numbers = np.arange(learning.rows.shape[0])
    for fold in range(_FOLDS):
        weights = learning.weights(_fold(numbers) != fold)
        mine = _fold(owner) == fold
        np.maximum.at(scores, owner[mine], rows[np.flatnonzero(mine)] @ weights[:-1] + weights[-1])
    return _limits_of(examples, scores)


def _fold(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Neighbours are often alike and stay together."""
    return np.asarray(numbers // (2 * _LOOKED_AT) % _FOLDS)


def _limits_of(examples: Sequence[Heard], scores: NDArray[np.float64]) -> Limits:
    kind = np.asarray([heard.kind is not None for heard in examples], dtype=np.bool_)
    sign = np.asarray([heard.sign for heard in examples], dtype=np.bool_)
    mine, plain = scores[: len(examples)], scores[len(examples) :]
    alone = float(np.quantile(plain[np.isfinite(plain)], 1 - _FALSE_PLAIN))
    if (~kind).any():
        alone = max(alone, float(np.quantile(mine[~kind], 1 - _FALSE_NEAR)))
    told = mine[kind & sign]
    return Limits(min(float(np.quantile(told, _UNCONFIRMED)), alone) if told.size else float("-inf"), alone)
