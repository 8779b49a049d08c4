"""The schemas are made from the model, so that they cannot tell editors anything else."""

from __future__ import annotations

import json

from bot.knowledge.schema import FORMATS, schema


def test_every_format_has_a_schema_that_is_json() -> None:
    """Each can be written to a file and read back."""
    for files in FORMATS:
        made = schema(files)
        assert json.loads(json.dumps(made)) == made
        assert made["$schema"].startswith("https://json-schema.org/")


def test_a_service_needs_what_the_model_needs() -> None:
    """Required keys and the refusal of unknown ones come through."""
    made = schema("services/*.yaml")
    assert {"id", "level", "name", "summary", "assured"} <= set(made["required"])
    assert made["additionalProperties"] is False


def test_an_open_time_is_text_in_a_file() -> None:
    """Editors must accept "8-16", which the model takes apart."""
    assert schema("settings.yaml")["$defs"]["Span"]["type"] == "string"
