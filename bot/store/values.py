"""The kept values as JSON and back: one pydantic adapter for each. Knows neither tables nor keys."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field, TypeAdapter

from bot.conversation.states import Conversation
from bot.messages import Outgoing
from bot.queueing.case import Case

CONVERSATION: TypeAdapter[Conversation] = TypeAdapter(Conversation)
CASE: TypeAdapter[Case] = TypeAdapter(Case)
OUTGOING: TypeAdapter[Outgoing] = TypeAdapter(Annotated[Outgoing, Field(discriminator="type")])
PAYLOAD: TypeAdapter[dict[str, Any]] = TypeAdapter(dict[str, Any])
TEXT: TypeAdapter[str] = TypeAdapter(str)


def in_zone(case: Case, zone: ZoneInfo) -> Case:
    """The same case with its times told in a zone; JSON keeps only the offset."""
    values: dict[str, Any] = {field.name: getattr(case, field.name) for field in fields(case)}
    told: dict[str, Any] = {name: v.astimezone(zone) for name, v in values.items() if isinstance(v, datetime)}
    return replace(case, **told)
