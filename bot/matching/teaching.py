"""All that a base teaches: every line it holds, and what is learnt from them for each part of the matcher.

Knows the base and the parts that learn. Knows no text that is matched.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.model import LANGUAGES, NEAR_MISS, Base, Language, Level
from bot.matching.alarm import Alarm, Heard
from bot.matching.aside import Aside
from bot.matching.features import Line
from bot.matching.language import Detector
from bot.matching.lexicon import Floats, Lexicon
from bot.matching.meaning import Known, Meaning, Space, Told
from bot.matching.normalising import normal, plain, written
from bot.matching.ranking import Ranker
from bot.matching.taught import Taught
from bot.matching.taught import taught as taught_by
from bot.matching.trained import Trained
from bot.matching.worry import Gate

_MOST_ASIDE = 2_500  # lines with vectors that are compared with all others
_AT_ONCE = 400
_CALM = 2  # every second plain worry is enough for the alarm to learn from
_Said: TypeAlias = tuple[Line, str]  # a line, and as it was written


def learn(base: Base, known: Known | None = None) -> Trained:
    """Learn all there is to learn; it takes seconds. The same lines teach the same, whatever their order.

    ``known`` gives the sentence encoder's vectors of lines, where there are any.
    """
    taught = sorted(taught_by(base), key=lambda line: (line.service, line.language, line.text))
    said = [plain(one.text) for one in taught]
    lines = [Line(one.language, written(text)) for one, text in zip(taught, said, strict=True)]
    others = [Line(language, normal(text)) for language, text in sorted(base.off_topic.pairs())]
    heard = [(kind, Line(language, normal(text))) for kind, language, text in _heard(base)]
    detector = Detector.of((one.language, text) for one, text in zip(taught, said, strict=True))
    lexicon = Lexicon.taught([*lines, *others, *(line for _, line in heard)])
    known = None if known is None else _asked_once(known, base, taught)
    meant = None if known is None else _meant(base, taught, known)
    ranker, gate = _ranked(base, taught, lines, others, lexicon, meant)
    meaning = None if meant is None else meant[0]
    place = None if meaning is None or known is None else partial(_place, meaning.space, known)
    alarm = _alarm(base, lexicon, list(zip(taught, lines, strict=True)), place)
    bare = lexicon.bare()
    alarm = replace(alarm, lexicon=bare)
    return Trained(bare, detector, ranker, gate, alarm, _said(taught, lines), meaning)


def _ranked(
    base: Base,
    taught: Sequence[Taught],
    lines: Sequence[Line],
    others: Sequence[Line],
    lexicon: Lexicon,
    meant: tuple[Meaning, Told, Told] | None,
) -> tuple[Ranker, Gate]:
    matrix = lexicon.matrix(lines)
    services = sorted(base.services)
    numbers = {service: number for number, service in enumerate(services)}
    labels = np.asarray([numbers[one.service] for one in taught], dtype=np.int64)
    spoken = np.asarray([one.spoken for one in taught], dtype=np.bool_)
    aside = Aside.of(taught, services)
    if meant is not None:
        aside = replace(aside, third=_third(*meant, aside))
    worries = None if meant is None else (meant[0], meant[1].only(spoken))
    gate = Gate.of(matrix[spoken], lexicon.matrix(others), worries)
    return Ranker.of(services, matrix, labels, lexicon, aside), gate


def _meant(base: Base, taught: Sequence[Taught], known: Known) -> tuple[Meaning, Told, Told] | None:
    """What the vectors of the lines teach, these, and those of what is no worry; None where there are too few."""
    numbers = {service: number for number, service in enumerate(sorted(base.services))}
    told = _told([(one.language, one.text) for one in taught], [numbers[one.service] for one in taught], known)
    others = sorted(base.off_topic.pairs())
    besides = _told(others, [0] * len(others), known)
    meaning = Meaning.of(told, besides, len(numbers))
    return None if meaning is None else (meaning, told, besides)


def _third(meaning: Meaning, told: Told, besides: Told, aside: Aside) -> Floats:
    """What the vectors of the lines aside say, as if these were not known."""
    apart = Meaning.of(told.only(~aside.lines), besides, meaning.services) if aside.stories else meaning
    asked, found = told.only(aside.lines), np.zeros(aside.right.shape, dtype=np.float32)
    there = np.flatnonzero(asked.rows.any(axis=1))
    there = there[:: 1 + len(there) // _MOST_ASIDE]
    for some in np.array_split(there, 1 + len(there) // _AT_ONCE):
        if apart is not None and len(some):
            found[some] = apart.sense(asked.rows[some], asked.languages[some], twins=aside.stories).services
    return found


def _told(lines: Sequence[tuple[Language, str]], services: Sequence[int], known: Known) -> Told:
    rows, _ = known([text for _, text in lines])
    languages = np.asarray([LANGUAGES.index(language) for language, _ in lines], dtype=np.int8)
    return Told(rows, languages, np.asarray(services, dtype=np.int64))


def _alarm(
    base: Base,
    lexicon: Lexicon,
    taught: Sequence[tuple[Taught, Line]],
    place: Callable[[Sequence[_Said]], Floats] | None,
) -> Alarm:
    """To the services of danger.yaml people come with danger and without; only those for emergencies teach it. Of
    stories it is known which are of danger; these teach as its examples do.
    """
    mixed = {service for kind in base.dangers for service in kind.services}
    unsafe = {(story.lang, story.text) for story in base.stories if story.danger}
    spoken = [(one.service, (line, one.text)) for one, line in taught if one.spoken and not one.story]
    urgent = [said for service, said in spoken if base.services[service].level is Level.URGENT]
    others = [(Line(language, normal(text)), text) for language, text in sorted(base.off_topic.pairs())]
    stories = {one.text: line for one, line in taught if one.story and (one.language, one.text) not in unsafe}
    calm = [said for service, said in spoken if service not in mixed][::_CALM] + others
    calm += [(line, text) for text, line in sorted(stories.items())]
    heard = [(kind, (Line(language, normal(text)), text)) for kind, language, text in _heard(base)]
    placed = None if place is None else place([*(said for _, said in heard), *calm, *urgent])
    examples = [Heard(line, kind) for kind, (line, _) in heard]
    return Alarm.of(lexicon, examples, [line for line, _ in calm], [line for line, _ in urgent], placed)


def _asked_once(known: Known, base: Base, taught: Sequence[Taught]) -> Known:
    """The same, asked for all lines at once and remembered while it is learnt: most are asked for three times."""
    others = [text for lines in (base.off_topic, *base.danger_examples.values()) for _, text in lines.pairs()]
    kept = list(dict.fromkeys([*(one.text for one in taught), *others]))
    rows, missing = known(kept)
    places = {line: place for place, line in enumerate(kept)}

    def told(lines: Sequence[str]) -> tuple[Floats, NDArray[np.bool_]]:
        picked = [places[line] for line in lines]
        return rows[picked], missing[picked]

    return told


def _place(space: Space, known: Known, said: Sequence[_Said]) -> Floats:
    """The vectors of lines in the space; zeros where there is none."""
    rows, _ = known([text for _, text in said])
    languages = np.asarray([LANGUAGES.index(line.language) for line, _ in said], dtype=np.int8)
    return np.asarray(np.where(rows.any(axis=1, keepdims=True), space.placed(rows, languages), 0), dtype=np.float32)


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


def _said(taught: Sequence[Taught], lines: Sequence[Line]) -> dict[str, tuple[int, ...]]:
    """The services (by number in order of id) to which a line belongs word for word."""
    numbers = {service: number for number, service in enumerate(sorted({one.service for one in taught}))}
    said: dict[str, tuple[int, ...]] = {}
    for one, line in zip(taught, lines, strict=True):
        said[line.text] = (*said.get(line.text, ()), numbers[one.service])
    return said
