"""The lines of a parent's page as they are shown. Knows no request; chooses looks, never words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation.wording import Wording
from bot.messages import Button, Part, PartKind, Press, Say
from bot.ports import WebLine
from handlers.web.delivering import from_json
from handlers.web.site import time_of_day

ASKS = ("person", "help")
"""What the buttons of the page itself carry, besides the languages."""
Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One line. ``fresh``: its buttons are the ones to choose from now. ``language`` None: unknown (her own words)."""

    id: int
    by: str
    time: str
    text: str = ""
    parts: tuple[Part, ...] = ()
    rows: Rows = ()
    language: str | None = None
    fresh: bool = False


def said(say: Say, words: Wording, *, number: int = 0, by: str = "bot", time: str = "") -> Shown:
    """A message of the front door or of a worker."""
    return Shown(
        number, by, time, parts=tuple(map(_safe, say.parts)), rows=_rows(say, words), language=say.language, fresh=True
    )


def _safe(part: Part) -> Part:
    """An address that is no https address is shown, but leads nowhere."""
    if part.kind is PartKind.LINK and not part.value.startswith("https://"):
        return Part(PartKind.TEXT, f"{part.text}: {part.value}")
    return part


def _rows(say: Say, words: Wording) -> Rows:
    """Its buttons without the one to a person, which stands below the page at all times."""
    asks = {words.base.phrases[say.language]["button.person"], words("button.person")}
    kept = (tuple(b for b in row if not (b.data == "person" and b.label in asks)) for row in say.buttons)
    return tuple(row for row in kept if row)


def without_languages(say: Say) -> Say:
    """Her languages stand at the top of the page; the welcome need not name them again."""
    rows = tuple(row for row in say.buttons if not all(button.data.startswith("l:") for button in row))
    return replace(say, buttons=rows)


def all_shown(lines: Iterable[WebLine], words: Wording, now: datetime) -> tuple[Shown, ...]:
    """The lines in order; only the last buttons are fresh."""
    every = [_shown(line, words, now) for line in lines]
    last = next((each.id for each in reversed(every) if each.rows), 0)
    return tuple(replace(each, fresh=each.id == last) for each in every)


def _shown(line: WebLine, words: Wording, now: datetime) -> Shown:
    time = time_of_day(line.at, now, words.language)
    if line.by == "parent":
        return Shown(line.id, "parent", time, text=str(line.payload.get("text") or line.payload.get("label") or ""))
    return said(from_json(line.payload), words, number=line.id, by=line.by, time=time)


def label_of(press: Press, lines: Iterable[WebLine], words: Wording) -> str | None:
    """What the button of a message said: the newest one that carries this; None for one we never showed."""
    for line in reversed(tuple(lines)):
        if line.by != "parent":
            labels = [b.label for row in from_json(line.payload).buttons for b in row if b.data == press.data]
            if labels:
                return labels[0]
    return None


def label_of_page(press: Press, words: Wording) -> str | None:
    """What a button of the page itself says: a person, help, the languages."""
    if press.data in ASKS:
        return words(f"button.{press.data}")
    name, _, value = press.data.partition(":")
    phrases = words.base.phrases
    return next((phrases[each]["language.own"] for each in phrases if name == "l" and each == value), None)
