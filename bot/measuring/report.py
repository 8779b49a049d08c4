"""What goes wrong with the examples, and what to edit: confusions, services never found, worries that pull to the wrong
one. Pure: lines, what the matcher made of them and the base in; values out.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.model import Base, Language
from bot.matching.normalising import STOP, normal
from bot.matching.stems import stems
from bot.measuring.figures import Outcome
from bot.measuring.lines import Line

_NEAREST = 2
_COMMON = 3.0  # nats: a word rarer than this among the known lines tells something


@dataclass(frozen=True, slots=True)
class Pull:
    """A line that went to ``got`` instead of ``wanted``, and the lines of ``got`` that are likest to it."""

    line: Line
    wanted: str
    got: str
    among_three: bool
    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All that an admin may want to mend.

    ``confusions``: (wanted, got, how often), most often first. ``never_found``: services that no line of theirs found
    among three, with the number of lines. ``unasked``: services no example asks for.
    """

    lines: int
    right: int
    confusions: tuple[tuple[str, str, int], ...]
    never_found: tuple[tuple[str, int], ...]
    pulls: tuple[Pull, ...]
    missed_danger: tuple[Line, ...]
    false_alarms: tuple[Line, ...]
    shown_for_nothing: tuple[Line, ...]
    turned_away: tuple[Line, ...]
    unasked: tuple[str, ...]


def report(pairs: Sequence[tuple[Line, Outcome]], base: Base) -> Report:
    """Look at each line and what came of it."""
    likeness = Likeness.of(base)
    wrong = [(line, outcome) for line, outcome in pairs if line.expected and not outcome.finds(_fine(line), 1)]
    pulls = tuple(_pull(line, outcome, likeness) for line, outcome in wrong if outcome.services)
    single = [(line, outcome) for line, outcome in pairs if line.expected]
    nothing = [(line, outcome) for line, outcome in pairs if not line.is_worry]
    asked = {service for line, _ in pairs for service in (*line.expected, *line.needs)}
    return Report(
        lines=len(single),
        right=len(single) - len(wrong),
        confusions=_confusions(pulls),
        never_found=_never_found(single),
        pulls=pulls,
        missed_danger=tuple(line for line, outcome in pairs if line.danger and not outcome.danger),
        false_alarms=tuple(line for line, outcome in pairs if outcome.danger and not line.danger),
        shown_for_nothing=tuple(line for line, outcome in nothing if outcome.decision not in ("ask", "person")),
        turned_away=tuple(line for line, outcome in pairs if line.is_worry and outcome.decision == "person"),
        unasked=tuple(sorted(set(base.services) - asked)),
    )


def _fine(line: Line) -> tuple[str, ...]:
    return (*line.expected, *line.acceptable)


def _pull(line: Line, outcome: Outcome, likeness: Likeness) -> Pull:
    got = outcome.services[0]
    among_three = outcome.finds(line.expected, 3)
    return Pull(line, line.expected[0], got, among_three, likeness.nearest(line.text, line.language, got))


@dataclass(frozen=True)
class Likeness:
    """How alike known worries are to a text: by the telling stems they share, the rarer the more."""

    rarity: Mapping[str, float]
    known: Mapping[tuple[str, Language], Sequence[tuple[str, frozenset[str]]]]

    @classmethod
    def of(cls, base: Base) -> Likeness:
        """Learn which stems are rare among all known worries."""
        known: dict[tuple[str, Language], list[tuple[str, frozenset[str]]]] = defaultdict(list)
        for service in base.services:
            for language, worry in base.all_worries(service):
                known[service, language].append((worry, _stems(worry, language)))
        counts = Counter(stem for lines in known.values() for _, there in lines for stem in there)
        total = sum(map(len, known.values()))
        return cls({stem: math.log(total / count) for stem, count in counts.items()}, known)

    def nearest(self, text: str, language: Language, service: str) -> tuple[str, ...]:
        """The worries of a service in a language that are likest to a text, likest first; none when none is."""
        said = _stems(text, language)
        scored = [(self._shared(said & there), worry) for worry, there in self.known.get((service, language), ())]
        return tuple(worry for score, worry in sorted(scored, key=lambda each: -each[0])[:_NEAREST] if score > 0)

    def _shared(self, both: frozenset[str]) -> float:
        return sum(self.rarity[stem] for stem in both if self.rarity[stem] >= _COMMON)


def _stems(text: str, language: Language) -> frozenset[str]:
    return frozenset(stems([word for word in normal(text).split() if word != STOP], language))


def _confusions(pulls: Sequence[Pull]) -> tuple[tuple[str, str, int], ...]:
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for pull in pulls:
        counts[pull.wanted, pull.got] += 1
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return tuple((wanted, got, count) for (wanted, got), count in ordered)


def _never_found(pairs: Sequence[tuple[Line, Outcome]]) -> tuple[tuple[str, int], ...]:
    by_service: dict[str, list[bool]] = defaultdict(list)
    for line, outcome in pairs:
        by_service[line.expected[0]].append(outcome.finds((line.expected[0],), 3))
    return tuple((service, len(hits)) for service, hits in sorted(by_service.items()) if not any(hits))
