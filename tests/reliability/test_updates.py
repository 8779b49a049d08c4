"""What Telegram may send: the same again, chats in any order, numbers that fall, and what nobody can read."""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.figures import tell
from tests.journeys.test_process import free_port
from tests.reliability.conftest import Figures
from tests.reliability.play import FIRST, Play, begun, settings, together
from tests.reliability.product import Nursery
from tests.telegram.server import BotApi

Json = dict[str, Any]


def shuffled(updates: list[Json], rng: random.Random, share: float) -> list[Json]:
    """So many of them come later than they were, each behind some of other chats; no chat's own order changes."""
    order = list(updates)
    for _ in range(int(len(order) * share)):
        at = rng.randrange(len(order) - 1)
        late, to = order[at], at
        while to + 1 < len(order) and to < at + 10 and order[to + 1]["message"]["chat"] != late["message"]["chat"]:
            order[to] = order[to + 1]
            to += 1
        order[to] = late
    return order


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_repeated_and_shuffled_updates_are_each_taken_once(
    born: Nursery, figures: Figures, tmp_path: Path, mode: str
) -> None:
    """A tenth comes twice, some of it at once, some of it later; now and then the numbers begin anew elsewhere."""
    rng, began = random.Random(mode), time.monotonic()
    async with BotApi(longest_poll=0.2) as server:
        server.hook.pace = 0.01
        play = await begun(server, tmp_path, 20, in_group=False)
        server.stream.given = Twice(rng)
        running = born.start(tmp_path, settings(play, free_port(), webhook=mode == "webhook"))
        rounds = 10
        for number in range(rounds):
            server.stream.next_id = (500_000, 900_000, 100, 2_000_000_000, 7)[number % 5] + number * 10_000
            await once_more(play, rng, figures.repeated // rounds, posted=mode == "webhook")
            await play.finish(figures.seconds)
        await play.finish(figures.seconds)
        await running.stop()
        play.judged()
        tell(f"repeated and shuffled, {mode}", **together([play]), seconds=time.monotonic() - began)


@dataclass
class Twice:
    """A poll's answer with a twentieth of it twice at once, and as much of what came before once more."""

    rng: random.Random
    before: list[Json] = field(default_factory=list)

    def __call__(self, batch: list[Json]) -> list[Json]:
        """The answer that is given."""
        again = self.rng.sample(self.before, min(len(self.before), len(batch) // 20))
        self.before = [*self.before, *batch][-200:]
        return [*again, *(one for update in batch for one in [update] * (1 + (self.rng.random() < 0.05)))]


async def once_more(play: Play, rng: random.Random, many: int, *, posted: bool) -> None:
    """So many updates. What is posted is here posted twice; of what is polled :class:`Twice` takes care."""
    pushed = []
    for update in shuffled([play.anything(rng) for _ in range(many)], rng, 0.05):
        pushed.append(await play.push(update))
        if posted and rng.random() < 0.05:
            await play.push(pushed[-1])
        if posted and rng.random() < 0.05:
            await play.push(rng.choice(pushed[-20:]))


POISON: list[Json] = [
    {"message": [1, 2, 3]},
    {"message": {"message_id": 1, "date": 0, "chat": {"id": "x", "type": "private"}, "text": "?"}},
    {"message": {"message_id": 1, "date": 0, "chat": {"id": FIRST, "type": "private"}, "text": {"a": None}}},
    {"message": {"message_id": 1, "date": 0, "chat": None, "text": "?"}},
    {"callback_query": {"id": "1", "message": {"chat": 5}, "data": 3}},
    {"edited_message": "?"},
]
READABLE: list[Json] = [
    {"message": {"message_id": 1, "date": float("nan"), "chat": {"id": FIRST, "type": "channel"}}},
    {"a_kind_of_tomorrow": {"deep": [[[[]]]]}},
    {"message": {"message_id": 10**30, "date": 0, "chat": {"id": -5, "type": "group"}, "text": "\ud83d \x00"}},
]


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_what_nobody_can_read_stops_nobody_else(
    born: Nursery, figures: Figures, tmp_path: Path, mode: str
) -> None:
    """First, in the middle and last of a batch of 100: it is put aside for a person to see, all others are handled."""
    rng = random.Random(mode)
    async with BotApi(longest_poll=0.2) as server:
        server.hook.pace = 0.01
        play = await begun(server, tmp_path, 20, in_group=False)
        for at in (0, 50, 99):
            batch = [play.anything(rng) for _ in range(99)]
            for update in [*batch[:at], None, *batch[at:]]:
                await (play.push(update) if update else strangely(server))
        running = born.start(tmp_path, settings(play, free_port(), webhook=mode == "webhook"))
        async with asyncio.timeout(figures.seconds):
            while not settled(server, play.path):  # noqa: ASYNC110  # a database tells nobody outside when it changes
                await asyncio.sleep(0.05)
        await play.finish(figures.seconds)
        await running.stop()
        play.judged()
        assert aside(play.path) == 3 * len(POISON)
        tell(f"poison, {mode}", poison=3 * len(POISON), **together([play]))


async def strangely(server: BotApi) -> None:
    """Everything strange, one after the other."""
    for strange in (*POISON, *READABLE):
        await server.push(dict(strange), valid=False)


def settled(server: BotApi, path: Path) -> bool:
    """All has been fetched, and nothing waits in the inbox; what is told apart by no key is waited for as well."""
    if server.stream.waiting:
        return False
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        left = database.execute("SELECT count(*) FROM inbox WHERE state NOT IN ('done', 'quarantined')").fetchone()
    return bool(left[0] == 0)


def aside(path: Path) -> int:
    """How many updates are in quarantine, payload and all; none may still wait."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        rows = database.execute("SELECT state, payload FROM inbox WHERE state != 'done'").fetchall()
    assert all(state == "quarantined" and json.loads(payload) for state, payload in rows), rows
    return len(rows)
