"""SQLite is for one process: a second one is told so, and a stop in the middle of a burst loses nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest

from bot.clock import SystemClock
from bot.messages import Address
from bot.outbox.worker import Outbox
from bot.ports import SecondProcess, Store
from bot.store.sql import open_store
from handlers.web.delivering import WebChannel
from tests.figures import grown
from tests.operating.people import Parent
from tests.operating.replicas import Running, command, front_doors, small_knowledge
from tests.reliability.checker import key, keys_in
from tests.store.times import HELSINKI

PARENTS, BEFORE = grown(20, 60), grown(40, 400)
Taken = dict[int, list[str]]


async def test_a_second_front_door_on_the_same_file_is_refused(tmp_path: Path) -> None:
    """By its lock, which the first one holds till it closes."""
    url = f"sqlite+aiosqlite:///{tmp_path}/deep/here.sqlite"
    first, second = (open_store(url, key=None, zone=HELSINKI) for _ in range(2))
    await first.serve()
    with pytest.raises(SecondProcess, match="PERHENEUVO_DATABASE_URL"):
        await second.serve()
    await first.close()
    await second.serve()
    await second.close()


async def test_a_process_alone_on_its_database_from_start_to_stop(tmp_path: Path) -> None:
    """A second one says why it cannot be; killed it leaves no lock; stopped in a burst it loses nothing."""
    settings = {"PERHENEUVO_KNOWLEDGE": str(small_knowledge(tmp_path / "knowledge"))}
    async with front_doors(tmp_path, settings) as (first,):
        code, _, said = await command(tmp_path, {**settings, "PERHENEUVO_BIND": "127.0.0.1:0"}, "run")
        assert code == 1
        assert said.count("\n") == 1, said
        assert f"(process {first.process.pid})" in said
        assert "SQLite is for one process" in said
        code, _, said = await command(tmp_path, settings, "staff", "add", "Wilma")
        assert (code, said) == (0, "")
        await first.kill()
    async with front_doors(tmp_path, settings) as (again,):
        assert (await again.health()).json()["ready"]
        taken = await _stopped_in_a_burst(again)
        assert "given up" not in again.said()
    await _nothing_is_lost(taken, f"sqlite+aiosqlite:///{tmp_path}/var/perheneuvo.db")


async def _stopped_in_a_burst(running: Running) -> Taken:
    """What was answered "taken" to each, until it was gone."""
    taken: Taken = {chat: [] for chat in range(PARENTS)}
    enough = asyncio.Event()

    async def parent(chat: int, client: httpx.AsyncClient) -> None:
        number = 0
        while True:
            said = key("parent", chat, number)
            form = {"ask": "person", "once": "person"} if number == 0 else {"text": said, "once": said}
            try:
                answer = await client.post(
                    running.address, data=form, headers={"cookie": f"perheneuvo={Parent(chat).token}"}
                )
            except httpx.TransportError:
                return
            assert answer.status_code in (303, 503)
            if number and answer.status_code == 303:
                taken[chat].append(said)
            number += 1
            if sum(map(len, taken.values())) >= BEFORE:
                enough.set()

    async with httpx.AsyncClient(timeout=30, trust_env=False) as client, asyncio.TaskGroup() as burst:
        for chat in taken:
            burst.create_task(parent(chat, client))
        await enough.wait()
        assert await running.stop() == 0
    return taken


async def _nothing_is_lost(taken: Taken, url: str) -> None:
    """Every word that was taken is in its case, once and in order; what was to be answered can be delivered."""
    store = open_store(url, key=None, zone=HELSINKI)
    await store.start()
    clock = SystemClock(HELSINKI)
    await Outbox(store, clock, {"web": WebChannel(store, clock)}).drain()
    assert sum(map(len, taken.values())) >= BEFORE
    for chat, said in taken.items():
        kept = await _in_case(store, chat)
        assert kept[: len(said)] == said
        assert len(kept) <= len(said) + 1, "only the one on its way may have been kept without an answer"
    async with store.begin() as work:
        backlog = await work.backlog()
    await store.close()
    assert (backlog.outbox, backlog.undeliverable) == (0, 0)


async def _in_case(store: Store, chat: int) -> list[str]:
    async with store.begin() as work:
        _, conversation = await work.conversation(Address("web", Parent(chat).key))
        lines = () if conversation.case is None else await work.case_lines(conversation.case)
    return [each for line in lines for each in keys_in(line.text)]
