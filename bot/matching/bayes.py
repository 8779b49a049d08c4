"""Complement naive Bayes (Rennie and others, 2003): how little a text looks like all that is not of a class."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bot.matching.lexicon import Floats

_SMOOTHING = 0.2


def complement_weights(matrix: csr_array, labels: NDArray[np.int64], classes: int) -> Floats:
    """A weight for each column and class; the score of a row for a class is the sum of its values times these."""
    belongs = csr_array(
        (np.ones(len(labels), dtype=np.float32), (np.arange(len(labels)), labels)), shape=(len(labels), classes)
    )
    inside = (matrix.T @ belongs).toarray().astype(np.float32)
    outside = inside.sum(axis=1, keepdims=True) - inside + np.float32(_SMOOTHING)
    weights = -np.log(outside / outside.sum(axis=0))
    weights *= np.float32(1000) / weights.sum(axis=0)
    return np.ascontiguousarray(weights, dtype=np.float32)
