"""All that a base teaches: every line it holds, and what is learnt from them for each part of the matcher.

Knows the base and the parts that learn. Knows no text that is matched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.knowledge.model import LANGUAGES, NEAR_MISS, Base, Language, Level
from bot.matching.alarm import Alarm, Heard
from bot.matching.danger import Watch
from bot.matching.language import Detector
from bot.matching.lexicon import Lexicon, Line
from bot.matching.normalising import normal, plain, written
from bot.matching.ranking import Example, Ranker
from bot.matching.trained import Trained
from bot.matching.worry import Gate


@dataclass(frozen=True, slots=True)
class _Taught:
    """One line to learn from."""

    service: str
    language: Language
    text: str
    spoken: bool


def learn(base: Base) -> Trained:
    """Learn all there is to learn; it takes seconds. The same lines teach the same, whatever their order."""
    taught = sorted(_taught(base), key=lambda line: (line.service, line.language, line.text))
    said = [plain(one.text) for one in taught]
    lines = [Line(one.language, written(text)) for one, text in zip(taught, said, strict=True)]
    others = [Line(language, normal(text)) for language, text in sorted(base.off_topic.pairs())]
    heard = [(kind, Line(language, normal(text))) for kind, language, text in _heard(base)]
    detector = Detector.of((one.language, text) for one, text in zip(taught, said, strict=True))
    lexicon = Lexicon.of([*lines, *others, *(line for _, line in heard)])
    ranker, gate = _ranked(base, taught, lines, others, lexicon)
    alarm = _alarm(base, lexicon, [pair for pair in zip(taught, lines, strict=True) if pair[0].spoken], others, heard)
    return Trained(lexicon, detector, ranker, gate, alarm, _said(taught, lines))


def _ranked(
    base: Base, taught: Sequence[_Taught], lines: Sequence[Line], others: Sequence[Line], lexicon: Lexicon
) -> tuple[Ranker, Gate]:
    matrix = lexicon.matrix(lines)
    services = sorted(base.services)
    numbers = {service: number for number, service in enumerate(services)}
    examples = [Example(numbers[one.service], one.spoken) for one in taught]
    spoken = np.asarray([one.spoken for one in taught], dtype=np.bool_)
    return Ranker.of(services, matrix, examples, lexicon), Gate.of(matrix[spoken], lexicon.matrix(others))


def _alarm(
    base: Base,
    lexicon: Lexicon,
    spoken: Sequence[tuple[_Taught, Line]],
    others: Sequence[Line],
    heard: Sequence[tuple[str | None, Line]],
) -> Alarm:
    """To the services of danger.yaml people come with danger and without; only those for emergencies teach it."""
    watch = Watch.of(base.dangers, lexicon.knows)
    mixed = {service for kind in base.dangers for service in kind.services}
    urgent = [line for one, line in spoken if base.services[one.service].level is Level.URGENT]
    calm = [line for one, line in spoken if one.service not in mixed]
    examples = [Heard(line, kind, watch.look(line.text, (line.language,)).danger is not None) for kind, line in heard]
    return Alarm.of(lexicon, examples, [*calm, *others], urgent)


def _heard(base: Base) -> list[tuple[str | None, Language, str]]:
    """Examples of danger with their kinds, and near misses with none; in an order of their own, kinds mixed."""
    return sorted(
        (
            (None if kind == NEAR_MISS else kind, language, text)
            for kind, lines in base.danger_examples.items()
            for language, text in lines.pairs()
        ),
        key=lambda one: (one[1], normal(one[2])),
    )


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
