"""Telegram's HTML as the server reads it: plain text, entities in UTF-16 units, and its own words for what is wrong."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

Json = dict[str, Any]

ENTITIES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "s": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
}
_TOKEN = re.compile(r"<(/?)([a-z-]+)(?:\s+([a-z]+)=\"([^\"]*)\")?\s*>|<([^>]*)>?|&(#?\w+);|([^<&]+|&)")


class Unparsable(ValueError):
    """The text of Telegram's refusal."""


def units(text: str) -> int:
    """UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def parsed(html: str) -> tuple[str, list[Json]]:
    """Plain text and entities. Raises :class:`Unparsable`."""
    text, found, opened = "", [], list[tuple[str, int, str]]()
    for token in _TOKEN.finditer(html):
        closing, tag, _, link, wrong, reference, plain = token.groups()
        if wrong is not None or (tag and tag not in ENTITIES):
            raise Unparsable(f'Unsupported start tag "{wrong or tag}" at byte offset {token.start()}')
        if tag and not closing:
            opened.append((tag, units(text), unescape(link or "")))
        elif tag:
            found.append(_closed(tag, opened, text, token.start()))
        else:
            text += unescape(f"&{reference};") if reference else plain
    if opened:
        raise Unparsable(f'Can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    return text, sorted((one for one in found if one["length"]), key=lambda one: (one["offset"], -one["length"]))


def _closed(tag: str, opened: list[tuple[str, int, str]], text: str, at: int) -> Json:
    if not opened or opened[-1][0] != tag:
        raise Unparsable(
            f'Unmatched end tag at byte offset {at}, expected "</{opened[-1][0] if opened else ""}>", found "</{tag}>"'
        )
    _, start, link = opened.pop()
    entity = {"type": ENTITIES[tag], "offset": start, "length": units(text) - start}
    return {**entity, "url": link} if tag == "a" else entity
