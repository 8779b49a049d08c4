"""A line more in a file of worries, with everything else of the file as it was, comments too. Text in, text out."""

from __future__ import annotations

import json

import yaml

from bot.knowledge.model import Language


class CannotEdit(Exception):
    """The file is not written in a way that a line can be put into it. The text says what to do instead."""


def line_of(words: str) -> str:
    """Words as they stand in a list of a YAML file."""
    return f"- {json.dumps(' '.join(words.split()), ensure_ascii=False)}"


def with_worry(text: str, language: Language, words: str) -> str:
    """The file ``worries/<id>.yaml`` with a line more at the end of a language's list. Raises CannotEdit."""
    before = _read(text)
    lines = text.splitlines()
    place = _end_of(text, language)
    if place is not None:
        row, indent = place
        lines.insert(row, f"{' ' * indent}{line_of(words)}")
    elif language not in before:
        lines += [f"{language}:", f"  {line_of(words)}"]
    edited = "\n".join(lines) + "\n"
    wanted = {**before, language: [*(before.get(language) or ()), " ".join(words.split())]}
    if _read(edited) != wanted:
        raise CannotEdit("the file is written in another way than a list of lines for each language: edit it by hand")
    return edited


def _read(text: str) -> dict[str, list[str]]:
    try:
        found = yaml.safe_load(text) or {}
    except yaml.YAMLError as fault:
        raise CannotEdit("the file cannot be read as YAML: see perheneuvo check") from fault
    return dict(found) if isinstance(found, dict) else {}


def _end_of(text: str, language: str) -> tuple[int, int] | None:
    """The row behind a language's last line, and how far its lines are indented."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value == language and isinstance(value, yaml.SequenceNode) and value.value and not value.flow_style:
            return value.value[-1].end_mark.line + 1, value.start_mark.column
    return None
