"""The parts of a message -> pieces of Telegram's HTML, none longer than Telegram takes. Pure; knows no chat."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from bot.messages import Part, PartKind

LIMIT = 4096  # UTF-16 units of a message, counted after its markup has become entities
LISTED = frozenset({PartKind.PHONE, PartKind.LINK})
SIGN = "❗"

# Free and charged service numbers are dialled as they are: abroad and with some operators +358 in front of them fails.
_SERVICE_NUMBER = re.compile(r"0[678]00")
_NUMBER = re.compile(r"0[\d\s-]{5,}\Z")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph as markup, and the size of what is seen of it in UTF-16 units."""

    html: str
    size: int
    listed: bool = False


def size(text: str) -> int:
    """UTF-16 units, as Telegram counts."""
    return len(text.encode("utf-16-le", "replace")) // 2


def pieces(parts: Iterable[Part]) -> tuple[str, ...]:
    """The messages to send, in order, as HTML; cut between paragraphs, or inside one only when it alone is too long."""
    blocks = [block for part in parts for block in _blocks(part)]
    return tuple(_joined(group) for group in _packed(blocks))


def plain(text: str) -> tuple[str, ...]:
    """The same for plain text, as plain text."""
    return tuple(_cut(text, LIMIT))


def international(number: str) -> str:
    """A Finnish number with +358, so that it can be tapped anywhere; short, service and foreign numbers as they are."""
    number = number.strip()
    if not _NUMBER.match(number) or _SERVICE_NUMBER.match(number.replace(" ", "")):
        return number
    return f"+358 {number[1:].replace('-', ' ').strip()}"


def _blocks(part: Part) -> Iterator[Block]:
    room = LIMIT - size(_seen(part, "x")) + 1
    for text in _cut(part.text, room) if part.text.strip() else [""]:
        seen = _seen(part, text)
        if seen.strip():
            yield Block(_markup(part, text), size(seen), part.kind in LISTED)


def _seen(part: Part, text: str) -> str:
    match part.kind:
        case PartKind.URGENT:
            return f"{SIGN} {text}"
        case PartKind.PHONE:
            return _labelled(text, international(part.value))
        case PartKind.LINK if not _linkable(part):
            return _labelled(text, part.value)
    return text or (part.value if part.kind is PartKind.LINK else "")


def _markup(part: Part, text: str) -> str:
    seen = escape(_seen(part, text), quote=False)
    match part.kind:
        case PartKind.TITLE | PartKind.HEADING:
            return f"<b>{seen}</b>"
        case PartKind.URGENT:
            return f"{SIGN} <b>{escape(text, quote=False)}</b>"
        case PartKind.FINE:
            return f"<i>{seen}</i>"
        case PartKind.QUOTE:
            return f"<blockquote>{seen}</blockquote>"
        case PartKind.LINK if _linkable(part):
            return f'<a href="{escape(part.value)}">{seen}</a>'
    return seen


def _linkable(part: Part) -> bool:
    return part.value.startswith("https://")


def _labelled(label: str, value: str) -> str:
    return f"{label}: {value}" if label and value else label or value


def _packed(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    group: list[Block] = []
    used = 0
    for block in blocks:
        if group and used + 2 + block.size > LIMIT:
            yield group
            group, used = [], 0
        used += block.size + (2 if group else 0)
        group.append(block)
    if group:
        yield group


def _joined(group: Sequence[Block]) -> str:
    """Paragraphs stand apart; the lines of a list of numbers and links stand together."""
    text = group[0].html
    for before, block in pairwise(group):
        text += ("\n" if before.listed and block.listed else "\n\n") + block.html
    return text


def _cut(text: str, room: int) -> Iterator[str]:
    text = text.strip()
    while size(text) > room:
        head = text.encode("utf-16-le", "replace")[: 2 * room].decode("utf-16-le", "ignore")
        end = next((at for at in (head.rfind("\n"), head.rfind(" ")) if at > len(head) // 2), len(head))
        yield text[:end].rstrip()
        text = text[end:].lstrip()
    yield text
