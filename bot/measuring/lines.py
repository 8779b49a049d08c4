"""Labelled lines to measure by: read from a JSONL file, or from the knowledge's own examples. Knows no method."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.knowledge.model import LANGUAGES, Base, Example, Language


class DataFault(Exception):
    """A data file cannot be read; the message is one sentence with file and line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A text with what is right for it (see :class:`bot.knowledge.model.Example`)."""

    id: str
    text: str
    language: Language
    expected: tuple[str, ...] = ()
    acceptable: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    danger: bool = False

    @property
    def is_worry(self) -> bool:
        """Whether there is something to be found for it."""
        return bool(self.expected or self.needs)


def of_base(base: Base) -> tuple[Line, ...]:
    """The examples of a base, in the order of their files."""
    return tuple(
        _of_example(f"{name}:{number}", example)
        for name, examples in sorted(base.measures.items())
        for number, example in enumerate(examples, 1)
    )


def _of_example(name: str, example: Example) -> Line:
    return Line(name, example.text, example.lang, example.expected, example.acceptable, example.needs, example.danger)


def of_file(path: Path, base: Base) -> tuple[Line, ...]:
    """The lines of a JSONL file. Raises DataFault at the first line that is not one, or names an unknown service."""
    try:
        written = path.read_text(encoding="utf-8")
    except OSError as fault:
        raise DataFault(f"{path} cannot be read: {fault.strerror}.") from fault
    numbered = ((number, line) for number, line in enumerate(written.splitlines(), 1) if line.strip())
    lines = tuple(_read(f"{path}:{number}:1", number, line, base) for number, line in numbered)
    if not lines:
        raise DataFault(f"{path} has no lines.")
    return lines


def _read(place: str, number: int, written: str, base: Base) -> Line:
    try:
        found: dict[str, Any] = json.loads(written)
        line = Line(
            str(found.get("id", number)),
            str(found["text"]),
            _language(found.get("lang", "fi")),
            tuple(found.get("expected", ())),
            tuple(found.get("acceptable", ())),
            tuple(found.get("needs", ())),
            bool(found.get("danger", False)),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise DataFault(f'{place}: not a line like {{"text": ..., "lang": "fi", "expected": [...]}}') from fault
    _known(place, (*line.expected, *line.needs), base)
    return line


def _language(written: object) -> Language:
    found: Language | None = next((each for each in LANGUAGES if each == written), None)
    if found is None:
        raise ValueError(written)
    return found


def _known(place: str, services: Iterable[str], base: Base) -> None:
    for service in services:
        if service not in base.services:
            raise DataFault(f'{place}: there is no service "{service}"')
