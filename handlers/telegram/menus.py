"""The menu of commands beside the text field. Only a convenience: it is set when it can be. Knows no update."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.telegram.api import Api
from handlers.telegram.standing import tried

Menus = Mapping[str, Mapping[str, str]]
"""language -> command -> what it does; the first language is also for everybody else. A chat's id in the place of a
language: the menu of that chat, for the staff.
"""


async def set_menus(api: Api, menus: Menus) -> None:
    """One call a language, one for all others, and one for each chat with a menu of its own."""
    spoken = {key: words for key, words in menus.items() if not _is_chat(key)}
    for language, words in [*spoken.items(), *((None, words) for words in list(spoken.values())[:1])]:
        await _set(api, words, language_code=language)
    for chat in menus.keys() - spoken.keys():
        await _set(api, menus[chat], scope={"type": "chat", "chat_id": int(chat)})


async def _set(api: Api, words: Mapping[str, str], **where: Any) -> None:
    commands = [{"command": name, "description": text} for name, text in words.items()]
    await tried("setMyCommands", api.call("setMyCommands", commands=commands, **where))


def _is_chat(key: str) -> bool:
    return key.lstrip("-").isdecimal()
