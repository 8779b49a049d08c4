"""What is wrong in the knowledge, told to the person who can mend it. Knows no YAML and no model."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault. ``file`` is relative to the knowledge folder; ``line`` and ``column`` count from 1."""

    file: str
    line: int
    column: int
    wrong: str
    instead: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.wrong}; {self.instead}"


class KnowledgeFaults(Exception):
    """The knowledge cannot be used. Keep the base you have; show ``faults`` (all of them, in order of place)."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


def faults_as_json(faults: Iterable[Fault]) -> str:
    """The faults as one JSON list of objects with file, line, column, wrong and instead."""
    return json.dumps([asdict(fault) for fault in faults], ensure_ascii=False)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant, or None."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def suggest(word: str, known: Iterable[str]) -> str:
    """``did you mean "x"?`` or the list of what there is (at most twelve), as the mend of a wrong word."""
    words = sorted(known)
    meant = nearest(word, words)
    if meant is not None:
        return f'did you mean "{meant}"?'
    rest = ", ..." if len(words) > 12 else ""
    return f"write one of: {', '.join(words[:12])}{rest}" if words else "there is none yet; leave it out"
