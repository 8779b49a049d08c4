"""Logistic regression with a pull towards zero, for many classes and for two; fitted by L-BFGS, the same every time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bot.matching.features import lean
from bot.matching.lexicon import Floats, Ids

_MEMORY = 6
_HALVINGS = 12


@dataclass(frozen=True, slots=True)
class Regression:
    """Learnt weights for many classes; ``narrow``: for each column of a text its row of the weights, or -1."""

    weights: Floats
    narrow: NDArray[np.int32]

    def scores(self, ids: Ids, values: Floats) -> Floats:
        """One score for each class."""
        narrow = self.narrow[ids]
        looked = narrow >= 0
        return values[looked] @ self.weights[narrow[looked]]

    def all_scores(self, matrix: csr_array) -> Floats:
        """The same for many rows: (rows, classes)."""
        return np.asarray(matrix[:, self.narrow >= 0] @ self.weights, dtype=np.float32)


def softmax(scores: NDArray[np.floating]) -> NDArray[np.floating]:
    """Chances of the classes along the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return cast("NDArray[np.floating]", powers / powers.sum(axis=-1, keepdims=True))


def many_class_weights(matrix: csr_array, labels: NDArray[np.int64], start: Floats, pull: float, rounds: int) -> Floats:
    """Weights for each column and class. ``start`` (columns, classes) is where the search begins."""
    rows, matrix = np.arange(len(labels)), lean(matrix)
    turned = matrix.T.tocsr()
    shape = start.shape

    def cost(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(shape)
        chances = softmax(matrix @ weights)
        loss = -np.log(np.maximum(chances[rows, labels], 1e-12)).sum(dtype=np.float64) + 0.5 * pull * float(flat @ flat)
        chances[rows, labels] -= 1
        return float(loss), (turned @ chances + np.float32(pull) * weights).ravel()

    return np.ascontiguousarray(_lowest(cost, start.ravel(), rounds).reshape(shape))


def two_class_weights(matrix: csr_array, truth: Floats, importance: Floats, pull: float, rounds: int) -> Floats:
    """Weights for each column, and last the constant, which nothing pulls. ``truth`` is 0 or 1."""
    matrix = lean(matrix)
    turned = matrix.T.tocsr()

    def cost(weights: Floats) -> tuple[float, Floats]:
        scores = matrix @ weights[:-1] + weights[-1]
        loss = (importance * (np.logaddexp(0, scores) - truth * scores)).sum(dtype=np.float64)
        wrong = importance * (1 / (1 + np.exp(-np.clip(scores, -50, 50))) - truth)
        pulled = np.float32(pull) * weights[:-1]
        slope = np.append(turned @ wrong + pulled, wrong.sum()).astype(np.float32)
        return float(loss) + 0.5 * float(pulled @ weights[:-1]), slope

    return _lowest(cost, np.zeros(matrix.shape[1] + 1, dtype=np.float32), rounds)


def _lowest(cost: Callable[[Floats], tuple[float, Floats]], start: Floats, rounds: int) -> Floats:
    """L-BFGS (Nocedal, 1980) in single precision. Scipy's own spends most of its time on bounds that are not there."""
    place, (height, slope) = start.astype(np.float32), cost(start.astype(np.float32))
    steps: deque[tuple[Floats, Floats, float]] = deque(maxlen=_MEMORY)
    for _ in range(rounds):
        way = _direction(slope, steps)
        fall = float(slope @ way)
        length = 1.0 if steps else 1.0 / max(float(np.abs(slope).max()), 1e-6)
        for _ in range(_HALVINGS):
            there = place + np.float32(length) * way
            low, gradient = cost(there)
            if low <= height + 1e-4 * length * fall:
                break
            length /= 2
        else:
            break
        step, turn = there - place, gradient - slope
        if float(step @ turn) > 1e-10:
            steps.append((step, turn, 1 / float(step @ turn)))
        place, height, slope = there, low, gradient
    return place


def _direction(slope: Floats, steps: deque[tuple[Floats, Floats, float]]) -> Floats:
    way, shares = -slope, []
    for step, turn, scale in reversed(steps):
        shares.append(np.float32(scale * float(step @ way)))
        way = way - shares[-1] * turn
    if steps:
        step, turn, scale = steps[-1]
        way = way * np.float32(1 / (scale * float(turn @ turn)))
    for (step, turn, scale), share in zip(steps, reversed(shares), strict=True):
        way = way + step * (share - np.float32(scale * float(turn @ way)))
    return way
