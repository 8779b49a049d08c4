"""What makes a description worse for parents though the product could run with it. Pure; knows no file, only its name.

The rules for texts are the content rules of the national service catalogue (PTV): no contact details or years within a
text, a summary of at most 150 characters that says more than the name, every service with a channel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.knowledge import staffed
from bot.knowledge.model import LANGUAGES, STORIES, Base, Contact, Service, Words
from bot.knowledge.reading import Path

Doubt = tuple[str, Path, str, str]  # file, path, what is wrong, what to write instead

LEAST_WORRIES = {"fi": 12, "sv": 6, "en": 6}
LONGEST_SUMMARY = 150

_TEXTS = ("summary", "description", "how_to_start", "what_happens", "cost", "alert")
_IN_TEXT = (
    (re.compile(r"https?://\S+|www\.\S+|\b[\w-]+\.(?:fi|com|org|net|eu|se)\b", re.IGNORECASE), "a web address"),
    (re.compile(r"[\w.+-]+@[\w-]+\.\w+"), "an e-mail address"),
    (re.compile(r"(?<![\d-])(?:\+\d{2,3}|0)[\d \-]{5,}\d|\b116 ?\d{3}\b"), "a telephone number"),
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER = re.compile(r"^\+?[\d ()-]{3,}$")
_TO_COME = "this day is still to come"
_WORD = re.compile(r"[^\W_]+")


def lint(base: Base, today: date) -> Iterator[Doubt]:
    """Every doubt about the content of a base whose names are sound."""
    for stem, service in base.services.items():
        file = f"services/{stem}.yaml"
        yield from _texts(file, service)
        yield from _channels(file, service)
        yield from _enough_worries(base, file, stem)
        yield from _contradictions(file, service)
        if service.assured > today:
            yield file, ("assured",), _TO_COME, "write the day the text was last assured"
    yield from _twice(base)
    yield from _known_examples(base)
    yield from _danger(base)
    yield from staffed.doubtful(base, today)
    yield from _ready_replies(base)
    for file, path, contact in contacts(base):
        yield from _contact(file, path, contact, today)
    for index, activity in enumerate(base.activities):
        if activity.checked > today:
            yield "activities.yaml", (index, "checked"), _TO_COME, "write the day it was last checked"


# Texts ------------------------------------------------------------------------------------------------------------


def _texts(file: str, service: Service) -> Iterator[Doubt]:
    for key in _TEXTS:
        words: Words | None = getattr(service, key)
        for language in LANGUAGES if words is not None else ():
            text = words.within(language) if words is not None else ""
            for wrong, instead in _in_text(text, years=key in ("summary", "description")):
                yield file, (key, language), wrong, instead
    for language in LANGUAGES:
        summary, name = service.summary.within(language), service.name.within(language)
        if len(summary) > LONGEST_SUMMARY:
            wrong = f"the summary has {len(summary)} characters"
            yield file, ("summary", language), wrong, f"shorten it to {LONGEST_SUMMARY}"
        if _plain(summary) == _plain(name):
            yield file, ("summary", language), "the summary only repeats the name", "say what the family gets"


def _ready_replies(base: Base) -> Iterator[Doubt]:
    """A number within a ready reply grows old unseen, as in a description."""
    for file, path, words in staffed.texts(base):
        for language in LANGUAGES:
            for wrong, instead in _in_text(words.within(language), years=False):
                yield file, (*path, language), wrong, instead


def _in_text(text: str, *, years: bool) -> Iterator[tuple[str, str]]:
    for sign, what in _IN_TEXT:
        found = sign.search(text)
        if found is not None:
            yield f'there is {what} within the text ("{found.group().strip()}")', "move it to contacts"
    year = _YEAR.search(text) if years else None
    if year is not None:
        yield f'there is a year within the text ("{year.group()}")', "say it so that it does not grow old"


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


# Contacts ---------------------------------------------------------------------------------------------------------


def _channels(file: str, service: Service) -> Iterator[Doubt]:
    if not service.contacts:
        yield file, ("contacts",), f'"{service.id}" has no contacts', 'add one under "contacts", if only an example'


def _danger(base: Base) -> Iterator[Doubt]:
    for index, danger in enumerate(base.dangers):
        if not any(contact.kind == "phone" for contact in danger.phones):
            wrong = f'"{danger.id}" has no telephone'
            yield "danger.yaml", (index, "phones"), wrong, "add the number to call now, such as 112"
        if not danger.services:
            wrong = f'"{danger.id}" names no service'
            yield "danger.yaml", (index, "services"), wrong, "name the service that helps"
        if not danger.strong.pairs() and not danger.weak.pairs():
            yield "danger.yaml", (index,), f'"{danger.id}" has no signs', 'add lines under "strong" or "weak"'


def contacts(base: Base) -> Iterator[tuple[str, Path, Contact]]:
    """Every contact of the base, with its file and path."""
    for stem, service in base.services.items():
        for index, contact in enumerate(service.contacts):
            yield f"services/{stem}.yaml", ("contacts", index), contact
    for number, danger in enumerate(base.dangers):
        for index, contact in enumerate(danger.phones):
            yield "danger.yaml", (number, "phones", index), contact
    if base.settings.desk.phone is not None:
        yield "settings.yaml", ("desk", "phone"), base.settings.desk.phone
    yield from staffed.contacts(base)


def _contact(file: str, path: Path, contact: Contact, today: date) -> Iterator[Doubt]:
    if contact.checked > today:
        yield file, (*path, "checked"), _TO_COME, "write the day somebody last tried it"
    if contact.kind == "phone" and not _NUMBER.match(contact.value):
        yield file, (*path, "value"), f'"{contact.value}" is not a telephone number', "write only digits and spaces"
    if contact.kind == "web" and not contact.value.startswith("https://"):
        yield file, (*path, "value"), f'"{contact.value}" is not a web address', 'begin it with "https://"'


# Worries ----------------------------------------------------------------------------------------------------------


def _enough_worries(base: Base, file: str, service: str) -> Iterator[Doubt]:
    lines = base.all_worries(service)
    for language, least in LEAST_WORRIES.items():
        there = sum(1 for spoken, _ in lines if spoken == language)
        if there < least:
            wrong = f"there are {there} worries in {language}, fewer than {least}"
            yield file, ("worries", language), wrong, f"add {least - there} here or in worries/{service}.yaml"


def _lines(base: Base) -> Iterator[tuple[str, Path, str, str, str]]:
    """Every worry as file, path, service, language, line; "" is the service of what is no worry at all."""
    for stem, service in base.services.items():
        for language in LANGUAGES:
            for index, line in enumerate(service.worries.within(language)):
                yield f"services/{stem}.yaml", ("worries", language, index), stem, language, line
    for stem, many in base.worries.items():
        for language in LANGUAGES:
            for index, line in enumerate(getattr(many, language)):
                yield f"worries/{stem}.yaml", (language, index), stem, language, line
    for language in LANGUAGES:
        for index, line in enumerate(base.off_topic.within(language)):
            yield "examples/off-topic.yaml", (language, index), "", language, line


def _twice(base: Base) -> Iterator[Doubt]:
    """The same line teaches two things, or the same thing twice over."""
    met: dict[tuple[str, str], tuple[str, str]] = {}
    for file, path, service, language, line in _lines(base):
        first_service, first_file = met.setdefault((language, _plain(line)), (service, f"{file} {path}"))
        if first_file == f"{file} {path}":
            continue
        where = first_file.partition(" ")[0]
        if first_service == service:
            yield file, path, f'the line "{line}" is here twice (also in {where})', "delete one of them"
        else:
            yield file, path, f'the line "{line}" is also in {where}', "keep it where it fits best, or say more in both"


def _known_examples(base: Base) -> Iterator[Doubt]:
    """A line that is taught measures nothing."""
    taught = {(language, _plain(line)): file for file, _, _, language, line in _lines(base)}
    taught |= {(story.lang, _plain(story.text)): f"examples/{STORIES}*.yaml" for story in base.stories}
    for stem, examples in base.measures.items():
        for index, example in enumerate(examples):
            where = taught.get((example.lang, _plain(example.text)))
            if where is not None:
                wrong = f'the line "{example.text}" is also in {where}, so it measures nothing'
                yield f"examples/{stem}.yaml", (index, "text"), wrong, "delete one of them"


def _contradictions(file: str, service: Service) -> Iterator[Doubt]:
    own = {(language, _plain(line)) for language, line in service.worries.pairs()}
    for index, other in enumerate(service.not_for):
        if other.service == service.id:
            yield file, ("not_for", index, "service"), "a service cannot stand aside for itself", "name another service"
        for language in LANGUAGES:
            for place, line in enumerate(other.worries.within(language)):
                if (language, _plain(line)) in own:
                    path = ("not_for", index, "worries", language, place)
                    yield file, path, f'the line "{line}" is also among its own worries', "delete one of them"
