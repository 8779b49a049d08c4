"""JSON Schema of the file formats, so that an editor can help while writing. Knows no folder."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from bot.knowledge.model import (
    Activity,
    Area,
    DangerKind,
    Duties,
    Example,
    Guide,
    Lines,
    Question,
    ReplyGroup,
    Service,
    SettingsFile,
    Unit,
    Worries,
)

FORMATS: dict[str, Any] = {
    "settings.yaml": SettingsFile,
    "areas.yaml": tuple[Area, ...],
    "questions.yaml": tuple[Question, ...],
    "danger.yaml": tuple[DangerKind, ...],
    "units.yaml": tuple[Unit, ...],
    "activities.yaml": tuple[Activity, ...],
    "replies.yaml": tuple[ReplyGroup, ...],
    "duties.yaml": Duties,
    "services/*.yaml": Service,
    "worries/*.yaml": Worries,
    "guides/*.yaml": Guide,
    "phrases/*.yaml": dict[str, str],
    "examples/off-topic.yaml": Lines,
    "examples/danger.yaml": dict[str, Lines],
    "examples/*.yaml": tuple[Example, ...],
}


# In a file an open time is text; only the model takes it apart.
_TIME = {"type": "string", "pattern": r"^\d{1,2}([:.]\d{2})?$"}
_OPEN_TIME = {"type": "string", "pattern": r"^\d{1,2}([:.]\d{2})?\s*[-–]\s*\d{1,2}([:.]\d{2})?$"}


def schema(files: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one of :data:`FORMATS`. Raises KeyError for any other name."""
    made = TypeAdapter(FORMATS[files]).json_schema()
    if "Span" in made.get("$defs", {}):
        made["$defs"]["Span"] = _OPEN_TIME
    if "Team" in made.get("$defs", {}):
        made["$defs"]["Team"]["properties"]["time"] = _TIME
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": files, **made}
