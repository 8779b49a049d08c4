"""Services ranked for a worry: two ways of comparing, mixed as they proved right on lines kept aside.

Knows services by id, their lines and the ages they are for; nothing of danger, of questions or of what is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array

from bot.matching.bayes import complement_weights
from bot.matching.lexicon import Floats, Ids, Lexicon
from bot.matching.logistic import many_class_weights, softmax

_PULL = 0.1
_ROUNDS = 18
_MORE_ROUNDS = 8
_ASIDE = 5  # every fifth line is kept aside to learn the mix
_SURER = 1.2  # the mix is learnt with judges that had four fifths of the lines; those with all may be surer
_START = np.asarray([1.0, 1.0])

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A line that belongs to a service: its row, and whether a parent could have written it."""

    service: int
    spoken: bool


@dataclass(frozen=True)
class Judges:
    """The two learnt ways of comparing."""

    bayes: Floats
    logistic: Floats
    narrow: NDArray[np.int32]

    def opinions(self, ids: Ids, values: Floats) -> Floats:
        """Two scores for each service: (2, services)."""
        bayes = values @ self.bayes[ids]
        narrow = self.narrow[ids]
        logistic = values[narrow >= 0] @ self.logistic[narrow[narrow >= 0]]
        return np.stack([_even(bayes), logistic - logistic.mean()])


def _even(scores: Floats) -> Floats:
    """Scores around 0, as far apart for a short text as for a long one."""
    spread = float(scores.std())
    return np.asarray((scores - scores.mean()) / np.float32(spread or 1.0))


@dataclass(frozen=True)
class Ranker:
    """Ranks. Made once; safe to share."""

    services: tuple[str, ...]
    judges: Judges
    mix: NDArray[np.float64]

    @classmethod
    def of(cls, services: Sequence[str], matrix: csr_array, examples: Sequence[Example], lexicon: Lexicon) -> Ranker:
        """Learn from one row for each example."""
        labels = np.asarray([example.service for example in examples], dtype=np.int64)
        spoken = np.asarray([example.spoken for example in examples], dtype=np.bool_)
        aside = spoken & (np.arange(len(labels)) % _ASIDE == 0)
        learning = _Learning(matrix, labels, len(services), _narrow(lexicon))
        zero = np.zeros((int(learning.narrow.max(initial=-1)) + 1, len(services)), dtype=np.float32)
        first = learning.judges(~aside, zero, _ROUNDS)
        mix = _learnt_mix(first, matrix[aside], labels[aside])
        return cls(
            tuple(services), learning.judges(np.ones(len(labels), dtype=np.bool_), first.logistic, _MORE_ROUNDS), mix
        )

    def scores(self, ids: Ids, values: Floats) -> Scores:
        """How well each service fits, in nats; only differences mean something."""
        return np.asarray(self.mix @ self.judges.opinions(ids, values), dtype=np.float64) * _SURER


@dataclass(frozen=True)
class _Learning:
    matrix: csr_array
    labels: NDArray[np.int64]
    classes: int
    narrow: NDArray[np.int32]

    def judges(self, rows: NDArray[np.bool_], start: Floats, rounds: int) -> Judges:
        matrix, labels = self.matrix[rows], self.labels[rows]
        thin = matrix[:, self.narrow >= 0]
        return Judges(
            complement_weights(matrix, labels, self.classes),
            many_class_weights(thin, labels, start, _PULL, rounds),
            self.narrow,
        )


def _narrow(lexicon: Lexicon) -> NDArray[np.int32]:
    """For each column its number among those the regression looks at (no pieces of words, no pairs), or -1."""
    looked = np.zeros(len(lexicon.columns), dtype=np.bool_)
    for name, column in lexicon.columns.items():
        looked[column] = name[0] in "wka"
    return np.where(looked, np.cumsum(looked) - 1, -1).astype(np.int32)


def _learnt_mix(judges: Judges, matrix: csr_array, labels: NDArray[np.int64]) -> NDArray[np.float64]:
    """The weights of the two opinions under which the lines kept aside are likeliest."""
    if not len(labels):
        return _START
    bounds = zip(matrix.indptr, matrix.indptr[1:], strict=False)
    opinions = np.stack([judges.opinions(matrix.indices[a:b], matrix.data[a:b]) for a, b in bounds])
    rows = np.arange(len(labels))

    def cost(mix: NDArray[np.float64]) -> float:
        chances = softmax(np.einsum("m,nmk->nk", mix, opinions))
        return float(-np.log(np.maximum(chances[rows, labels], 1e-12)).mean() + 0.001 * mix @ mix)

    found = minimize(cost, _START, method="L-BFGS-B", bounds=[(0.05, 5.0)] * 2)
    return np.asarray(found.x, dtype=np.float64)


def chances(services: Sequence[str], scores: Scores, offered: Mapping[str, bool]) -> tuple[tuple[str, float], ...]:
    """The offered services with their chances, best first; equals by id."""
    left = [number for number, service in enumerate(services) if offered[service]]
    if not left:
        return ()
    found = zip((services[number] for number in left), softmax(scores[left]).tolist(), strict=True)
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))
