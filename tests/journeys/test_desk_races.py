"""Two at once, on the real databases: exactly one wins, every time, and the case stays whole.

On SQLite both share the one process that may have the file; on PostgreSQL each has a store of its own, as two replicas.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest
import pytest_asyncio

from bot.acts import Accept, CaseMove, Claim, Close, HandOver, Reply, TakeOver, Withdraw
from bot.intake import Answer, Intake
from bot.messages import Address, FromWorker, Incoming, ParentMessage, Press, Text
from bot.ports import Store
from bot.queueing.assigning import Profile
from bot.queueing.case import Case, CaseState, Holder, who_has_it
from bot.store.sql import open_store
from bot.ticking import Ticker
from tests import postgres
from tests.builders import ZONE, SetClock, front_door

A = TypeVar("A")
B = TypeVar("B")
MOST_WAITS = 12  # times a racer lets the others go first


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL; where there is none the tests are skipped, but never on the build machine."""
    try:
        with postgres.running() as running:
            yield running
    except postgres.NoPostgres as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))


class Two:
    """Two workers at two doors of one house."""

    def __init__(self, stores: list[Store]) -> None:
        self.stores, self.clock, self.random = stores, SetClock(), Random(5)
        self.intakes = [Intake(store, self.clock, front_door) for store in stores]
        self.ticker = Ticker(stores[-1], self.clock, front_door, self.intakes[-1].showing, lambda: None)
        self.workers: list[int] = []
        self._parents = 0

    async def hire(self) -> None:
        """Both are of the desk."""
        for name in ("Aino", "Sofia"):
            async with self.stores[0].begin() as work:
                added = await work.add_worker(name, "desk", None, "fi", self.clock.now())
                await work.set_worker_profile(added.id, Profile(unit="perheneuvo"))
                self.workers.append(added.id)

    async def asked(self) -> int:
        """A parent asks for a person; the number of her case."""
        self._parents += 1
        await self.says(self._parents, Press("person"))
        return self._parents

    async def says(self, parent: int, message: ParentMessage, door: int = 0) -> bool:
        """She does something. Her case has her number."""
        return await self.intakes[door].parent(Incoming(Address("console", str(parent)), message))

    async def does(self, who: int, case: int, act: CaseMove) -> Answer:
        """A worker's act at her own door."""
        return await self.intakes[who].worker(FromWorker(act, None, case=case, worker=self.workers[who]))

    async def at_once(self, one: Callable[[], Awaitable[A]], other: Callable[[], Awaitable[B]]) -> tuple[A, B]:
        """Both, each a little later or earlier than the other, another way every time."""
        return await asyncio.gather(self._somewhen(one), self._somewhen(other))

    async def _somewhen(self, act: Callable[[], Awaitable[A]]) -> A:
        for _ in range(self.random.randrange(MOST_WAITS)):
            await asyncio.sleep(0)
        return await act()

    async def case(self, number: int) -> Case:
        """As it is kept."""
        async with self.stores[0].begin() as work:
            found = await work.case(number)
        assert found is not None
        return found

    async def whole(self, number: int) -> Case:
        """The case, which has exactly one owner."""
        case = await self.case(number)
        assert (case.owner is not None) == (who_has_it(case).holder is Holder.WORKER) or case.state is CaseState.CLOSED
        return case

    async def made(self, number: int, kind: str) -> int:
        """How often the log has a move."""
        async with self.stores[0].begin() as work:
            return sum(line.kind == kind for line in await work.case_log(number))


@pytest_asyncio.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
async def two(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Two]:
    """On each database."""
    urls = [f"sqlite+aiosqlite:///{tmp_path}/here.sqlite"]
    if request.param == "postgresql":
        server: postgres.Server = request.getfixturevalue("server")
        name = f"r{abs(hash(request.node.name))}"
        server.sql(f"CREATE DATABASE {name} TEMPLATE template0")
        urls = [server.url(name)] * 2
    opened = [open_store(url, key=None, zone=ZONE) for url in urls]
    for store in opened:
        await store.start()
    house = Two([opened[0], opened[-1]])
    await house.hire()
    yield house
    for store in opened:
        await store.close()


