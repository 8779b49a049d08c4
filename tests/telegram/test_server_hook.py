"""The server's webhook: a test per rule of the official one, with a receiver that answers as it is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import ClientSession, web

from tests.telegram.client import Client, keyboard
from tests.telegram.server import BotApi

Json = dict[str, Any]


@dataclass
class Bot:
    """Somebody's bot. Answers with the next told status (with 200 when none is left) once it is ``open``."""

    told: list[int | web.Response] = field(default_factory=list)
    posts: list[tuple[int, str]] = field(default_factory=list)
    open: asyncio.Event = field(default_factory=asyncio.Event)
    came: asyncio.Condition = field(default_factory=asyncio.Condition)
    url: str = ""

    async def answer(self, request: web.Request) -> web.Response:
        """One post: its update id and the secret are noted."""
        update = await request.json()
        self.posts.append((update["update_id"], request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")))
        async with self.came:
            self.came.notify_all()
        await self.open.wait()
        told = self.told.pop(0) if self.told else 200
        return web.Response(status=told) if isinstance(told, int) else told

    @property
    def ids(self) -> list[int]:
        """What was posted, in order."""
        return [number for number, _ in self.posts]


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    """It listens, and answers at once."""
    found = Bot()
    found.open.set()
    app = web.Application()
    app.router.add_post("/hook", found.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield found
    await runner.cleanup()


@pytest.fixture
async def client(server: BotApi) -> AsyncIterator[Client]:
    """A client of the server."""
    server.hook.pace = 0.0
    async with ClientSession() as session:
        yield Client(server, session)
        await server.hook.delete()


async def test_updates_are_posted_with_the_secret(server: BotApi, client: Client, bot: Bot) -> None:
    """What waited before and what comes; each one taken is confirmed."""
    aino = server.parent()
    ids = [await aino.write("ennen")]
    assert (await client.ask("setWebhook", url=bot.url, secret_token="s-1"))["ok"]
    ids.append(await aino.write("nyt"))
    await server.until(lambda: server.stream.confirmed == ids)
    assert bot.posts == [(number, "s-1") for number in ids]
    assert (await client.ask("getWebhookInfo"))["result"]["pending_update_count"] == 0


async def test_a_chat_is_posted_in_order_and_the_chats_beside_one_another(
    server: BotApi, client: Client, bot: Bot
) -> None:
    """A chat's next waits for the answer to the one before; a press goes its own way."""
    aino, eeva = server.parent(), server.parent(7002, "Eeva")
    await client.ask("sendMessage", chat_id=7001, text="?", reply_markup=keyboard("Kyllä", "y"))
    bot.open.clear()
    await client.ask("setWebhook", url=bot.url)
    first, second, other = await aino.write("1"), await aino.write("2"), await eeva.write("1")
    await aino.press("Kyllä")
    async with asyncio.timeout(5), bot.came:
        await bot.came.wait_for(lambda: len(bot.posts) >= 3)
    assert set(bot.ids) == {first, other, other + 1}
    bot.open.set()
    await server.until(lambda: second in server.stream.confirmed)
    assert bot.ids.index(second) == 3


async def test_no_more_at_once_than_asked_for(server: BotApi, client: Client, bot: Bot) -> None:
    """``max_connections``."""
    await client.ask("setWebhook", url=bot.url, max_connections=3)
    ids = [await server.parent(7000 + number).write("hei") for number in range(20)]
    await server.until(lambda: set(server.stream.confirmed) == set(ids))
    assert server.hook.most_at_once == 3


async def test_only_twice_as_many_updates_are_looked_at(server: BotApi, client: Client, bot: Bot) -> None:
    """One chat that is not answered can so hold up everybody behind it."""
    bot.told = [500] * 10
    aino, eeva = server.parent(), server.parent(7002, "Eeva")
    ids = [await aino.write(f"{number}") for number in range(2)] + [await eeva.write("hei")]
    await client.ask("setWebhook", url=bot.url, max_connections=1)
    await server.until(lambda: set(server.stream.confirmed) == set(ids))
    assert bot.ids == [ids[0]] * 11 + ids[1:]


async def test_what_fails_is_posted_again_after_0_2_4_8_seconds(server: BotApi, client: Client, bot: Bot) -> None:
    """At most 60 to 120 seconds apart, as long as the update lives; the last error is told."""
    bot.told = [500] * 9
    written = await server.parent().write("hei")
    await client.ask("setWebhook", url=bot.url)
    await server.until(lambda: server.stream.confirmed == [written])
    waits = [post.wait for post in server.hook.posts]
    assert waits[:7] == [0, 2, 4, 8, 16, 32, 64] or (waits[:6] == [0, 2, 4, 8, 16, 32] and 60 <= (waits[6] or 0) <= 64)
    assert all(wait is not None and 60 <= wait <= 120 for wait in waits[7:9])
    told = (await client.ask("getWebhookInfo"))["result"]
    assert told["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


async def test_retry_after_is_obeyed(server: BotApi, client: Client, bot: Bot) -> None:
    """Up to an hour."""
    bot.told = [web.Response(status=503, headers={"Retry-After": f"{seconds}"}) for seconds in (7, 9999)]
    written = await server.parent().write("hei")
    await client.ask("setWebhook", url=bot.url)
    await server.until(lambda: server.stream.confirmed == [written])
    assert [post.wait for post in server.hook.posts] == [7, 3600, None]


async def test_an_update_that_would_be_too_old_by_then_is_dropped(server: BotApi, client: Client, bot: Bot) -> None:
    """A day; a press 150 seconds."""
    bot.told = [web.Response(status=503, headers={"Retry-After": "151"}) for _ in range(2)]
    aino = server.parent()
    await client.ask("sendMessage", chat_id=7001, text="?", reply_markup=keyboard("Kyllä", "y"))
    await aino.press("Kyllä")
    written = await aino.write("hei")
    await client.ask("setWebhook", url=bot.url)
    await server.until(lambda: server.stream.confirmed == [written])
    assert server.stream.waiting == []


async def test_410_for_23_hours_takes_the_webhook_away(server: BotApi, client: Client, bot: Bot) -> None:
    """And anything else in between begins the count anew."""
    bot.told = [410, 404, *[410] * 100_000]
    server.hook.pace = 0.0001
    await client.ask("setWebhook", url=bot.url)
    await server.parent().write("hei")
    await server.until(lambda: len(server.hook.posts) >= 4)
    assert server.stream.webhook == bot.url
    server.advance(23 * 3600 + 60)
    await server.until(lambda: not server.stream.webhook)
    assert (await client.ask("getUpdates"))["ok"]


async def test_no_connection_is_tried_every_second(server: BotApi, client: Client) -> None:
    """It is no failure of the update's."""
    server.hook.pace = 0.001
    await client.ask("setWebhook", url="http://127.0.0.1:9/hook")
    await server.parent().write("hei")
    await server.until(lambda: len(server.hook.posts) >= 4)
    assert [post.wait for post in server.hook.posts[:4]] == [1.0] * 4


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"url": "http://example.org/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "https://example.org:8444/hook"}, "bad webhook: Webhook can be set up only on ports"),
        ({"url": "https://example.org/hook", "secret_token": "ä"}, "secret token contains unallowed characters"),
        ({"url": "https://example.org/hook", "secret_token": "a" * 257}, "secret token is too long"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_what_cannot_be_a_webhook_is_refused(client: Client, values: Json, words: str) -> None:
    """In the official words."""
    answer = await client.ask("setWebhook", **values)
    assert (answer["status"], words in answer["description"]) == (400, True)


async def test_it_cannot_be_set_twice_within_a_second(server: BotApi, client: Client) -> None:
    """429."""
    assert (await client.ask("setWebhook", url="https://example.org/hook"))["ok"]
    assert (await client.ask("setWebhook", url="https://example.org/other"))["status"] == 429
    server.advance(1)
    assert (await client.ask("setWebhook", url="https://example.org/other"))["ok"]


async def test_setting_it_ends_the_open_poll(server: BotApi, client: Client) -> None:
    """With 409."""
    poll = asyncio.create_task(client.ask("getUpdates", timeout=50))
    await server.until(lambda: server.stream.polls)
    await client.ask("setWebhook", url="https://example.org/hook")
    answer = await asyncio.wait_for(poll, 5)
    assert (answer["status"], answer["description"]) == (409, "Conflict: terminated by setWebhook request")
