"""What a front door tells of itself: red names what is wrong; numbers only."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import get_args

import httpx
import pytest

from bot.main import FrontDoor
from bot.messages import Address, Incoming, Say, Text
from bot.operating.health import Receiving
from bot.operating.metrics import Metrics, TimedMatcher
from bot.ports import EncoderState, Store, StoreBusy
from bot.settings import Settings
from bot.store.memory import MemoryStore
from bot.store.sql import open_store
from tests.builders import SetClock
from tests.operating.hearing import Ear
from tests.store.times import HELSINKI
from tests.web.house import BusyAtWill, little_door

SECRET = "salainen huoli 0401234567"
HER = Address("web", "her-address")


def front_door(store: Store, knowledge: Path, **settings: str) -> FrontDoor:
    """One that is put together and does not run yet."""
    chosen = Settings(_env_file=None, knowledge=knowledge, **settings)  # type: ignore[arg-type]  # checked by pydantic
    return FrontDoor(chosen, store, SetClock(), little_door(), (little_door, ()), Metrics())


async def asked(front: FrontDoor, path: str) -> httpx.Response:
    """As a machine asks."""
    transport = httpx.ASGITransport(app=front.pages.config.app)  # type: ignore[arg-type]  # it is an application
    async with httpx.AsyncClient(transport=transport, base_url="http://front.test") as client:
        return await client.get(path)


@asynccontextmanager
async def delivering(front: FrontDoor) -> AsyncIterator[None]:
    """With its outbox running, and keeping company."""
    tasks = [asyncio.create_task(front.outbox.run()), asyncio.create_task(front.store.company.run())]
    try:
        yield
    finally:
        front.outbox.stop()
        front.store.company.stop()
        await asyncio.gather(*tasks)


async def test_health_is_green_and_each_part_can_make_it_red(tmp_path: Path) -> None:
    """Each red names its part; ready and alive are apart from it."""
    store = BusyAtWill()
    front = front_door(store, tmp_path)
    assert (await asked(front, "/health")).json()["red"] == []
    clock = front.clock
    assert isinstance(clock, SetClock)
    async with store.begin() as work:
        await work.outbox_add(HER, Say(()), clock.now() - timedelta(minutes=5))
    front.outbox.alarms["telegram"] = "wrong token"
    front.knowledge.faults = ("settings.yaml:1:1: wrong; write that",)
    answer = await asked(front, "/health")
    assert answer.status_code == 503
    assert answer.json()["red"] == ["outbox late", "outbox telegram: wrong token", "knowledge"]
    assert answer.json()["knowledge_faults"] == ["settings.yaml:1:1: wrong; write that"]
    assert (await asked(front, "/health/ready")).status_code == 200
    store.fault = StoreBusy("gone")
    answers = [await asked(front, path) for path in ("/health", "/health/ready", "/health/live")]
    assert [answer.status_code for answer in answers] == [503, 503, 200]
    assert answers[0].json()["database"] == "not reachable"
    store.fault = None
    front.health.stopping = True
    assert (await asked(front, "/health/ready")).status_code == 503


async def test_only_the_replica_that_receives_is_red_when_telegram_is_silent(tmp_path: Path) -> None:
    """The others say that another one does."""
    front = front_door(MemoryStore(), tmp_path)
    long_ago = front.clock.now() - timedelta(minutes=5)
    seen = []
    for here in (True, False):
        front.health.receiving = lambda here=here: Receiving(None, None, here, long_ago)  # type: ignore[misc]  # a default
        told = await front.health()
        seen.append((told["red"], told["telegram"]["receives"]))
    assert seen == [(["telegram silent"], "here"), ([], "another replica")]


async def test_metrics_count_turns_and_deliveries_without_a_word_of_anybody(tmp_path: Path) -> None:
    """Kinds, outcomes, depths, ages, the time of a match; no content and no id."""
    front = front_door(MemoryStore(), tmp_path)
    front.door = type(front.door)(front.door.base, TimedMatcher(front.door.base, front.metrics))
    await front.intake.parent(Incoming(HER, Text(SECRET)))
    await front.outbox.drain()
    text = (await asked(front, "/metrics")).text
    values = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    turns = {name for name in values if name.startswith('perheneuvo_turns_total{kind="text"')}
    assert len(turns) == 1
    assert float(values['perheneuvo_deliveries_total{channel="web",outcome="sent"}']) >= 1
    assert float(values["perheneuvo_match_seconds_count"]) >= 1
    assert float(values["perheneuvo_outbox_rows"]) == 0
    assert float(values["perheneuvo_database_up"]) == 1
    assert not {word for word in (*SECRET.split(), "her-address") if word in text}


async def test_every_number_and_word_the_page_names_is_told(tmp_path: Path) -> None:
    """The counts of the alerts, and the parts of /health worth a look."""
    page = (Path(__file__).parents[2] / "docs" / "operating.md").read_text(encoding="utf-8")
    front = front_door(MemoryStore(), tmp_path)
    counted = {family.name for family in front.metrics.registry.collect()}
    named = set(re.findall(r"\bperheneuvo_[a-z_]+\b", page))
    assert named
    assert named <= counted
    told = await front.health()
    for path in re.findall(r"`((?:outbox|inbox|replicas)\.[a-z_]+)`", page):
        part, _, word = path.partition(".")
        assert word in told[part]
    assert {"knowledge_faults", "knowledge_elsewhere", "encoder"} <= set(told)
    assert all(f"`{state}`" in page for state in get_args(EncoderState) if state != "off")


@pytest.mark.parametrize(
    ("bind", "metrics", "status"),
    [("127.0.0.1:1", "auto", 200), ("0.0.0.0:1", "auto", 404), ("0.0.0.0:1", "on", 200), ("127.0.0.1:1", "off", 404)],
)
async def test_metrics_are_shown_at_home_or_when_named(tmp_path: Path, bind: str, metrics: str, status: int) -> None:
    """Nobody outside gets them by accident."""
    front = front_door(MemoryStore(), tmp_path, bind=bind, metrics=metrics)
    assert (await asked(front, "/metrics")).status_code == status


@pytest.mark.postgresql
async def test_a_page_of_one_replica_is_woken_by_what_another_delivers(database: str, tmp_path: Path) -> None:
    """She writes by the first, the second sends the answer, the first's open page hears it; so does the desk."""
    stores = [open_store(database, key=None, zone=HELSINKI) for _ in range(2)]
    for store in stores:
        await store.start()
    first, second = (front_door(store, tmp_path, database_url=database) for store in stores)
    ears = [Ear(), Ear()]
    for store, ear in zip(stores, ears, strict=True):
        store.company.listen(ear)
    keeping = asyncio.create_task(first.store.company.run())
    async with delivering(second), asyncio.timeout(20):
        for ear in ears:
            await ear.until(lambda ear=ear: "" in ear.heard)  # type: ignore[misc]  # a default
        async with stores[0].begin() as work:
            row, _ = await work.conversation(HER)
        with first.web.bells.listening(row) as page, first.web.bells.listening("desk") as desk:
            await first.intake.parent(Incoming(HER, Text("vauva ei nuku")))
            await page.heard(10)  # her own words
            lines = 0
            while lines < 2:
                assert await page.heard(10), "nothing rang"
                async with stores[0].begin() as work:
                    lines = len(await work.web_lines(row))
            async with stores[1].begin() as work:
                await work.log("nothing for the desk", second.clock.now())
            await second.store.company.ring("desk")
            assert await desk.heard(10)
    first.store.company.stop()
    await keeping
    for store in stores:
        await store.close()
