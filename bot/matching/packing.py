"""Words and lists of numbers as flat arrays and back, so that what was learnt can be kept without any code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]
Numbers = NDArray[np.int32]


def packed(words: Sequence[str]) -> NDArray[np.uint8]:
    """Words (none empty, none with a line break in it) as bytes."""
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def unpacked(data: NDArray[np.uint8]) -> list[str]:
    """What was packed. Raises UnicodeDecodeError."""
    return data.tobytes().decode().split("\n") if data.size else []


def numbered(words: Sequence[str]) -> dict[str, int]:
    """Each word with its place."""
    return dict(zip(words, range(len(words)), strict=True))


@dataclass(frozen=True, slots=True)
class Lists:
    """Many lists of numbers end to end: the ``n``th is ``numbers[starts[n]:starts[n + 1]]``."""

    numbers: Numbers
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]]) -> Lists:
        """Put lists end to end."""
        starts = np.zeros(len(lists) + 1, dtype=np.int64)
        np.cumsum([len(each) for each in lists], out=starts[1:])
        return cls(np.asarray([number for each in lists for number in each], dtype=np.int32), starts)

    def __getitem__(self, number: int) -> Numbers:
        return self.numbers[self.starts[number] : self.starts[number + 1]]

    def tuples(self) -> list[tuple[int, ...]]:
        """All the lists."""
        numbers, starts = self.numbers.tolist(), self.starts.tolist()
        return [tuple(numbers[begin:end]) for begin, end in pairwise(starts)]

    def places(self, chosen: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the numbers of the chosen lists stand, one list after another; and how many each list has."""
        begins = self.starts[chosen]
        sizes = self.starts[chosen + 1] - begins
        before = np.repeat(begins - np.cumsum(sizes) + sizes, sizes)
        return before + np.arange(len(before)), sizes

    def chosen(self, chosen: NDArray[Any]) -> Lists:
        """These lists alone, in the order given."""
        places, sizes = self.places(chosen)
        return Lists(self.numbers[places], np.concatenate([[0], np.cumsum(sizes)]))
