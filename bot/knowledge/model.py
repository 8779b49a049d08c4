"""The knowledge as values: what the admins wrote, checked and frozen. Knows no file, no clock and no channel.

The same classes are the format of the YAML files, so what an admin may write stands here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Language = Literal["fi", "sv", "en"]
LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Kept(BaseModel):
    """A part of the knowledge: frozen, and a key nobody knows is a fault, not a silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Kept):
    """The same thing said in the three languages."""

    fi: Sentence
    sv: Sentence
    en: Sentence

    def within(self, language: Language) -> str:
        """The words in one language."""
        return {"fi": self.fi, "sv": self.sv, "en": self.en}[language]


class Lines(Kept):
    """Lists of lines by language; any may be empty."""

    fi: tuple[Sentence, ...] = ()
    sv: tuple[Sentence, ...] = ()
    en: tuple[Sentence, ...] = ()

    def within(self, language: Language) -> tuple[str, ...]:
        """The lines in one language."""
        return {"fi": self.fi, "sv": self.sv, "en": self.en}[language]

    def pairs(self) -> tuple[tuple[Language, str], ...]:
        """Every line with its language."""
        return tuple((language, line) for language in LANGUAGES for line in self.within(language))


class Level(StrEnum):
    """How near the help is; the tiers of the perheneuvo network (programme.md 1)."""

    FRONT_DOOR = "front_door"
    OPEN = "open"
    BASIC = "basic"
    SPECIAL = "special"
    URGENT = "urgent"
    ADULT = "adult"


# Hours ------------------------------------------------------------------------------------------------------------

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"^(\d{1,2})(?:[:.](\d{2}))?\s*[-–]\s*(\d{1,2})(?:[:.](\d{2}))?$")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """An open time within one day, local time; ``until`` 00:00 means the end of the day."""

    since: time
    until: time


