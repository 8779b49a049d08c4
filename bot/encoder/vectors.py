"""Vectors of known lines, one byte a number, by the key of the line's text: a value that is kept in one file.

Knows neither how a vector is made nor where the file lies.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.encoder.frames import Floats
from bot.encoder.given import key

_STEPS = 127
_PARTS = ("name", "keys", "scales", "rows")


class Damaged(Exception):
    """The file is not one of vectors. Make it again."""


@dataclass(frozen=True, slots=True)
class Vectors:
    """``name`` says which model made them. ``keys`` ascend, each once; row ``i`` is ``rows[i] * scales[i]``."""

    name: str
    keys: npt.NDArray[np.uint64]
    scales: npt.NDArray[np.float16]
    rows: npt.NDArray[np.int8]

    @classmethod
    def none(cls, name: str) -> Vectors:
        """No vectors at all."""
        return cls(name, np.zeros(0, np.uint64), np.zeros(0, np.float16), np.zeros((0, 0), np.int8))

    @classmethod
    def of(cls, name: str, lines: Sequence[str], matrix: Floats) -> Vectors:
        """From one row for each line."""
        keys, first = np.unique(keys_of(lines), return_index=True)
        picked = np.asarray(matrix, dtype=np.float32)[first]
        most = np.abs(picked).max(axis=1, initial=0.0) if len(first) else np.zeros(0, np.float32)
        scales = np.maximum(most / _STEPS, 1e-6).astype(np.float16)
        rows = np.rint(picked / scales[:, None].astype(np.float32))
        return cls(name, keys, scales, np.clip(rows, -_STEPS, _STEPS).astype(np.int8))

    def __len__(self) -> int:
        """How many lines are known."""
        return len(self.keys)

    def has(self, lines: Sequence[str]) -> npt.NDArray[np.bool_]:
        """Which lines are known."""
        return self._places(keys_of(lines))[1]

    def vectors_for(self, lines: Sequence[str]) -> tuple[Floats, npt.NDArray[np.bool_]]:
        """A row for each line, of length 1 or, where it is not known, 0; and which are missing."""
        places, found = self._places(keys_of(lines))
        matrix = np.zeros((len(lines), self.rows.shape[1]), dtype=np.float32)
        matrix[found] = self.rows[places[found]].astype(np.float32)
        lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
        return matrix / np.maximum(lengths, 1e-12).astype(np.float32), ~found

    def _places(self, keys: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
        if not len(self):
            return np.zeros(len(keys), np.intp), np.zeros(len(keys), np.bool_)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self) - 1)
        return places, self.keys[places] == keys

    def joined(self, others: Vectors) -> Vectors:
        """These and others of the same model; where both know a line, these. ValueError for another model's."""
        if others.name != self.name:
            raise ValueError(f"vectors of {others.name} are of no use to {self.name}")
        if not len(self) or not len(others):
            return self if len(self) else others
        keys, first = np.unique(np.concatenate([self.keys, others.keys]), return_index=True)
        scales = np.concatenate([self.scales, others.scales])
        return Vectors(self.name, keys, scales[first], np.concatenate([self.rows, others.rows])[first])

    def only(self, lines: Sequence[str]) -> Vectors:
        """What is known of these lines, and nothing else."""
        kept = np.isin(self.keys, keys_of(lines))
        return Vectors(self.name, self.keys[kept], self.scales[kept], self.rows[kept])

    def save(self, path: Path) -> None:
        """Write the file, whole or not at all. The same vectors give the same bytes."""
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f".{path.name}.new")
        with new.open("wb") as opened:
            np.savez(opened, name=np.asarray(self.name), keys=self.keys, scales=self.scales, rows=self.rows)
        new.replace(path)


def keys_of(lines: Sequence[str]) -> npt.NDArray[np.uint64]:
    """The key of each line."""
    return np.fromiter((key(line) for line in lines), dtype=np.uint64, count=len(lines))


def read(path: Path) -> Vectors:
    """The vectors of a file. Raises Damaged, or OSError where it cannot be opened."""
    with path.open("rb") as opened:
        try:
            with zipfile.ZipFile(opened) as parts:
                name, keys, scales, rows = (_part(parts, part) for part in _PARTS)
        except Exception as fault:  # spoilt bytes make zipfile and numpy raise nearly anything
            raise Damaged(path.name) from fault
    fits = keys.dtype == np.uint64 and scales.dtype == np.float16 and rows.dtype == np.int8 and rows.ndim == 2
    if not fits or not len(keys) == len(scales) == len(rows) or not np.all(keys[1:] > keys[:-1]):
        raise Damaged(path.name)
    return Vectors(str(name), keys, scales, rows)


def _part(parts: zipfile.ZipFile, name: str) -> npt.NDArray[Any]:
    """Zipfile checks the sum of what was read to its end."""
    with parts.open(f"{name}.npy") as part:
        read_whole = io.BytesIO(part.read())
    return np.asarray(np.lib.format.read_array(read_whole, allow_pickle=False))
