"""A belief is a probability, answers move it softly, and "I don't know" leaves it alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guiding.belief import UNKNOWN, from_match, join, learn, limit, prior
from bot.knowledge.model import Base
from tests.guiding.bases import FAMILY, QUESTIONS, bases, reordered

ABOUT, AGE, WHO = QUESTIONS


@given(bases(), st.data())
def test_a_belief_always_sums_to_one(base: Base, data: st.DataObject) -> None:
    """Whatever is matched and answered, and every service keeps a chance."""
    shares = data.draw(st.dictionaries(st.sampled_from(sorted(base.services)), st.floats(0, 1)))
    belief = from_match(base, shares)
    for question in QUESTIONS:
        answer = data.draw(st.sampled_from([each.id for each in question.answers] + [UNKNOWN]))
        belief = learn(belief, question, answer, base)
        assert sum(belief.values()) == pytest.approx(1)
        assert min(belief.values()) > 0


@given(bases(), st.data())
def test_the_order_of_services_does_not_matter(base: Base, data: st.DataObject) -> None:
    """The same services written in another order are believed the same."""
    other = reordered(base)
    one, two = prior(base), prior(other)
    for question in QUESTIONS:
        answer = data.draw(st.sampled_from([each.id for each in question.answers]))
        one, two = learn(one, question, answer, base), learn(two, question, answer, other)
    assert one == two


@given(bases())
def test_unknown_changes_nothing(base: Base) -> None:
    """Neither does an answer that is no longer there."""
    before = prior(base)
    assert learn(before, ABOUT, UNKNOWN, base) == before
    assert learn(before, ABOUT, "long-gone", base) == before


def test_open_doors_come_before_emergencies() -> None:
    """With nothing known, the café is likelier than the clinic, the clinic than the shelter."""
    belief = prior(FAMILY)
    assert belief["cafe"] > belief["cash"] > belief["clinic"] > belief["shelter"]


def test_an_answer_raises_what_names_it_most_and_what_is_silent_less() -> None:
    """Named over silent over other."""
    belief = learn(prior(FAMILY), ABOUT, "school", FAMILY)
    assert belief["tutor"] > belief["cafe"] > belief["cash"]


def test_a_broad_service_is_not_held_against_itself() -> None:
    """The nurse for mood and school is as likely at "school" as the tutor for school alone."""
    belief = learn(prior(FAMILY), ABOUT, "school", FAMILY)
    assert belief["nurse"] == pytest.approx(belief["tutor"])


def test_one_wrong_answer_does_not_kill() -> None:
    """Her words spoke for the clinic; after one wrong tap it is still among the first three."""
    belief = learn(from_match(FAMILY, {"clinic": 0.9}), ABOUT, "money", FAMILY)
    assert "clinic" in sorted(belief, key=lambda service: -belief[service])[:3]


def test_a_match_leaves_its_doubt_to_the_prior() -> None:
    """0.6 for one service stays 0.6 and a share of the rest; ids from another base are left out."""
    belief = from_match(FAMILY, {"cash": 0.6, "gone": 0.3})
    assert belief["cash"] == pytest.approx(0.6 + 0.4 * prior(FAMILY)["cash"])
    assert "gone" not in belief


def test_no_match_is_the_prior() -> None:
    """An empty match says nothing."""
    assert from_match(FAMILY, {}) == prior(FAMILY)


def test_joining_with_the_prior_changes_nothing() -> None:
    """The prior is no evidence; two pieces of evidence together say more than one."""
    belief = from_match(FAMILY, {"cash": 0.6})
    assert join(belief, prior(FAMILY), FAMILY) == pytest.approx(belief)
    assert join(belief, belief, FAMILY)["cash"] > belief["cash"]


def test_limiting_keeps_the_proportions() -> None:
    """What is refused or not offered is out; what is left keeps its odds."""
    belief = limit(prior(FAMILY), ["cafe", "cash"])
    assert belief["cafe"] / belief["cash"] == pytest.approx(1.2)
    assert limit(belief, ["gone"]) == {}
