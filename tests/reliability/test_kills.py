"""kill -9 at any moment: nothing is lost, nothing is in a case twice, every chat keeps its order."""

from __future__ import annotations

import asyncio
import random
import time
from pathlib import Path

import pytest

from bot.outbox.worker import AT_ONCE
from tests.figures import tell
from tests.journeys.test_process import free_port
from tests.reliability.conftest import Figures
from tests.reliability.play import Play, begun, settings, together
from tests.reliability.product import Nursery, Running
from tests.telegram.server import BotApi

PARENTS = 40


async def a_while(play: Play, running: Running, rng: random.Random, calls: int) -> None:
    """Until a random number of calls more, and a random moment after the last of them."""
    until = len(play.server.journal) + len(play.server.hook.posts) + rng.randint(1, calls)
    await play.server.until(lambda: len(play.server.journal) + len(play.server.hook.posts) >= until or play.done(), 60)
    await asyncio.sleep(rng.random() * 0.02)  # not to wait for anything: a moment like any other


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_killed_at_random_it_loses_nothing(born: Nursery, figures: Figures, tmp_path: Path, mode: str) -> None:
    """Every update confirmed is stored, and reaches its case and its screen; a repeat is marked."""
    rng, began = random.Random(f"{mode} {figures.kills}"), time.monotonic()
    async with BotApi(longest_poll=1) as server:
        server.hook.pace = 0.02
        play = await begun(server, tmp_path, PARENTS)
        told = settings(play, free_port(), webhook=mode == "webhook")
        share = figures.updates // figures.kills
        for _ in range(figures.kills):
            await play.some(share, rng)
            running = born.start(tmp_path, told)
            await a_while(play, running, rng, 3 * share)
            assert await running.killed() == -9, running.told()
        await play.to_the_end(born.start(tmp_path, told), figures.seconds)
        repeated = play.judged(may_repeat=None)
        assert len(repeated) <= AT_ONCE * figures.kills
        tell(f"kill -9, {mode}", kills=figures.kills, **together([play]), seconds=time.monotonic() - began)