async def test_two_workers_claim_in_the_same_moment(two: Two) -> None:
    """Two hundred times: one has it, the other is told so; one claim in the log."""
    won = []
    for _ in range(200):
        number = await two.asked()
        first, second = await two.at_once(
            partial(two.does, 0, number, Claim()),
            partial(two.does, 1, number, Claim()),
        )
        assert first.done != second.done
        assert (await two.whole(number)).owner == two.workers[0 if first.done else 1]
        assert await two.made(number, "claim") == 1
        won.append(first.done)
    assert len(set(won)) == 2, "the interleavings were all alike"


async def test_a_claim_and_a_parent_who_ends_it(two: Two) -> None:
    """Either order is right: it ends, or a worker has it and it ends then; nobody holds a case that is over."""
    for _ in range(30):
        number = await two.asked()
        await two.at_once(
            partial(two.does, 0, number, Claim()),
            partial(two.says, number, Press("leave"), 1),
        )
        case = await two.whole(number)
        assert (case.state, case.outcome) == (CaseState.CLOSED, "parent-left")
        assert who_has_it(case).holder is Holder.NOBODY


async def test_an_offer_that_is_accepted_and_taken_back(two: Two) -> None:
    """One of the two is done, never both, and the owner is who it says."""
    for _ in range(30):
        number = await two.asked()
        await two.does(0, number, Claim())
        await two.does(0, number, HandOver("sinun alaasi", to=two.workers[1]))
        took, back = await two.at_once(
            partial(two.does, 1, number, Accept()),
            partial(two.does, 0, number, Withdraw()),
        )
        assert took.done != back.done
        case = await two.whole(number)
        assert case.owner == two.workers[1 if took.done else 0]
        assert case.offer is None


async def test_a_reply_and_the_alarm_for_silence(two: Two) -> None:
    """She answers in the second in which her case goes back: it goes out and stays hers, or neither."""
    for _ in range(30):
        number = await two.asked()
        await two.does(0, number, Claim())
        two.clock.forward(minutes=61)
        said, _ = await two.at_once(
            partial(two.does, 0, number, Reply("anteeksi, tässä olen")),
            two.ticker.tick,
        )
        case = await two.whole(number)
        assert (case.state is CaseState.CLAIMED) == said.done
        assert await two.made(number, "return") == (0 if said.done else 1)
        two.clock.time = SetClock().time


async def test_a_closing_and_a_word_of_the_parents(two: Two) -> None:
    """Whichever is first, her words are not lost: they are in the case, or kept for the question that follows."""
    for _ in range(30):
        number = await two.asked()
        await two.does(0, number, Claim())
        await two.at_once(
            partial(two.does, 0, number, Close("helped-here")),
            partial(two.says, number, Text("vielä yksi kysymys tulkista"), 1),
        )
        assert (await two.whole(number)).state is CaseState.CLOSED
        await two.says(number, Press("open"))
        async with two.stores[0].begin() as work:
            words = [line.text for line in await work.case_lines(number) if line.by == "parent"]
        assert words == ["vielä yksi kysymys tulkista"]


async def test_a_take_over_and_a_closing(two: Two) -> None:
    """It is the other's and open, or closed and nobody's: one of the two acts is refused."""
    for _ in range(30):
        number = await two.asked()
        await two.does(0, number, Claim())
        taken, closed = await two.at_once(
            partial(two.does, 1, number, TakeOver("hän on kipeä")),
            partial(two.does, 0, number, Close("helped-here")),
        )
        case = await two.whole(number)
        assert taken.done != closed.done
        assert (case.state is CaseState.CLAIMED and case.owner == two.workers[1]) == taken.done
