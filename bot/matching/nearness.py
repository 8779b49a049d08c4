"""How near a text is to the middle of what is known of a class: for more classes than a regression can bear."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bot.matching.cells import Cells, by_class
from bot.matching.lexicon import Floats, Ids

_SHARPNESS = 10.0  # nats between a text that is the middle and one that shares nothing with it


@dataclass(frozen=True, slots=True)
class Nearness:
    """The middle of each class: the sum of its lines, brought to the same length for all."""

    middles: Cells

    @classmethod
    def of(cls, matrix: csr_array, labels: NDArray[np.int64], classes: int) -> Nearness:
        """Learn from rows and the class of each."""
        sums = by_class(matrix, labels, classes)
        lengths = np.sqrt(np.bincount(sums.indices, sums.data * sums.data, classes))
        sums.data = (sums.data * _SHARPNESS / np.maximum(lengths, 1e-6)[sums.indices]).astype(np.float32)
        return cls(Cells.of(sums))

    def scores(self, ids: Ids, values: Floats) -> Floats:
        """One score for each class."""
        return self.middles.scores(ids, values)

    def all_scores(self, matrix: csr_array) -> Floats:
        """The same for many rows: (rows, classes)."""
        return self.middles.all_scores(matrix)
