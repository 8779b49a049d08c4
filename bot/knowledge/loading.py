"""A knowledge folder into a Base, whole or not at all; the only place that opens its files.

``load`` is for whoever runs on the knowledge, ``check`` for whoever writes it: what ``check`` alone tells (too few
worries, a telephone number in a text) is no reason to keep the front door shut.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import holidays
from pydantic import BaseModel

from bot.knowledge.checking import Sources, broken, doubtful
from bot.knowledge.faults import Fault, KnowledgeFaults, suggest
from bot.knowledge.model import (
    LANGUAGES,
    Activity,
    Area,
    Base,
    DangerKind,
    Duties,
    Example,
    Guide,
    Language,
    Lines,
    Question,
    ReplyGroup,
    Service,
    SettingsFile,
    Unit,
    Worries,
)
from bot.knowledge.reading import Document, read
from bot.knowledge.shaping import shape

M = TypeVar("M", bound=BaseModel)

_OFF_TOPIC = "examples/off-topic.yaml"
_DANGER = "examples/danger.yaml"

_FILES = ("settings", "areas", "questions", "danger", "units", "activities", "replies", "duties")
_FOLDERS = ("services", "worries", "guides", "phrases", "examples")


def load(folder: Path, today: date) -> Base:
    """The base in ``folder``, with the holidays around ``today``. Raises KnowledgeFaults with all that is broken."""
    base, sources = _base(folder, today)
    _refuse(broken(base, sources))
    return base


def check(folder: Path, today: date) -> tuple[Fault, ...]:
    """All faults of the knowledge in ``folder``, in order of place; also those with which it could be run."""
    try:
        base, sources = _base(folder, today)
        _refuse((*broken(base, sources), *doubtful(base, sources, today)))
    except KnowledgeFaults as found:
        return found.faults
    return ()


def _refuse(faults: Iterable[Fault]) -> None:
    found = tuple(faults)
    if found:
        raise KnowledgeFaults(found)


def _base(folder: Path, today: date) -> tuple[Base, Sources]:
    shelf = _Shelf.of(folder)
    settings = shelf.one("settings.yaml", SettingsFile)
    parts = {
        "areas": shelf.by_id("areas.yaml", Area, lambda area: area.id),
        "questions": tuple(shelf.by_id("questions.yaml", Question, lambda question: question.id).values()),
        "dangers": tuple(shelf.by_id("danger.yaml", DangerKind, lambda danger: danger.id).values()),
        "units": shelf.by_id("units.yaml", Unit, lambda unit: unit.id, needed=False),
        "activities": tuple(shelf.many("activities.yaml", Activity, needed=False)),
        "services": shelf.folder("services", Service, needed=True),
        "worries": shelf.folder("worries", Worries),
        "guides": shelf.folder("guides", Guide),
        "phrases": {language: shelf.phrases(language) for language in LANGUAGES},
        "off_topic": shelf.one(_OFF_TOPIC, Lines, needed=False) or Lines(),
        "danger_examples": shelf.by_key(_DANGER, Lines),
        "examples": shelf.examples(),
        "replies": tuple(shelf.by_id("replies.yaml", ReplyGroup, lambda group: group.id, needed=False).values()),
        "duties": shelf.one("duties.yaml", Duties, needed=False),
    }
    days = {} if settings is None else shelf.holidays(settings.country, today)
    if settings is None or shelf.faults:
        raise KnowledgeFaults(shelf.faults)
    base = Base(settings=settings, **parts, holidays=days, digest=shelf.digest())  # type: ignore[arg-type]
    return base, Sources(shelf.documents)


@dataclass
class _Shelf:
    """The files of a folder by relative name, what was read of them, and every fault met so far."""

    files: dict[str, bytes]
    documents: dict[str, Document]
    faults: list[Fault]

    @classmethod
    def of(cls, folder: Path) -> _Shelf:
        shelf = cls({}, {}, [])
        for path in sorted(folder.rglob("*.y*ml")) if folder.is_dir() else ():
            name = path.relative_to(folder).as_posix()
            if any(part.startswith(".") for part in path.relative_to(folder).parts) or not path.is_file():
                continue
            if _readable(name):
                shelf.files[name] = path.read_bytes()
            else:
                shelf.faults.append(_stray(name))
        return shelf

    def digest(self) -> str:
        whole = hashlib.sha256()
        for name, data in sorted(self.files.items()):
            whole.update(f"{name}\0{len(data)}\0".encode())
            whole.update(data)
        return whole.hexdigest()

    def document(self, file: str, *, needed: bool) -> Document | None:
        """The document, when there is one with something in it."""
        if file not in self.files:
            if needed:
                self.faults.append(Fault(file, 1, 1, "the file is missing", "add it; the starter has one to copy"))
            return None
        document, faults = read(file, self.files[file])
        self.faults += faults
        if document is None or (document.value is None and not needed):
            return None
        if document.value is None:
            self.faults.append(document.fault((), "the file is empty", "write its content; the starter shows how"))
            return None
        self.documents[file] = document
        return document

    def one(self, file: str, model: type[M], *, needed: bool = True) -> M | None:
        document = self.document(file, needed=needed)
        return None if document is None else self._shaped(document, model, document.value)

    def many(self, file: str, model: type[M], *, needed: bool = True) -> list[M]:
        document = self.document(file, needed=needed)
        if document is None:
            return []
        if not isinstance(document.value, list):
            self.faults.append(document.fault((), "a list belongs here", 'begin each entry with "- "'))
            return []
        shaped = (self._shaped(document, model, item, index) for index, item in enumerate(document.value))
        return [item for item in shaped if item is not None]

    def by_id(self, file: str, model: type[M], name: Callable[[M], str], *, needed: bool = True) -> dict[str, M]:
        """The entries by id, in the order of the file; an id may stand once."""
        found: dict[str, M] = {}
        for index, item in enumerate(self.many(file, model, needed=needed)):
            if name(item) in found:
                wrong = f'the id "{name(item)}" is here a second time'
                self.faults.append(self.documents[file].fault((index, "id"), wrong, "give it an id of its own"))
            found.setdefault(name(item), item)
        return found

    def folder(self, name: str, model: type[M], *, needed: bool = False) -> dict[str, M]:
        """The files of a folder by their names without the ending."""
        files = [file for file in sorted(self.files) if file.startswith(f"{name}/")]
        if needed and not files:
            self.faults.append(Fault(f"{name}/", 1, 1, "there is no file in this folder", "add one; see the starter"))
        shaped = {file: self.one(file, model) for file in files}
        return {Path(file).stem: item for file, item in shaped.items() if item is not None}

    def by_key(self, file: str, model: type[M]) -> dict[str, M]:
        """The entries of a file of keys; none where there is no such file."""
        document = self.document(file, needed=False)
        if document is None:
            return {}
        if not isinstance(document.value, dict):
            self.faults.append(document.fault((), "keys belong here", 'write lines like "id:"'))
            return {}
        shaped = {str(key): self._shaped(document, model, value, key) for key, value in document.value.items()}
        return {key: item for key, item in shaped.items() if item is not None}

    def examples(self) -> dict[str, tuple[Example, ...]]:
        """The labelled lines of each file of examples; what is off topic is not one of them."""
        others = (_OFF_TOPIC, _DANGER)
        files = [file for file in sorted(self.files) if file.startswith("examples/") and file not in others]
        return {Path(file).stem: tuple(self.many(file, Example, needed=False)) for file in files}

    def phrases(self, language: Language) -> dict[str, str]:
        document = self.document(f"phrases/{language}.yaml", needed=True)
        if document is None:
            return {}
        if not isinstance(document.value, dict):
            self.faults.append(document.fault((), "keys and texts belong here", 'write lines like "key: text"'))
            return {}
        for key, text in document.value.items():
            if not isinstance(text, str) or not text.strip():
                mend = f'put the text in quotation marks: {key}: "..."'
                self.faults.append(document.fault((key,), f'the phrase "{key}" is not text', mend))
        return {key: str(text) for key, text in document.value.items()}

    def holidays(self, country: str, today: date) -> dict[date, str]:
        """The public holidays of last year, this year and the next, by date."""
        years = range(today.year - 1, today.year + 2)
        try:
            return dict(sorted(holidays.country_holidays(country, years=years).items()))
        except NotImplementedError:
            mend = "write the two letters of a country, such as FI"
            fault = self.documents["settings.yaml"].fault(("country",), f'"{country}" is not a known country', mend)
            self.faults.append(fault)
            return {}

    def _shaped(self, document: Document, model: type[M], value: object, *path: str | int) -> M | None:
        item, faults = shape(document, model, value, path)
        self.faults += faults
        return item


def _readable(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    if not name.endswith(".yaml"):
        return False
    if folder == "phrases":
        return file[:-5] in LANGUAGES
    return folder in _FOLDERS or (not folder and file[:-5] in _FILES)


def _stray(name: str) -> Fault:
    if name.endswith(".yml"):
        return Fault(name, 1, 1, "this file is not read", 'let its name end in ".yaml"')
    known = [f"{file}.yaml" for file in _FILES] if "/" not in name else [f"{folder}/" for folder in _FOLDERS]
    if name.startswith("phrases/"):
        known = [f"phrases/{language}.yaml" for language in LANGUAGES]
    word = name if "/" not in name or name.startswith("phrases/") else name.rpartition("/")[0] + "/"
    return Fault(name, 1, 1, "this file is not read", f"rename or move it: {suggest(word, known)}")
