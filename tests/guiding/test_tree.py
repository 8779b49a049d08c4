"""Every way through the tree ends, every service is on one, and its figures are honest."""

from __future__ import annotations

from itertools import product
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guiding.belief import UNKNOWN
from bot.guiding.bound import least_taps
from bot.guiding.tree import MOST_TAPS, SHOWN, Node, build, mermaid, stats, taps
from bot.knowledge.model import Base
from tests.guiding.bases import FAMILY, QUESTIONS, base, bases, reordered, service, words


@given(bases(), st.data())
def test_every_way_ends(base: Base, data: st.DataObject) -> None:
    """With any answers, "I don't know" among them, there is a leaf, and it shows something."""
    tree, path = build(base), []
    node = tree.root
    while node.question is not None:
        path.append(data.draw(st.sampled_from([answer for answer, _ in node.branches] + [UNKNOWN])))
        node = tree.at(path)
        assert len(path) <= MOST_TAPS
    assert node.services


@given(bases())
def test_unknown_loses_no_service(base: Base) -> None:
    """Answering nothing at all keeps all of them in play."""
    tree, path = build(base), list[str]()
    while tree.at(path).question is not None:
        path.append(UNKNOWN)
        assert set(tree.at(path).services) == set(base.services)


@given(bases())
def test_every_service_is_reachable(base: Base) -> None:
    """A leaf shows it, and the figures say so."""
    figures = stats(build(base))
    assert figures["reachable"] == figures["services"] == len(base.services)


@given(bases())
def test_the_order_of_services_does_not_matter(base: Base) -> None:
    """The same base the other way round grows the same tree."""
    assert build(base).root == build(reordered(base)).root


@given(bases())
def test_no_tree_beats_the_bound(base: Base) -> None:
    """The bound holds for whatever tree is grown."""
    figures = stats(build(base))
    assert figures["bound"] <= figures["expected_taps"] + 0.001


@given(bases())
def test_answers_keep_exactly_what_fits(base: Base) -> None:
    """Below an answer stand the services that name it or are silent, no others."""
    for node in build(base).root.walk():
        for answer, below in node.branches:
            fitting = {
                service
                for service in node.services
                if answer in base.services[service].answers.get(str(node.question), (answer,))
            }
            assert set(below.services) == fitting


def test_the_pinned_question_is_the_root() -> None:
    """What an admin pinned comes first."""
    assert build(FAMILY).root.question == "about"


def test_leaves_are_short_when_the_facets_can_make_them() -> None:
    """Five services and the café fit "money": a second question parts them."""
    tree = build(FAMILY)
    assert tree.at(["money"]).question is not None
    assert set(tree.at(["mood"]).services) == {"cafe", "clinic", "nurse", "shelter"}
    assert max(len(node.services) for node in tree.root.walk() if node.question is None) >= SHOWN


def test_what_nothing_parts_is_one_leaf() -> None:
    """Five services alike are shown together, and the figures own up to it."""
    alike = base(QUESTIONS, *(service(f"s{number}", {"about": ("money",)}) for number in range(5)))
    figures = stats(build(alike))
    assert build(alike).root == Node(("s0", "s1", "s2", "s3", "s4"))
    assert (figures["largest_leaf"], figures["max_taps"], figures["expected_taps"]) == (5, 0, 0)


def test_an_answer_that_is_not_offered_is_refused() -> None:
    """A path from an older base is told, not followed."""
    with pytest.raises(KeyError):
        build(FAMILY).at(["nonsense"])


def test_only_what_is_offered_in_the_area_is_in_its_tree() -> None:
    """A service of another town is out; one offered everywhere is in."""
    towns = base(QUESTIONS, service("here", {}), service("there", {}, areas=("elsewhere",)))
    assert build(towns, "town").root.services == ("here",)
    assert build(towns).root.services == ("here", "there")


def test_taps_are_the_mean_over_the_answers_that_fit() -> None:
    """One way of one answer and one of two make one and a half."""
    leaf = Node(("a",))
    node = Node(("a",), "q", (("short", leaf), ("long", Node(("a",), "r", (("on", leaf),)))))
    assert taps(node, "a") == 1.5


# The bound --------------------------------------------------------------------------------------------------------


def test_the_bound_of_equal_services_is_that_of_a_full_tree() -> None:
    """Nine leaves under two questions of three answers: two taps. What fits one screen needs none."""
    assert least_taps([1 / 9] * 9, 1, [3, 3]) == pytest.approx(2)
    assert least_taps([1 / 3] * 3, 3, [3, 3]) == 0
    assert least_taps([1 / 9] * 9, 1, [3]) == inf


def test_the_bound_is_huffmans_when_all_questions_are_alike() -> None:
    """Shannon's own example of a code: 1/2, 1/4, 1/8, 1/8 in yes and no is 1.75."""
    assert least_taps([0.5, 0.25, 0.125, 0.125], 1, [2, 2, 2]) == pytest.approx(1.75)


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=6))
def test_the_bound_is_the_least_of_all_depths_that_kraft_allows(weights: list[float]) -> None:
    """Tried out: every choice of depths under questions of 3, 2 and 2 answers."""
    room = {0: 1.0, 1: 1 / 3, 2: 1 / 6, 3: 1 / 12}
    allowed = [
        depths for depths in product(room, repeat=len(weights)) if sum(room[depth] for depth in depths) <= 1 + 1e-9
    ]
    tried = min(sum(weight * depth for weight, depth in zip(weights, depths, strict=True)) for depths in allowed)
    assert least_taps(weights, 1, [2, 3, 2]) == pytest.approx(tried)


# Drawing ----------------------------------------------------------------------------------------------------------


def test_the_drawing_shows_questions_answers_and_services() -> None:
    """One line for every node and for every answer; quotation marks cannot break it."""
    drawn = mermaid(build(FAMILY), "en")
    assert drawn.startswith("flowchart LR\n")
    assert 'n{"about"}' in drawn
    assert '-->|"money"|' in drawn
    plain = service("x", {})
    odd = base(QUESTIONS, plain.model_copy(update={"name": words('say "hi" <b>')}))
    assert "say &quot;hi&quot; &lt;b&gt;" in mermaid(build(odd), "fi")
