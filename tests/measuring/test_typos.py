"""Typos as fingers make them, the same ones every time."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.measuring.typos import NEIGHBOURS, SHORTEST, slip, slipped

WORRY = "Meidän nelivuotias ei nuku ja oon ihan poikki, yöllä herää 5 kertaa!"


def test_every_longer_word_has_one_typo_and_no_shorter_one() -> None:
    """Also numbers and signs stay as they are."""
    before, after = WORRY.split(), slipped(WORRY).split()
    assert len(before) == len(after)
    for word, typed in zip(before, after, strict=True):
        assert (word != typed) == (len(word.strip(",!")) >= SHORTEST), (word, typed)


def test_the_same_seed_gives_the_same_typos_and_another_does_not() -> None:
    """So that two runs measure the same."""
    assert slipped(WORRY, 1) == slipped(WORRY, 1)
    assert slipped(WORRY, 1) != slipped(WORRY, 2)


@given(st.text(alphabet="abcdeåäöÄkluorv", min_size=SHORTEST, max_size=20), st.integers())
def test_a_typo_is_one_letter_at_most(word: str, seed: int) -> None:
    """Dropped, doubled, or another in its place; never none, never two."""
    typed = slip(word, random.Random(seed))
    assert typed != word
    assert abs(len(typed) - len(word)) <= 1
    if len(typed) == len(word):
        assert sum(a != b for a, b in zip(word, typed, strict=True)) == 1


@pytest.mark.parametrize(("letter", "near"), [("q", "wa"), ("ö", "pålä"), ("b", "vghn"), ("å", "pöä")])
def test_neighbours_are_those_of_a_finnish_keyboard(letter: str, near: str) -> None:
    """Beside, above and below."""
    assert set(NEIGHBOURS[letter]) == set(near)


def test_dots_are_lost_too() -> None:
    """ä -> a and ö -> o are among the typos."""
    assert {"yollä", "yöllä"[:4] + "a"} <= {slip("yöllä", random.Random(seed)) for seed in range(200)}
