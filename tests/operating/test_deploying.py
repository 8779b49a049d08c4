"""The deployment files name what exists, and keep what they promise."""

from __future__ import annotations

import re
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from telegram.error import Conflict, InvalidToken, NetworkError

from bot.main import STOP
from bot.operating.pages import GRACE
from bot.ports import StoreBusy
from bot.settings import PREFIX, Settings
from handlers.telegram.standing import ALARM_AFTER, Standing, Waits
from tests.builders import SetClock

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
FRONTS = [service for name, service in COMPOSE["services"].items() if name.startswith("front")]


@pytest.mark.parametrize("path", [*DEPLOY.iterdir(), ROOT / "docs" / "operating.md"], ids=lambda path: path.name)
def test_every_setting_named_is_a_setting(path: Path) -> None:
    """A wrong name would stop the start."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    named = set(re.findall(rf"\b{PREFIX}[A-Z_]+\b", path.read_text(encoding="utf-8")))
    assert named <= known


def test_three_replicas_stand_behind_the_proxy_on_one_database() -> None:
    """None of them reachable from outside, all with the same settings."""
    assert len(FRONTS) == 3
    assert all(front == FRONTS[0] and "ports" not in front for front in FRONTS)
    assert FRONTS[0]["environment"]["PERHENEUVO_DATABASE_URL"].startswith("postgresql+asyncpg://")
    proxy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert all(f"{name}:8080" in proxy for name in COMPOSE["services"] if name.startswith("front"))
    assert [name for name, service in COMPOSE["services"].items() if "ports" in service] == ["proxy"]


def test_every_setting_of_deploy_env_reaches_the_replicas() -> None:
    """What compose does not pass on would be ignored; the image itself sets the folder and the address."""
    image = set(re.findall(rf"\b{PREFIX}[A-Z_]+(?==)", (DEPLOY / "Dockerfile").read_text(encoding="utf-8")))
    passed = FRONTS[0]["environment"]
    assert {PREFIX + name.upper() for name in Settings.model_fields} == image | set(passed)
    fixed = {"PERHENEUVO_DATABASE_URL", "PERHENEUVO_METRICS"}
    assert all(value.startswith(f"${{{name}:") for name, value in passed.items() if name not in fixed)


def test_whoever_stops_it_waits_long_enough() -> None:
    """Longer than the front door takes at most."""
    unit = RawConfigParser(strict=False)
    unit.read(DEPLOY / "perheneuvo.service", encoding="utf-8")
    for patience in (int(unit["Service"]["TimeoutStopSec"]), int(FRONTS[0]["stop_grace_period"].rstrip("s"))):
        assert GRACE < STOP < 10 < patience


def test_the_image_compiles_nothing_and_runs_as_nobody_special() -> None:
    """Ready-made packages, a user of its own, no secret."""
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("USER ")] == ["USER front"]
    installs = [line for line in lines if "pip install" in line]
    assert all("--only-binary :all:" in line or "--no-deps --no-build-isolation ." in line for line in installs)
    assert not [line for line in lines if "TOKEN" in line or "_KEY" in line]


def test_every_red_word_has_a_line_in_the_page_for_those_on_call() -> None:
    """What /health names is told what to do about."""
    for red in ("`database`", "`telegram silent`", "`outbox late`", "`inbox late`", "`outbox telegram:", "`knowledge`"):
        assert red in PAGE


@pytest.mark.parametrize("error", [Conflict(""), InvalidToken(), NetworkError(""), StoreBusy()], ids=repr)
def test_every_alarm_of_receiving_has_a_line_in_the_page(error: Exception) -> None:
    """Whatever keeps updates from coming."""
    standing = Standing(SetClock(), Waits())
    for _ in range(ALARM_AFTER):
        standing.refused(error)
    assert standing.alarm is not None
    assert f"`telegram: {standing.alarm}`" in PAGE
