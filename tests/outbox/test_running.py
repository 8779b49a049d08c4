"""The loop itself: several chats at once, waking, stopping, dying, and a store that is busy."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.messages import Address
from bot.outbox import ledger, worker
from bot.ports import Delivery, Outcome, Store
from bot.store.memory import MemoryStore
from bot.store.sql import open_store
from tests.outbox.playing import AINO, ZONE, BusyStore, Desk, ToldChannel, say


class Gate(ToldChannel):
    """Holds every delivery until its gate is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()
        self.inside = 0
        self.begun = asyncio.Event()
        self.expected = 1

    async def deliver(self, delivery: Delivery) -> Outcome:
        """After the gate."""
        self.inside += 1
        if self.inside >= self.expected:
            self.begun.set()
        await self.gate.wait()
        return await super().deliver(delivery)


@pytest_asyncio.fixture
async def sqlite(tmp_path: Path) -> AsyncIterator[Store]:
    """A store on a file."""
    store = open_store(f"sqlite+aiosqlite:///{tmp_path}/o.sqlite", key=None, zone=ZONE)
    await store.start()
    yield store
    await store.close()


async def test_chats_are_served_side_by_side(sqlite: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many slow chats at once as there are places, one message each; the rest follow as places become free."""
    monkeypatch.setattr(worker, "POLL", 60.0)  # nothing here may be left to the polling
    desk, gate = Desk(store=sqlite), Gate()
    gate.expected = worker.AT_ONCE
    outbox = desk.made({"telegram": gate})
    for key in (1, *range(3 * worker.AT_ONCE), 1):
        await desk.add(Address("telegram", str(key)), say(str(key)))
    running = asyncio.create_task(outbox.run())
    async with asyncio.timeout(10):
        await gate.begun.wait()
        assert gate.inside == worker.AT_ONCE
        gate.expected = 3 * worker.AT_ONCE + 2
        gate.begun.clear()
        gate.gate.set()
        await gate.begun.wait()
        outbox.stop()
        await running
    assert sorted(map(int, gate.texts())) == sorted([1, 1, *range(3 * worker.AT_ONCE)])
    assert await desk.unsent() == 0


async def test_what_is_added_is_sent_at_once_when_woken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waking is enough; nobody waits for the polling."""
    monkeypatch.setattr(worker, "POLL", 60.0)
    desk = Desk()
    running = asyncio.create_task(desk.outbox.run())
    async with asyncio.timeout(10):
        await asyncio.sleep(0)
        await desk.add(AINO, say("a"))
        desk.outbox.wake()
        await desk.channel.arrived.wait()
        desk.outbox.stop()
        await running
    assert desk.channel.texts() == ["a"]


async def test_the_next_message_of_a_chat_goes_when_the_first_has_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loop rests while the first is on its way, and is woken by its end."""
    monkeypatch.setattr(worker, "POLL", 60.0)
    desk, gate = Desk(), Gate()
    outbox = desk.made({"telegram": gate})
    for text in ("a", "b"):
        await desk.add(AINO, say(text))
    running = asyncio.create_task(outbox.run())
    async with asyncio.timeout(10):
        await gate.begun.wait()
        gate.begun.clear()
        gate.gate.set()
        await gate.begun.wait()
        outbox.stop()
        await running
    assert gate.texts() == ["a", "b"]


async def test_stopping_lets_what_is_on_its_way_arrive() -> None:
    """The delivery in hand ends and is recorded, the next one is not begun."""
    desk, gate = Desk(), Gate()
    outbox = desk.made({"telegram": gate})
    await desk.add(AINO, say("a"))
    await desk.add(AINO, say("b"))
    running = asyncio.create_task(outbox.run())
    async with asyncio.timeout(10):
        await gate.begun.wait()
        outbox.stop()
        gate.gate.set()
        await running
    assert gate.texts() == ["a"]
    assert await desk.unsent() == 1


async def test_what_a_dead_process_was_sending_goes_again_as_a_repeat() -> None:
    """Cut off in the middle of a delivery, begun anew: nothing is lost, and the repeat is marked."""
    desk, gate = Desk(), Gate()
    await desk.add(AINO, say("a", "worker"))
    running = asyncio.create_task(desk.made({"telegram": gate}).run())
    async with asyncio.timeout(10):
        await gate.begun.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        after = desk.made({"telegram": desk.channel})
        running = asyncio.create_task(after.run())
        await desk.channel.arrived.wait()
        after.stop()
        await running
    assert [delivery.row.repeat for delivery in desk.channel.seen] == [True]


async def test_what_was_sent_is_recorded_however_long_the_store_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Giving up would send it twice; a message that has left is remembered as long as the process lives."""
    monkeypatch.setattr(ledger, "RECORD_TRIES", 2)
    busy = BusyStore(MemoryStore())
    desk = Desk(store=busy)
    second = asyncio.Event()

    class Busying(ToldChannel):
        async def deliver(self, delivery: Delivery) -> Outcome:
            busy.busy = 8 if not self.seen else 0
            if self.seen:
                second.set()
            return await super().deliver(delivery)

    channel = Busying()
    outbox = desk.made({"telegram": channel})
    await desk.add(AINO, say("a"))
    await desk.add(AINO, say("b"))
    running = asyncio.create_task(outbox.run())
    async with asyncio.timeout(20):
        await second.wait()
        outbox.stop()
        await running
    assert channel.texts() == ["a", "b"]


async def test_a_busy_store_is_waited_out() -> None:
    """The loop goes on when the store does."""
    busy = BusyStore(MemoryStore())
    desk = Desk(store=busy)
    await desk.add(AINO, say("a"))
    busy.busy = 2
    running = asyncio.create_task(desk.outbox.run())
    async with asyncio.timeout(10):
        await desk.channel.arrived.wait()
        desk.outbox.stop()
        await running
    assert desk.channel.texts() == ["a"]
