"""The webhook: kept before it is answered, open to nobody but Telegram, and looked after."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route
from structlog.testing import capture_logs

from bot.ports import Store, StoreBusy, UnitOfWork
from handlers.telegram.api import Api
from handlers.telegram.standing import Waits
from handlers.telegram.webhook import LONGEST_BODY, PATH, SECRET_HEADER, Hook, Place, secret_of
from tests.stores import Around
from tests.telegram.conftest import ToldClock
from tests.telegram.server import BotApi
from tests.telegram.test_polling import Rests, kept, texts
from tests.web.serving import Server

SECRET = "a-secret-of-twenty-letters"
MESSAGE = {"update_id": 5, "message": {"message_id": 1, "date": 0, "chat": {"id": 7001, "type": "private"}}}
QUICK = Waits(look=0.02, first=0.01, longest=0.02)


class Moody(Around):
    """A store that is busy while it is told to be, at the very end of a unit of work."""

    busy = False
    begun = 0

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        """Nothing is kept while it is busy."""
        self.begun += 1
        async with self.store.begin() as work:
            yield work
            if self.busy:
                raise StoreBusy


@dataclass
class Door:
    """A hook behind an HTTP server of its own."""

    hook: Hook
    store: Moody
    address: str = ""
    woken: list[int] = field(default_factory=list)

    async def post(self, body: bytes, secret: str = SECRET) -> httpx.Response:
        """What somebody posts."""
        async with httpx.AsyncClient() as client:
            told = {SECRET_HEADER.encode(): secret.encode(), b"content-type": b"application/json"}
            return await client.post(self.address + PATH, content=body, headers=told)


@pytest.fixture
async def door(server: BotApi, api: Api, store: Store, clock: ToldClock) -> AsyncIterator[Door]:
    """The hook, served at a free port; its webhook is not set yet."""
    moody, woken = Moody(store), list[int]()
    routes: list[Route] = []
    app = Starlette(routes=routes)
    http = Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, lifespan="off", ws="none"))
    serving = asyncio.create_task(http._serve())
    await http.ready.wait()
    place = Place(http.address + PATH, SECRET)
    hook = Hook(api, moody, clock, lambda: woken.append(1), place, waits=QUICK)
    app.router.routes.append(Route(PATH, hook.receive, methods=["POST"]))
    yield Door(hook, moody, http.address, woken)
    await server.hook.delete()
    http.should_exit = True
    await serving


@asynccontextmanager
async def running(hook: Hook) -> AsyncIterator[None]:
    """The hook sets its webhook and looks after it; at the end it is asked to stop, and must."""
    task = asyncio.create_task(hook.run())
    try:
        yield
    finally:
        hook.stop()
        async with asyncio.timeout(5):
            await task


# What is posted ---------------------------------------------------------------------------------------------------


async def test_everything_posted_is_kept_before_it_is_answered(server: BotApi, door: Door, store: Store) -> None:
    """Each chat in its order, and the intake is woken; the server's watch looks into the database at every 200."""
    aino, eeva = server.parent(), server.parent(7002, "Eeva")
    async with running(door.hook):
        for number in range(40):
            await (aino, eeva)[number % 2].write(f"{number}")
        await server.until(lambda: len(server.stream.confirmed) == 40)
    rows = await kept(store)
    assert texts([row for row in rows if row.lane == "7001"]) == [f"{number}" for number in range(0, 40, 2)]
    assert texts([row for row in rows if row.lane == "7002"]) == [f"{number}" for number in range(1, 40, 2)]
    assert len(door.woken) == 40


async def test_what_the_store_cannot_take_is_not_answered_200(server: BotApi, door: Door, store: Store) -> None:
    """503; Telegram posts it again and it is kept once."""
    server.hook.pace = 0.01
    door.store.busy = True
    async with running(door.hook):
        await server.parent().write("hei")
        await server.until(lambda: len(server.hook.posts) >= 2)
        door.store.busy = False
        await server.until(lambda: server.stream.confirmed)
    assert {post.status for post in server.hook.posts[:2]} == {503}
    assert texts(await kept(store)) == ["hei"]


async def test_the_same_update_posted_twice_is_kept_once(door: Door, store: Store) -> None:
    """Both are answered 200; another update under the same number is another update."""
    twice = json.dumps(MESSAGE).encode()
    other = json.dumps({**MESSAGE, "edited_message": MESSAGE["message"]}).encode()
    assert [(await door.post(body)).status_code for body in (twice, twice, other)] == [200] * 3
    assert len(await kept(store)) == 2


@pytest.mark.parametrize("secret", ["", "a-secret-of-twenty-lettert", SECRET + "x", "ä"])
async def test_nobody_but_telegram_is_heard(door: Door, secret: str) -> None:
    """Without the secret nothing is read, nothing is kept, nothing is told."""
    answer = await door.post(json.dumps(MESSAGE).encode(), secret)
    assert (answer.status_code, answer.content) == (403, b"")
    assert door.store.begun == 0


