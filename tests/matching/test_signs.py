"""Reading and finding signs of danger; slips of the finger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.matching.normalising import normal
from bot.matching.signs import Finder, Sign
from bot.matching.slips import Slips


def found(sign: str, text: str, *, exact: bool = False) -> bool:
    """Whether a Finnish sign is found in a sentence."""
    finder = Finder.of([Sign.read(sign, "fi", exact=exact)], lambda _: False)
    return bool(finder.find(normal(text).split()))


@pytest.mark.parametrize(
    ("sign", "text"),
    [
        ("mies löi", "mies löi"),
        ("mies löi", "mies sitten eilen löi"),
        ("mies|isä löi", "isä löi"),
        ("itsemurh*", "itsemurhaa"),
        ("itsemurh*", "itsemuhraa"),
        ("lyö + lasta", "lasta se lyö"),
        ("=lasta", "lasta"),
        ("vaimo itkee", "vaimoni itkee"),
        ("väkivalt* + kotona", "kotona on paljon väkivaltaa"),
    ],
)
def test_a_sign_is_found(sign: str, text: str) -> None:
    """In order with small gaps, in any order, with other endings and with a slip."""
    assert found(sign, text)


@pytest.mark.parametrize(
    ("sign", "text"),
    [
        ("mies löi", "löi mies"),
        ("mies löi", "mies lähti töihin ja illalla hän löi"),
        ("mies|isä löi", "äiti löi"),
        ("=lasta", "lapsen"),
        ("kännissä", "kanssa"),
        ("lyö + lasta", "lyö"),
        ("itsemurh*", "itse"),
    ],
)
def test_a_sign_is_not_found(sign: str, text: str) -> None:
    """In another order, too far apart, in other words."""
    assert not found(sign, text)


def test_exact_signs_forgive_no_endings() -> None:
    """What takes a sign away must be just so."""
    assert found("koulussa", "koulussa", exact=True)
    assert not found("koulussa", "kouluun", exact=True)


def test_a_known_word_is_no_slip() -> None:
    """A word that is right as it stands is not read as another."""
    finder = Finder.of([Sign.read("viiltel*", "fi")], {"viihtelee"}.__contains__)
    assert finder.find(["viihtelee"]) == []
    assert finder.find(["viitelee"]) != []


@given(st.lists(st.text(alphabet="abc", min_size=5, max_size=8), max_size=20), st.text(alphabet="abc", max_size=9))
def test_slips_are_all_words_within_one_change(words: list[str], word: str) -> None:
    """The quick search finds what the slow one finds."""
    slow = {near for near in words if len(near) >= 6 and len(word) >= 6 and OSA.distance(word, near) <= 1}
    assert set(Slips.of(words).near(word)) == slow
