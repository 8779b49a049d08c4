"""A little base of the starter's own parts, quick to learn from."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from bot.conversation.turn import Door
from bot.knowledge.model import Base
from bot.matching.matcher import Matcher
from bot.measuring.subsets import part
from tests.builders import starter

SERVICES = ("neuvola", "suun-terveydenhuolto", "kuraattori", "toimeentulotuki", "vatu")


@cache
def little() -> Base:
    """Five services with 24 worries each; no danger, for its services are not there."""
    whole = part(starter(), 24)
    return replace(whole, services={name: whole.services[name] for name in SERVICES}, dangers=(), guides={}, units={})


@cache
def thin_door() -> Door:
    """A door of all services with 24 worries each, built once."""
    thin = part(starter(), 24)
    return Door(thin, Matcher(thin))
