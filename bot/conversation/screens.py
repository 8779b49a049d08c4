"""What she sees: each screen as a :class:`Say`. Decides nothing; the rules in ``step`` choose the screen.

Every screen but a worker's own words carries the way to a person (design.md, promise 2).
"""

from __future__ import annotations

from datetime import datetime

from bot.conversation.states import Conversation, Stage
from bot.conversation.turn import Door, Moment
from bot.conversation.wording import Wording
from bot.knowledge.model import DAYS, LANGUAGES, Contact, Question
from bot.messages import Button, Part, PartKind, Say
from bot.queueing.case import Holder, who_has_it

Row = tuple[Button, ...]
UNKNOWN = "?"
_WIDE = 20  # characters; a longer label gets a row of its own on a phone


def _rows(buttons: list[Button]) -> tuple[Row, ...]:
    """Short buttons two by two, long ones alone, order kept."""
    rows: list[Row] = []
    for button in buttons:
        pair = rows and len(rows[-1]) == 1 and len(rows[-1][0].label) <= _WIDE and len(button.label) <= _WIDE
        rows[-1:] = [(*rows[-1], button)] if pair else [*rows[-1:], (button,)]
    return tuple(rows)


def _text(text: str) -> Part:
    return Part(PartKind.TEXT, text)


