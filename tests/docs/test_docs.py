"""The documents say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import typer.main

from bot.__main__ import app
from bot.conversation.transitions import diagram, rows
from bot.knowledge.model import Desk, Unit
from bot.knowledge.schema import FORMATS
from bot.settings import PREFIX, Settings
from tests.builders import starter

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_setting_is_in_the_readme_and_the_example() -> None:
    """And none that does not exist."""
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert f"`{PREFIX}{name.upper()}`" in README, f"{PREFIX}{name.upper()} is not in the README"
        assert f"{PREFIX}{name.upper()}=" in example, f"{PREFIX}{name.upper()} is not in .env.example"


def test_every_command_is_in_the_readme() -> None:
    """With its full name."""
    group = typer.main.get_command(app)
    commands = dict(getattr(group, "commands", {}))
    for name, command in commands.items():
        within = dict(getattr(command, "commands", {}))
        for full in [f"{name} {each}" for each in within] or [name]:
            assert f"perheneuvo {full}" in README, f"perheneuvo {full} is not in the README"


def test_the_drawing_of_the_conversation_is_the_table() -> None:
    """docs/conversation.md is made from the code; ``python -m tests.docs`` makes it anew."""
    drawn = (ROOT / "docs" / "conversation.md").read_text(encoding="utf-8")
    assert diagram() in drawn
    assert rows() in drawn


def test_every_phrase_is_used() -> None:
    """A phrase nobody says is taken out; one that is made from parts is known by its beginning."""
    files = [path for room in ("bot", "handlers") for path in (ROOT / room).rglob("*")]
    said = "\n".join(path.read_text(encoding="utf-8") for path in files if path.suffix in (".py", ".html"))
    made = set(re.findall(r"""["']([a-z_.]+\.)(?:\{|" ~)""", said))
    for key in starter().phrases["fi"]:
        spoken = f'"{key}"' in said or f"'{key}'" in said
        assert spoken or any(key.startswith(beginning) for beginning in made), f"nobody says {key}"


def test_the_admins_page_tells_every_file_and_key() -> None:
    """Each kind of file, each key of the desk and of a unit; and no key that does not exist."""
    page = (ROOT / "docs" / "knowledge.md").read_text(encoding="utf-8")
    for files in FORMATS:
        assert f"`{files}`" in page or files.startswith("examples/"), f"{files} is not told"
    for model in (Desk, Unit):
        for key in model.model_fields:
            assert f"`{key}`" in page, f"{key} is not told"
    keys = set(re.findall(r"`([a-z]+_[a-z_]+)`", page))
    assert keys <= {*Desk.model_fields, *Unit.model_fields}
