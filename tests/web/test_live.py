"""The live streams, over a real connection."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest_asyncio

from bot.messages import Claim, FromWorker, Reply
from bot.ports import StoreBusy
from tests.web.house import SLEEP, House, Visitor, at_the_desk, parent, phrase
from tests.web.serving import served

Event = tuple[str, dict[str, Any]]


@pytest_asyncio.fixture
async def address(house: House) -> AsyncIterator[str]:
    """Where the house is served."""
    async with served(house) as found:
        yield found


class Stream:
    """An open stream: the events, one by one."""

    def __init__(self, answer: httpx.Response) -> None:
        self._lines = answer.aiter_lines()

    async def next(self) -> Event:
        """The next event, within ten seconds."""
        name = ""
        async with asyncio.timeout(10):
            async for line in self._lines:
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    return name, json.loads(line.removeprefix("data: "))
        raise AssertionError("the stream has ended")

    async def ends(self) -> bool:
        """Whether nothing more comes."""
        async with asyncio.timeout(10):
            return not [line async for line in self._lines if line]


@asynccontextmanager
async def stream(address: str, visitor: Visitor, path: str, cookie: str = "perheneuvo") -> AsyncIterator[Stream]:
    """The stream as this visitor's browser would open it."""
    cookies = {cookie: visitor.client.cookies[cookie]}
    async with (
        httpx.AsyncClient(cookies=cookies, timeout=10, trust_env=False) as client,
        client.stream("GET", f"{address}{path}") as answer,
    ):
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield Stream(answer)


async def last(house: House) -> int:
    """The last line of any page."""
    return max(house.store.state.web_lines)


async def test_a_workers_answer_comes_by_itself(house: House, address: str) -> None:
    """As it will stand on the page, and only what is new."""
    visitor = await parent(house)
    await visitor.taps(phrase("button.person"))
    worker = await house.worker()
    await house.intake.worker(FromWorker(Claim(), identity=None, case=1, worker=worker.id))
    await house.outbox.drain()
    async with stream(address, visitor, f"/live?after={await last(house)}") as live:
        await house.intake.worker(FromWorker(Reply("Hei, olen Aino"), identity=None, case=1, worker=worker.id))
        name, told = await live.next()
    assert name == "lines" and told["language"] == "fi"
    assert "Hei, olen Aino" in told["html"] and phrase("voice.worker") in told["html"]
    assert told["html"].count("<article") == 1


async def test_what_another_process_delivered_comes_too(house: House, address: str) -> None:
    """Nobody rings here for it; the store is looked at."""
    visitor = await parent(house)
    await visitor.writes(SLEEP)
    async with stream(address, visitor, f"/live?after={await last(house)}") as live:
        async with house.store.begin() as work:
            await work.add_web_line(1, "parent", {"type": "text", "text": "Toisaalta"}, house.clock.now())
        name, told = await live.next()
    assert name == "lines" and "Toisaalta" in told["html"]


async def test_a_busy_store_does_not_end_the_stream(house: House, address: str) -> None:
    """What came meanwhile comes later."""
    visitor = await parent(house)
    await visitor.writes(SLEEP)
    async with stream(address, visitor, f"/live?after={await last(house)}") as live:
        house.store.fault = StoreBusy("locked")
        house.channel.bells.ring(1)
        await asyncio.sleep(0)
        house.store.fault = None
        async with house.store.begin() as work:
            await work.add_web_line(1, "parent", {"type": "text", "text": "Toisaalta"}, house.clock.now())
        house.channel.bells.ring(1)
        assert "Toisaalta" in (await live.next())[1]["html"]


async def test_before_the_first_act_there_is_nothing_to_listen_to(house: House, address: str) -> None:
    """204 tells a browser not to come back; nothing is saved."""
    visitor = await parent(house)
    async with httpx.AsyncClient(trust_env=False) as client:
        for cookies in ({}, {"perheneuvo": visitor.client.cookies["perheneuvo"]}):
            client.cookies.update(cookies)
            assert (await client.get(f"{address}/live")).status_code == 204
    assert not house.store.state.conversations


async def test_the_queue_moves_by_itself(house: House, address: str) -> None:
    """A parent asks for a person, and the desk sees it."""
    desk = await at_the_desk(house, await house.worker())
    async with stream(address, desk, "/desk/live", "desk") as live:
        assert (await live.next())[1]["count"] == 0
        visitor = await parent(house)
        await visitor.taps(phrase("button.person"))
        name, told = await live.next()
    assert (name, told["count"]) == ("board", 1) and "/desk/case/1" in told["html"]


async def test_a_removed_worker_is_shut_out_of_an_open_stream(house: House, address: str) -> None:
    """At the next look, and without data."""
    worker = await house.worker()
    desk = await at_the_desk(house, worker)
    async with stream(address, desk, "/desk/live", "desk") as live:
        await live.next()
        await house.remove(worker)
        assert await live.next() == ("out", {})
        assert await live.ends()


async def test_an_open_case_shows_the_parents_words_as_they_come(house: House, address: str) -> None:
    """To the one who holds it; another worker's stream holds only facts."""
    visitor = await parent(house)
    await visitor.taps(phrase("button.person"))
    await visitor.taps(phrase("button.chat"))
    holder, other = [await at_the_desk(house, await house.worker(name)) for name in ("Aino", "Eero")]
    await holder.opens("/desk/case/1")
    await holder.taps(phrase("staff.button.claim"))
    async with (
        stream(address, holder, "/desk/case/1/live", "desk") as hers,
        stream(address, other, "/desk/case/1/live", "desk") as his,
    ):
        assert (await hers.next())[1]["stand"] == "claimed:True"
        assert (await his.next())[1]["lines"] == ""
        await visitor.writes("Kiitos, että tulit")
        name, told = await hers.next()
        assert name == "case" and "Kiitos, että tulit" in told["lines"] and told["lines"].count("<article") == 1
        await holder.taps(phrase("desk.close.button"), outcome="helped-here")
        told = (await his.next())[1]
        assert told["stand"] == "closed:False" and "Kiitos" not in repr(told)
