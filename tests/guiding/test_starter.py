"""The starter's own tree is worth tapping through: every service, few taps, short screens."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.guiding.asking import best_question
from bot.guiding.belief import UNKNOWN, learn, prior
from bot.guiding.tree import SHOWN, build, stats
from bot.knowledge.loading import load
from bot.knowledge.model import Base

STARTER = Path(__file__).parents[2] / "knowledge"


@pytest.fixture(scope="module")
def starter() -> Base:
    """The knowledge the product comes with."""
    return load(STARTER, datetime.now(UTC).date())


def test_the_tree_is_near_the_best_there_can_be(starter: Base) -> None:
    """All reachable, at most three on a screen, and at most 15 % more taps than any tree could do with."""
    figures = stats(build(starter))
    assert figures["reachable"] == figures["services"] == len(starter.services)
    assert figures["max_taps"] <= 4
    assert figures["largest_leaf"] <= SHOWN
    assert figures["expected_taps"] <= 1.15 * figures["bound"]


def test_no_question_is_too_long_to_read(starter: Base) -> None:
    """Seven answers and "I don't know" fit a phone's screen."""
    assert max(len(question.answers) for question in starter.questions) <= 7


def test_answering_truly_brings_every_service_among_the_first_three(starter: Base) -> None:
    """With soft evidence too: whatever way in she takes, four questions are enough."""
    for name, service in starter.services.items():
        for way in service.answers["about"]:
            assert name in _first_three(starter, name, way), (name, way)


def _first_three(base: Base, name: str, way: str) -> list[str]:
    belief, answered = prior(base), frozenset[str]()
    question = best_question(belief, base, answered)
    while question is not None and len(answered) < 4:
        fitting = base.services[name].answers.get(question.id, (UNKNOWN,))
        belief = learn(belief, question, way if question.id == "about" else fitting[0], base)
        answered |= {question.id}
        question = best_question(belief, base, answered)
    return sorted(belief, key=lambda service: -belief[service])[:3]
