"""Telegram out of reach, in every way that is known: red within a minute, well again within five seconds."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.journeys.test_process import free_port
from tests.reliability.conftest import SOAK, Figures
from tests.reliability.play import Play, begun, settings
from tests.reliability.product import Nursery
from tests.telegram.server import BotApi

MANY = 1_000_000
OUTAGES = ("502", "504", "401", "409", "truncated", "html", "cut", "refused")


async def health(port: int) -> dict[str, Any]:
    """What ``/health`` tells, with its status."""
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"http://127.0.0.1:{port}/health", timeout=10)
        return {**answer.json(), "status": answer.status_code}


async def until(port: int, ok: bool, seconds: float) -> float:
    """How long it took /health to say so."""
    began = time.monotonic()
    async with asyncio.timeout(seconds):
        while (await health(port))["ok"] is not ok:  # noqa: ASYNC110  # that is how machines watch
            await asyncio.sleep(0.1)
    return time.monotonic() - began


async def broken(server: BotApi, kind: Any) -> Callable[[], Awaitable[None]]:
    """It begins; gives what ends it."""
    if kind == "refused":
        await server.refuse()
        return server.listen

    async def ended() -> None:
        server.heal()

    server.fail("*", kind, MANY)
    return ended


async def one_outage(born: Nursery, play: Play, kind: str, mode: str) -> tuple[float, float]:
    """Something is said before, while and after; the seconds until red, and until everything had arrived."""
    rng, port = random.Random(kind), free_port()
    running = born.start(play.path.parent, settings(play, port, webhook=mode == "webhook"))
    await play.some(6, rng)
    await play.finish(60)
    heal = await broken(play.server, kind)
    await play.some(6, rng)
    red = await until(port, False, 60)
    await heal()
    began = time.monotonic()
    await play.finish(30)
    back = time.monotonic() - began
    await play.some(6, rng)
    await play.finish(30)
    await until(port, True, 10)
    await running.stop()
    play.judged(may_repeat=None)
    return red, back


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_after_an_outage_all_is_well_within_five_seconds(born: Nursery, tmp_path: Path, mode: str) -> None:
    """Whatever the outage looked like; while it lasts, health is red."""
    async with AsyncExitStack() as open_till_end:
        servers = [await open_till_end.enter_async_context(BotApi(longest_poll=0.5)) for _ in OUTAGES]
        plays = [await begun(server, tmp_path / kind, 3) for kind, server in zip(OUTAGES, servers, strict=True)]
        outages = zip(plays, OUTAGES, strict=True)
        found = await asyncio.gather(*(one_outage(born, play, kind, mode) for play, kind in outages))
    for kind, (red, back) in zip(OUTAGES, found, strict=True):
        assert red < 60, f"{kind}: red only after {red:.1f} s"
        assert back < 5, f"{kind}: everything had arrived only after {back:.1f} s"


async def test_what_was_frozen_goes_on_when_it_thaws(born: Nursery, figures: Figures, tmp_path: Path) -> None:
    """Calls hang without a word, then are answered: nothing is lost and nothing waits for long."""
    rng, port = random.Random("freeze"), free_port()
    async with BotApi(longest_poll=0.5) as server:
        play = await begun(server, tmp_path, 3)
        running = born.start(tmp_path, settings(play, port))
        await play.some(6, rng)
        await play.finish(60)
        server.fail("*", "freeze", MANY)
        await play.some(6, rng)
        await server.until(lambda: server.hanging)
        await asyncio.sleep(figures.freeze)  # that long it is frozen
        server.heal()
        began = time.monotonic()
        await play.finish(30)
        assert time.monotonic() - began < 5
        await running.stop()
        play.judged(may_repeat=None)


@pytest.mark.skipif(not SOAK, reason="takes a minute: in make soak")
async def test_a_line_that_never_answers_again_is_red_within_a_minute(born: Nursery, tmp_path: Path) -> None:
    """Nothing fails, nothing comes: only the time since the last good poll tells."""
    port = free_port()
    async with BotApi(longest_poll=0.5) as server:
        play = await begun(server, tmp_path, 1)
        running = born.start(tmp_path, settings(play, port))
        await until(port, True, 30)
        server.fail("*", "hang", MANY)
        assert await until(port, False, 70) < 60
        await running.stop()
