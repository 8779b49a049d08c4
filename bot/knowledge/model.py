"""The knowledge as values: what the admins wrote, checked and frozen. Knows no file, no clock and no channel.

The same classes are the format of the YAML files, so what an admin may write stands here (small parts in
:mod:`bot.knowledge.parts`, the desk's in :mod:`bot.knowledge.desk`) and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, Field

from bot.knowledge.desk import (
    GAPS,
    Climb,
    ClosedSign,
    Desk,
    Duties,
    Duty,
    DutyStep,
    DutyToReport,
    OnCall,
    Organisation,
    ReadyReply,
    ReplyGroup,
    Team,
    Unit,
)
from bot.knowledge.parts import (
    DAYS,
    LANGUAGES,
    Contact,
    DayException,
    Hours,
    Id,
    Kept,
    Language,
    Lines,
    OpenTime,
    Sentence,
    Span,
    TimeOfDay,
    Weekday,
    Words,
)

__all__ = [
    "DAYS",
    "GAPS",
    "LANGUAGES",
    "NEAR_MISS",
    "Activity",
    "Answer",
    "Area",
    "Base",
    "Climb",
    "ClosedSign",
    "Contact",
    "DangerKind",
    "DayException",
    "Deciding",
    "Desk",
    "Duties",
    "Duty",
    "DutyStep",
    "DutyToReport",
    "Example",
    "Guide",
    "GuideStep",
    "Hours",
    "Id",
    "Kept",
    "Language",
    "Level",
    "Lines",
    "NotFor",
    "OnCall",
    "OpenTime",
    "Organisation",
    "Ptv",
    "Question",
    "ReadyReply",
    "ReplyGroup",
    "Sentence",
    "Service",
    "SettingsFile",
    "Span",
    "Team",
    "TimeOfDay",
    "Unit",
    "Weekday",
    "Words",
    "Worries",
]


class Level(StrEnum):
    """How near the help is; the tiers of the perheneuvo network (programme.md 1)."""

    FRONT_DOOR = "front_door"
    OPEN = "open"
    BASIC = "basic"
    SPECIAL = "special"
    URGENT = "urgent"
    ADULT = "adult"


# A service --------------------------------------------------------------------------------------------------------


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
    """A line of ``examples/<name>.yaml``: a worry nobody teaches with, kept to measure by; or, in
    ``examples/stories*.yaml``, one that teaches, told as such worries come in life and as often.

    ``expected``: any of these is right, best first; none of them and no ``needs`` = no worry at all.
    ``acceptable``: not wrong. ``needs``: the services of a worry about several things, all of which ought to be found.
    """

    text: Sentence
    lang: Language
    expected: tuple[Id, ...] = ()
    acceptable: tuple[Id, ...] = ()
    needs: tuple[Id, ...] = ()
    danger: bool = False


# Areas and questions ----------------------------------------------------------------------------------------------


class Area(Kept):
    """A municipality or region.

    ``within`` is the larger area it is part of; what is offered there is offered here too, and its ``on_call`` holds
    here.
    """

    id: Id
    name: Words
    within: Id | None = None
    municipality: str | None = None
    names: tuple[Sentence, ...] = ()
    languages: tuple[Language, ...] = ("fi",)
    choice: bool = True
    on_call: OnCall | None = None


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
    day: Weekday
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


STORIES = "stories"  # how the names of files of examples that teach begin
NEAR_MISS = "none"  # where a kind's id stands otherwise


# The base ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Base:
    """All the knowledge at one moment. It is swapped whole, never changed; order of ``services`` means nothing.

    ``digest`` names this content (hex, 64 characters). ``off_topic`` are lines that are no worry at all; ``examples``
    are labelled lines, by the names of their files. ``danger_examples`` teach what danger sounds like, by kind;
    those under NEAR_MISS only sound like it.
    ``holidays`` are the public holidays of the country around today, by date. ``replies`` and ``duties`` help workers.
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
    replies: tuple[ReplyGroup, ...] = ()
    duties: Duties | None = None
    digest: str = ""

    @property
    def stories(self) -> tuple[Example, ...]:
        """The examples that teach, as often as such worries come in life."""
        names = sorted(name for name in self.examples if name.startswith(STORIES))
        return tuple(example for name in names for example in self.examples[name] if example.expected)

    @property
    def measures(self) -> Mapping[str, tuple[Example, ...]]:
        """The examples nobody teaches with, by the names of their files."""
        return {name: examples for name, examples in self.examples.items() if not name.startswith(STORIES)}

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

    def on_call(self, area: str | None) -> OnCall | None:
        """Who answers in an area when the desk cannot: its own, the nearest larger area's, or the desk's."""
        chain = self.reaches(area) if area is not None else ()
        own = next((found for each in chain if (found := self.areas[each].on_call) is not None), None)
        return own or self.settings.desk.on_call

    def needs_consent(self, giver: str | None, taker: str | None) -> bool:
        """Whether handing over from one unit to another leaves the organisation; what is not known counts as so."""
        one, other = (self.units.get(unit or "") for unit in (giver, taker))
        if one is None or other is None or one.organisation is None or other.organisation is None:
            return True
        return one.organisation.id != other.organisation.id

    def serving(self, service: str | None, area: str | None) -> tuple[Unit, ...]:
        """The units that take on a service (None = any) in an area, those of that very area first."""
        reach = self.reaches(area) if area is not None else ()
        fitting = [u for u in self.units.values() if service is None or service in u.services]
        near = [u for u in fitting if not u.areas or set(u.areas) & set(reach)]
        return tuple(sorted(near, key=lambda unit: not unit.areas))

    def reply(self, name: str) -> ReadyReply | None:
        """The ready reply of an id."""
        return next((reply for group in self.replies for reply in group.replies if reply.id == name), None)
