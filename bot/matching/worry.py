"""Whether a text is a worry at all, or small talk, an advertisement, a question about something else.

Learnt from the services' lines against the off-topic examples. Knows no single service.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, vstack

from bot.matching.lexicon import Floats, Ids
from bot.matching.logistic import two_class_weights
from bot.matching.meaning import Meaning, Told

_PULL = 0.1
_ROUNDS = 30
_ASIDE = 5
_TURNED_AWAY = 0.07  # of the worries kept aside this many may be taken for small talk by their words, the worse mistake
_TURNED_AWAY_BY_BOTH = 0.05  # and this many where their meaning is known
_MOST_ASIDE = 1_000  # lines with vectors that are compared with all others


@dataclass(frozen=True)
class Gate:
    """Tells worries from the rest. Made once; safe to share.

    ``with_meaning``: where a text has a vector, the weight of its meaning beside the words', and another constant.
    """

    weights: Floats
    constant: float
    with_meaning: tuple[float, float] | None = None

    @classmethod
    def of(cls, worries: csr_array, others: csr_array, meant: tuple[Meaning, Told] | None = None) -> Gate:
        """Learn from rows of both. With too few off-topic examples everything is taken for a worry. ``meant`` is what
        was learnt from vectors, and the worries with theirs.
        """
        if others.shape[0] < _ASIDE or worries.shape[0] < _ASIDE:
            return cls(np.zeros(worries.shape[1], dtype=np.float32), 5.0)
        aside = np.arange(worries.shape[0]) % _ASIDE == 0
        learnt = worries[~aside]
        truth = np.concatenate([np.ones(learnt.shape[0]), np.zeros(others.shape[0])]).astype(np.float32)
        shares = np.where(truth > 0, others.shape[0] / learnt.shape[0], 1.0).astype(np.float32) * 2
        weights = two_class_weights(vstack([learnt, others]).tocsr(), truth, shares, _PULL, _ROUNDS)[:-1]
        found = np.asarray(worries[aside] @ weights)
        constant = -float(np.quantile(found, _TURNED_AWAY))
        if meant is None or not len(meant[0].others):
            return cls(weights, constant)
        return cls(weights, constant, _joined(found, meant[0], meant[1].only(aside)))

    def chance(self, ids: Ids, values: Floats, meant: float | None = None) -> float:
        """How likely the text is a worry, 0 to 1. ``meant``: how much nearer its meaning is to worries."""
        score = float(self.weights[ids] @ values) + self.constant
        if meant is not None and self.with_meaning is not None:
            sense, constant = self.with_meaning
            score += meant * sense + constant - self.constant
        return float(1 / (1 + np.exp(-np.clip(score, -50, 50))))


def _joined(words: Floats, meaning: Meaning, aside: Told) -> tuple[float, float] | None:
    """The weight of the meaning, so that it spreads like the words' score, and the constant; None without vectors."""
    there = np.flatnonzero(aside.rows.any(axis=1))
    there = there[:: 1 + len(there) // _MOST_ASIDE]
    if not len(there):
        return None
    senses = meaning.sense(aside.rows[there], aside.languages[there], twins=False).worry
    spread = float(words.std()) or 1.0
    share = spread / (float(senses.std()) or 1.0)
    return share, -float(np.quantile(words[there] + share * senses, _TURNED_AWAY_BY_BOTH))
