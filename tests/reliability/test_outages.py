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

from tests.figures import SOAK, tell
from tests.journeys.test_process import free_port
from tests.reliability.conftest import Figures, all_at_once
from tests.reliability.play import Play, begun, settings, together
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


async def one_frost(born: Nursery, play: Play, seconds: float) -> tuple[float, float]:
    """Calls hang without a word, then are answered; 0 and the seconds until everything had arrived."""
    rng = random.Random("freeze")
    running = born.start(play.path.parent, settings(play, free_port()))
    await play.some(6, rng)
    await play.finish(60)
    play.server.fail("*", "freeze", MANY)
    await play.some(6, rng)
    await play.server.until(lambda: play.server.hanging)
    await asyncio.sleep(seconds)  # that long it is frozen
    play.server.heal()
    began = time.monotonic()
    await play.finish(30)
    back = time.monotonic() - began
    await running.stop()
    play.judged(may_repeat=None)
    return 0.0, back


@pytest.mark.alone
async def test_after_an_outage_all_is_well_within_five_seconds(born: Nursery, figures: Figures, tmp_path: Path) -> None:
    """Whatever the outage looked like, polling or by webhook; while it lasts, health is red. All of them at once."""
    places = [f"{mode} {kind}" for mode in ("polling", "webhook") for kind in OUTAGES]
    async with AsyncExitStack() as open_till_end:
        plays = {}
        for place in (*places, "frozen"):
            server = await open_till_end.enter_async_context(BotApi(longest_poll=0.5))
            plays[place] = await begun(server, tmp_path / place, 3)
        outages = [one_outage(born, plays[place], *reversed(place.split())) for place in places]
        frost = one_frost(born, plays["frozen"], figures.freeze)
        found = dict(zip(plays, await all_at_once([*outages, frost]), strict=True))
    reds, backs = ({place: took[at] for place, took in found.items()} for at in (0, 1))
    tell(
        "outages",
        outages=len(plays),
        frozen=figures.freeze,
        **together(plays.values()),
        latest_red=max(reds.values()),
        slowest_back=max(backs.values()),
    )
    assert {place: took for place, took in reds.items() if took >= 60} == {}, "red only after so many seconds"
    assert {place: took for place, took in backs.items() if took >= 5} == {}, "all had arrived only after so many"


@pytest.mark.skipif(not SOAK, reason="takes a minute: in make soak")
async def test_a_line_that_never_answers_again_is_red_within_a_minute(born: Nursery, tmp_path: Path) -> None:
    """Nothing fails, nothing comes: only the time since the last good poll tells."""
    port = free_port()
    async with BotApi(longest_poll=0.5) as server:
        play = await begun(server, tmp_path, 1)
        running = born.start(tmp_path, settings(play, port))
        await server.until(lambda: server.stream.polls > 1, 60)
        await until(port, True, 30)
        server.fail("*", "hang", MANY)
        assert await until(port, False, 70) < 60
        await running.stop()
