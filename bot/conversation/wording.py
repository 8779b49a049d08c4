"""Words of the front door: phrases filled in, times and hours said the way people say them. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from bot.knowledge.model import DAYS, Base, Contact, Language
from bot.queueing.promising import Opening, Promise, opening


def clock_time(moment: datetime, language: Language) -> str:
    """``8.30`` in Finnish and Swedish, ``8:30`` in English; whole hours without minutes except in English."""
    if language == "en":
        return f"{moment.hour}:{moment.minute:02d}"
    return str(moment.hour) if moment.minute == 0 else f"{moment.hour}.{moment.minute:02d}"


class Wording:
    """The phrases of one language. A key that is missing is a fault of the program and raises KeyError."""

    def __init__(self, base: Base, language: Language) -> None:
        self.base = base
        self.language: Language = language
        self._phrases: Mapping[str, str] = base.phrases[language]

    def __call__(self, key: str, **values: object) -> str:
        """The phrase with its braces filled in."""
        phrase = self._phrases[key]
        return phrase.format(**values) if values else phrase

    def has(self, key: str) -> bool:
        """Whether there is such a phrase."""
        return key in self._phrases

    def service(self, service: str) -> str:
        """A service's name, or its id when the knowledge no longer has it."""
        found = self.base.services.get(service)
        return found.name.within(self.language) if found else service

    def area(self, area: str | None) -> str | None:
        """An area's name, or None."""
        return self.base.areas[area].name.within(self.language) if area and area in self.base.areas else None

    def day(self, day: date) -> str:
        """A weekday and a date, short: ``ma 23.11.``"""
        name = self(f"day.{DAYS[day.weekday()]}")
        return f"{name} {day.day}/{day.month}" if self.language == "en" else f"{name} {day.day}.{day.month}."

    def moment(self, moment: datetime, now: datetime) -> str:
        """A moment ahead: today, tomorrow, or a day, with its time."""
        ahead = (moment.date() - now.date()) // timedelta(days=1)
        said = clock_time(moment, self.language)
        if ahead == 0:
            return self("time.today", time=said)
        return (
            self("time.tomorrow", time=said)
            if ahead == 1
            else self("time.later", day=self.day(moment.date()), time=said)
        )

    def opening(self, state: Opening, now: datetime) -> str:
        """Open now and until when, or closed and from when."""
        if state.always:
            return self("hours.always")
        if state.changes_at is None:
            return self("hours.closed")
        said = clock_time(state.changes_at, self.language)
        if state.is_open:
            return self("hours.open", time=said)
        ahead = (state.changes_at.date() - now.date()) // timedelta(days=1)
        if ahead > 1:
            return self("hours.later", day=self.day(state.changes_at.date()), time=said)
        return self("hours.tomorrow" if ahead else "hours.today", time=said)

    def contact(self, contact: Contact, now: datetime) -> str:
        """What a contact is, with its hours now, and whether it is only an example."""
        said = [contact.label.within(self.language)]
        if contact.example and not self._says_example(said[0]):
            said.append(f"({self('card.example')})")
        if contact.hours is not None:
            said.append(f"– {self.opening(opening(contact.hours, now, self.base.holidays), now)}")
        if contact.note is not None:
            said.append(f"– {contact.note.within(self.language)}")
        return " ".join(said)

    @staticmethod
    def _says_example(label: str) -> bool:
        return any(word in label.lower() for word in ("esimerk", "exempel", "example"))

    def promise(self, promise: Promise, now: datetime) -> str:
        """The desk's honest word on place and time."""
        place = self("case.place.first") if promise.before == 0 else self("case.place", before=promise.before)
        if promise.sign is not None:
            place = f"{promise.sign.within(self.language)} {place}"
        if promise.opening.is_open:
            key = "case.time.open" if promise.staffed else "care.nobody"
            long = f" {self('care.full')}" if promise.full else ""
            return f"{place} {self(key, minutes=promise.minutes)}{long}"
        if promise.opening.changes_at is None:
            return f"{place} {self('case.time.unknown')}"
        return f"{place} {self('case.time.closed', opens=self.moment(promise.opening.changes_at, now))}"
