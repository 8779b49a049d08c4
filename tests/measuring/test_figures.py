"""The counting, on outcomes whose figures are known beforehand."""

from __future__ import annotations

import pytest

from bot.knowledge.model import Language
from bot.measuring.figures import Outcome, both_needs, calibration_error, figures, macro, percentile, top3_loss
from bot.measuring.lines import Line


def line(*expected: str, needs: tuple[str, ...] = (), danger: bool = False, language: Language = "fi") -> Line:
    """A line of which only the labels matter."""
    return Line("1", "text", language, expected, needs=needs, danger=danger)


def test_macro_counts_services_alike_however_many_lines_they_have() -> None:
    """Three right lines of one service and a wrong one of another make a half."""
    pairs = [(line("a"), Outcome(("a",)))] * 3 + [(line("b", "c"), Outcome(("a", "b")))]
    assert macro(pairs) == pytest.approx(0.5)
    assert figures(pairs)["top1"] == pytest.approx(0.75)
    assert figures(pairs)["top3"] == 1.0


def test_calibration_is_off_by_what_is_promised_and_not_kept() -> None:
    """Ten lines at 0.85 of which six are right, ten at 0.25 of which two: 0.25 and 0.05, half each."""
    sure = [(line("a"), Outcome(("a" if number < 6 else "b",), 0.85)) for number in range(10)]
    doubtful = [(line("a"), Outcome(("a" if number < 2 else "b",), 0.25)) for number in range(10)]
    assert calibration_error([*sure, *doubtful]) == pytest.approx((0.25 + 0.05) / 2)


def test_a_kept_promise_is_no_error() -> None:
    """At p 1.0, which falls into the last bin; without any p there is nothing to count."""
    assert calibration_error([(line("a"), Outcome(("a",), 1.0))]) == 0.0
    assert calibration_error([(line("a"), Outcome(("a",)))]) is None


def test_both_needs_must_be_among_three() -> None:
    """One of them is not enough, nor the fourth place; such lines count for nothing else."""
    two = line(needs=("a", "b"))
    found, half, late = Outcome(("b", "x", "a")), Outcome(("a", "x", "y")), Outcome(("a", "x", "y", "b"))
    assert both_needs([(two, found), (two, half), (two, late)]) == pytest.approx(1 / 3)
    assert figures([(two, found)])["top1"] is None


def test_rejection_is_told_only_by_what_can_say_no() -> None:
    """A method without a decision has none, not a bad one."""
    nothing, danger = line(), line("a", danger=True)
    judged = figures([(nothing, Outcome(("a",), None, "ask", False)), (danger, Outcome(("a",), None, "danger", True))])
    assert (judged["rejected"], judged["danger_recall"], judged["false_alarms"]) == (1.0, 1.0, 0.0)
    assert figures([(nothing, Outcome(("a",)))])["rejected"] is None


def test_languages_are_counted_apart() -> None:
    """Each with its own number of lines."""
    pairs = [(line("a"), Outcome(("a",))), (line("a", language="sv"), Outcome(("b",)))]
    told = figures(pairs)["by_language"]
    assert (told["fi"]["top1"], told["sv"]["top1"], told["sv"]["lines"]) == (1.0, 0.0, 1)


def test_the_loss_is_what_was_found_before_and_is_not_any_more() -> None:
    """In top-3."""
    clean = [(line("a"), Outcome(("a",)))] * 4
    typed = [*clean[:3], (line("a"), Outcome(("b",)))]
    assert top3_loss(clean, typed) == pytest.approx(0.25)


def test_a_percentile_is_one_of_the_values() -> None:
    """By nearest rank; of nothing it is 0."""
    assert percentile(list(range(100)), 0.99) == 99
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([], 0.5) == 0.0
