"""Parts into pieces: nothing lost, nothing too long, nothing read as markup."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Button, Part, PartKind
from handlers.telegram.keyboards import inline
from handlers.telegram.rendering import LIMIT, SIGN, international, pieces, plain, size
from tests.telegram.server.markup import parsed, units

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("<>&\"'\n 😀ä"), max_size=60)
VALUES = st.sampled_from(["", "112", "040 123 4567", "https://example.org/?a=1&b=2", "javascript:x"])
PARTS = st.builds(
    lambda kind, text, times, value: Part(kind, text * times, value),
    st.sampled_from(PartKind),
    WORDS,
    st.sampled_from([1, 2, 200]),
    VALUES,
)


@given(st.lists(PARTS, max_size=6))
def test_every_piece_is_html_that_telegram_takes(parts: list[Part]) -> None:
    """Whatever was written: it parses, and what is seen fits."""
    for piece in pieces(parts):
        text, _ = parsed(piece)
        assert text.strip()
        assert units(text) <= LIMIT


@given(st.lists(PARTS, max_size=6))
def test_no_word_is_lost_by_cutting(parts: list[Part]) -> None:
    """What is seen of all pieces together is all that was written, in order (a sign may stand before each half)."""
    parts = [replace(part, value="") for part in parts]
    seen = "".join(parsed(piece)[0] for piece in pieces(parts))
    assert letters(seen).replace(SIGN, "") == letters("".join(part.text for part in parts)).replace(SIGN, "")


@given(WORDS.map(lambda text: text * 100))
def test_plain_text_is_cut_without_loss(text: str) -> None:
    """Only blanks at the cuts may go."""
    cut = plain(text)
    assert letters("".join(cut)) == letters(text)
    assert all(size(piece) <= LIMIT for piece in cut)


def letters(text: str) -> str:
    """Without any white space."""
    return "".join(text.split())


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("040 123 4567", "+358 40 123 4567"),
        ("09-310 4811", "+358 9 310 4811"),
        ("  09 310 4811 ", "+358 9 310 4811"),
        ("+358 9 310 4811", "+358 9 310 4811"),
        ("+46 8 123 456", "+46 8 123 456"),
        ("112", "112"),
        ("116 117", "116 117"),
        ("0800 133 133", "0800 133 133"),
        ("0600 12345", "0600 12345"),
        ("040 123 4567 (ma–pe)", "040 123 4567 (ma–pe)"),
        ("", ""),
    ],
)
def test_a_finnish_number_can_be_tapped_anywhere(written: str, shown: str) -> None:
    """Short and service numbers stay as they are dialled."""
    assert international(written) == shown


def test_a_link_that_is_not_https_is_only_text() -> None:
    """Nobody is led anywhere by what only looks like an address."""
    assert pieces([Part(PartKind.LINK, "Paina", "javascript:x")]) == ("Paina: javascript:x",)


def test_numbers_and_links_stand_together() -> None:
    """A list is a list; everything else is a paragraph."""
    parts = [
        Part(PartKind.TEXT, "a"),
        Part(PartKind.PHONE, "b", "112"),
        Part(PartKind.PHONE, "c", "116 117"),
        Part(PartKind.TEXT, "d"),
    ]
    assert pieces(parts) == ("a\n\nb: 112\nc: 116 117\n\nd",)


def test_a_keyboard_keeps_its_rows_and_no_buttons_are_no_keyboard() -> None:
    """Empty rows are none."""
    found = inline([[Button("Kyllä", "y"), Button("Ei", "n")], []])
    assert found is not None
    assert re.findall(r"'callback_data': '(\w)'", str(found.to_dict())) == ["y", "n"]
    assert len(found.inline_keyboard) == 1
    assert inline([[]]) is None


@pytest.mark.parametrize("button", [Button("x", ""), Button("x", "ä" * 33), Button(" ", "y")])
def test_what_cannot_be_a_button_is_refused(button: Button) -> None:
    """Before anything is sent."""
    with pytest.raises(ValueError, match="64 bytes"):
        inline([[button]])
