"""Sending while Telegram floods, and while lines are cut after what was sent has arrived."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.figures import tell
from tests.journeys.test_process import free_port
from tests.reliability.checker import keys_in
from tests.reliability.conftest import Figures
from tests.reliability.play import FIRST, GROUP, Play, begun, settings, together
from tests.reliability.product import Nursery
from tests.telegram.server import BotApi, Limits

PARENTS, MESSAGES = 30, 10


@pytest.mark.alone
async def test_a_flood_in_the_staff_s_group_holds_no_parent_up(born: Nursery, tmp_path: Path) -> None:
    """30 parents write 10 messages each in 10 seconds, each line goes to the group too: all are answered in time."""
    async with BotApi() as server:
        play = await begun(server, tmp_path, PARENTS, waiting=PARENTS)
        server.limits = Limits()
        running = born.start(tmp_path, settings(play, free_port()), paced=True)
        await server.until(lambda: server.stream.polls, 30)
        pushed = await ten_seconds_of_writing(play)
        await server.until(lambda: all(len(answers(play, parent)) >= MESSAGES for parent in pushed), 60)
        await running.stop()
        waits = sorted(
            shown.at - at
            for parent, times in pushed.items()
            for shown, at in zip(answers(play, parent), times, strict=True)
        )
        shown = [key for line in play.group.chat.said for key in keys_in(line.text)]
        assert waits[int(len(waits) * 0.95)] < 5, waits[-30:]
        assert 12 <= len(shown) == len(set(shown))
        assert unsent(play.path, f"{GROUP}") == PARENTS * MESSAGES - len(shown)
        refused = [call for call in server.journal if call.status == 429]
        assert len(refused) < 30, f"the pace is kept: {len(refused)} calls were too many"
        tell(
            "flood",
            parents=PARENTS,
            updates=PARENTS * MESSAGES,
            p95=waits[int(len(waits) * 0.95)],
            refused=len(refused),
        )


async def ten_seconds_of_writing(play: Play) -> dict[int, list[float]]:
    """When each of them wrote, by the server's clock: one message a second, not all at the same moment."""
    pushed: dict[int, list[float]] = {FIRST + number: [] for number in range(PARENTS)}
    for _ in range(MESSAGES):
        for parent in pushed:
            pushed[parent].append(play.server.now())
            await play.push(play.words(parent))
            await asyncio.sleep(1 / PARENTS)  # ten seconds are what is to be played
    return pushed


def answers(play: Play, parent: int) -> list[Any]:
    """What was said to her, the oldest first."""
    return play.server.chats[parent].said


def unsent(path: Path, key: str = "%") -> int:
    """How many messages are still to be sent, to all or to one chat."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20)) as database:
        [count] = database.execute(
            "SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending') AND key LIKE ?", (key,)
        ).fetchone()
    return int(count)


async def test_what_was_cut_after_it_arrived_is_the_only_thing_repeated(
    born: Nursery, figures: Figures, tmp_path: Path
) -> None:
    """A fifth of all sendings end so: none is lost, each of those and no other comes twice, and workers know."""
    rng, began = random.Random("cut"), time.monotonic()
    cut: set[str] = set()

    def unlucky(values: dict[str, Any]) -> bool:
        keys = set(keys_in(values["text"]))
        if keys & cut or not keys or rng.random() >= 0.2:
            return False
        cut.update(keys)
        return True

    async with BotApi(longest_poll=1) as server:
        play = await begun(server, tmp_path, 50)
        server.fail("sendMessage", "apply then cut", figures.sends, when=unlucky)
        await play.some(figures.sends, rng, replies=0.95)  # the group is one lane, and each cut holds it for a second
        running = born.start(tmp_path, settings(play, free_port()))
        await play.finish(figures.seconds)
        async with asyncio.timeout(30):
            while unsent(play.path):  # noqa: ASYNC110  # what was cut last has been seen, and is yet to come again
                await asyncio.sleep(0.1)
        await running.stop()
        assert len(cut) > figures.sends / 10
        assert play.judged(may_repeat=cut) == cut
        tell("apply, then cut", cut=len(cut), **together([play]), seconds=time.monotonic() - began)
