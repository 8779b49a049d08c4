"""The menu of commands beside the text field. Only a convenience: it is set when it can be. Knows no update."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.knowledge.model import LANGUAGES, Base
from bot.queueing import telling
from handlers.telegram.api import Api
from handlers.telegram.standing import tried

Menus = Mapping[str, Mapping[str, str]]
"""language -> command -> what it does; the first language is also for everybody else. A chat's id in the place of a
language: the menu of that chat, for the staff.
"""


_PARENTS = ("start", "person", "again", "language", "help")
_STAFF = ("queue", "mine", "case", "on", "away", "off", "help")


def menu_words(base: Base, staff_chat: str | None) -> Menus:
    """The words of the menu, Finnish first; and the staff group's own."""
    words: dict[str, Mapping[str, str]] = {
        each: {name: base.phrases[each][f"command.{name}"] for name in _PARENTS} for each in LANGUAGES
    }
    if staff_chat is None:
        return words
    return {**words, staff_chat: {name: telling.say(base, f"staff.command.{name}") for name in _STAFF}}


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
