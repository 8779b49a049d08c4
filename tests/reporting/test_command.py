"""``perheneuvo report`` as typed, on a database with a month of work."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from bot.store.alone import OneProcess
from bot.store.sql import open_store
from tests.builders import ZONE, starter
from tests.reporting.month import keep, month

RUNNER = CliRunner()
OCTOBER = ("--from", "2026-10-01", "--to", "2026-10-31")


@pytest.fixture(scope="module", name="database")
def the_database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Seeded once."""
    url = f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('reporting')}/month.db"
    asyncio.run(_seed(url))
    return url


async def _seed(url: str) -> None:
    store = open_store(url, key=None, zone=ZONE)
    await store.start()
    await keep(store, *month(80))
    await store.close()


@pytest.fixture(name="report")
def the_command(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of this machine's settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PERHENEUVO_DATABASE_URL", database)


def printed(*words: str) -> str:
    """What the command prints; it must succeed."""
    done = RUNNER.invoke(app, ["report", *words])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.usefixtures("report")
def test_the_report_is_read_while_the_front_door_runs(database: str) -> None:
    """The one process that may serve the file holds its lock meanwhile."""
    serving = OneProcess(Path(database.removeprefix("sqlite+aiosqlite:///")))
    serving.take()
    try:
        shown = printed(*OCTOBER, "--lang", "en")
    finally:
        serving.free()
    assert f"{starter().phrases['en']['report.total']}: 80" in shown
    assert "< 5" in shown


@pytest.mark.usefixtures("report")
def test_csv_and_json_tell_the_same() -> None:
    """Each count, hidden in the one where it is hidden in the other."""
    rows = list(csv.DictReader(io.StringIO(printed(*OCTOBER, "--csv"))))
    found = json.loads(printed(*OCTOBER, "--json"))
    assert found["cases"] == 80
    marks = {"few": "< 5", "beside": "–"}
    for table, parts in found["tables"].items():
        told = {row["key"]: row["value"] for row in rows if row["table"] == table}
        assert told == {part["key"]: marks.get(part.get("hidden"), str(part["count"])) for part in parts}
    waits = {f"{row['within']}.{row['key']}" for row in rows if row["table"] == "wait"}
    assert waits == {f"{name}.{rank}" for name in found["waits"] for rank in ("median", "90")}


@pytest.mark.usefixtures("report")
def test_a_time_without_work_says_so() -> None:
    """In any form, without a figure."""
    empty = ("--from", "2025-01-01", "--to", "2025-01-31")
    assert starter().phrases["fi"]["report.empty"][:30] in printed(*empty)
    assert json.loads(printed(*empty, "--json"))["cases"] is None
    assert printed(*empty, "--csv").splitlines()[1:] == ["cases,,all,2025-01-01..2025-01-31,< 5,cases,"]


@pytest.mark.usefixtures("report")
@pytest.mark.parametrize(
    "words", [("--from", "1.10.2026"), ("--from", "2026-10-02", "--to", "2026-10-01"), ("--lang", "de")]
)
def test_what_is_no_period_or_language_is_refused(words: tuple[str, ...]) -> None:
    """With a word on how to write it."""
    assert RUNNER.invoke(app, ["report", *words]).exit_code == 2
