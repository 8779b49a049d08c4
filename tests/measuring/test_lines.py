"""Labelled lines from a file, or from the examples of the knowledge."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.measuring.lines import DataFault, of_base, of_file
from tests.builders import starter


def test_lines_are_read_with_their_labels(tmp_path: Path) -> None:
    """What is left out is empty; two needs are kept."""
    file = tmp_path / "lines.jsonl"
    file.write_text(
        '{"id": "x", "text": "ei nuku", "lang": "fi", "expected": ["neuvola"], "acceptable": [], "danger": false}\n'
        '\n{"text": "two", "lang": "en", "needs": ["neuvola", "nepsy"]}\n',
        encoding="utf-8",
    )
    first, second = of_file(file, starter())
    assert (first.id, first.expected, first.is_worry) == ("x", ("neuvola",), True)
    assert (second.id, second.needs, second.language) == ("3", ("neuvola", "nepsy"), "en")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("not json\n", ":1:1: not a line"),
        ('{"lang": "fi"}\n', ":1:1: not a line"),
        ('{"text": "a", "lang": "de"}\n', ":1:1: not a line"),
        ("[1]\n", ":1:1: not a line"),
        ('{"text": "a"}\n{"text": "b", "expected": ["neuvla"]}\n', ':2:1: there is no service "neuvla"'),
        ("\n", "has no lines"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_place(tmp_path: Path, written: str, told: str) -> None:
    """One sentence, no traceback."""
    file = tmp_path / "lines.jsonl"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(DataFault, match=r"lines\.jsonl") as fault:
        of_file(file, starter())
    assert told in str(fault.value)


def test_the_starter_has_examples_of_every_service() -> None:
    """And of two needs, of danger, and of what is no worry."""
    lines = of_base(starter())
    assert {service for line in lines for service in (*line.expected, *line.needs)} == set(starter().services)
    assert any(len(line.needs) == 2 for line in lines)
    assert any(line.danger for line in lines)
    assert any(not line.is_worry for line in lines)
