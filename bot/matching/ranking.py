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

from bot.matching.aside import Aside
from bot.matching.bayes import Bayes
from bot.matching.lexicon import Floats, Ids, Lexicon
from bot.matching.logistic import Regression, many_class_weights, softmax
from bot.matching.nearness import Nearness

_PULL = 0.1
_ROUNDS = 18
_MORE_ROUNDS = 8
_RARE = 2.0  # nats at most for or against: who says the right words finds a service that is hardly ever needed
_MOST_CELLS = 4_000_000  # numbers a regression may have; past that it takes minutes and gigabytes
_ALSO_RIGHT = 0.2  # of what lines call wrong that name but one service: the services overlap
_EVEN = 0.005  # pulls the slope towards 1, where chances hardly differ
_AT_MOST = 2.0  # times a chance may grow: what is hardly known stays so
_FEWEST_TO_TELL = 200  # lines kept aside, to tell how often the first is right

Scores = NDArray[np.float64]


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
    """How opinions are joined, how often each service is needed (in nats, as it counts), and how often the first
    service is right: ``least + slope * chance``.
    """

    weights: NDArray[np.float64]
    usual: NDArray[np.float64]
    least: float
    slope: float

    @classmethod
    def of(cls, opinions: Floats, aside: Aside) -> Mix:
        """Learn from opinions (lines, opinions, services) about lines kept aside."""
        each, whole = aside.usual()
        joined = np.concatenate([opinions, each[:, None]], axis=1)
        weights = _learnt_mix(joined, aside)
        found, usual = weights[:-1], np.clip(weights[-1] * whole.astype(np.float64), -_RARE, _RARE)
        if len(joined) < _FEWEST_TO_TELL:
            return cls(found, usual, 0.0, 1.0)
        least, slope = _told(np.asarray(softmax(np.einsum("m,nmk->nk", weights, joined)), dtype=np.float64), aside)
        also = 0.0 if aside.stories else _ALSO_RIGHT
        return cls(found, usual, least + also * (1 - least), slope * (1 - also))

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
        cls, services: Sequence[str], matrix: csr_array, labels: NDArray[np.int64], lexicon: Lexicon, aside: Aside
    ) -> Ranker:
        """Learn from one row for each line; ``labels``: the number of its service."""
        learning = _Learning(matrix, labels, len(services), _narrow(lexicon))
        first = learning.judges(~aside.lines, None, _ROUNDS)
        opinions = first.all_opinions(matrix[aside.lines])
        judges = learning.judges(np.ones(len(labels), dtype=np.bool_), first.second, _MORE_ROUNDS)
        return cls(tuple(services), judges, Mix.of(opinions, aside), _mix_of_three(opinions, aside))

    def mix(self, third: Floats | None) -> Mix:
        """The mix for two opinions, or for three."""
        return self.by_words if third is None or self.with_meaning is None else self.with_meaning

    def scores(self, ids: Ids, values: Floats, third: Floats | None = None) -> Scores:
        """How well each service fits, in nats; only differences mean something. ``third``: by its meaning."""
        opinions = self.judges.opinions(ids, values)
        mix = self.mix(third)
        if third is not None and mix is self.with_meaning:
            opinions = np.concatenate([opinions, third[None]])
        return np.asarray(mix.weights @ opinions + mix.usual, dtype=np.float64)


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


def _mix_of_three(opinions: Floats, aside: Aside) -> Mix | None:
    """The mix where there is a vector; None where there are none."""
    if aside.third is None:
        return None
    there = np.asarray(aside.third.any(axis=1), dtype=np.bool_)
    return Mix.of(np.concatenate([opinions, aside.third[:, None]], axis=1)[there], aside.only(there))


def _learnt_mix(opinions: Floats, aside: Aside) -> NDArray[np.float64]:
    """The weights of the opinions (lines, opinions, services) under which what is right is likeliest."""
    start = np.ones(opinions.shape[1])
    if not len(opinions):
        return start
    from scipy.optimize import minimize  # half of what the whole room takes to import, and a warm start needs none

    counts = aside.weights() / aside.weights().sum()

    def cost(mix: NDArray[np.float64]) -> float:
        chances = softmax(np.einsum("m,nmk->nk", mix, opinions))
        right = (chances * aside.right).sum(axis=1)
        return float(-(counts * np.log(np.maximum(right, 1e-12))).sum() + 0.001 * mix @ mix)

    found = minimize(cost, start, method="L-BFGS-B", bounds=[(0.05, 9.0)] * len(start))
    return np.asarray(found.x, dtype=np.float64)


def _told(chances: NDArray[np.float64], aside: Aside) -> tuple[float, float]:
    """How often the first service is right: for the chance 0, and how that grows with it."""
    rows, counts = np.arange(len(chances)), aside.weights()
    first, right = chances.max(axis=1), aside.right[rows, chances.argmax(axis=1)].astype(np.float64)
    spread = np.cov(first, right, aweights=counts, bias=True)
    slope = float((spread[0, 1] + _EVEN) / (spread[0, 0] + _EVEN))
    return float(np.average(right, weights=counts) - slope * np.average(first, weights=counts)), slope


def chances(services: Sequence[str], scores: Scores, offered: Mapping[str, bool]) -> tuple[tuple[str, float], ...]:
    """The offered services with their chances, best first; equals in the order given, which is that of their ids."""
    left = np.flatnonzero([offered[service] for service in services])
    if not left.size:
        return ()
    found = softmax(scores[left])
    order = np.argsort(-found, kind="stable")
    return tuple(zip((services[number] for number in left[order].tolist()), found[order].tolist(), strict=True))
