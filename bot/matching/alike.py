"""Whether a text means what lines of danger mean, near misses, emergencies or plain worries, whatever its words.

The vectors come from a sentence encoder and are handed in, placed in the space of :mod:`bot.matching.meaning`; without
them nothing here is used. How near a group is, is a kernel density as there; what that says of danger beside the words'
own score is fitted on lines that were scored without their neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bot.matching.lexicon import Floats
from bot.matching.logistic import two_class_weights

GROUPS = ("danger", "near miss", "plain", "urgent")
_NEAR = 15.0  # how much more the nearest lines count
_LEAST = 1e-9
_PULL, _ROUNDS = 0.01, 100
_FEWEST = 20  # lines of danger, and of near misses, below which there is nothing to learn from


@dataclass(frozen=True)
class Crowd:
    """Lines with their vectors in the space (zeros: none), their group by number, and the fold each belongs to."""

    rows: Floats
    groups: NDArray[np.int8]
    folds: NDArray[np.int64]

    def there(self) -> NDArray[np.bool_]:
        """Those that have a vector."""
        return np.asarray(self.rows.any(axis=1))

    def enough(self) -> bool:
        """Whether danger can be learnt from them."""
        return all(int((self.groups[self.there()] == group).sum()) >= _FEWEST for group in range(3))


@dataclass(frozen=True)
class Alike:
    """The known lines, sorted by group, and what their nearness says. Made once; safe to share.

    ``weights``: of the words' score, of each group, and the constant. ``ends``: where each group ends in ``rows``.
    """

    rows: Floats
    ends: NDArray[np.int64]
    weights: Floats

    @classmethod
    def of(cls, crowd: Crowd, scores: Floats, importance: Floats) -> tuple[Alike, Floats]:
        """``scores``: what the words say of each line, learnt without it; not finite where it only is a neighbour.

        Also what each line scores in all, or what is not finite.
        """
        there = crowd.there()
        use = there & np.isfinite(scores)
        near = _apart(crowd, use)
        features = np.column_stack([scores[use], near]).astype(np.float32)
        truth = (crowd.groups[use] == 0).astype(np.float32)
        weights = two_class_weights(csr_array(features), truth, importance[use], _PULL, _ROUNDS)
        whole = np.full(len(scores), -np.inf, dtype=np.float32)
        whole[use] = features @ weights[:-1] + weights[-1]
        order = np.flatnonzero(there)[np.argsort(crowd.groups[there], kind="stable")]
        ends = np.cumsum(np.bincount(crowd.groups[there], minlength=len(GROUPS)))
        return cls(np.ascontiguousarray(crowd.rows[order]), ends, weights), whole

    def score(self, words: float, placed: Floats) -> float:
        """What it says in all: of the words' score and of the text's own vector in the space."""
        powers = np.exp(_NEAR * (self.rows @ placed))
        parts = np.split(powers, self.ends[:-1])
        near = [np.log(max(float(part.mean()) if part.size else 0.0, _LEAST)) for part in parts]
        return float(np.dot([words, *near], self.weights[:-1]) + self.weights[-1])


def _apart(crowd: Crowd, use: NDArray[np.bool_]) -> Floats:
    """How near each used line is to each group, leaving out the lines of its own fold."""
    found = np.full((len(use), len(GROUPS)), np.log(_LEAST), dtype=np.float32)
    for fold in np.unique(crowd.folds[use]):
        mine = np.flatnonzero(use & (crowd.folds == fold))
        rest = np.flatnonzero(crowd.there() & (crowd.folds != fold))
        powers = np.exp(_NEAR * (crowd.rows[mine] @ crowd.rows[rest].T))
        found[mine] = np.log(np.maximum(_means(powers, crowd.groups[rest]), _LEAST))
    return found[use]


def _means(powers: Floats, groups: NDArray[np.int8]) -> Floats:
    shares: Sequence[Floats] = [
        powers[:, groups == group].mean(axis=1) if (groups == group).any() else np.zeros(len(powers), dtype=np.float32)
        for group in range(len(GROUPS))
    ]
    return np.column_stack(shares)
