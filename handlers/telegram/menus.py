"""The menu of commands beside the text field. Only a convenience: it is set when it can be. Knows no update."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.telegram.api import Api
from handlers.telegram.standing import tried

Menus = Mapping[str, Mapping[str, str]]
"""language -> command -> what it does; the first language is also for everybody else."""


async def set_menus(api: Api, menus: Menus) -> None:
    """One call a language, and one for all others."""
    named = [*menus.items(), *((None, words) for words in list(menus.values())[:1])]
    for language, words in named:
        commands = [{"command": name, "description": text} for name, text in words.items()]
        await tried("setMyCommands", api.call("setMyCommands", commands=commands, language_code=language))
