"""Counts that tell nothing about few people. Pure.

A count under :data:`FEW` is hidden. Where it could still be worked out from the total and the other rows, larger rows
are hidden with it; where nothing helps, the whole table is withheld.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

FEW = 5


class Hidden(StrEnum):
    """Why a count is not shown."""

    FEW = "few"  # it is under FEW
    BESIDE = "beside"  # it is larger, but would give away one that is under FEW


@dataclass(frozen=True, slots=True)
class Cell:
    """A count as it may be shown, with its share of what it is a part of (0 to 1), where that may be known."""

    count: int | None
    hidden: Hidden | None = None
    share: float | None = None


def shown(counts: Mapping[str, int], *, listed: bool = False) -> dict[str, Cell]:
    """The parts of a total that everybody knows. ``listed``: a part of nothing has no row, so each row is at least 1.

    Empty when the rows cannot be shown without giving a few people away.
    """
    hidden = {key: Hidden.FEW for key, count in counts.items() if count < FEW}
    least = 1 if listed else 0
    for key in [None, *sorted((key for key in counts if key not in hidden), key=lambda key: (counts[key], key))]:
        if key is not None:
            hidden[key] = Hidden.BESIDE
        if not _given_away(counts, hidden, least):
            return {each: _cell(count, hidden.get(each)) for each, count in counts.items()}
    return {}


def _cell(count: int, hidden: Hidden | None) -> Cell:
    return Cell(count if hidden is None else None, hidden)


def _given_away(counts: Mapping[str, int], hidden: Mapping[str, Hidden], least: int) -> bool:
    """Whether the total and what is shown leave only one possible number for somebody's few."""
    left = sum(counts[key] for key in hidden)
    few = [counts[key] for key, why in hidden.items() if why is Hidden.FEW]
    others = len(few) - 1
    beside = len(hidden) - len(few)
    most = left - others * least - beside * FEW
    fewest = left - others * (FEW - 1) if beside == 0 else least
    return any(few) and max(least, fewest) >= min(FEW - 1, most)
