"""Whether a text is a worry at all, or small talk, an advertisement, a question about something else.

Learnt from the services' lines against the off-topic examples. Knows no single service.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, vstack

from bot.matching.lexicon import Floats, Ids
from bot.matching.logistic import two_class_weights

_PULL = 0.5
_ROUNDS = 30
_ASIDE = 5
_TURNED_AWAY = 0.03  # of the worries kept aside this many may be taken for small talk: the worse mistake of the two


@dataclass(frozen=True)
class Gate:
    """Tells worries from the rest. Made once; safe to share."""

    weights: Floats
    constant: float

    @classmethod
    def of(cls, worries: csr_array, others: csr_array) -> Gate:
        """Learn from rows of both. With too few off-topic examples everything is taken for a worry."""
        if others.shape[0] < _ASIDE or worries.shape[0] < _ASIDE:
            return cls(np.zeros(worries.shape[1], dtype=np.float32), 5.0)
        aside = np.arange(worries.shape[0]) % _ASIDE == 0
        learnt = worries[~aside]
        truth = np.concatenate([np.ones(learnt.shape[0]), np.zeros(others.shape[0])]).astype(np.float32)
        shares = np.where(truth > 0, others.shape[0] / learnt.shape[0], 1.0).astype(np.float32) * 2
        weights = two_class_weights(vstack([learnt, others]).tocsr(), truth, shares, _PULL, _ROUNDS)[:-1]
        return cls(weights, -float(np.quantile(worries[aside] @ weights, _TURNED_AWAY)))

    def chance(self, ids: Ids, values: Floats) -> float:
        """How likely the text is a worry, 0 to 1."""
        score = float(self.weights[ids] @ values) + self.constant
        return float(1 / (1 + np.exp(-np.clip(score, -50, 50))))
