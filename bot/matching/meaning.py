"""What a text means beyond its words: its vector beside the vectors of all lines that are known.

The vectors come from a sentence encoder and are handed in; without them nothing here is used. A service is as near as
its lines are on the whole, the nearest counting most (a kernel density; Parzen, 1962).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeGuard

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.model import LANGUAGES, Language
from bot.matching.lexicon import Floats

Vector: TypeAlias = NDArray[np.float32]
Known: TypeAlias = Callable[[Sequence[str]], tuple[Floats, NDArray[np.bool_]]]
"""Gives a row of length 1 for each line, and which lines have none."""

_NEAR = 15.0  # how much more the nearest lines count
_WAYS = 192  # directions that are looked at: the rest tell little and cost as much
_EVEN = 3.0  # of the mean variance, added to each direction's before they are made even
_LEAST = 1e-6
_FEWEST = 20  # lines with vectors below which there is nothing to learn from
_TWIN = 0.5  # a likeness above which a line says what another one says, translated perhaps


@dataclass(frozen=True)
class Told:
    """Lines with their vectors, languages (by number) and services; a row of zeros is a line that has none."""

    rows: Floats
    languages: NDArray[np.int8]
    services: NDArray[np.int64]

    def known(self) -> Told:
        """Those that have a vector."""
        return self.only(np.asarray(self.rows.any(axis=1)))

    def only(self, kept: NDArray[np.bool_]) -> Told:
        """Some of them."""
        return Told(self.rows[kept], self.languages[kept], self.services[kept])


@dataclass(frozen=True)
class Space:
    """Vectors as they are compared: what a language has in common is taken out, and no direction outweighs the rest."""

    middles: Floats
    turned: Floats

    @classmethod
    def of(cls, told: Told) -> Space:
        """Learn from lines that all have a vector."""
        whole = told.rows.mean(axis=0)
        middles = np.stack([_middle(told.rows[told.languages == number], whole) for number in range(len(LANGUAGES))])
        rows = told.rows - middles[told.languages]
        spread = (rows.T @ rows) / np.float32(len(rows))
        lengths, ways = np.linalg.eigh(spread)
        even = 1 / np.sqrt(np.maximum(lengths, 0) + _EVEN * max(float(lengths.mean()), 1e-12))
        return cls(middles.astype(np.float32), np.ascontiguousarray((ways * even)[:, -_WAYS:], dtype=np.float32))

    def placed(self, rows: Floats, languages: NDArray[np.int8]) -> Floats:
        """The rows in this space, each of length 1."""
        turned = (rows - self.middles[languages]) @ self.turned
        return np.asarray(turned / np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-9), dtype=np.float32)

    def one(self, vector: Vector, language: Language) -> Floats:
        """A single vector in this space."""
        found = self.placed(vector[None], np.asarray([LANGUAGES.index(language)], dtype=np.int8))
        return np.asarray(found[0], dtype=np.float32)


def _middle(rows: Floats, otherwise: Floats) -> Floats:
    return np.asarray(rows.mean(axis=0) if len(rows) >= _FEWEST else otherwise, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Sense:
    """What the vectors say of texts: for each how near each service is, in nats around 0 (texts, services), and how
    much nearer worries are than what is no worry (texts,).
    """

    services: Floats
    worry: Floats


@dataclass(frozen=True)
class Meaning:
    """The known lines in their space; ``others`` are no worries. Made once; safe to share."""

    space: Space
    rows: Floats
    owners: NDArray[np.int32]
    services: int
    others: Floats

    @classmethod
    def of(cls, told: Told, others: Told, services: int) -> Meaning | None:
        """Learn from lines, some of which may have no vector; None when too few have."""
        there, besides = told.known(), others.known()
        if len(there.rows) < _FEWEST:
            return None
        space = Space.of(there)
        owners = there.services.astype(np.int32)
        placed = space.placed(there.rows, there.languages)
        return cls(space, placed, owners, services, space.placed(besides.rows, besides.languages))

    def fits(self, vector: Vector | None) -> TypeGuard[Vector]:
        """Whether it is a vector of this model."""
        return vector is not None and vector.shape == self.space.middles.shape[1:]

    def sense(self, rows: Floats, languages: NDArray[np.int8], twins: bool = True) -> Sense:
        """What they say of these texts. Without ``twins`` lines of the same meaning do not count: what is left is what
        a new text would find.
        """
        placed = self.space.placed(rows, languages)
        likeness = placed @ self.rows.T
        weights = np.exp(_NEAR * likeness)
        if not twins:
            weights[likeness > _TWIN] = 0
        many = np.bincount(self.owners, minlength=self.services)
        sums = np.stack([np.bincount(self.owners, row, self.services) for row in weights])
        found = np.log(np.maximum(sums / np.maximum(many, 1), _LEAST))
        middle = found[:, many > 0].mean(axis=1, keepdims=True)
        whole = np.log(np.maximum(weights.mean(axis=1), _LEAST))
        besides = (
            np.exp(_NEAR * (placed @ self.others.T)).mean(axis=1) if len(self.others) else np.full(len(rows), _LEAST)
        )
        services = np.where(many > 0, found - middle, 0).astype(np.float32)
        return Sense(services, (whole - np.log(np.maximum(besides, _LEAST))).astype(np.float32))

    def of_one(self, vector: Vector, language: Language) -> Sense:
        """The same of one text, with no axis for texts."""
        found = self.sense(vector[None], np.asarray([LANGUAGES.index(language)], dtype=np.int8))
        return Sense(found.services[0], found.worry[0])


def together(vectors: Sequence[Vector | None]) -> Vector | None:
    """One vector for texts that belong together; None when any of them has none."""
    there = [vector for vector in vectors if vector is not None]
    if not there or len(there) < len(vectors):
        return None
    whole = np.sum(there, axis=0)
    return np.asarray(whole / max(float(np.linalg.norm(whole)), 1e-9), dtype=np.float32)
