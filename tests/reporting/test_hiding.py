"""Counts under five are hidden, and cannot be worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reporting.hiding import FEW, Cell, Hidden, shown

COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), max_size=6)


def counts_of(cells: Mapping[str, Cell]) -> dict[str, int | Hidden | None]:
    """The cells in short."""
    return {key: cell.hidden or cell.count for key, cell in cells.items()}


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"a": 10, "b": 20}, {"a": 10, "b": 20}),
        ({"a": 3, "b": 2, "c": 9}, {"a": Hidden.FEW, "b": Hidden.FEW, "c": 9}),
        ({"a": 3, "b": 30, "c": 9}, {"a": Hidden.FEW, "b": 30, "c": Hidden.BESIDE}),
        ({"a": 0, "b": 30}, {"a": Hidden.FEW, "b": 30}),  # nobody is nobody's secret, but no count under 5 is told
        ({"a": 4, "b": 4, "c": 9, "d": 8}, {"a": Hidden.FEW, "b": Hidden.FEW, "c": 9, "d": Hidden.BESIDE}),
        ({"a": 4, "b": 4}, {}),
        ({"a": 3}, {}),
        ({}, {}),
    ],
)
def test_what_is_few_is_hidden_with_what_gives_it_away(
    counts: dict[str, int], told: dict[str, int | Hidden | None]
) -> None:
    """And nothing more than that."""
    assert counts_of(shown(counts)) == told


def possible(cells: Mapping[str, Cell], total: int, least: int) -> Iterator[dict[str, int]]:
    """Every way in which the hidden rows could be, for somebody who knows the total."""
    hidden = [key for key, cell in cells.items() if cell.count is None]
    left = total - sum(cell.count or 0 for cell in cells.values())
    ranges = [range(least, FEW) if cells[key].hidden is Hidden.FEW else range(FEW, left + 1) for key in hidden]
    for guess in product(*ranges):
        if sum(guess) == left:
            yield dict(zip(hidden, guess, strict=True))


@given(COUNTS, st.booleans())
def test_nobody_can_work_out_a_small_count(counts: dict[str, int], listed: bool) -> None:
    """Whoever knows the total and all that is shown still has two possible numbers at least for each few."""
    counts = {key: count for key, count in counts.items() if count or not listed}
    cells = shown(counts, listed=listed)
    assert all(cell.count is None or cell.count >= FEW for cell in cells.values())
    guesses = list(possible(cells, sum(counts.values()), 1 if listed else 0))
    for key, cell in cells.items():
        if cell.hidden is Hidden.FEW and counts[key]:
            assert len({guess[key] for guess in guesses}) > 1


@given(COUNTS)
def test_what_need_not_be_hidden_is_told(counts: dict[str, int]) -> None:
    """Where no count is small all are shown as they are."""
    counts = {key: count + FEW for key, count in counts.items()}
    assert counts_of(shown(counts)) == counts
