"""Dying exactly before and after each step of a message's way, again and again; then everything has arrived once."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from bot.outbox.worker import AT_ONCE
from tests.figures import tell
from tests.journeys.test_process import free_port
from tests.reliability.conftest import Figures
from tests.reliability.play import Play, begun, settings, together
from tests.reliability.points import DIED, NAMES
from tests.reliability.product import Nursery
from tests.telegram.server import BotApi
from tests.telegram.watching import on_disk, watch

UPDATES = 12
STEPS = 5  # places in the making of the tables, three tables apart


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("when", ["before", "after"])
async def test_it_may_die_at_any_step(born: Nursery, figures: Figures, tmp_path: Path, when: str, name: str) -> None:
    """Each seed is another number of calls at which it dies; what it left behind, the next one finds."""
    async with BotApi(longest_poll=0.1) as server:
        play = await begun(server, tmp_path, 3)
        told = settings(play, free_port())
        for seed in range(figures.seeds):
            rng = random.Random(f"{when} {name} {seed}")
            await play.some(UPDATES, rng)
            running = born.start(tmp_path, told, points={f"{when} {name}": rng.randint(1, UPDATES // 2)})
            async with asyncio.timeout(30):
                assert await running.ended == DIED, running.told()
        await play.to_the_end(born.start(tmp_path, told), figures.seconds)
        assert len(play.judged(may_repeat=None)) <= AT_ONCE * figures.seeds
        tell(f"dying {when} {name}", deaths=figures.seeds, **together([play]))


@pytest.mark.parametrize(
    "point", ["before migration", "after migration", "before migration step", "after migration step"]
)
async def test_it_may_die_while_the_tables_are_made(
    born: Nursery, figures: Figures, tmp_path: Path, point: str
) -> None:
    """Half-made tables are none: the next start makes them whole, and all that waited is answered."""
    async with BotApi(longest_poll=0.1) as server:
        path = tmp_path / "perheneuvo.db"
        watch(server, on_disk(path))
        told = settings(Play(server, path, 0, server.worker(), server.group()), free_port())
        aino = server.parent()
        await aino.write("/start")
        for seed in range(figures.seeds):
            running = born.start(
                tmp_path, told, points={point: 1 if point.endswith("migration") else 3 * (seed % STEPS) + 1}
            )
            async with asyncio.timeout(30):
                assert await running.ended == DIED, running.told()
            if point == "after migration":
                path.unlink()
        running = born.start(tmp_path, told)
        try:
            await aino.hears("Kerro omin sanoin")
        finally:
            await running.stop()
        assert len(aino.chat.said) == 1
