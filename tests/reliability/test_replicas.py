"""Three replicas on PostgreSQL behind one webhook, one killed every two seconds, the database crashed once."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from bot.outbox.worker import AT_ONCE
from bot.store.sql import open_store
from tests import postgres
from tests.builders import ZONE
from tests.figures import tell
from tests.journeys.test_process import free_port
from tests.reliability.conftest import Figures
from tests.reliability.play import FIRST, GROUP, WILMA, Play, furnish, peopled, together
from tests.reliability.product import Nursery, Running
from tests.telegram.server import BotApi

pytestmark = pytest.mark.postgresql
CHATS, WAITING = 200, 40
"""Parents; the first so many of them still wait for a worker, so that each of their messages is answered."""
REPLICAS, KILLS, EVERY = 3, 4, 2.0
ON_THE_WAY = 200
"""Updates that wait at most, at Telegram or in the inbox: what is pushed later comes while replicas die."""


@dataclass
class Balancer:
    """What stands in front of the replicas: each line goes to the next of them that can be reached."""

    ports: Sequence[int]
    port: int = field(default_factory=free_port)
    _turn: count[int] = field(default_factory=count)

    async def serve(self, ours: asyncio.StreamReader, theirs: asyncio.StreamWriter) -> None:
        """One line, to its end."""
        for _ in self.ports:
            with suppress(OSError):
                reader, writer = await asyncio.open_connection(
                    "127.0.0.1", self.ports[next(self._turn) % len(self.ports)]
                )
                await asyncio.gather(_poured(ours, writer), _poured(reader, theirs))
                return
        theirs.close()


async def _poured(source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await source.read(1 << 16):
            to.write(piece)
            await to.drain()
    to.close()


@dataclass
class Outsider:
    """Looks into the database from outside, on one connection that is made anew when it is lost."""

    url: str
    server: BotApi
    _line: asyncio.Lock = field(default_factory=asyncio.Lock)
    _connection: asyncpg.Connection[asyncpg.Record] | None = None

    async def told(self, offset: int, confirmed: list[int]) -> None:
        """The server's hook: everything Telegram is told is received must be committed by then."""
        kept = await self._asked("SELECT external FROM inbox WHERE external = ANY($1)", confirmed)
        missing = set(confirmed) - {row["external"] for row in kept}
        if missing:
            self.server.violations.append(f"confirmed and not committed: {sorted(missing)}")

    async def waiting(self) -> int:
        """How many have not been handled."""
        [row] = await self._asked("SELECT count(*) AS many FROM inbox WHERE state = 'waiting'")
        return int(row["many"]) + len(self.server.stream.waiting)

    async def _asked(self, statement: str, *values: Any) -> Sequence[asyncpg.Record]:
        async with self._line, asyncio.timeout(60):
            while True:
                try:
                    if self._connection is None or self._connection.is_closed():
                        self._connection = await asyncpg.connect(self.url.replace("+asyncpg", ""), timeout=3)
                    rows: Sequence[asyncpg.Record] = await self._connection.fetch(statement, *values)
                    return rows
                except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                    await asyncio.sleep(0.05)  # it is being started again

    async def close(self) -> None:
        """Nothing stays open."""
        if self._connection is not None:
            await self._connection.close(timeout=3)


@dataclass
class Company:
    """The replicas, and who kills them."""

    born: Nursery
    folder: Path
    settings: dict[str, str]
    ports: list[int]
    running: list[Running] = field(default_factory=list)
    kills: int = 0
    calm: asyncio.Event = field(default_factory=asyncio.Event)

    def start(self, place: int) -> Running:
        """The one at that place."""
        folder = self.folder / str(place)
        folder.mkdir(exist_ok=True)
        return self.born.start(folder, {**self.settings, "PERHENEUVO_BIND": f"127.0.0.1:{self.ports[place]}"})

    async def dies(self, server: postgres.Server) -> None:
        """One every two seconds, each in turn, while the two others answer; after the second one the database."""
        for place in (number % REPLICAS for number in count()):
            with suppress(TimeoutError):
                async with asyncio.timeout(EVERY):
                    await self.calm.wait()
            await self._others(place)
            if self.calm.is_set():
                return
            await self.running[place].killed()
            self.running[place] = self.start(place)
            self.kills += 1
            if self.kills == 2:
                data, log = str(server.folder / "data"), str(server.folder / "log")
                await asyncio.to_thread(server.run, "pg_ctl", "restart", "-w", "-m", "immediate", "-D", data, "-l", log)

    async def _others(self, place: int) -> None:
        for other in range(REPLICAS):
            while other != place and not self.calm.is_set():
                if self.running[other].ended.done():  # it could not start while the database did; a supervisor's work
                    self.running[other] = self.start(other)
                with suppress(OSError):
                    _, writer = await asyncio.open_connection("127.0.0.1", self.ports[other])
                    writer.close()
                    break
                await asyncio.sleep(0.05)  # it is starting


