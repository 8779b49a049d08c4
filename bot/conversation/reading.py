"""What she meant by a message, given what was last said to her: a message becomes an event of the table."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz import fuzz, process

from bot.conversation.states import Conversation, Stage
from bot.knowledge.model import LANGUAGES, Base
from bot.messages import Attached, Command, Edited, ParentMessage, PhoneShared, Press, Text, Unreadable

LONGEST = 4096  # characters that are read and kept of one message; what Telegram allows in one
_PHONE = re.compile(r"^\+?[\d\s().-]{5,24}$")
_SAME_PLACE = 88.0  # rapidfuzz ratio from which a typed name is taken for a place
_SAME_PLEA, _LONGEST_PLEA = 88, 9  # percent of letters alike, words


class Event(StrEnum):
    """What she did."""

    BEGIN = "begin"
    WORRY = "worry"
    BLANK = "blank"
    ANSWER = "answer"
    PICK = "pick"
    NONE = "none"
    BACK = "back"
    AGAIN = "again"
    PERSON = "person"
    HELP = "help"
    LANGUAGES = "languages"
    LANGUAGE = "language"
    AREA = "area"
    WEEK = "week"
    GUIDE = "guide"
    TELL = "tell"
    REACH = "reach"
    NUMBER = "number"
    LEAVE = "leave"
    REOPEN = "reopen"
    NEW = "new"
    AGREE = "agree"
    TIME = "time"
    PLAN = "plan"
    COMMENT = "comment"
    DID = "did"
    WORD = "word"
    GAP = "gap"
    UNREADABLE = "unreadable"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class Heard:
    """An event with what it carries: a text, or the ids its button had; ``second`` "long" = only its beginning was
    read.
    """

    event: Event
    value: str = ""
    second: str = ""


FILE = "file"
"""What an event that is no words carries beside its kind when it can be passed on."""

_PLAIN = {
    "none": Event.NONE,
    "back": Event.BACK,
    "again": Event.AGAIN,
    "person": Event.PERSON,
    "help": Event.HELP,
    "lang": Event.LANGUAGES,
    "week": Event.WEEK,
    "leave": Event.LEAVE,
    "open": Event.REOPEN,
    "new": Event.NEW,
}
_CARRYING = {
    "a": Event.ANSWER,
    "s": Event.PICK,
    "l": Event.LANGUAGE,
    "r": Event.AREA,
    "g": Event.GUIDE,
    "tell": Event.TELL,
    "reach": Event.REACH,
    "ok": Event.AGREE,
    "time": Event.TIME,
    "plan": Event.PLAN,
    "did": Event.DID,
    "gap": Event.GAP,
}
_COMMANDS = {
    "start": Event.BEGIN,
    "help": Event.HELP,
    "language": Event.LANGUAGES,
    "person": Event.PERSON,
    "again": Event.AGAIN,
    "stop": Event.LEAVE,
}


def read(message: ParentMessage, conversation: Conversation, base: Base) -> Heard:
    """The event a message is. Never fails: what no button ever carried is taken for a call for help."""
    match message:
        case Press(data=data):
            return _press(data)
        case Command(name=name):
            return Heard(_COMMANDS.get(name, Event.HELP))
        case PhoneShared(number=number):
            return Heard(Event.NUMBER, number)
        case Edited(text=text):
            return Heard(Event.EDITED, text[:LONGEST])
        case Unreadable(kind=kind):
            return Heard(Event.UNREADABLE, kind)
        case Attached(file=file, caption=caption):
            return _text(caption[:LONGEST], conversation, base) if caption else Heard(Event.UNREADABLE, file.kind, FILE)
        case Text(text=text):
            heard = _text(text[:LONGEST], conversation, base)
            return replace(heard, second="long") if len(text) > LONGEST and heard.event is Event.WORRY else heard


def _press(data: str) -> Heard:
    if data in _PLAIN:
        return Heard(_PLAIN[data])
    name, _, rest = data.partition(":")
    first, _, second = rest.partition(":")
    return Heard(_CARRYING[name], first, second) if name in _CARRYING and first else Heard(Event.HELP)


def _text(text: str, conversation: Conversation, base: Base) -> Heard:
    if not any(unicodedata.category(letter)[0] in "LN" for letter in text):
        return Heard(Event.BLANK, text)
    found = _label(text, conversation, base) or _asked_for(text, conversation) or _expected(text, conversation, base)
    return found or Heard(Event.WORRY, text)


def _asked_for(text: str, conversation: Conversation) -> Heard | None:
    """Words she was asked for: on the plan, or to those who develop the services."""
    events = {"comment": Event.COMMENT, "word": Event.WORD}
    return Heard(events[conversation.expects], text) if conversation.expects in events else None


def plain(text: str) -> str:
    """Small letters and single spaces, nothing at the ends but words."""
    return " ".join(text.casefold().split()).strip(" .!?,")


def _label(text: str, conversation: Conversation, base: Base) -> Heard | None:
    """She typed what a button says."""
    said = plain(text)
    for language in LANGUAGES:
        phrases = base.phrases[language]
        for name in ("person", "back", "again", "none", "help", "week", "leave"):
            if said == plain(phrases[f"button.{name}"]):
                return Heard(_PLAIN[name])
        if said == plain(phrases["button.person.short"]) or _wants_person(said, phrases["words.person"]):
            return Heard(Event.PERSON)
        if said == plain(phrases["language.own"]):
            return Heard(Event.LANGUAGE, language)
    return None


def _wants_person(said: str, ways: str) -> bool:
    """A short plea for a person in one of the known ways, a slip or two allowed; a longer text is a worry."""
    if len(said.split()) > _LONGEST_PLEA:
        return False
    return process.extractOne(said, ways.split(" | "), scorer=fuzz.ratio, score_cutoff=_SAME_PLEA) is not None


def _expected(text: str, conversation: Conversation, base: Base) -> Heard | None:
    """She typed an answer to what was asked."""
    match conversation.stage:
        case Stage.PHONE:
            return Heard(Event.NUMBER, text) if _PHONE.match(text.strip()) else None
        case Stage.CONSENT:
            return _yes_or_no(text, base)
        case Stage.AREA:
            area = area_named(text, base)
            unknown = len(text.split()) == 1 and text[:1].isupper()  # a name, and not one of ours
            return Heard(Event.AREA, area or "") if area or unknown else None
        case Stage.QUESTION:
            return _answer(text, conversation, base)
        case Stage.OFFER:
            return _picked(text, conversation, base)
        case _:
            return None


def _yes_or_no(text: str, base: Base) -> Heard | None:
    said = plain(text)
    for language in LANGUAGES:
        for answer in ("yes", "no"):
            if said in base.phrases[language][f"words.{answer}"].split():
                return Heard(Event.TELL, answer)
    return None


def _answer(text: str, conversation: Conversation, base: Base) -> Heard | None:
    said = plain(text)
    for question in base.questions:
        if question.id == conversation.question:
            for answer in question.answers:
                if any(said == plain(answer.text.within(language)) for language in LANGUAGES):
                    return Heard(Event.ANSWER, question.id, answer.id)
            if any(said == plain(base.phrases[language]["question.unknown"]) for language in LANGUAGES):
                return Heard(Event.ANSWER, question.id, "?")
    return None


def _picked(text: str, conversation: Conversation, base: Base) -> Heard | None:
    said = plain(text)
    for place, service in enumerate(conversation.shown, 1):
        named = base.services.get(service)
        if named and (said == str(place) or any(said == plain(named.name.within(language)) for language in LANGUAGES)):
            return Heard(Event.PICK, service)
    return None


def area_named(text: str, base: Base) -> str | None:
    """The area whose name she typed, one small slip allowed; a text of many words names none."""
    said = plain(text)
    if len(said.split()) > 4:
        return None
    names = {plain(name): area.id for area in base.areas.values() for name in _names(area.id, base)}
    best = process.extractOne(said, names.keys(), scorer=fuzz.ratio, score_cutoff=_SAME_PLACE)
    return names[best[0]] if best else area_within(text, base)


def _names(area: str, base: Base) -> tuple[str, ...]:
    found = base.areas[area]
    return (*(found.name.within(language) for language in LANGUAGES), *found.names)


def area_within(text: str, base: Base) -> str | None:
    """The one area a text names, whatever its case ending: "Askolassa" is askola. None when there are two.

    Only places the front door serves count: a town she has merely left or dreams of settles nothing.
    """
    words = [plain(word) for word in re.findall(r"[^\W\d_]+", text) if word[:1].isupper()]
    found = {area for area in base.areas if any(_names_it(word, area, base) for word in words)}
    return found.pop() if len(found) == 1 else None


# The endings a place name takes in "in, from, to, of" a place; anything longer is another word (Perho, perhonen).
_ENDING = re.compile(r"(ss[aä]|st[aä]|ll[aä]|lt[aä]|lle|an|än|in|on|n)?$")


def _names_it(word: str, area: str, base: Base) -> bool:
    """Whether a word is a place name, bare or with an ending of Finnish."""
    if not base.areas[area].choice or base.areas[area].municipality is None:
        return False
    stems = [plain(name) for name in _names(area, base)]
    return any(word.startswith(stem) and bool(_ENDING.fullmatch(word[len(stem) :])) for stem in stems if len(stem) > 3)
