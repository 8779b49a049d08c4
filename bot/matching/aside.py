"""Lines kept aside while the first judges learn, to see how right each of them is and how often each service is.

Stories, where there are enough: they come as often as in life, and all services that are right for one are named. Else
every fifth line. Knows no judge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.matching.lexicon import Floats
from bot.matching.taught import Taught

_FEWEST = 200  # stories below which they tell too little
_EVERY = 5
_EVEN = 5.0  # stories more that each service is thought to have


@dataclass(frozen=True)
class Aside:
    """``lines``: which of all lines are aside. For each of these, in order: ``right``, the services that are (lines,
    services), and ``third``, what its vector says of each service (all 0: nothing), where there are vectors.
    """

    lines: NDArray[np.bool_]
    right: NDArray[np.bool_]
    stories: bool
    third: Floats | None = None

    @classmethod
    def of(cls, taught: Sequence[Taught], services: Sequence[str]) -> Aside:
        """Choose them."""
        numbers = {service: number for number, service in enumerate(services)}
        told: dict[tuple[str, str], set[int]] = {}
        for one in taught:
            if one.story:
                told.setdefault((one.language, one.text), set()).add(numbers[one.service])
        stories = len(told) >= _FEWEST
        lines = np.asarray([_chosen(number, one, stories) for number, one in enumerate(taught)], dtype=np.bool_)
        right = np.zeros((int(lines.sum()), len(services)), dtype=np.bool_)
        for row, number in enumerate(np.flatnonzero(lines).tolist()):
            one = taught[number]
            right[row, sorted(told[one.language, one.text]) if stories else [numbers[one.service]]] = True
        return cls(lines, right, stories)

    def only(self, kept: NDArray[np.bool_]) -> Aside:
        """Some of the lines aside."""
        lines = self.lines.copy()
        lines[np.flatnonzero(lines)[~kept]] = False
        return Aside(lines, self.right[kept], self.stories, None if self.third is None else self.third[kept])

    def weights(self) -> NDArray[np.float64]:
        """How much each counts: a story is as many lines as there are services that are right for it."""
        return np.asarray(1 / self.right.sum(axis=1), dtype=np.float64)

    def usual(self) -> tuple[Floats, Floats]:
        """How often each service is needed, in nats around 0: for each line as the others tell, and as all tell."""
        if not self.stories:
            return np.zeros(self.right.shape, np.float32), np.zeros(self.right.shape[1], np.float32)
        shares = self.right * self.weights()[:, None]
        counts = self.weights() @ shares
        return _nats(counts - shares), _nats(counts)


def _chosen(number: int, one: Taught, stories: bool) -> bool:
    return one.story if stories else one.spoken and number % _EVERY == 0


def _nats(counts: NDArray[np.float64]) -> Floats:
    found = np.log(np.maximum(counts, 0) + _EVEN)
    return np.asarray(found - found.mean(axis=-1, keepdims=True), dtype=np.float32)
