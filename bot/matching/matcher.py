"""A worry in, a match out. Built once for a knowledge base; after that it only reads, so any thread may use it.

Knows the base and the parts of this room. Knows no clock, no file, no channel and no question being asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from bot.knowledge.model import LANGUAGES, Base, Language, Level
from bot.matching.alarm import Alarm
from bot.matching.answers import Reader
from bot.matching.danger import Danger, Watch
from bot.matching.language import Detector
from bot.matching.lexicon import Floats, Ids, Lexicon, Line
from bot.matching.match import Match, Ranked
from bot.matching.normalising import LONGEST, normal, plain, written
from bot.matching.ranking import Example, Ranker, chances
from bot.matching.worry import Gate


@dataclass(frozen=True, slots=True)
class _Taught:
    """One line to learn from."""

    service: str
    language: Language
    text: str
    spoken: bool


_FIRST = 1  # the alarm counts only when the ranking agrees
_WORD_FOR_WORD = 4.0  # nats: a line we know is known
ALARM = "alarm"  # stands for the sign when none was written down


class Matcher:
    """Matches worries with the services of one base. Building takes seconds, matching milliseconds."""

    def __init__(self, base: Base) -> None:
        self._base = base
        taught = sorted(_taught(base), key=lambda line: (line.service, line.language, line.text))
        said = [plain(one.text) for one in taught]
        lines = [Line(one.language, written(text)) for one, text in zip(taught, said, strict=True)]
        others = [Line(language, normal(text)) for language, text in sorted(base.off_topic.pairs())]
        self._detector = Detector.of((one.language, text) for one, text in zip(taught, said, strict=True))
        self._lexicon = Lexicon.of([*lines, *others])
        self._watch = Watch.of(base.dangers, self._lexicon.knows)
        self._reader = Reader.of(base.questions)
        self._said = _said(taught, lines)
        self._learn(taught, lines, self._lexicon.matrix(others))

    def _learn(self, taught: Sequence[_Taught], lines: Sequence[Line], others: csr_array) -> None:
        matrix = self._lexicon.matrix(lines)
        services = sorted(self._base.services)
        numbers = {service: number for number, service in enumerate(services)}
        examples = [Example(numbers[one.service], one.spoken) for one in taught]
        spoken = np.asarray([one.spoken for one in taught], dtype=np.bool_)
        urgent = np.asarray([self._base.services[one.service].level is Level.URGENT for one in taught], dtype=np.bool_)
        calm = np.asarray([self._calm(one, line) for one, line in zip(taught, lines, strict=True)], dtype=np.bool_)
        self._ranker = Ranker.of(services, matrix, examples, self._lexicon)
        self._gate = Gate.of(matrix[spoken], others)
        self._alarm = Alarm.of(matrix, urgent & spoken, calm & ~urgent & spoken)

    def _calm(self, one: _Taught, line: Line) -> bool:
        """Whether a line surely tells of no danger: a basic service's, with no sign in it."""
        near = self._base.services[one.service].level in (Level.URGENT, Level.SPECIAL)
        return not near and self._watch.look(line.text, (one.language,)).danger is None

    def match(self, text: str, language: Language | None = None, area: str | None = None) -> Match:
        """Match a worry; what is past 4,096 characters is not read. ``language`` is a hint, not an order."""
        read = text[:LONGEST]
        said = plain(read)
        normalised = written(said)
        spoken = self._detector.language(said, read, language)
        row = self._lexicon.row(Line(spoken, normalised))
        offered = {service: area is None or self._base.offered(service, area) for service in self._base.services}
        scores = self._ranker.scores(*row)
        scores[list(self._said.get(normalised, ()))] += _WORD_FOR_WORD
        ranked = chances(self._ranker.services, scores, offered)
        danger = self._danger(normalised, spoken, row, ranked)
        return Match(
            language=spoken,
            services=tuple(Ranked(service, p) for service, p in ranked),
            worry=1.0 if danger else self._gate.chance(*row),
            danger=danger,
            answers=self._reader.answers(normalised, spoken),
        )

    def _danger(
        self, normalised: str, language: Language, row: tuple[Ids, Floats], ranked: Sequence[tuple[str, float]]
    ) -> Danger | None:
        seen = self._watch.look(normalised, self._detector.possible(normalised, language))
        if seen.danger is not None or seen.hushed or not self._alarm.sounds(*row):
            return seen.danger
        urgent = [service for service, _ in ranked[:_FIRST] if self._base.services[service].level is Level.URGENT]
        kind = self._watch.general(urgent)
        return Danger((kind,), (ALARM,)) if kind is not None else None


def _said(taught: Sequence[_Taught], lines: Sequence[Line]) -> dict[str, tuple[int, ...]]:
    """The services (by number in order of id) to which a line belongs word for word."""
    numbers = {service: number for number, service in enumerate(sorted({one.service for one in taught}))}
    said: dict[str, tuple[int, ...]] = {}
    for one, line in zip(taught, lines, strict=True):
        said[line.text] = (*said.get(line.text, ()), numbers[one.service])
    return said


def _taught(base: Base) -> Iterable[_Taught]:
    """What parents say, what sounds like another service but belongs here, and what the service is called and does."""
    for service in base.services.values():
        for language, text in base.all_worries(service.id):
            yield _Taught(service.id, language, text, spoken=True)
        for other in service.not_for:
            if other.service in base.services:
                yield from (
                    _Taught(other.service, language, text, spoken=True) for language, text in other.worries.pairs()
                )
        for language in LANGUAGES:
            told: Sequence[str] = (
                service.name.within(language),
                service.summary.within(language),
                service.description.within(language),
            )
            for text in (*told, *service.keywords.within(language)):
                yield _Taught(service.id, language, text, spoken=False)
