"""The question that tells most is asked, with answers that lead somewhere, and none when none would help."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.guiding.asking import best_question, bits, offered_answers
from bot.guiding.belief import from_match, learn, limit, prior
from bot.knowledge.model import Base
from tests.guiding.bases import FAMILY, QUESTIONS, base, bases, question, reordered, service

ABOUT, AGE, WHO = QUESTIONS


def test_the_pinned_question_comes_first_while_nothing_is_known() -> None:
    """And no longer when her words have told something."""
    assert best_question(prior(FAMILY), FAMILY, frozenset()) is ABOUT
    told = from_match(FAMILY, {"cash": 0.5, "flat": 0.5})
    assert best_question(told, FAMILY, frozenset()) is WHO


def test_the_question_that_parts_the_likely_ones_is_asked() -> None:
    """After "mood" the clinic, the nurse and the shelter are parted best by age."""
    belief = learn(prior(FAMILY), ABOUT, "mood", FAMILY)
    assert best_question(belief, FAMILY, frozenset({"about"})) is AGE


def test_no_question_is_asked_twice() -> None:
    """When all are asked there is none."""
    assert best_question(prior(FAMILY), FAMILY, frozenset({"about", "age", "who"})) is None


def test_no_question_is_asked_that_would_not_change_much() -> None:
    """One service stands out already, or there is only one, or none."""
    sure = from_match(FAMILY, {"debt": 0.999})
    assert best_question(sure, FAMILY, frozenset({"about"})) is None
    assert best_question(limit(prior(FAMILY), ["cash"]), FAMILY, frozenset()) is None
    assert best_question({}, FAMILY, frozenset()) is None


@given(bases())
def test_the_order_of_services_does_not_change_the_question(base: Base) -> None:
    """The same base the other way round asks the same."""
    asked = best_question(prior(base), base, frozenset({"about"}))
    assert asked == best_question(prior(reordered(base)), reordered(base), frozenset({"about"}))


@given(bases())
def test_information_is_between_nothing_and_all(base: Base) -> None:
    """A question never tells more than its answers can carry."""
    for each in QUESTIONS:
        assert 0 <= bits(each, prior(base), base) <= 1.585  # log2 of three answers


def test_bits_are_those_of_shannon() -> None:
    """Two equal services that two answers part, one tap in twenty wrong: 1 - H(0.05) = 0.714 bits."""
    only = question("side", "left", "right")
    two = base((only,), service("a", {"side": ("left",)}), service("b", {"side": ("right",)}))
    assert bits(only, prior(two), two) == pytest.approx(0.714, abs=0.001)


def test_answers_that_no_likely_service_fits_are_not_offered() -> None:
    """After "money" babies and children lead nowhere; the order stays that of the file."""
    belief = limit(prior(FAMILY), ["work", "nurse", "tutor"])
    assert [answer.id for answer in offered_answers(AGE, belief, FAMILY)] == ["child", "teen"]
    assert [answer.id for answer in offered_answers(ABOUT, prior(FAMILY), FAMILY)] == ["money", "mood", "school"]


@given(bases())
def test_at_least_two_answers_are_offered(base: Base) -> None:
    """A question with one answer is none."""
    for each in QUESTIONS:
        assert len(offered_answers(each, prior(base), base)) >= 2
