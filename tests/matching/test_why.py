"""A match can be explained."""

from __future__ import annotations

from dataclasses import replace

from bot.knowledge.model import Base
from bot.matching.matcher import Matcher
from tests.matching.sense import known, vector


def test_the_word_that_decides_is_told_first(matcher: Matcher) -> None:
    """With what it is about, and a line that was taught."""
    first = matcher.why("meidän tytön hammasta särkee kovasti").reasons[0]
    assert first.service == "suun-terveydenhuolto"
    assert first.words[0].word in ("hammasta", "sarkee")
    assert (
        "teeth" in " ".join(concept for spoke in first.words for concept in spoke.concepts) or first.words[0].concepts
    )
    assert any("hamma" in example or "hampa" in example for example in first.examples)


def test_it_tells_the_same_services_as_the_match(matcher: Matcher) -> None:
    """Best first, with the same chances."""
    text = "we can't pay the rent"
    told = [(each.service, each.p) for each in matcher.why(text).reasons]
    assert told == [(each.id, each.p) for each in matcher.match(text).services[:3]]


def test_the_sign_of_danger_is_told(matcher: Matcher) -> None:
    """In the words of whoever wrote it; and the learnt score agrees."""
    why = matcher.why("mies löi minua")
    assert why.danger is not None
    assert why.danger.kinds[0] == "violence"
    assert why.alarm > matcher.why("hammasta särkee").alarm


def test_what_is_usual_is_told(matcher: Matcher) -> None:
    """The clinic is needed more often than most."""
    usual = {each.service: each.usual for each in matcher.why("meillä on kysymys", most=58).reasons}
    assert usual["neuvola"] > 0 > usual["lasta"]


def test_what_the_vector_says_is_told(few: Base) -> None:
    """Beside the words; and the chances are those of the match with it."""
    few = replace(few, danger_examples={})
    taught = Matcher(few, Matcher.trained(few, known))
    spoken = vector("hammas")
    why = taught.why("xyzzy qwx", vector=spoken)
    assert why.reasons[0].service == "suun-terveydenhuolto"
    assert why.reasons[0].meaning > 0 == taught.why("xyzzy qwx").reasons[0].meaning
    assert why.reasons[0].p == taught.match("xyzzy qwx", vector=spoken).services[0].p


def test_nothing_can_be_told_of_nothing(matcher: Matcher) -> None:
    """An empty text has no words."""
    assert not any(each.words for each in matcher.why("").reasons)
