"""Counting how right the matcher is."""

from __future__ import annotations

import pytest

from bot.matching.measuring import Labelled, Result, accuracy

LINES = [
    Labelled("fi", ("a",), ("b",), danger=False),
    Labelled("fi", ("a", "c"), (), danger=True),
    Labelled("sv", ("d",), (), danger=False),
    Labelled("fi", (), (), danger=False),
]
RESULTS = [
    Result("show", False, "fi", ("b", "x", "a")),
    Result("danger", True, "fi", ("c", "a")),
    Result("person", True, "fi", ("x", "y", "z", "d")),
    Result("ask", False, "fi", ("a",)),
]


@pytest.mark.parametrize(
    ("name", "right", "of"),
    [
        ("top1", 1, 3),
        ("top1_acceptable", 2, 3),
        ("top3", 2, 3),
        ("top3_fi", 2, 2),
        ("top3_sv", 0, 1),
        ("danger_recall", 1, 1),
        ("false_alarms", 1, 3),
        ("rejected", 1, 1),
        ("wrongly_rejected", 1, 3),
        ("language", 3, 4),
    ],
)
def test_shares_are_counted(name: str, right: int, of: int) -> None:
    """Each share is what was right of what there was."""
    share = accuracy(LINES, RESULTS)[name]
    assert (share["right"], share["of"]) == (right, of)


def test_nothing_to_count_is_no_share() -> None:
    """No lines give no number rather than a made-up one."""
    assert accuracy([], [])["top1"]["share"] is None


def test_lines_and_results_must_pair() -> None:
    """A result too few is a fault of whoever calls."""
    with pytest.raises(ValueError, match="zip"):
        accuracy(LINES, RESULTS[:1])
