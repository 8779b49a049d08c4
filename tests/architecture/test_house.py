"""Rules of the house that import rules alone cannot hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TIME = {"now", "utcnow", "today"}


def _calls(path: Path) -> Iterator[tuple[int, str, str]]:
    """Every call of a name's attribute in a file: line, name, attribute."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            value = node.func.value
            yield node.lineno, value.id if isinstance(value, ast.Name) else "", node.func.attr


def test_only_the_clock_reads_the_time() -> None:
    """``bot/clock.py`` is the one place where a moment comes from; everybody else is handed it."""
    for path in [*(ROOT / "bot").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")]:
        calls = [] if path.name == "clock.py" else list(_calls(path))
        read = [line for line, name, attribute in calls if name in ("datetime", "date") and attribute in TIME]
        read += [line for line, name, attribute in calls if name == "time" and attribute == "time"]
        assert not read, f"{path.relative_to(ROOT)} reads the time on lines {read}"


def test_a_handler_never_puts_a_message_out() -> None:
    """Only the outbox sends, and only the intake fills it: a handler adds no row to it."""
    for path in (ROOT / "handlers").rglob("*.py"):
        assert not [line for line, _, attribute in _calls(path) if attribute == "outbox_add"], path


def test_the_top_level_is_as_designed() -> None:
    """Packages: bot, handlers, tests; and the knowledge is YAML only."""
    folders = {path.name for path in ROOT.iterdir() if path.is_dir() and (path / "__init__.py").exists()}
    assert folders == {"bot", "handlers", "tests"}
    assert {path.suffix for path in (ROOT / "knowledge").rglob("*") if path.is_file()} == {".yaml"}
