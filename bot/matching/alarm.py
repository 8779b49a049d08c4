"""Danger that no written sign tells of: a worry that reads like those of the emergency services.

Learnt from the services' lines, set so that hardly any line of another service sounds the alarm. It stands beside the
signs of :mod:`bot.matching.danger` and never takes one away.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bot.matching.lexicon import Floats, Ids
from bot.matching.logistic import two_class_weights

_PULL = 0.3
_ROUNDS = 20
_URGENT_WEIGH = 1 / 3  # all urgent lines together, beside all others
_FALSE = 0.002  # of the other lines kept aside this many may sound it
_ASIDE = 5


@dataclass(frozen=True)
class Alarm:
    """Tells whether a row sounds like an emergency. Made once; safe to share."""

    _weights: Floats
    _limit: float

    @classmethod
    def of(cls, matrix: csr_array, urgent: NDArray[np.bool_], quiet: NDArray[np.bool_]) -> Alarm:
        """``urgent`` rows are of emergency services, ``quiet`` rows no danger; the rest teach nothing."""
        aside = (urgent | quiet) & (np.arange(len(urgent)) % _ASIDE == 0)
        learnt = (urgent | quiet) & ~aside
        calm = aside & quiet
        if not (learnt & urgent).any() or not calm.any():
            return cls(np.zeros(matrix.shape[1], dtype=np.float32), float("inf"))
        truth = urgent[learnt].astype(np.float32)
        share = np.float32((1 - truth).sum() / truth.sum() * _URGENT_WEIGH)
        importance = np.where(truth > 0, share, np.float32(1)).astype(np.float32)
        weights = two_class_weights(matrix[learnt], truth, importance, _PULL, _ROUNDS)[:-1]
        return cls(weights, float(np.quantile(matrix[calm] @ weights, 1 - _FALSE)))

    def sounds(self, ids: Ids, values: Floats) -> bool:
        """Whether the text reads like an emergency."""
        return float(self._weights[ids] @ values) > self._limit
