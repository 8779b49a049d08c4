"""The database's own troubles on one machine: nothing is confirmed that is not committed, and everything heals."""

from __future__ import annotations

import asyncio
import random
import resource
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.figures import tell
from tests.journeys.test_process import free_port
from tests.reliability.conftest import Figures
from tests.reliability.house import House, living_in
from tests.reliability.play import begun, settings, together
from tests.reliability.product import Nursery
from tests.telegram.server import BotApi

Trouble = Callable[[House], Awaitable[Callable[[], Awaitable[None]]]]


def broken(number: int, code: int = sqlite3.SQLITE_IOERR) -> sqlite3.OperationalError:
    """What the driver raises then."""
    error = sqlite3.OperationalError(f"told to fail at call {number}")
    error.sqlite_errorcode = code
    return error


class Disk:
    """Between the product and the driver: counts the calls and fails those it is told to."""

    def __init__(self, house: House) -> None:
        self._dialect: Any = house.store._engine.dialect
        self.calls = 0
        self.fails: Callable[[int], bool] = lambda number: False
        for name in ("do_execute", "do_commit"):
            setattr(self._dialect, name, self._around(getattr(self._dialect, name)))

    def _around(self, whole: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any, **more: Any) -> Any:
            self.calls += 1
            if self.fails(self.calls):
                raise broken(self.calls)
            return whole(*args, **more)

        return called


async def locked(house: House) -> Callable[[], Awaitable[None]]:
    """Another program writes and does not end."""
    other = sqlite3.connect(house.play.path, isolation_level=None, check_same_thread=False)
    await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")  # it may have to wait for the product's own writing

    async def ended() -> None:
        other.execute("ROLLBACK")
        other.close()

    return ended


async def driver(house: House) -> Any:
    """The product's one own connection, as the driver has it."""
    async with house.store._engine.connect() as connection:
        return (await connection.get_raw_connection()).driver_connection


async def full(house: House) -> Callable[[], Awaitable[None]]:
    """Not a page more."""
    own = await driver(house)
    [(pages,)] = await own.execute_fetchall("PRAGMA page_count")
    await own.execute_fetchall(f"PRAGMA max_page_count={pages}")

    async def ended() -> None:
        await own.execute_fetchall("PRAGMA max_page_count=1000000")

    return ended


async def read_only(house: House) -> Callable[[], Awaitable[None]]:
    """The file may only be read."""
    own = await driver(house)
    await own.execute_fetchall("PRAGMA query_only=ON")

    async def ended() -> None:
        await own.execute_fetchall("PRAGMA query_only=OFF")

    return ended


async def gone(house: House) -> Callable[[], Awaitable[None]]:
    """Every call is an I/O error."""
    disk = Disk(house)
    disk.fails = lambda number: True

    async def ended() -> None:
        disk.fails = lambda number: False

    return ended


@asynccontextmanager
async def a_house(folder: Path, parents: int = 5) -> AsyncIterator[House]:
    """With its server, and everything as it should be."""
    async with BotApi(longest_poll=0.05) as server:
        play = await begun(server, folder, parents)
        async with living_in(play) as house:
            yield house


@pytest.mark.parametrize("trouble", [locked, full, read_only, gone])
async def test_while_the_database_takes_nothing_nothing_is_confirmed(tmp_path: Path, trouble: Trouble) -> None:
    """It is waited out, however long; afterwards everything arrives, once."""
    rng = random.Random(trouble.__name__)
    async with a_house(tmp_path) as house:
        play, server = house.play, house.play.server
        await play.some(10, rng)
        await house.settle()
        heal = await trouble(house)
        await play.some(200, rng)
        await house.until(lambda: house.receiver.standing.failed >= 5)
        before = len(server.stream.confirmed)
        await house.until(lambda: house.receiver.standing.failed >= 10)
        assert len(server.stream.confirmed) == before
        assert server.stream.waiting
        await heal()
        await house.settle(30)
        play.judged()
        tell(f"database {trouble.__name__}", **together([play]))


async def test_an_error_at_any_one_call_of_the_database_is_healed(figures: Figures, tmp_path: Path) -> None:
    """At the first, the second, the third ... call from when something happens, until none is left to fail."""
    rng = random.Random("one call")
    async with a_house(tmp_path) as house:
        disk, play = Disk(house), house.play
        number = 0
        while True:
            number += 1
            await house.settle()
            at = disk.calls + number
            disk.fails = at.__eq__
            await play.some(2, rng, replies=0.5)
            await house.settle()
            if disk.calls < at or number == 40 * figures.seeds:
                break
        disk.fails = lambda number: False
        play.judged()
        assert number > 40, "a turn takes more calls than that"
        tell("an error at the n-th call of the database", calls=number, **together([play]))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process's limits be changed from outside")
async def test_the_process_itself_lives_through_a_full_disk(born: Nursery, figures: Figures, tmp_path: Path) -> None:
    """Not even its log can be written then; it goes on by itself when there is room again."""
    rng = random.Random("full")
    async with BotApi(longest_poll=0.2) as server:
        play = await begun(server, tmp_path, 5)
        running = born.start(tmp_path, settings(play, free_port()))
        await play.some(10, rng)
        await play.finish(60)
        resource.prlimit(running.pid, resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))
        await play.some(20, rng)
        polls = server.stream.polls
        await server.until(lambda: server.stream.polls >= polls + 4, 60)
        assert len(server.stream.waiting) == 20
        resource.prlimit(running.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        await play.finish(20)
        await running.stop()
        play.judged(may_repeat=None)
        tell("disk full, the whole process", **together([play]))
