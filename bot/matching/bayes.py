"""Complement naive Bayes (Rennie and others, 2003): how little a text looks like all that is not of a class.

Nearly all columns stand in the lines of few classes. What a column says of the others is one number for all of them,
so a class more costs what its own lines hold, not a number for every word there is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bot.matching.cells import Cells, by_class
from bot.matching.lexicon import Floats, Ids

_SMOOTHING = 0.2
_SUM = 1000.0  # of the weights of every class


@dataclass(frozen=True, slots=True)
class Bayes:
    """The weight of a column for a class is ``scales[class] * (plain[column] + shifts[class] + cell)``."""

    plain: Floats
    shifts: Floats
    scales: Floats
    cells: Cells

    @classmethod
    def of(cls, matrix: csr_array, labels: NDArray[np.int64], classes: int) -> Bayes:
        """Learn from rows and the class of each."""
        inside = by_class(matrix, labels, classes)
        whole = inside.sum(axis=1, dtype=np.float64) + _SMOOTHING
        plain = -np.log(whole)
        shifts = np.log(np.maximum(whole.sum() - inside.sum(axis=0, dtype=np.float64), _SMOOTHING))
        columns = np.repeat(np.arange(len(plain)), np.diff(inside.indptr))
        outside = np.maximum(whole[columns] - inside.data, _SMOOTHING)
        inside.data = (-np.log(outside) - plain[columns]).astype(np.float32)
        sums = plain.sum() + len(plain) * shifts + inside.sum(axis=0, dtype=np.float64)
        floats = (plain.astype(np.float32), shifts.astype(np.float32), (_SUM / sums).astype(np.float32))
        return cls(*floats, Cells.of(inside))

    def scores(self, ids: Ids, values: Floats) -> Floats:
        """One score for each class."""
        common = values @ self.plain[ids] + values.sum() * self.shifts
        return np.asarray(self.scales * (common + self.cells.scores(ids, values)), dtype=np.float32)

    def all_scores(self, matrix: csr_array) -> Floats:
        """The same for many rows: (rows, classes)."""
        common = (matrix @ self.plain)[:, None] + matrix.sum(axis=1)[:, None] * self.shifts
        return np.asarray(self.scales * (common + self.cells.all_scores(matrix)), dtype=np.float32)
