"""Three replicas on one PostgreSQL behind a round-robin, one killed again and again, the database restarted once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from itertools import count, cycle
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.messages import Address
from bot.ports import Store, StoreBusy
from bot.store.sql import open_store
from tests import postgres
from tests.figures import SOAK, grown, tell
from tests.operating.people import Balancer, Desk, Parent
from tests.operating.replicas import Running, begin, front_doors, small_knowledge
from tests.reliability.checker import Checker, key
from tests.store.times import HELSINKI

pytestmark = pytest.mark.postgresql
CHATS, WORDS, REPLIES = grown(12, 200), grown(16, 40), grown(4, 10)
KILLS = 3
"""She goes on writing until there were at least so many, and the database was restarted."""
EVERY = 2.0
"""Seconds between two kills; one waits while fewer than two others are ready."""
LONGEST = 3 * 3600 if SOAK else 240


@dataclass
class Town:
    """The replicas, who writes to them, and what was seen."""

    folder: Path
    settings: dict[str, str]
    store: Store
    replicas: list[Running]
    balancer: Balancer
    checker: Checker = field(default_factory=Checker)
    kills: int = 0
    starting: set[asyncio.Task[None]] = field(default_factory=set)
    calm: asyncio.Event = field(default_factory=asyncio.Event)

    async def parent(self, parent: Parent) -> None:
        """She asks for a person, then writes; the worker claims the case meanwhile and answers in between."""
        await parent.asks_for_a_person(self.balancer)
        row, case = await self._case(parent)
        working = asyncio.create_task(self.worker(parent, case))
        for number in count():
            if number >= WORDS and self.kills >= KILLS:
                break
            said = key("parent", parent.chat, number)
            self.checker.saw("pushed", parent.chat, said)
            await parent.writes(self.balancer, said)
            self.checker.saw("acknowledged", parent.chat, said)
        await working
        self.rows.append((parent.chat, row, case))

    async def _case(self, parent: Parent) -> tuple[int, int]:
        """Her row and her case's number, as soon as the database can be asked."""
        while True:
            try:
                async with self.store.begin() as work:
                    row, conversation = await work.conversation(Address("web", parent.key))
            except StoreBusy:
                await asyncio.sleep(0.2)
                continue
            assert conversation.case is not None
            return row, conversation.case

    rows: list[tuple[int, int, int]] = field(default_factory=list)

    async def worker(self, parent: Parent, case: int) -> None:
        """Claims her case and answers some times."""
        desk = Desk()
        await desk.does(self.balancer, case, "claim")
        for number in range(REPLIES):
            said = key("worker", parent.chat, number)
            self.checker.saw("pushed", parent.chat, said)
            await desk.does(self.balancer, case, "reply", said)
            self.checker.saw("acknowledged", parent.chat, said)

    async def killer(self, server: postgres.Server) -> None:
        """One replica every two seconds, each in turn; after the second one the database."""
        for place in cycle(range(len(self.replicas))):
            await self._pause()
            while len(self.starting) > 1 and not self.calm.is_set():
                await asyncio.wait(self.starting, return_when=asyncio.FIRST_COMPLETED)
            if self.calm.is_set():
                return
            await self.replicas[place].kill()
            self.kills += 1
            self._start(place)
            if self.kills == 2:
                await asyncio.to_thread(_restart, server)

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(EVERY):
                await self.calm.wait()
        except TimeoutError:
            pass

    def _start(self, place: int) -> None:
        async def again() -> None:
            self.replicas[place] = await begin(self.folder, self.settings, self.replicas[place].port)

        task = asyncio.create_task(again())
        self.starting.add(task)
        task.add_done_callback(self.starting.discard)

    async def looks(self) -> None:
        """What stands in the database and on the pages in the end."""
        for chat, row, case in self.rows:
            async with self.store.begin() as work:
                lines, page = await work.case_lines(case), await work.web_lines(row)
            for line in lines:
                for where in ("stored", "in_case", "shown") if line.by == "parent" else ("stored", "replied"):
                    self.checker.saw(where, chat, line.text)
            for shown in page:
                if shown.by == "worker":
                    self.checker.saw("delivered", chat, str(shown.payload))


def _restart(server: postgres.Server) -> None:
    """As after a crash: nobody is waited for."""
    data, log = str(server.folder / "data"), str(server.folder / "log")
    server.run("pg_ctl", "restart", "-w", "-m", "immediate", "-D", data, "-l", log)


async def test_three_replicas_lose_nothing_and_repeat_nothing(
    database: str, server: postgres.Server, tmp_path: Path
) -> None:
    """Lost, duplicated, unexpected, reordered: none; every outbox row makes one line of a page."""
    name = database.partition("?")[0].rpartition("/")[2]
    server.sql(f"ALTER DATABASE {name} SET synchronous_commit = on")
    knowledge = small_knowledge(tmp_path / "knowledge")
    settings = {
        "PERHENEUVO_DATABASE_URL": database,
        "PERHENEUVO_KNOWLEDGE": str(knowledge),
        "PERHENEUVO_LOG": "warning",
    }
    store = open_store(database, key=None, zone=HELSINKI)
    await store.start()
    await Desk().sign_in(store)
    async with (
        aclosing(_Closing(store.close)),
        front_doors(tmp_path, settings, 3) as replicas,
        httpx.AsyncClient(timeout=10, trust_env=False) as client,
        asyncio.timeout(LONGEST),
    ):
        town = Town(tmp_path, settings, store, replicas, Balancer(replicas, client))
        killing = asyncio.create_task(town.killer(server))
        async with asyncio.TaskGroup() as writing:
            for chat in range(CHATS):
                writing.create_task(town.parent(Parent(chat)))
        town.calm.set()
        await killing
        await asyncio.gather(*town.starting)
        await _delivered(store)
        await town.looks()
    report = town.checker.report()
    assert report.pushed >= CHATS * (WORDS + REPLIES)
    assert report.faults() == []
    assert town.kills >= KILLS
    assert await _lines_of_rows(database) == (0, 0)
    tell("three replicas, pages", kills=town.kills, **report.figures(), sent_again=town.balancer.retries)


@dataclass
class _Closing:
    """Something to be closed, as contextlib wants it."""

    aclose: Callable[[], Awaitable[None]]


async def _delivered(store: Store) -> None:
    """Wait until nothing is left to be sent: rows of the killed ones are taken over after a while."""
    while True:
        async with store.begin() as work:
            if (await work.backlog()).outbox == 0:
                return
        await asyncio.sleep(0.2)


async def _lines_of_rows(database: str) -> tuple[int, int]:
    """Rows without a line of a page, and rows given up."""
    engine = create_async_engine(database)
    counted = (
        "SELECT count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM web_lines WHERE web_lines.outbox = outbox.id)), "
        "count(*) FILTER (WHERE state <> 'sent') FROM outbox"
    )
    async with engine.connect() as connection:
        row = (await connection.execute(text(counted))).one()
    await engine.dispose()
    return int(row[0]), int(row[1])
