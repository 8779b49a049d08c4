"""Normalising: what must be the same afterwards, and what must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.normalising import normal, plain, sentences

TRICKY = st.text(alphabet="aäöåAÄÖÅ .!?,;'1259kv-’éßøİǅﬁ²½…\n\t😀_·\u0301\u200d", max_size=80)


@given(st.one_of(st.text(max_size=300), TRICKY))
def test_twice_is_once(text: str) -> None:
    """Normalising what is normal changes nothing."""
    assert normal(normal(text)) == normal(text)


@given(st.text(alphabet="abcdeäöå ", min_size=1, max_size=80))
def test_case_space_and_full_stop_change_nothing(text: str) -> None:
    """A shouted, stretched or closed sentence is the same sentence."""
    assert normal(text.upper()) == normal(text)
    assert normal(f"  {text.replace(' ', chr(10) + '  ')}. ") == normal(text)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Äiti EI jaksa", "aiti ei jaksa"),
        ("mä oon väsyny", "mina olen vasynyt"),
        ("ei oo meijän vika", "ei ole meidan vika"),
        ("niiiiin väsyttää", "niin vasyttaa"),
        ("3v ei nuku", "3 v ei nuku"),
        ("5,5 kk", "5,5 kk"),
        ("rv35", "rv 35"),
        ("don't", "dont"),
        ("He doesn’t sleep", "he doesnt sleep"),
        ("itkee😭😭yöt", "itkee yot"),
        ("Nukkuu. Ei syö!", "nukkuu . ei syo"),
        ("småbarnspedagogik", "smabarnspedagogik"),
        ("", ""),
        ("...", ""),
    ],
)
def test_what_is_said_is_read_as_what_is_meant(said: str, meant: str) -> None:
    """Letters, numbers, spoken words and signs come to one form."""
    assert normal(said) == meant


def test_different_words_stay_different() -> None:
    """Folding does not make one word of two."""
    assert normal("ei nuku") != normal("ei nuku ei syö")
    assert normal("lapsi") != normal("lapset")


def test_plain_keeps_the_words_as_said() -> None:
    """The language is told from what was said, not from what it was turned into."""
    assert plain("mä oon") == "ma oon"


def test_sentences_part_at_their_ends() -> None:
    """A full stop, a question mark and an exclamation mark part sentences; a decimal comma does not."""
    assert sentences(normal("Ei nuku. 1,5 v syö huonosti? Apua")) == (
        ("ei", "nuku"),
        ("1,5", "v", "syo", "huonosti"),
        ("apua",),
    )