@asynccontextmanager
async def town(
    server: BotApi, database: str, postgresql: postgres.Server, folder: Path
) -> AsyncIterator[tuple[Play, Outsider]]:
    """The play on PostgreSQL, watched."""
    store = open_store(database, key=None, zone=ZONE)
    await store.start()
    await furnish(store, CHATS, datetime.now(ZONE), waiting=WAITING)
    await store.close()
    name = database.partition("?")[0].rpartition("/")[2]
    postgresql.sql(f"ALTER DATABASE {name} SET synchronous_commit = on")

    def rows(statement: str) -> list[list[str]]:
        return [line.split("|") for line in postgresql.sql(statement, name).splitlines()]

    outsider = Outsider(database, server)
    server.stream.acknowledged.append(outsider.told)
    group, wilma = server.group(GROUP), server.worker(WILMA)
    try:
        yield peopled(Play(server, folder, CHATS, wilma, group, in_group=False, rows=rows)), outsider
    finally:
        await outsider.close()


async def written(play: Play, outsider: Outsider, company: Company, many: int, rng: random.Random) -> None:
    """So many messages, and as many more as it takes until there were enough kills."""
    pushed = 0
    while pushed < many or company.kills < KILLS:
        await play.some(50, rng)
        pushed += 50
        while await outsider.waiting() > ON_THE_WAY:  # noqa: ASYNC110  # a database tells nobody outside
            await asyncio.sleep(0.1)


async def test_three_replicas_behind_one_webhook_lose_nothing(
    born: Nursery, figures: Figures, database: str, server: postgres.Server, tmp_path: Path
) -> None:
    """Whichever takes an update, whichever handles it: each is in its case once and in order; who waits is answered."""
    rng, began = random.Random("replicas"), time.monotonic()
    balancer = Balancer([free_port() for _ in range(REPLICAS)])
    async with BotApi() as telegram, town(telegram, database, server, tmp_path) as (play, outsider):
        telegram.hook.pace = 0.02
        settings = {
            "PERHENEUVO_TELEGRAM_TOKEN": telegram.token,
            "PERHENEUVO_TELEGRAM_API_BASE": telegram.base,
            "PERHENEUVO_TELEGRAM_MODE": "webhook",
            "PERHENEUVO_WEBHOOK_URL": f"http://127.0.0.1:{balancer.port}/telegram",
            "PERHENEUVO_DATABASE_URL": database,
            "PERHENEUVO_LOG": "warning",
            "PERHENEUVO_ENCODER": "off",
        }
        company = Company(born, tmp_path, settings, list(balancer.ports))
        company.running = [company.start(place) for place in range(REPLICAS)]
        async with await asyncio.start_server(balancer.serve, "127.0.0.1", balancer.port):
            async with asyncio.TaskGroup() as meanwhile:  # a fault of one ends the other
                meanwhile.create_task(company.dies(server))
                await written(play, outsider, company, figures.shared, rng)
                company.calm.set()
            await play.finish(figures.seconds, 0.5)
            await telegram.until(lambda: _unanswered(play) <= 0, 60)
            for running in company.running:
                if not running.ended.done():
                    await running.stop()
        play.judged()
        assert company.kills >= KILLS
        assert -AT_ONCE * company.kills <= _unanswered(play) <= 0, "an answer came twice that nobody was sending"
    tell(
        "three replicas on PostgreSQL, one webhook",
        chats=CHATS,
        kills=company.kills,
        **together([play]),
        seconds=time.monotonic() - began,
    )


def _unanswered(play: Play) -> int:
    """Of what the waiting ones wrote; less than none when something was said twice."""
    waiting = range(FIRST, FIRST + WAITING)
    said = sum(len(play.checker.seen["pushed"][parent]) for parent in waiting)
    return said - sum(len(play.server.chats[parent].said) for parent in waiting)
