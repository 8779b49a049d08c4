"""What is not YAML is told in words that somebody who has never heard of YAML understands."""

from __future__ import annotations

import pytest

from bot.knowledge.reading import read

BROKEN: list[tuple[bytes, tuple[int, int], str, str]] = [
    (b"a: b: c\n", (1, 5), "second colon", "quotation marks"),
    (b"a:\n\tb: c\n", (2, 1), "tab", "spaces"),
    (b"a: b\nc: 'open\nd: e\n", (2, 4), "never closed", "closing quotation mark"),
    (b"a: *bold*\n", (1, 4), 'begin with "*"', "quotation marks"),
    (b"a: @home\n", (1, 4), 'begin with "@"', "quotation marks"),
    (b"a: %\n", (1, 4), 'begin with "%"', "quotation marks"),
    (b"a: b\njust words\nc: d\n", (2, 1), "no colon", "key: value"),
    (b"a: [b, c\nd: e\n", (2, 2), "brackets", "close the bracket"),
    (b"a: - b\n", (1, 4), '"-" cannot stand', "line of its own"),
    (b"a:\n  b: c\n d: e\n", (3, 2), "does not line up", "indent it as the lines above"),
    (b'a: "b" c\n', (1, 8), "closing quotation mark", "must also end with one"),
    (b"a: b\n---\nc: d\n", (2, 1), "second document", "delete the line"),
    (b"a: b\nc: \x07\n", (2, 1), "character", "delete it"),
    (b"a: b\nc: \xff\n", (2, 1), "not UTF-8", "encoding UTF-8"),
]


@pytest.mark.parametrize(("data", "place", "wrong", "instead"), BROKEN)
def test_unreadable_text_is_told_in_plain_words(data: bytes, place: tuple[int, int], wrong: str, instead: str) -> None:
    """One fault, at the place to mend, with the mend."""
    document, faults = read("x.yaml", data)
    assert document is None
    assert [(fault.line, fault.column) for fault in faults] == [place]
    assert wrong in faults[0].wrong
    assert instead in faults[0].instead


def test_keys_are_always_text() -> None:
    """YAML reads a bare no as false; a phrase may be called no."""
    document, faults = read("x.yaml", b"no: Nej\n1: ett\n")
    assert not faults
    assert document is not None
    assert document.value == {"no": "Nej", "1": "ett"}


def test_borrowed_parts_are_refused_even_when_they_go_round_in_circles() -> None:
    """A part that holds itself must end in a fault, not in an endless walk."""
    document, faults = read("x.yaml", b"a: &all\n  b: *all\n")
    assert document is not None
    assert [(fault.line, fault.instead) for fault in faults] == [(1, "write the part out in full")]


def test_an_impossible_date_is_told() -> None:
    """The thirteenth month is a fault at its place."""
    _, faults = read("x.yaml", b"a:\n  - 2026-13-01\n")
    assert [(fault.line, fault.column) for fault in faults] == [(2, 5)]


def test_a_place_that_is_not_there_is_that_of_its_holder() -> None:
    """A missing key is told at the mapping that lacks it."""
    document, _ = read("x.yaml", b"a:\n  b: c\n")
    assert document is not None
    assert document.place(("a", "x")) == (2, 3)
    assert document.place(("a", "b")) == (2, 6)
    assert document.place(("a", "b"), key=True) == (2, 3)
