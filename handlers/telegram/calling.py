"""Texts and a file -> the calls that send them, as values. Pure; knows no chat. The file goes first, the first words
under it where they fit there. It goes out by its id, as a message of ours: never forwarded, so with nobody's name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.messages import File
from handlers.telegram.rendering import size

CAPTION = 1024
NO_PREVIEW = {"is_disabled": True}

Call = tuple[str, dict[str, Any]]
"""A method and its values, without the chat."""


def message(text: str, **look: Any) -> Call:
    """Words."""
    return "sendMessage", {"text": text, "link_preview_options": NO_PREVIEW, **look}


def messages(texts: Sequence[str], file: File | None, **look: Any) -> list[Call]:
    """All of it, in order; ``look`` goes with each of the words."""
    if file is None:
        return [message(text, **look) for text in texts]
    below = bool(texts) and size(texts[0]) <= CAPTION
    under = {"caption": texts[0], **look} if below else {}
    sent = ("sendPhoto", {"photo": file.id, **under})
    if file.kind == "document":
        sent = ("sendDocument", {"document": file.id, **under})
    return [sent, *(message(text, **look) for text in texts[int(below) :])]
