"""The receiver against the loopback server: kept before it is confirmed, and never ended by what comes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.ports import InboxRow, Store, StoreBusy, UnitOfWork
from handlers.telegram.api import Api
from handlers.telegram.polling import Receiver
from handlers.telegram.standing import Waits
from tests.stores import Around
from tests.telegram.conftest import ToldClock
from tests.telegram.server import BotApi

MENUS = {"fi": {"start": "Aloita"}, "sv": {"start": "Börja"}, "en": {"start": "Start"}}


@dataclass
class Rests:
    """Stands for sleeping: notes the seconds and lets others run. After ``most`` rests it rests till the end."""

    most: int = 1000
    seconds: list[float] = field(default_factory=list)
    came: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def __call__(self, seconds: float) -> None:
        """One rest."""
        async with self.came:
            self.seconds.append(seconds)
            self.came.notify_all()
        if len(self.seconds) >= self.most:
            await asyncio.Event().wait()

    async def until(self, count: int) -> list[float]:
        """Wait for that many."""
        async with asyncio.timeout(10), self.came:
            await self.came.wait_for(lambda: len(self.seconds) >= count)
        return self.seconds[:count]


class BusyStore(Around):
    """A store that cannot take the first ``times`` batches."""

    def __init__(self, store: Store, times: int) -> None:
        super().__init__(store)
        self.times = times

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        """Fails at the end of a unit of work that added something, as a full disk would."""
        async with self.store.begin() as work:
            before = await work.inbox_next("telegram", ToldClock().now())
            yield work
            after = await work.inbox_next("telegram", ToldClock().now())
            if self.times > 0 and before is None and after is not None:
                self.times -= 1
                raise StoreBusy


@asynccontextmanager
async def receiving(receiver: Receiver) -> AsyncIterator[Receiver]:
    """The receiver at work; at the end it is asked to stop, and must."""
    task = asyncio.create_task(receiver.run())
    try:
        yield receiver
    finally:
        receiver.stop()
        async with asyncio.timeout(5):
            await task


async def kept(store: Store) -> list[InboxRow]:
    """Everything in the inbox, in order; emptied by looking."""
    rows = []
    async with store.begin() as work:
        while row := await work.inbox_next("telegram", ToldClock().now()):
            rows.append(row)
            await work.inbox_done(row.id, ToldClock().now())
    return rows


def texts(rows: list[InboxRow]) -> list[str]:
    """What was written in them."""
    return [row.payload["message"]["text"] for row in rows]


def make(api: Api, store: Store, clock: ToldClock, rests: Rests | None = None, **more: Any) -> Receiver:
    """A receiver that rests on the test's terms."""
    return Receiver(api, store, clock, lambda: None, pause=rests or Rests(), **more)


async def test_every_update_is_on_disk_before_telegram_is_told(
    server: BotApi, api: Api, store: Store, clock: ToldClock
) -> None:
    """Each in the lane of its chat, in order; that none is confirmed before, the server's watch sees in every test."""
    aino, eeva = server.parent(), server.parent(7002, "Eeva")
    async with receiving(make(api, store, clock)):
        for number in range(40):
            await (aino, eeva)[number % 2].write(f"{number}")
        await server.until(lambda: len(server.stream.confirmed) == 40)
    rows = await kept(store)
    assert sorted(texts(rows), key=int) == [f"{number}" for number in range(40)]
    assert texts([row for row in rows if row.lane == "7001"]) == [f"{number}" for number in range(0, 40, 2)]


async def test_the_watch_sees_what_is_confirmed_too_early(server: BotApi, api: Api, store: Store) -> None:
    """A receiver that confirms before it keeps does not pass unseen."""
    number = await server.parent().write("hei")
    await api.updates(number + 1, 0, ("message",))
    assert server.violations == [f"confirmed by offset {number + 1} and not committed: [{number}]"]
    server.violations.clear()


