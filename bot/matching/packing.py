"""Words and lists of numbers as flat arrays and back, so that what was learnt can be kept without any code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]


def packed(words: Sequence[str]) -> NDArray[np.uint8]:
    """Words (none empty, none with a line break in it) as bytes."""
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def unpacked(data: NDArray[np.uint8]) -> list[str]:
    """What was packed. Raises UnicodeDecodeError."""
    return data.tobytes().decode().split("\n") if data.size else []


def flat(lists: Sequence[NDArray[np.int32]]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Lists of numbers end to end, and where each but the last ends."""
    ends = np.cumsum([each.size for each in lists], dtype=np.int64)[:-1] if lists else np.zeros(0, dtype=np.int64)
    return np.concatenate([*lists, np.zeros(0, dtype=np.int32)]).astype(np.int32), ends


def lists_of(numbers: NDArray[np.int32], ends: NDArray[np.int64], count: int) -> list[NDArray[np.int32]]:
    """What was flat: ``count`` lists."""
    if not count:
        return []
    bounds = [0, *ends.tolist(), len(numbers)]
    return [numbers[bounds[at] : bounds[at + 1]] for at in range(count)]
