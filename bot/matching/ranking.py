"""Services ranked for a worry: two ways of comparing, and a third where there is a vector, mixed as they proved right
on lines kept aside.

Knows services by id, their lines and the ages they are for; nothing of danger, of questions or of what is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bot.matching.bayes import Bayes
from bot.matching.lexicon import Floats, Ids, Lexicon
from bot.matching.logistic import Regression, many_class_weights, softmax
from bot.matching.meaning import Meaning, Told
from bot.matching.nearness import Nearness

_PULL = 0.1
_ROUNDS = 18
_MORE_ROUNDS = 8
_MOST_CELLS = 4_000_000  # numbers a regression may have; past that it takes minutes and gigabytes
_ASIDE = 5  # every fifth line is kept aside to learn the mix
_ALSO_RIGHT = 0.2  # of what the lines call wrong: the services overlap, and a line names but one
_EVEN = 0.005  # pulls the slope towards 1, where chances hardly differ
_AT_MOST = 2.0  # times a chance may grow: what is hardly known stays so
_FEWEST_TO_TELL = 200  # lines kept aside, to tell how often the first is right
_MOST_ASIDE = 1_500  # lines with vectors that are compared with all others

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A line that belongs to a service: its row, and whether a parent could have written it."""

    service: int
    spoken: bool


@dataclass(frozen=True)
class Judges:
    """The two learnt ways of comparing: the second is a regression where the services are few enough for one."""

    bayes: Bayes
    second: Regression | Nearness

    def opinions(self, ids: Ids, values: Floats) -> Floats:
        """Two scores for each service: (2, services)."""
        second = self.second.scores(ids, values)
        return np.stack([_even(self.bayes.scores(ids, values)), second - second.mean()])

    def all_opinions(self, matrix: csr_array) -> Floats:
        """Of many rows: (rows, 2, services)."""
        second = self.second.all_scores(matrix)
        return np.stack([_even(self.bayes.all_scores(matrix)), second - second.mean(axis=1, keepdims=True)], axis=1)


def _even(scores: Floats) -> Floats:
    """Scores around 0 along the last axis, as far apart for a short text as for a long one."""
    spread = scores.std(axis=-1, keepdims=True)
    return np.asarray((scores - scores.mean(axis=-1, keepdims=True)) / np.where(spread > 0, spread, np.float32(1)))


