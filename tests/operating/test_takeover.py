"""Two replicas with Telegram by polling: one asks, the other follows it; both take a changed knowledge."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.operating.replicas import Running, front_doors, set_phrase, small_knowledge
from tests.telegram.server import BotApi

pytestmark = pytest.mark.postgresql
TAKES_OVER = 10.0
LOADS = 60.0  # seconds a new base may take on a busy machine


async def health_when(running: Running, is_so: Callable[[dict[str, Any]], bool], seconds: float) -> dict[str, Any]:
    """What it tells as soon as that is so."""
    async with asyncio.timeout(seconds):
        while True:
            told: dict[str, Any] = (await running.health()).json()
            if is_so(told):
                return told
            await asyncio.sleep(0.1)


async def test_another_replica_polls_within_ten_seconds_and_both_take_an_edit(database: str, tmp_path: Path) -> None:
    """Before, it says that another one does; her messages are answered by whoever is left."""
    knowledge = small_knowledge(tmp_path / "knowledge")
    async with BotApi() as server:
        settings = {
            "PERHENEUVO_DATABASE_URL": database,
            "PERHENEUVO_KNOWLEDGE": str(knowledge),
            "PERHENEUVO_TELEGRAM_TOKEN": server.token,
            "PERHENEUVO_TELEGRAM_API_BASE": server.base,
        }
        mother = server.parent()
        async with front_doors(tmp_path, settings, 2) as running:
            told = [await health_when(each, lambda told: bool(told["ok"]), LOADS) for each in running]
            assert sorted(each["telegram"]["receives"] for each in told) == ["another replica", "here"]
            await mother.write("/start")
            await mother.hears("Kerro omin sanoin")

            set_phrase(knowledge, "staff.help", "Uusi ohje.")
            before = told[0]["knowledge"]
            both = [await health_when(each, lambda told: told["knowledge"] != before, LOADS) for each in running]
            assert both[0]["knowledge"] == both[1]["knowledge"]
            (knowledge / "questions.yaml").write_text("- id: [", encoding="utf-8")
            broken = await health_when(running[0], lambda told: bool(told["knowledge_faults"]), LOADS)
            assert broken["red"] == ["knowledge"]
            assert broken["knowledge_faults"][0].startswith("questions.yaml:")
            assert broken["knowledge"] == both[0]["knowledge"]

            leads = next(each for each, one in zip(running, told, strict=True) if one["replicas"]["leads"])
            left = next(each for each in running if each is not leads)
            await leads.kill()
            await health_when(left, lambda told: told["telegram"]["receives"] == "here", TAKES_OVER)
            mother.chat.said.clear()
            await mother.write("/start")
            await mother.hears("Kerro omin sanoin")
