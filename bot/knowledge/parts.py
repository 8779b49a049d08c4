"""The small parts every kind of knowledge is made of: words in three languages, hours, contacts. Pure.

Known to the rest of the house through :mod:`bot.knowledge.model`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints

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


def _write_span(span: Span) -> str:
    """As it stands in a file, so that hours kept as JSON can be read again."""
    until = f"{span.until:%H:%M}" if span.until != time(0) else "24:00"
    return f"{span.since:%H:%M}-{until}"


OpenTime = Annotated[Span, BeforeValidator(_read_span), PlainSerializer(_write_span, when_used="json")]


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


Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_TIME = re.compile(r"^(\d{1,2})(?:[:.](\d{2}))?$")


def _read_time(value: object) -> object:
    """A bare 13:30 is 810 to YAML, which counts in sixties; a bare 13 is an hour."""
    if isinstance(value, time):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        value = f"{value // 60}:{value % 60:02}" if value >= 60 else str(value)
    found = _TIME.match(value.strip()) if isinstance(value, str) else None
    hour, minute = (int(part or 0) for part in found.groups()) if found is not None else (24, 0)
    if hour > 23 or minute > 59:
        raise ValueError('write a time of day like "13:30", in quotation marks')
    return time(hour, minute)


TimeOfDay = Annotated[time, BeforeValidator(_read_time)]


# Reaching somebody ------------------------------------------------------------------------------------------------


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
