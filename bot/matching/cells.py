"""A table of numbers for each column and class in which most are nothing: only the others are kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bot.matching.lexicon import Floats, Ids
from bot.matching.packing import Lists


@dataclass(frozen=True, slots=True)
class Cells:
    """``classes``: for each column the classes it says something of; ``numbers``: what, in the same order."""

    classes: Lists
    numbers: Floats
    width: int

    @classmethod
    def of(cls, matrix: csr_array) -> Cells:
        """The cells of a matrix (columns, classes)."""
        whole = Lists(matrix.indices.astype(np.int32), matrix.indptr.astype(np.int64))
        return cls(whole, matrix.data.astype(np.float32), matrix.shape[1])

    def scores(self, ids: Ids, values: Floats) -> Floats:
        """For each class the sum of a row's values times its numbers."""
        places, sizes = self.classes.places(ids)
        said = self.numbers[places] * np.repeat(values, sizes)
        return np.bincount(self.classes.numbers[places], said, self.width).astype(np.float32)

    def all_scores(self, matrix: csr_array) -> Floats:
        """The same for many rows: (rows, classes)."""
        shape = (matrix.shape[1], self.width)
        table = csr_array((self.numbers, self.classes.numbers, self.classes.starts), shape=shape)
        return np.asarray((matrix @ table).toarray(), dtype=np.float32)


def by_class(matrix: csr_array, labels: NDArray[np.int64], classes: int) -> csr_array:
    """The rows of each class added up, turned: (columns, classes)."""
    ones = np.ones(len(labels), dtype=np.float32)
    belongs = csr_array((ones, (np.arange(len(labels)), labels)), shape=(len(labels), classes))
    return csr_array((matrix.T @ belongs).tocsr().astype(np.float32))