async def test_the_next_process_goes_on_where_this_one_stopped(
    server: BotApi, api: Api, store: Store, clock: ToldClock
) -> None:
    """What was kept but not confirmed comes again and is kept once."""
    aino = server.parent()
    await aino.write("yksi")
    first = make(api, store, clock)
    server.fail("getUpdates", "401", 1000, when=lambda values: values["offset"] > 0)
    async with receiving(first):
        await server.until(lambda: any(call.status == 401 for call in server.journal))
    server.heal()
    await aino.write("kaksi")
    async with receiving(make(api, store, clock)):
        await server.until(lambda: len(server.stream.confirmed) == 2)
    assert texts(await kept(store)) == ["yksi", "kaksi"]


async def test_the_same_batch_sent_twice_is_kept_once(server: BotApi, api: Api, store: Store, clock: ToldClock) -> None:
    """The answer got lost after the server had given it: it is given again."""
    aino = server.parent()
    await aino.write("yksi")
    server.fail("getUpdates", "apply then cut", 2)
    rests = Rests()
    async with receiving(make(api, store, clock, rests)):
        await server.until(lambda: server.stream.confirmed)
    assert texts(await kept(store)) == ["yksi"]
    assert rests.seconds[:2] == [1.0, 2.0]


async def test_nothing_is_confirmed_that_the_store_could_not_take(
    server: BotApi, api: Api, store: Store, clock: ToldClock
) -> None:
    """A busy store loses nothing: the batch is fetched again."""
    aino = server.parent()
    await aino.write("yksi")
    busy = BusyStore(store, 2)
    async with receiving(make(api, busy, clock)):
        await server.until(lambda: server.stream.confirmed)
    assert busy.times == 0
    assert texts(await kept(store)) == ["yksi"]


async def test_an_update_nobody_can_read_is_kept_and_stops_nobody(
    server: BotApi, api: Api, store: Store, clock: ToldClock
) -> None:
    """Poison is stored in a lane of its own; what comes behind it arrives."""
    aino = server.parent()
    await server.push({"message": [1, 2, 3]}, valid=False)
    await server.push({"message": {"chat": {"id": "x"}, "text": {"a": None}}}, valid=False)
    await server.push({"something_new": {"id": "x"}}, valid=False)
    await aino.write("hei")
    async with receiving(make(api, store, clock)):
        await server.until(lambda: len(server.stream.confirmed) == 4)
    rows = await kept(store)
    assert [row.lane for row in rows] == ["-", "-", "-", "7001"]
    assert rows[0].payload["message"] == [1, 2, 3]


async def test_ids_that_begin_anew_are_followed(server: BotApi, api: Api, store: Store, clock: ToldClock) -> None:
    """After a quiet week update ids restart anywhere: the last one of a batch counts, not the greatest."""
    aino = server.parent()
    server.stream.next_id = 900_000
    async with receiving(make(api, store, clock)):
        await aino.write("ennen")
        await server.until(lambda: len(server.stream.confirmed) == 1)
        server.stream.next_id = 500
        await aino.write("jälkeen")
        await aino.write("vielä")
        await server.until(lambda: len(server.stream.confirmed) == 3)
    assert texts(await kept(store)) == ["ennen", "jälkeen", "vielä"]


async def test_only_known_kinds_are_asked_for_and_menus_are_set(
    server: BotApi, api: Api, store: Store, clock: ToldClock
) -> None:
    """A webhook that was set is taken away first, and what is waiting stays."""
    server.stream.webhook = "https://example.org/hook"
    await server.parent().write("hei")
    async with receiving(make(api, store, clock, menus=MENUS)):
        await server.until(lambda: server.stream.confirmed)
    assert server.commands == {**MENUS, "": MENUS["fi"]}
    assert server.journal[0].method == "deleteWebhook"
    polled = server.calls("getUpdates")[0]
    assert polled["allowed_updates"] == ["message", "edited_message", "callback_query"]
    assert polled["limit"] == 100


async def test_a_wrong_token_raises_the_alarm_and_keeps_the_process(
    server: BotApi, api: Api, store: Store, clock: ToldClock
) -> None:
    """It goes on asking; with a right token it receives again by itself."""
    server.fail("*", "401", 3)
    rests = Rests()
    await server.parent().write("hei")
    with capture_logs() as logged:
        async with receiving(make(api, store, clock, rests)) as receiver:
            assert await rests.until(2) == [3.0, 3.0]
            assert state(receiver) == ("wrong token", None)
            await server.until(lambda: server.stream.confirmed)
            await polled(server, 2)
            assert state(receiver) == (None, clock.now())
    assert [line["event"] for line in logged].count("telegram_not_receiving") == 1
    assert server.token not in str(logged)