def _read_span(value: object) -> object:
    if isinstance(value, Span):
        return value
    found = _SPAN.match(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError('write an open time like "8-16" or "8:30-15:45"')
    hour, minute, end_hour, end_minute = (int(part or 0) for part in found.groups())
    if hour > 23 or minute > 59 or end_minute > 59 or end_hour > 24 or (end_hour == 24 and end_minute):
        raise ValueError("there is no such time of day; use 0:00 to 24:00")
    if (hour, minute) >= (end_hour, end_minute):
        raise ValueError("the closing time must come after the opening time; write a night as two days")
    return Span(time(hour, minute), time(end_hour % 24, end_minute))


OpenTime = Annotated[Span, BeforeValidator(_read_span)]


def _read_week(value: object) -> object:
    """``{mon-fri: [8-16], sat: [10-14]}`` as one entry a day; a range of days is spelled out."""
    if not isinstance(value, Mapping):
        return value
    week: dict[str, object] = {}
    for key, spans in value.items():
        first, _, last = str(key).partition("-")
        if first not in DAYS or (last or first) not in DAYS or DAYS.index(last or first) < DAYS.index(first):
            raise ValueError(f'"{key}" is not a day; write mon, tue, wed, thu, fri, sat, sun, or a range like mon-fri')
        for day in DAYS[DAYS.index(first) : DAYS.index(last or first) + 1]:
            if day in week:
                raise ValueError(f'"{day}" is there twice; each day may stand once')
            week[day] = [spans] if isinstance(spans, str) else spans
    return week


class DayException(Kept):
    """One date on which other hours hold; no ``open`` means closed."""

    date: date
    open: tuple[OpenTime, ...] = ()
    note: Words | None = None


class Hours(Kept):
    """When a place or a telephone is open, in Finland's time.

    On public holidays it is closed unless ``holidays: open``.
    """

    always: bool = False
    week: Annotated[Mapping[str, tuple[OpenTime, ...]], BeforeValidator(_read_week)] = Field(default_factory=dict)
    exceptions: tuple[DayException, ...] = ()
    holidays: Literal["closed", "open"] = "closed"


# A service --------------------------------------------------------------------------------------------------------


class Contact(Kept):
    """One way to reach a service. ``areas`` left out = everywhere. ``example: true`` = not a real contact."""

    kind: Literal["phone", "web", "place"]
    value: Sentence
    label: Words
    areas: tuple[Id, ...] = ()
    hours: Hours | None = None
    note: Words | None = None
    checked: date
    example: bool = False


class Ptv(Kept):
    """The service's row in the national service catalogue."""

    id: str | None = None
    classes: tuple[str, ...] = ()


class NotFor(Kept):
    """Worries that sound like this service but belong to another one."""

    service: Id
    worries: Lines


class Service(Kept):
    """A described form of help. ``answers`` are the facets it fits; a facet left out fits any answer."""

    id: Id
    level: Level
    name: Words
    summary: Words
    description: Words
    how_to_start: Words
    what_happens: Words
    cost: Words
    languages: tuple[Language, ...] = LANGUAGES
    areas: tuple[Id, ...] = ()
    units: tuple[Id, ...] = ()
    contacts: tuple[Contact, ...] = ()
    answers: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    worries: Lines = Lines()
    keywords: Lines = Lines()
    not_for: tuple[NotFor, ...] = ()
    alert: Words | None = None
    assured: date
    ptv: Ptv = Ptv()


class Worries(Kept):
    """``worries/<id>.yaml``: the many ways in which parents say what the service is for."""

    fi: tuple[Sentence, ...] = ()
    sv: tuple[Sentence, ...] = ()
    en: tuple[Sentence, ...] = ()


class Example(Kept):
    """A line of ``examples/<name>.yaml``: a worry nobody teaches with, kept to measure by.

    ``expected``: any of these is right, best first; none of them and no ``needs`` = no worry at all.
    ``acceptable``: not wrong. ``needs``: the services of a worry about several things, all of which ought to be found.
    """

    text: Sentence
    lang: Language
    expected: tuple[Id, ...] = ()
    acceptable: tuple[Id, ...] = ()
    needs: tuple[Id, ...] = ()
    danger: bool = False


# Areas, units, questions ------------------------------------------------------------------------------------------


class Area(Kept):
    """A municipality or region.

    ``within`` is the larger area it is part of; what is offered there is offered here too.
    """

    id: Id
    name: Words
    within: Id | None = None
    municipality: str | None = None
    names: tuple[Sentence, ...] = ()
    languages: tuple[Language, ...] = ("fi",)
    choice: bool = True


class Unit(Kept):
    """A workplace behind the desk, whose network workers take on cases."""

    id: Id
    name: Words
    areas: tuple[Id, ...] = ()
    services: tuple[Id, ...] = ()
    example: bool = False


class Answer(Kept):
    """One answer of a question. ``words`` are signs in a text that give this answer without asking."""

    id: Id
    text: Words
    words: Lines = Lines()


class Question(Kept):
    """A facet of the descriptions, asked as a question. "I don't know" is added by the guide and never written here."""

    id: Id
    text: Words
    answers: Annotated[tuple[Answer, ...], Field(min_length=2)]
    first: bool = False


# Danger -----------------------------------------------------------------------------------------------------------


class DangerKind(Kept):
    """One kind of danger: its signs, what is shown first, and the short ``name`` workers see.

    ``strong`` signs each suffice alone. ``weak`` signs suffice when two different ones meet, or one meets a strong
    context. ``unless`` are idioms and settled things that take a sign away.
    """

    id: Id
    name: Words | None = None
    title: Words
    text: Words
    services: tuple[Id, ...]
    phones: tuple[Contact, ...]
    strong: Lines = Lines()
    weak: Lines = Lines()
    unless: Lines = Lines()


# Guides and activities --------------------------------------------------------------------------------------------


class GuideStep(Kept):
    """One step of a guide; ``limit`` says when it begins (for example hours of absence)."""

    limit: Words | None = None
    who: Words
    text: Words


class Guide(Kept):
    """A page of agreed steps, such as acting on school absence.

    ``agreed`` says by whom; ``example`` = not agreed anywhere.
    """

    id: Id
    title: Words
    intro: Words
    agreed: Words
    services: tuple[Id, ...] = ()
    areas: tuple[Id, ...] = ()
    steps: tuple[GuideStep, ...]
    sharing: Words | None = None
    example: bool = False


class Activity(Kept):
    """One thing for families in the week of a place."""

    area: Id
    day: Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    open: OpenTime
    name: Words
    place: Sentence
    by: Words
    ages: Words | None = None
    checked: date
    example: bool = False


# Settings ---------------------------------------------------------------------------------------------------------


def _known_zone(value: str) -> str:
    if "/" not in value:
        raise ValueError("write a time zone such as Europe/Helsinki")
    return value


class Desk(Kept):
    """The staffed desk: its hours, and how soon a first answer is aimed at, in minutes of open time."""

    hours: Hours
    language: Language = "fi"
    phone: Contact | None = None
    answer_minutes: Annotated[int, Field(gt=0)] = 30
    danger_minutes: Annotated[int, Field(gt=0)] = 5


class Deciding(Kept):
    """When what is believed is sure enough, as probabilities: ``show_one`` of a single service, ``show_some`` of
    three together,
    ``worry`` of the words being a worry at all.
    """

    show_one: Annotated[float, Field(gt=0, lt=1)] = 0.6
    show_some: Annotated[float, Field(gt=0, lt=1)] = 0.5
    worry: Annotated[float, Field(gt=0, lt=1)] = 0.5


class SettingsFile(Kept):
    """``settings.yaml``: what an admin may set."""

    timezone: Annotated[str, AfterValidator(_known_zone)] = "Europe/Helsinki"
    country: str = "FI"
    desk: Desk
    deciding: Deciding = Deciding()
    outcomes: tuple[tuple[Id, Words], ...] = ()


NEAR_MISS = "none"  # where a kind's id stands otherwise


# The base ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Base:
    """All the knowledge at one moment. It is swapped whole, never changed; order of ``services`` means nothing.

    ``digest`` names this content (hex, 64 characters). ``off_topic`` are lines that are no worry at all; ``examples``
    are lines to measure by, by the names of their files. ``danger_examples`` teach what danger sounds like, by kind;
    those under NEAR_MISS only sound like it.
    ``holidays`` are the public holidays of the country around today, by date.
    """

    settings: SettingsFile
    areas: Mapping[str, Area]
    questions: tuple[Question, ...]
    dangers: tuple[DangerKind, ...]
    units: Mapping[str, Unit]
    activities: tuple[Activity, ...]
    services: Mapping[str, Service]
    worries: Mapping[str, Worries]
    guides: Mapping[str, Guide]
    phrases: Mapping[Language, Mapping[str, str]]
    off_topic: Lines = field(default_factory=Lines)
    danger_examples: Mapping[str, Lines] = field(default_factory=dict)
    examples: Mapping[str, tuple[Example, ...]] = field(default_factory=dict)
    holidays: Mapping[date, str] = field(default_factory=dict)
    digest: str = ""

    def all_worries(self, service: str) -> tuple[tuple[Language, str], ...]:
        """Every known worry of a service with its language: the handful of its own file, then the many."""
        many = self.worries.get(service, Worries())
        own = self.services[service].worries.pairs()
        return own + tuple((language, line) for language in LANGUAGES for line in getattr(many, language))

    def reaches(self, area: str) -> tuple[str, ...]:
        """The area and all the larger ones it lies within, nearest first."""
        chain: list[str] = []
        here: str | None = area
        while here is not None and here not in chain and here in self.areas:
            chain.append(here)
            here = self.areas[here].within
        return tuple(chain)

    def offered(self, service: str, area: str | None) -> bool:
        """Whether a service is offered in an area. With no area known only what is offered everywhere is."""
        limits = self.services[service].areas
        return not limits or (area is not None and bool(set(limits) & set(self.reaches(area))))

    def contacts(self, service: str, area: str | None) -> tuple[Contact, ...]:
        """The contacts that hold in an area, those of that very area first."""
        reach = self.reaches(area) if area is not None else ()
        fitting = [c for c in self.services[service].contacts if not c.areas or set(c.areas) & set(reach)]
        return tuple(sorted(fitting, key=lambda c: not c.areas))