@dataclass(frozen=True, slots=True)
class Mix:
    """How opinions are joined, and how often the first service is right: ``least + slope * chance``."""

    weights: NDArray[np.float64]
    least: float
    slope: float

    @classmethod
    def of(cls, opinions: Floats, labels: NDArray[np.int64]) -> Mix:
        """Learn from opinions (lines, opinions, services) about lines kept aside."""
        weights = _learnt_mix(opinions, labels)
        if len(labels) < _FEWEST_TO_TELL:
            return cls(weights, 0.0, 1.0)
        chances = softmax(np.einsum("m,nmk->nk", weights, opinions))
        first, right = chances.max(axis=1), (chances.argmax(axis=1) == labels).astype(np.float64)
        slope = float((np.cov(first, right, bias=True)[0, 1] + _EVEN) / (first.var() + _EVEN))
        least = float(right.mean() - slope * first.mean())
        return cls(weights, least + _ALSO_RIGHT * (1 - least), slope * (1 - _ALSO_RIGHT))

    def told(self, ranked: Sequence[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
        """Services with their chances, best first, made as sure as the first has proved to be; the order stays."""
        if len(ranked) < 2:
            return tuple(ranked)
        first = ranked[0][1]
        sure = min(first * _AT_MOST, max(first / _AT_MOST, self.least + self.slope * first), 1.0)
        rest = (1 - sure) / max(1 - first, 1e-12)
        return ((ranked[0][0], sure), *((service, min(p * rest, sure)) for service, p in ranked[1:]))


@dataclass(frozen=True)
class Ranker:
    """Ranks. Made once; safe to share."""

    services: tuple[str, ...]
    judges: Judges
    by_words: Mix
    with_meaning: Mix | None = None

    @classmethod
    def of(
        cls,
        services: Sequence[str],
        matrix: csr_array,
        examples: Sequence[Example],
        lexicon: Lexicon,
        meant: tuple[Meaning, Told] | None = None,
    ) -> Ranker:
        """Learn from one row for each example; ``meant``: what was learnt from the examples' vectors, and these."""
        labels = np.asarray([example.service for example in examples], dtype=np.int64)
        spoken = np.asarray([example.spoken for example in examples], dtype=np.bool_)
        aside = spoken & (np.arange(len(labels)) % _ASIDE == 0)
        learning = _Learning(matrix, labels, len(services), _narrow(lexicon))
        first = learning.judges(~aside, None, _ROUNDS)
        opinions = first.all_opinions(matrix[aside])
        mix = Mix.of(opinions, labels[aside])
        judges = learning.judges(np.ones(len(labels), dtype=np.bool_), first.second, _MORE_ROUNDS)
        if meant is None:
            return cls(tuple(services), judges, mix)
        of_three = _mix_of_three(meant[0], opinions, meant[1].only(aside))
        return cls(tuple(services), judges, mix, of_three)

    def mix(self, third: Floats | None) -> Mix:
        """The mix for two opinions, or for three."""
        return self.by_words if third is None or self.with_meaning is None else self.with_meaning

    def scores(self, ids: Ids, values: Floats, third: Floats | None = None) -> Scores:
        """How well each service fits, in nats; only differences mean something. ``third``: by its meaning."""
        opinions = self.judges.opinions(ids, values)
        mix = self.mix(third)
        if third is not None and mix is self.with_meaning:
            opinions = np.concatenate([opinions, third[None]])
        return np.asarray(mix.weights @ opinions, dtype=np.float64)


@dataclass(frozen=True)
class _Learning:
    matrix: csr_array
    labels: NDArray[np.int64]
    classes: int
    narrow: NDArray[np.int32]

    def judges(self, rows: NDArray[np.bool_], start: Regression | Nearness | None, rounds: int) -> Judges:
        """``start``: the second judge from which the search for a better one begins."""
        matrix, labels = self.matrix[rows], self.labels[rows]
        bayes, columns = Bayes.of(matrix, labels, self.classes), int(self.narrow.max(initial=-1)) + 1
        if columns * self.classes > _MOST_CELLS:
            return Judges(bayes, Nearness.of(matrix, labels, self.classes))
        zero = np.zeros((columns, self.classes), dtype=np.float32)
        begin = start.weights if isinstance(start, Regression) else zero
        weights = many_class_weights(matrix[:, self.narrow >= 0], labels, begin, _PULL, rounds)
        return Judges(bayes, Regression(weights, self.narrow))


def _narrow(lexicon: Lexicon) -> NDArray[np.int32]:
    """For each column its number among those the regression looks at (no pieces of words, no pairs), or -1."""
    looked = np.zeros(len(lexicon.columns), dtype=np.bool_)
    for name, column in lexicon.columns.items():
        looked[column] = name[0] in "wka"
    return np.where(looked, np.cumsum(looked) - 1, -1).astype(np.int32)


def _mix_of_three(meaning: Meaning, opinions: Floats, aside: Told) -> Mix:
    """The mix where there is a vector."""
    there = np.flatnonzero(aside.rows.any(axis=1))
    there = there[:: 1 + len(there) // _MOST_ASIDE]
    third = meaning.sense(aside.rows[there], aside.languages[there], twins=False).services
    return Mix.of(np.concatenate([opinions[there], third[:, None]], axis=1), aside.services[there])


def _learnt_mix(opinions: Floats, labels: NDArray[np.int64]) -> NDArray[np.float64]:
    """The weights of the opinions (lines, opinions, services) under which the lines kept aside are likeliest."""
    start = np.ones(opinions.shape[1])
    if not len(labels):
        return start
    from scipy.optimize import minimize  # half of what the whole room takes to import, and a warm start needs none

    rows = np.arange(len(labels))

    def cost(mix: NDArray[np.float64]) -> float:
        chances = softmax(np.einsum("m,nmk->nk", mix, opinions))
        return float(-np.log(np.maximum(chances[rows, labels], 1e-12)).mean() + 0.001 * mix @ mix)

    found = minimize(cost, start, method="L-BFGS-B", bounds=[(0.05, 9.0)] * len(start))
    return np.asarray(found.x, dtype=np.float64)


def chances(services: Sequence[str], scores: Scores, offered: Mapping[str, bool]) -> tuple[tuple[str, float], ...]:
    """The offered services with their chances, best first; equals in the order given, which is that of their ids."""
    left = np.flatnonzero([offered[service] for service in services])
    if not left.size:
        return ()
    found = softmax(scores[left])
    order = np.argsort(-found, kind="stable")
    return tuple(zip((services[number] for number in left[order].tolist()), found[order].tolist(), strict=True))