class Screens:
    """The screens of one moment, in one language."""

    def __init__(self, door: Door, conversation: Conversation, moment: Moment) -> None:
        self.base = door.base
        self.conversation = conversation
        self.now: datetime = moment.now
        self.moment = moment
        self.words = Wording(door.base, conversation.language)

    # The frame ----------------------------------------------------------------------------------------------------

    def say(self, parts: list[Part], rows: tuple[Row, ...] = (), *, nav: bool = True) -> Say:
        """One message, with the navigation below unless it has its own way to a person."""
        return Say(tuple(parts), rows + (self.navigation() if nav else ()), language=self.conversation.language)

    def line(self, key: str, **values: object) -> Say:
        """One phrase as a message."""
        return self.say([_text(self.words(key, **values))])

    def navigation(self) -> tuple[Row, ...]:
        """Back and over where there is something behind; a person always."""
        if self.conversation.case is not None:
            return self.case_rows()
        behind: Row = (self._button("back"), self._button("again")) if self.conversation.past else ()
        return ((behind,) if behind else ()) + ((self._button("person"),),)

    def case_rows(self) -> tuple[Row, ...]:
        """Below what is said while a case is open: where it is, back to guidance, ending it."""
        stays = self.conversation.stage in (Stage.WAITING, Stage.HELD, Stage.CONSENT, Stage.REACH, Stage.PHONE)
        second = Button(self.words("button.bot"), "again") if stays else self._button("again")
        return ((Button(self.words("button.where"), "person"), second), (self._button("leave"),))

    def _button(self, name: str) -> Button:
        return Button(self.words(f"button.{name}"), name)

    # Beginning ----------------------------------------------------------------------------------------------------

    def welcome(self, question: Question | None, answers: tuple[str, ...]) -> Say:
        """The first thing she sees: who this is, what to do, what it is not."""
        parts = [Part(PartKind.TITLE, self.words("welcome.title")), _text(self.words("welcome.text"))]
        parts.append(Part(PartKind.FINE, self.words("welcome.fine")))
        if self.moment.notice is not None:
            parts.append(Part(PartKind.FINE, self.words(self.moment.notice)))
        languages = tuple(Button(self.base.phrases[each]["language.own"], f"l:{each}") for each in LANGUAGES)
        return self.say(parts, (*self._answer_rows(question, answers), languages))

    def over(self, question: Question | None, answers: tuple[str, ...]) -> Say:
        """Starting over."""
        return self.say([_text(self.words("welcome.again"))], self._answer_rows(question, answers))

    def help(self) -> Say:
        """How this works."""
        parts = [Part(PartKind.TITLE, self.words("help.title")), _text(self.words("help.text"))]
        return self.say([*parts, Part(PartKind.URGENT, self.words("help.urgent"))])

    def languages(self) -> Say:
        """Choosing the language, each in its own name."""
        row = tuple(Button(self.base.phrases[each]["language.own"], f"l:{each}") for each in LANGUAGES)
        return self.say([_text(self.words("language.ask"))], (row,))

    # Guiding ------------------------------------------------------------------------------------------------------

    def _answer_rows(self, question: Question | None, answers: tuple[str, ...]) -> tuple[Row, ...]:
        if question is None:
            return ()
        offered = [each for each in question.answers if each.id in answers] or list(question.answers)
        language = self.conversation.language
        return _rows([Button(each.text.within(language), f"a:{question.id}:{each.id}") for each in offered])

    def question(self, question: Question, answers: tuple[str, ...]) -> Say:
        """One question with its answers; "I don't know" is always one of them."""
        parts = [_text(question.text.within(self.conversation.language))]
        unknown = (Button(self.words("question.unknown"), f"a:{question.id}:{UNKNOWN}"),)
        return self.say(parts, (*self._answer_rows(question, answers), unknown))

    def offer(self, services: tuple[str, ...], *, sure: bool) -> Say:
        """Up to three services, and "none of these"."""
        title = "offer.one" if len(services) == 1 else "offer.some"
        parts = [Part(PartKind.TITLE, self.words(title if sure else "offer.last"))]
        for service in services:
            parts.append(Part(PartKind.HEADING, self.words.service(service)))
            parts.append(_text(self.base.services[service].summary.within(self.conversation.language)))
        parts.append(_text(self.words("offer.text")))
        rows = tuple((Button(self.words.service(service)[:60], f"s:{service}"),) for service in services)
        return self.say(parts, (*rows, (self._button("none"),)))

    def area(self) -> Say:
        """Asked once, when it first matters."""
        language = self.conversation.language
        choices = [
            Button(area.name.within(language), f"r:{area.id}") for area in self.base.areas.values() if area.choice
        ]
        skip = (Button(self.words("area.skip"), f"r:{UNKNOWN}"),)
        return self.say([_text(self.words("area.ask"))], (*_rows(choices), skip))

    # A service ----------------------------------------------------------------------------------------------------

    def card(self, service: str, *, lead: bool = False) -> Say:
        """What it is, how to begin, what happens next, cost, contacts with their hours, languages.

        ``lead``: she did not pick it herself, so it is said that this might help.
        """
        found, language = self.base.services[service], self.conversation.language
        parts = [_text(self.words("offer.one"))] if lead else []
        parts.append(Part(PartKind.TITLE, found.name.within(language)))
        if found.alert is not None:
            parts.append(Part(PartKind.URGENT, found.alert.within(language)))
        parts.append(_text(found.description.within(language)))
        for key, said in (("start", found.how_to_start), ("next", found.what_happens), ("cost", found.cost)):
            parts.append(Part(PartKind.HEADING, self.words(f"card.{key}")))
            parts.append(_text(said.within(language)))
        parts += self._contacts(service)
        spoken = ", ".join(self.words(f"language.{each}") for each in found.languages)
        parts.append(Part(PartKind.FINE, f"{self.words('card.languages')}: {spoken}"))
        return self.say(parts, (*self._more(service), (self._button("none"),)))

    def _contacts(self, service: str) -> list[Part]:
        return [self._contact(contact) for contact in self.base.contacts(service, self.conversation.area)[:4]]

    def _contact(self, contact: Contact) -> Part:
        kind = {"phone": PartKind.PHONE, "web": PartKind.LINK, "place": PartKind.TEXT}[contact.kind]
        label = self.words.contact(contact, self.now)
        return Part(kind, f"{label}: {contact.value}") if kind is PartKind.TEXT else Part(kind, label, contact.value)

    def _more(self, service: str) -> tuple[Row, ...]:
        guides = [guide for guide in self.base.guides.values() if service in guide.services]
        language = self.conversation.language
        rows = [
            (Button(self.words("button.guide", title=guide.title.within(language))[:60], f"g:{guide.id}"),)
            for guide in guides
        ]
        if self.base.services[service].level == "open" and self.week_of() is not None:
            rows.append((self._button("week"),))
        return tuple(rows)

    def week_of(self) -> str | None:
        """Her area, when its week of activities is known."""
        area = self.conversation.area
        return area if area and any(activity.area == area for activity in self.base.activities) else None

    def week(self) -> Say:
        """The weekly activities of her area."""
        area, language = self.week_of(), self.conversation.language
        if area is None:
            return self.line("week.none")
        parts = [Part(PartKind.TITLE, self.words("week.title", area=self.words.area(area)))]
        listed = sorted((a for a in self.base.activities if a.area == area), key=lambda a: (DAYS.index(a.day), a.open))
        for each in listed:
            when = f"{self.words(f'day.{each.day}')} {each.open.since:%H:%M}–{each.open.until:%H:%M}"
            ages = f" ({each.ages.within(language)})" if each.ages else ""
            parts.append(_text(f"{when} {each.name.within(language)}{ages}\n{each.place}, {each.by.within(language)}"))
        if any(each.example for each in listed):
            parts.append(Part(PartKind.FINE, self.words("example.note")))
        return self.say(parts)

    def guide(self, guide_id: str) -> Say:
        """The steps of a guide."""
        guide, language = self.base.guides[guide_id], self.conversation.language
        parts = [Part(PartKind.TITLE, guide.title.within(language)), _text(guide.intro.within(language))]
        for number, step in enumerate(guide.steps, 1):
            limit = f"{step.limit.within(language)}: " if step.limit else ""
            parts.append(_text(f"{number}. {limit}{step.who.within(language)}\n{step.text.within(language)}"))
        if guide.sharing is not None:
            parts.append(_text(f"{self.words('guide.sharing')}: {guide.sharing.within(language)}"))
        parts.append(Part(PartKind.FINE, guide.agreed.within(language)))
        return self.say(parts)

    # Danger -------------------------------------------------------------------------------------------------------

    def danger(self, kind_id: str) -> Say:
        """Where to turn now. Shown before anything else."""
        kind = next(each for each in self.base.dangers if each.id == kind_id)
        language = self.conversation.language
        parts = [Part(PartKind.URGENT, kind.title.within(language)), _text(kind.text.within(language))]
        parts += [self._contact(phone) for phone in kind.phones]
        parts.append(_text(self.words("danger.next")))
        rows = [
            (Button(self.words.service(service)[:60], f"s:{service}"),)
            for service in kind.services[:2]
            if service in self.base.services
        ]
        return self.say(parts, tuple(rows))

    # The case -----------------------------------------------------------------------------------------------------

    def yes_no(self, key: str) -> Say:
        """May the workers see what she wrote?"""
        row = (Button(self.words("button.yes"), "tell:yes"), Button(self.words("button.no"), "tell:no"))
        return self.say([_text(self.words(key))], (row,))

    def reach(self, *before: str) -> Say:
        """Chat here, or be called?"""
        parts = [_text(self.words(key)) for key in before] + [_text(self.words("case.reach"))]
        row = (Button(self.words("button.chat"), "reach:chat"), Button(self.words("button.call"), "reach:call"))
        return self.say(parts, (row,))

    def phone(self, key: str = "case.phone.ask") -> Say:
        """Asking for the number, with the way back to the chat."""
        return self.say([_text(self.words(key))], ((Button(self.words("button.chat"), "reach:chat"),),))

    def status(self) -> Say:
        """Who has my matter now?"""
        case = self.moment.case
        if case is None:
            return self.line("case.ended.asks")
        parts = [
            _text(self.words(f"case.status.{'held' if case.state == 'claimed' else case.state}", case=case.number))
        ]
        has = who_has_it(case)
        if has.holder is Holder.LEAD:
            parts.append(_text(self.words("care.status.lead")))
        if has.offered:
            parts.append(_text(self.words("care.status.offered")))
        if has.others:
            parts.append(_text(self.words("care.status.pair", n=has.others)))
        if case.state == "waiting":
            parts.append(_text(self.words.promise(self.moment.promise, self.now)))
        return self.say(parts)

    def gap_rows(self) -> tuple[Row, ...]:
        """Where nobody there speaks her language: another one, or waiting?"""
        if not self.moment.promise.gap:
            return ()
        takes = Button(self.words("button.gap.any"), "gap:any")
        return ((takes, Button(self.words("button.gap.wait"), "gap:wait")),)

    def ended(self) -> Say:
        """After the case: the same matter again, or a new one?"""
        row = (Button(self.words("button.reopen"), "open"), Button(self.words("button.new"), "new"))
        return self.say([_text(self.words("case.ended.asks"))], (row, (self._button("person"),)), nav=False)
