"""Knowledge of the size of a country: the real services of the national catalogue, and as many times more by varying.

Names and summaries only, in Finnish; nobody has written worries for them, so how often a service is rightly found
cannot be measured here, only what it costs, and whether a service's own name finds it.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.knowledge.model import Base, Level, Lines, Service, Words
from bot.measuring.lines import DataFault, Line

NAMES_ASKED = 100
_CHANGED = 0.3  # of the words of a made service so many are another service's


@dataclass(frozen=True, slots=True)
class Entry:
    """A service of the catalogue."""

    id: str
    name: str
    summary: str


def catalogue(path: Path) -> tuple[Entry, ...]:
    """The entries of a file with the columns ptv_id, name_fi, summary_fi; each id once. Raises DataFault."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        entries = [Entry(row["ptv_id"], row["name_fi"].strip(), row["summary_fi"].strip()) for row in rows]
    except (OSError, KeyError, UnicodeError) as fault:
        raise DataFault(f"{path} is no catalogue with ptv_id, name_fi and summary_fi: {fault}.") from fault
    return tuple({entry.id: entry for entry in entries if entry.name and entry.summary}.values())


def varied(entries: Sequence[Entry], times: int, seed: int = 1) -> tuple[Entry, ...]:
    """The entries, and ``times - 1`` made ones of each: three words in ten are exchanged for other services' words."""
    chance = random.Random(seed)  # noqa: S311  # made texts, no secrets
    words = sorted({word for entry in entries for word in f"{entry.name} {entry.summary}".split()})

    def other(text: str) -> str:
        return " ".join(chance.choice(words) if chance.random() < _CHANGED else word for word in text.split())

    made = [
        Entry(f"{entry.id[:30]}-{copy}", other(entry.name), other(entry.summary))
        for copy in range(1, times)
        for entry in entries
    ]
    return (*entries, *made)


def base_of(entries: Sequence[Entry], like: Base) -> Base:
    """A base of these services alone, with the questions and settings of another one.

    The Finnish text stands in for the other languages, as an import of a Finnish-only entry would have it.
    """
    services = {entry.id: _service(entry) for entry in entries}
    return replace(like, services=services, worries={}, dangers=(), guides={}, examples={}, off_topic=Lines())


def _service(entry: Entry) -> Service:
    name = Words(fi=entry.name, sv=entry.name, en=entry.name)
    summary = Words(fi=entry.summary, sv=entry.summary, en=entry.summary)
    return Service(
        id=entry.id,
        level=Level.BASIC,
        name=name,
        summary=summary,
        description=summary,
        how_to_start=summary,
        what_happens=summary,
        cost=summary,
        assured=date.min,
    )


def own_names(entries: Sequence[Entry], seed: int = 1) -> tuple[Line, ...]:
    """Some of the services' names as lines; right is any service of that very name."""
    chosen = random.Random(seed).sample(list(entries), min(NAMES_ASKED, len(entries)))  # noqa: S311  # a sample
    by_name: dict[str, list[str]] = {}
    for entry in entries:
        by_name.setdefault(entry.name.casefold(), []).append(entry.id)
    return tuple(Line(entry.id, entry.name, "fi", tuple(by_name[entry.name.casefold()])) for entry in chosen)
