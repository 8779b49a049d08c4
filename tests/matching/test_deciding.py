"""What a match leads to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.model import Deciding
from bot.matching.danger import Danger
from bot.matching.deciding import AT_MOST, Decision, decide
from bot.matching.match import Match, Ranked

SETTINGS = Deciding()


def match(*chances: float, worry: float = 1.0, danger: Danger | None = None) -> Match:
    """A match with services a, b, c... of these chances."""
    services = tuple(Ranked(chr(ord("a") + number), p) for number, p in enumerate(chances))
    return Match("fi", services, worry, danger, {})


@pytest.mark.parametrize(
    ("matched", "failed", "decision"),
    [
        (match(0.7, 0.2), 0, Decision("show", ("a",))),
        (match(0.3, 0.2, 0.1, 0.1), 0, Decision("show", ("a", "b", "c"))),
        (match(0.5, 0.04, 0.03), 0, Decision("show", ("a",))),
        (match(0.1, 0.1, 0.1), 0, Decision("ask")),
        (match(0.1, 0.1, 0.1), 1, Decision("ask")),
        (match(0.1, 0.1, 0.1), 2, Decision("person")),
        (match(0.9, worry=0.2), 0, Decision("ask")),
        (match(0.9, worry=0.2), 1, Decision("person")),
        (match(), 0, Decision("ask")),
        (match(0.7, danger=Danger(("kind",), ("sign",))), 0, Decision("danger", ("a",))),
        (match(0.1, danger=Danger(("kind",), ("sign",))), 3, Decision("danger")),
    ],
)
def test_a_match_leads_to(matched: Match, failed: int, decision: Decision) -> None:
    """Danger first; then a service or three, a question, a person."""
    assert decide(matched, SETTINGS, failed) == decision


@given(st.lists(st.floats(0, 1), max_size=8), st.floats(0, 1), st.integers(0, 9), st.booleans())
def test_there_is_no_dead_end(chances: list[float], worry: float, failed: int, unsafe: bool) -> None:
    """Whatever is matched, something is given; small talk is never shown a service unasked."""
    danger = Danger(("kind",), ("sign",)) if unsafe else None
    decision = decide(match(*sorted(chances, reverse=True), worry=worry, danger=danger), SETTINGS, failed)
    assert decision.kind != "show" or (decision.services and worry >= SETTINGS.worry and not unsafe)
    assert len(decision.services) <= AT_MOST
    assert (decision.kind == "danger") == unsafe
