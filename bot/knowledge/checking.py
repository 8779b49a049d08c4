"""Faults that show only when the whole base is seen: names that lead nowhere, unequal languages, doubtful content.

Pure: a loaded base and the places of its parts in, faults out. ``broken`` is what the product could not run with,
``doubtful`` what an admin should mend before parents meet it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.knowledge import staffed
from bot.knowledge.faults import Fault, suggest
from bot.knowledge.linting import contacts, lint
from bot.knowledge.model import LANGUAGES, NEAR_MISS, Base, Language
from bot.knowledge.reading import Document, Path
from bot.knowledge.staffed import places

# Reserved for "I don't know", which the guide adds to every question.
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Sources:
    """The documents a base was read from, by file."""

    documents: Mapping[str, Document]

    def fault(self, file: str, path: Path, wrong: str, instead: str, *, key: bool = False) -> Fault:
        """A fault at its place; a file that is not there has the place 1:1."""
        document = self.documents.get(file, Document(file, None, None))
        return document.fault(path, wrong, instead, key=key)


def broken(base: Base, sources: Sources) -> Iterator[Fault]:
    """Every fault with which the base must not be used."""
    checks: tuple[Callable[[Base, Sources], Iterator[Fault]], ...] = (
        _own_names,
        _references,
        _facets,
        _circles,
        _questions,
        _phrases,
        _staffed,
        _zone,
    )
    for each in checks:
        yield from each(base, sources)


def doubtful(base: Base, sources: Sources, today: date) -> Iterator[Fault]:
    """Every fault that can wait, but not long."""
    for file, path, wrong, instead in lint(base, today):
        yield sources.fault(file, path, wrong, instead)


# Names ------------------------------------------------------------------------------------------------------------


def _own_names(base: Base, sources: Sources) -> Iterator[Fault]:
    """A file is named after the id in it, so that everybody finds it."""
    for folder, entries in (("services", base.services), ("guides", base.guides)):
        for stem, entry in entries.items():
            if entry.id != stem:
                wrong = f'the id "{entry.id}" is not the name of its file'
                instead = f'write "id: {stem}", or rename the file to {entry.id}.yaml'
                yield sources.fault(f"{folder}/{stem}.yaml", ("id",), wrong, instead)
    for stem in base.worries:
        if stem not in base.services:
            wrong = f'there is no service "{stem}" for these worries'
            yield sources.fault(f"worries/{stem}.yaml", (), wrong, f"rename the file; {suggest(stem, base.services)}")
    dangers = [*(danger.id for danger in base.dangers), NEAR_MISS]
    for kind in base.danger_examples:
        if kind not in dangers:
            wrong, instead = f'there is no danger "{kind}"', suggest(kind, dangers)
            yield sources.fault("examples/danger.yaml", (kind,), wrong, instead, key=True)


Reference = tuple[str, Path, str, str]  # file, path, kind, id


def _references(base: Base, sources: Sources) -> Iterator[Fault]:
    known = {"area": base.areas, "unit": base.units, "service": base.services}
    for file, path, kind, name in (*_from_services(base), *_from_lists(base), *_from_contacts(base)):
        if name not in known[kind]:
            yield sources.fault(file, path, f'there is no {kind} "{name}"', suggest(name, known[kind]))


def _from_services(base: Base) -> Iterator[Reference]:
    for stem, service in base.services.items():
        file = f"services/{stem}.yaml"
        yield from _each(file, ("areas",), "area", service.areas)
        yield from _each(file, ("units",), "unit", service.units)
        for index, other in enumerate(service.not_for):
            yield file, ("not_for", index, "service"), "service", other.service
    for stem, guide in base.guides.items():
        yield from _each(f"guides/{stem}.yaml", ("areas",), "area", guide.areas)
        yield from _each(f"guides/{stem}.yaml", ("services",), "service", guide.services)


def _from_lists(base: Base) -> Iterator[Reference]:
    for index, area in enumerate(base.areas.values()):
        if area.within is not None:
            yield "areas.yaml", (index, "within"), "area", area.within
    for index, unit in enumerate(base.units.values()):
        yield from _each("units.yaml", (index, "areas"), "area", unit.areas)
        yield from _each("units.yaml", (index, "services"), "service", unit.services)
    for index, danger in enumerate(base.dangers):
        yield from _each("danger.yaml", (index, "services"), "service", danger.services)
    for index, activity in enumerate(base.activities):
        yield "activities.yaml", (index, "area"), "area", activity.area
    for stem, examples in base.examples.items():
        for index, example in enumerate(examples):
            for key in ("expected", "acceptable", "needs"):
                yield from _each(f"examples/{stem}.yaml", (index, key), "service", getattr(example, key))


def _from_contacts(base: Base) -> Iterator[Reference]:
    for file, path, contact in contacts(base):
        yield from _each(file, (*path, "areas"), "area", contact.areas)
    for name, duty in staffed.duties(base):
        yield from _each("duties.yaml", (name, "services"), "service", duty.services)


def _each(file: str, path: Path, kind: str, names: tuple[str, ...]) -> Iterator[Reference]:
    for index, name in enumerate(names):
        yield file, (*path, index), kind, name


def _facets(base: Base, sources: Sources) -> Iterator[Fault]:
    """What a service answers must be a question and its answers."""
    known = {question.id: [answer.id for answer in question.answers] for question in base.questions}
    for stem, service in base.services.items():
        file = f"services/{stem}.yaml"
        for question, answers in service.answers.items():
            if question not in known:
                wrong, instead = f'there is no question "{question}"', suggest(question, known)
                yield sources.fault(file, ("answers", question), wrong, instead, key=True)
                continue
            if not answers:
                instead = "name one, or delete the line: a question left out fits any answer"
                yield sources.fault(file, ("answers", question), f'"{question}" names no answer', instead)
            for index, answer in enumerate(answers):
                if answer not in known[question]:
                    wrong = f'the question "{question}" has no answer "{answer}"'
                    yield sources.fault(file, ("answers", question, index), wrong, suggest(answer, known[question]))


def _circles(base: Base, sources: Sources) -> Iterator[Fault]:
    for index, area in enumerate(base.areas.values()):
        chain = base.reaches(area.id)
        if chain and base.areas[chain[-1]].within in chain:
            wrong = f'"{area.id}" lies within itself ({" in ".join(chain)})'
            yield sources.fault("areas.yaml", (index, "within"), wrong, 'take away one "within" of these areas')


def _questions(base: Base, sources: Sources) -> Iterator[Fault]:
    pinned = [index for index, question in enumerate(base.questions) if question.first]
    for index in pinned[1:]:
        wrong = "a second question is to come first"
        yield sources.fault("questions.yaml", (index, "first"), wrong, 'leave "first: true" at one question only')
    for index, question in enumerate(base.questions):
        met: set[str] = set()
        for place, answer in enumerate(question.answers):
            path = (index, "answers", place, "id")
            if answer.id == UNKNOWN:
                wrong = '"unknown" is every question\'s own "I don\'t know"'
                yield sources.fault("questions.yaml", path, wrong, "delete the answer, or give it another id")
            if answer.id in met:
                wrong = f'the answer "{answer.id}" is here a second time'
                yield sources.fault("questions.yaml", path, wrong, "give it an id of its own")
            met.add(answer.id)


# Phrases ----------------------------------------------------------------------------------------------------------


def _phrases(base: Base, sources: Sources) -> Iterator[Fault]:
    """The three languages hold the same phrases with the same {places}."""
    every = list(dict.fromkeys(key for language in LANGUAGES for key in base.phrases[language]))
    for key in every:
        there: list[Language] = [language for language in LANGUAGES if key in base.phrases[language]]
        for language in LANGUAGES:
            if language not in there:
                wrong = f'the phrase "{key}" is missing'
                instead = f'add "{key}: ..." as in phrases/{there[0]}.yaml'
                yield sources.fault(f"phrases/{language}.yaml", (), wrong, instead)
        wanted = places(base.phrases[there[0]][key])
        for language in there:
            yield from _unequal(base, sources, language, key, wanted or set())


def _unequal(base: Base, sources: Sources, language: Language, key: str, wanted: set[str]) -> Iterator[Fault]:
    found = places(base.phrases[language][key])
    file = f"phrases/{language}.yaml"
    if found is None:
        yield sources.fault(file, (key,), f'a {{place}} in "{key}" is broken', "write {name} with both braces")
    elif found != wanted:
        names = " ".join(f"{{{name}}}" for name in sorted(wanted)) or "no {places}"
        yield sources.fault(file, (key,), f'"{key}" has other {{places}} than in Finnish', f"use {names}")


def _staffed(base: Base, sources: Sources) -> Iterator[Fault]:
    for file, path, wrong, instead in staffed.broken(base):
        yield sources.fault(file, path, wrong, instead)


def _zone(base: Base, sources: Sources) -> Iterator[Fault]:
    try:
        ZoneInfo(base.settings.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        wrong = f'there is no time zone "{base.settings.timezone}"'
        yield sources.fault("settings.yaml", ("timezone",), wrong, "write one such as Europe/Helsinki")
