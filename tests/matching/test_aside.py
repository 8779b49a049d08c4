"""Stories tell how often each service is needed, and how right the judges are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from bot.knowledge.model import Base, Example
from bot.matching.aside import Aside
from bot.matching.matcher import Matcher
from bot.matching.ranking import Mix
from bot.matching.taught import Taught, taught

SERVICES = ("a", "b", "c")


def told(*services: str, number: int = 0) -> list[Taught]:
    """A story, once for each service that is right for it."""
    return [Taught(service, "fi", f"tarina {number} {services}", spoken=True, story=True) for service in services]


def stories(often: int, seldom: int) -> list[Taught]:
    """Of a often, of b and c together seldom."""
    many = [one for number in range(often) for one in told("a", number=number)]
    return many + [one for number in range(seldom) for one in told("b", "c", number=number)]


def test_stories_are_aside_and_all_that_is_right_is_known() -> None:
    """A story with two services is two lines, each counted half, and right for both."""
    lines = [*stories(200, 50), Taught("a", "fi", "rivi", spoken=True)]
    aside = Aside.of(lines, SERVICES)
    assert aside.stories
    assert aside.lines.tolist() == [True] * 300 + [False]
    assert aside.right[0].tolist() == [True, False, False]
    assert aside.right[-1].tolist() == [False, True, True]
    assert aside.weights().sum() == pytest.approx(250)


def test_what_is_needed_more_often_is_thought_of_first() -> None:
    """And a line does not vote for itself."""
    aside = Aside.of(stories(300, 40), SERVICES)
    each, whole = aside.usual()
    assert whole[0] > whole[1] == pytest.approx(whole[2])
    assert float(whole.sum()) == pytest.approx(0, abs=1e-5)
    assert each[0, 0] - each[0, 1] < whole[0] - whole[1]


def test_with_few_stories_every_fifth_line_is_aside_and_nothing_is_usual() -> None:
    """As before there were any."""
    lines = [*stories(50, 0), *(Taught("b", "fi", f"rivi {number}", spoken=True) for number in range(50))]
    aside = Aside.of(lines, SERVICES)
    assert not aside.stories
    assert aside.lines.sum() == 20
    assert not aside.usual()[1].any()


def judged(often: int, seldom: int) -> Mix:
    """Learnt from judges that know little: a vague hint of the right service."""
    aside = Aside.of(stories(often, seldom), SERVICES)
    hints = aside.right * 0.5 + np.random.default_rng(3).normal(size=aside.right.shape)
    return Mix.of(hints[:, None].astype(np.float32), aside)


def test_the_mix_leans_to_what_is_usual_and_never_out_of_reach() -> None:
    """At most two nats, however rare a service is."""
    mix = judged(400, 100)
    assert mix.usual[0] > 0.5 > mix.usual[1]
    assert np.abs(judged(5000, 5).usual).max() == pytest.approx(2)


def few_stories(base: Base, many: int) -> Base:
    """The base with stories that are mostly about teeth; one of a service it does not have."""
    texts: Sequence[tuple[str, str]] = [("suun-terveydenhuolto", f"hampaasta on kysymys {n}") for n in range(many)]
    texts = [*texts, ("neuvola", "mistä neuvolan aika"), ("poissaolot", "ei mene kouluun")]
    examples = tuple(Example(text=text, lang="fi", expected=(service,)) for service, text in texts)
    return replace(base, examples={**base.measures, "stories-teeth": examples}, worries={}, danger_examples={})


def test_stories_teach_and_measure_nothing(few: Base) -> None:
    """They are lines of the base, of services that are there; the examples to measure by are the others."""
    base = few_stories(few, 3)
    assert len(base.stories) == 5
    assert "stories-teeth" not in base.measures
    assert [one.text for one in taught(base) if one.story] == [story.text for story in base.stories[:-1]]


def test_a_vague_worry_goes_where_most_stories_go(few: Base) -> None:
    """The same words, with stories and without."""
    before, after = Matcher(replace(few, worries={}, danger_examples={})), Matcher(few_stories(few, 250))
    text = "minulla on kysymys"

    def chance(matcher: Matcher) -> float:
        return next(each.p for each in matcher.match(text).services if each.id == "suun-terveydenhuolto")

    assert chance(after) > 1.5 * chance(before)


def test_a_story_of_danger_is_no_plain_worry(few: Base) -> None:
    """What it says does not teach the alarm to be still."""
    line = "hän tuli yöllä ja tuijotti minua ovelta"

    def score(danger: bool) -> float:
        told = (Example(text=line, lang="fi", expected=("eroauttaminen",), danger=danger),)
        return Matcher(replace(few, examples={"stories": told})).why(line).alarm

    assert score(True) > score(False)