async def test_a_body_longer_than_any_update_is_refused(door: Door) -> None:
    """Before it is read to its end."""
    assert (await door.post(b" " * (LONGEST_BODY + 1))).status_code == 413
    assert door.store.begun == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b'"salainen asia"', b"[" * 100_000, b"1" * 10_000])
async def test_what_is_no_update_is_refused_and_told_to_nobody(door: Door, body: bytes) -> None:
    """400, and not a word of it in the log."""
    with capture_logs() as logged:
        assert (await door.post(body)).status_code == 400
    assert logged == []
    assert door.store.begun == 0


async def test_kinds_we_do_not_know_are_kept_and_answered_200(door: Door, store: Store) -> None:
    """So are updates nobody can read; a half of an emoji spoils no message."""
    several: tuple[dict[str, Any], ...] = ({"a_kind_of_tomorrow": {}}, {"message": 3}, {}, {"update_id": 2**70})
    for number, strange in enumerate(several):
        assert (await door.post(json.dumps({"update_id": number, **strange}).encode())).status_code == 200
    cut = json.dumps({"update_id": 9, "message": {"chat": {"id": 7001}, "text": "auts \ud83d"}}).encode()
    assert (await door.post(cut)).status_code == 200
    rows = await kept(store)
    assert [row.lane for row in rows] == ["-"] * 4 + ["7001"]
    assert rows[-1].payload["message"]["text"] == "auts ?"


async def test_only_posting_is_possible(door: Door) -> None:
    """A curious browser gets nothing."""
    async with httpx.AsyncClient() as client:
        assert (await client.get(door.address + PATH)).status_code == 405


# Looking after it -------------------------------------------------------------------------------------------------


async def test_the_webhook_is_set_with_its_secret_and_kinds(server: BotApi, door: Door) -> None:
    """And the menu; stopping leaves it set, so that Telegram keeps what comes meanwhile."""
    async with running(door.hook):
        await server.until(lambda: server.calls("getWebhookInfo"))
    [told] = server.calls("setWebhook")
    assert told == {
        "url": door.address + PATH,
        "secret_token": SECRET,
        "allowed_updates": ["message", "edited_message", "callback_query"],
        "max_connections": 20,
    }
    assert server.stream.webhook == door.address + PATH


async def test_a_webhook_that_was_taken_away_is_set_again(server: BotApi, door: Door) -> None:
    """Whoever did it."""
    async with running(door.hook):
        await server.until(lambda: server.calls("getWebhookInfo"))
        server.advance(2)
        await server.hook.delete()
        await server.until(lambda: server.stream.webhook)
        await server.parent().write("hei")
        await server.until(lambda: server.stream.confirmed)


async def test_trouble_at_telegram_is_an_alarm_until_it_is_over(
    server: BotApi, api: Api, store: Store, clock: ToldClock
) -> None:
    """Asked again every few seconds; then the outbox is told that all is well."""
    revived: list[int] = []
    rests = Rests()
    hook = Hook(
        api,
        store,
        clock,
        lambda: None,
        Place("https://x.org/telegram", SECRET),
        pause=rests,
        revived=lambda: revived.append(1),
    )
    server.fail("setWebhook", "502", 4)
    server.fail("setWebhook", "401", 1)
    async with running(hook):
        await rests.until(6)
        assert hook.standing.alarm is None
        assert hook.standing.last_good == clock.now()
    assert rests.seconds[:5] == [1.0, 2.0, 3.0, 3.0, 3.0]
    assert revived == [1]


async def test_updates_that_do_not_arrive_are_an_alarm(
    server: BotApi, api: Api, store: Store, clock: ToldClock
) -> None:
    """Telegram says that something waits and that it could not reach us; an old failure is none."""
    hook = Hook(api, store, clock, lambda: None, Place("https://x.org/telegram", SECRET), waits=QUICK)
    clock.moment += timedelta(seconds=server.now() - clock.now().timestamp())
    async with running(hook):
        await server.until(lambda: server.calls("getWebhookInfo"))
        await server.parent().write("hei")
        server.hook.last_error = int(server.now()), "Connection refused"
        await looked(server)
        assert hook.standing.alarm == "Telegram does not reach us"
        clock.advance(200)
        await looked(server)
        assert standing(hook) is None


async def looked(server: BotApi) -> None:
    """Two more looks have begun, so the first of them has ended."""
    before = len(server.calls("getWebhookInfo"))
    await server.until(lambda: len(server.calls("getWebhookInfo")) >= before + 2)


def standing(hook: Hook) -> str | None:
    """Its alarm."""
    return hook.standing.alarm


def test_the_secret_made_from_the_token_is_the_same_everywhere_and_tells_nothing() -> None:
    """Of letters Telegram takes."""
    made = secret_of("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw")
    assert made == secret_of("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw") != secret_of("1:x")
    assert made.isalnum()
    assert len(made) == 64