async def test_a_second_instance_is_told_and_waited_for(
    server: BotApi, api: Api, store: Store, clock: ToldClock
) -> None:
    """The older of two pollers gets 409; it says so, waits, and goes on receiving."""
    rests = Rests(most=1)
    other = Api(server.token, server.base)
    async with receiving(make(api, store, clock, rests)) as receiver:
        await server.until(lambda: server.calls("deleteWebhook"))
        await polled(server, 1)
        await other.updates(0, 0, ("message",))
        assert await rests.until(1) == [Waits().longest]
        assert receiver.standing.alarm == "another instance receives"
    await other.close()


async def test_a_webhook_set_meanwhile_is_taken_away(server: BotApi, api: Api, store: Store, clock: ToldClock) -> None:
    """It is a conflict too, one that we can end."""
    server.longest_poll = 0.05
    async with receiving(make(api, store, clock)):
        await polled(server, 1)
        server.stream.webhook = "https://example.org/hook"
        await server.until(lambda: len(server.calls("deleteWebhook")) == 2)
        await server.parent().write("hei")
        await server.until(lambda: server.stream.confirmed)


@pytest.mark.parametrize("kind", ["500", "502", "cut", "truncated", "html"])
async def test_a_bad_network_is_waited_out(server: BotApi, api: Api, store: Store, clock: ToldClock, kind: Any) -> None:
    """Up to three seconds, with new connections and an alarm; then all is well and nothing was lost."""
    await server.parent().write("hei")
    server.fail("getUpdates", kind, 7)
    rests = Rests()
    async with receiving(make(api, store, clock, rests)) as receiver:
        await server.until(lambda: server.stream.confirmed)
        await polled(server, 2)
        assert receiver.standing.alarm is None
    assert rests.seconds == [1.0, 2.0, 3.0, 3.0, 3.0, 3.0, 3.0]
    assert texts(await kept(store)) == ["hei"]


async def test_no_connection_is_an_alarm(api: Api, server: BotApi, store: Store, clock: ToldClock) -> None:
    """After the third failure in a row /health can tell."""
    server.fail("*", "cut", 1000)
    rests = Rests(most=3)
    async with receiving(make(api, store, clock, rests)) as receiver:
        await rests.until(3)
        assert receiver.standing.alarm == "no connection"


async def test_flooding_is_waited_as_long_as_asked(server: BotApi, api: Api, store: Store, clock: ToldClock) -> None:
    """And a little more."""
    server.fail("getUpdates", "429", retry_after=9)
    rests = Rests(most=1)
    async with receiving(make(api, store, clock, rests)):
        assert await rests.until(1) == [10.0]


async def test_stopping_does_not_wait_for_the_poll(server: BotApi, api: Api, store: Store, clock: ToldClock) -> None:
    """The open long poll is given up at once; so is a rest."""
    async with asyncio.timeout(5):
        async with receiving(make(api, store, clock)):
            await polled(server, 1)
        server.fail("*", "401", 1000)
        rests = Rests(most=1)
        async with receiving(make(api, store, clock, rests)):
            await rests.until(1)


async def test_new_updates_wake_the_intake(server: BotApi, api: Api, store: Store, clock: ToldClock) -> None:
    """Once a batch, after it is kept; an empty poll wakes nobody."""
    woken: list[int] = []
    server.longest_poll = 0.05
    async with receiving(Receiver(api, store, clock, lambda: woken.append(1))):
        await polled(server, 3)
        assert woken == []
        await server.parent().write("hei")
        await server.until(lambda: server.stream.confirmed)
    assert woken == [1]


def state(receiver: Receiver) -> tuple[str | None, datetime | None]:
    """What /health asks it."""
    return receiver.standing.alarm, receiver.standing.last_good


async def polled(server: BotApi, times: int) -> None:
    """Wait until that many polls have arrived."""
    await server.until(lambda: server.stream.polls >= times)
