"""The kept values as JSON and back: one pydantic adapter for each. Knows neither tables nor keys."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from functools import cache
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field, TypeAdapter

from bot.conversation.states import Conversation
from bot.messages import Outgoing
from bot.queueing.assigning import Profile
from bot.queueing.case import Case

CONVERSATION: TypeAdapter[Conversation] = TypeAdapter(Conversation)
CASE: TypeAdapter[Case] = TypeAdapter(Case)
OUTGOING: TypeAdapter[Outgoing] = TypeAdapter(Annotated[Outgoing, Field(discriminator="type")])
PAYLOAD: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[str, Any])
PROFILE: TypeAdapter[Profile] = TypeAdapter(Profile)
TEXT: TypeAdapter[str] = TypeAdapter(str)


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


def in_zone(value: Any, zone: ZoneInfo) -> Any:
    """The same value (a case, a profile) with all its times told in a zone; JSON keeps only the offset."""
    if isinstance(value, datetime):
        return value.astimezone(zone)
    if isinstance(value, tuple):
        return tuple(in_zone(each, zone) for each in value) if value else value
    if not is_dataclass(value) or isinstance(value, type):
        return value
    held = ((name, getattr(value, name)) for name in _names(type(value)))
    told = {name: in_zone(each, zone) for name, each in held if each is not None}
    return replace(value, **told)
