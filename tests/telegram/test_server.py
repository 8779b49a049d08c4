"""The loopback server itself: a test per rule of the official one, and proof that a broken contract does not pass."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiohttp import ClientSession, ServerDisconnectedError

from tests.telegram.client import Client, keyboard
from tests.telegram.server import BotApi, Limits

Json = dict[str, Any]


async def ten(server: BotApi) -> list[int]:
    """Ten updates wait."""
    aino = server.parent()
    return [await aino.write(f"{number}") for number in range(10)]


# Updates ----------------------------------------------------------------------------------------------------------


async def test_an_offset_forgets_what_is_below_it(server: BotApi, client: Client) -> None:
    """And gives the rest again until it is confirmed too."""
    ids = await ten(server)
    assert await client.ids(limit=3) == ids[:3]
    assert await client.ids() == ids
    assert await client.ids(offset=ids[4]) == ids[4:]
    assert server.stream.confirmed == ids[:4]


async def test_a_negative_offset_keeps_the_last(server: BotApi, client: Client) -> None:
    """All before are forgotten."""
    ids = await ten(server)
    assert await client.ids(offset=-2) == ids[-2:]


async def test_an_offset_a_little_too_high_destroys_and_one_far_too_high_counts_as_none(
    server: BotApi, client: Client
) -> None:
    """Within ten of the tail it is believed."""
    ids = await ten(server)
    assert await client.ids(offset=ids[-1] + 12) == ids
    assert await client.ids(offset=ids[-1] + 11) == []


async def test_updates_live_a_day_and_presses_150_seconds(server: BotApi, client: Client) -> None:
    """What nobody fetches in time is gone."""
    aino = server.parent()
    await client.ask("sendMessage", chat_id=7001, text="?", reply_markup=keyboard("Kyllä", "y"))
    await aino.press("Kyllä")
    written = await aino.write("hei")
    server.advance(151)
    assert await client.ids() == [written]
    server.advance(24 * 3600)
    assert await client.ids() == []


async def test_a_long_poll_ends_when_something_arrives(server: BotApi, client: Client) -> None:
    """It does not wait its time out."""
    poll = asyncio.create_task(client.ids(timeout=50))
    await server.until(lambda: server.stream.polls)
    written = await server.parent().write("hei")
    assert await asyncio.wait_for(poll, 5) == [written]


async def test_the_older_of_two_pollers_is_refused(server: BotApi, client: Client) -> None:
    """409, in Telegram's words."""
    older = asyncio.create_task(client.ask("getUpdates", timeout=50))
    await server.until(lambda: server.stream.polls)
    await client.ask("getUpdates")
    answer = await asyncio.wait_for(older, 5)
    assert answer["status"] == 409
    assert answer["description"].startswith("Conflict: terminated by other getUpdates request")


async def test_a_poll_gives_1_to_100_updates(server: BotApi, client: Client) -> None:
    """Whatever it asks for."""
    aino = server.parent()
    ids = [await aino.write(f"{number}") for number in range(101)]
    assert await client.ids(limit=0) == ids[:1]
    assert await client.ids(limit=1000) == await client.ids() == ids[:100]


async def test_a_poll_is_held_open_for_50_seconds_at_most(server: BotApi, client: Client) -> None:
    """Here made shorter."""
    assert server.longest_poll == 50
    server.longest_poll = 0.05
    assert await asyncio.wait_for(client.ids(timeout=1000), 5) == []


async def test_a_webhook_forbids_polling(server: BotApi, client: Client) -> None:
    """Until it is deleted."""
    await client.ask("setWebhook", url="https://example.org/hook")
    assert (await client.ask("getWebhookInfo"))["result"]["url"] == "https://example.org/hook"
    assert (await client.ask("getUpdates"))["status"] == 409
    await client.ask("deleteWebhook")
    assert (await client.ask("getUpdates"))["ok"]


async def test_kinds_not_asked_for_do_not_come(server: BotApi, client: Client) -> None:
    """The last list named counts for what happens afterwards."""
    await client.ask("getUpdates", allowed_updates=["callback_query"])
    await server.parent().write("hei")
    assert await client.ids() == []


# Faults and limits ------------------------------------------------------------------------------------------------


async def test_a_flood_is_told_twice(server: BotApi, client: Client) -> None:
    """In the body and in the header."""
    server.parent()
    server.fail("sendMessage", "429", retry_after=5)
    address = f"{server.base}/bot{server.token}/sendMessage"
    async with client.session.post(address, json={"chat_id": 7001, "text": "hei"}) as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (429, "5")
        assert (await answer.json())["parameters"] == {"retry_after": 5}
    assert (await client.ask("sendMessage", chat_id=7001, text="hei"))["ok"]


@pytest.mark.parametrize(("kind", "applied"), [("cut", 0), ("apply then cut", 1)])
async def test_a_cut_line_may_or_may_not_have_done_it(server: BotApi, client: Client, kind: Any, applied: int) -> None:
    """From outside they look the same."""
    aino = server.parent()
    server.fail("sendMessage", kind)
    with pytest.raises(ServerDisconnectedError):
        await client.ask("sendMessage", chat_id=7001, text="hei")
    assert len(aino.chat.said) == applied


async def test_what_hangs_hangs_until_it_is_healed(server: BotApi, client: Client) -> None:
    """Then its line is cut."""
    server.fail("getMe", "hang")
    asking = asyncio.create_task(client.ask("getMe"))
    await server.until(lambda: server.hanging)
    assert (await client.ask("getMe"))["ok"]
    assert not asking.done()
    server.heal()
    with pytest.raises(ServerDisconnectedError):
        await asyncio.wait_for(asking, 5)


async def test_the_limits_count_edits_in_a_group(server: BotApi, client: Client) -> None:
    """Twenty a minute; the twenty-first names the seconds."""
    server.group()
    server.limits = Limits()
    await client.ask("sendMessage", chat_id=-1001, text="0")
    for number in range(1, 20):
        assert (await client.ask("editMessageText", chat_id=-1001, message_id=1, text=f"{number}"))["ok"]
    refused = await client.ask("editMessageText", chat_id=-1001, message_id=1, text="20")
    assert refused["status"] == 429
    server.advance(refused["parameters"]["retry_after"])
    assert (await client.ask("editMessageText", chat_id=-1001, message_id=1, text="20"))["ok"]


async def test_a_wrong_token_is_not_known(server: BotApi, client: Client) -> None:
    """401 for everything."""
    async with client.session.post(f"{server.base}/bot1:wrong/getMe") as answer:
        assert answer.status == 401


# The contract -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "violation"),
    [
        ({"chat_id": 7001, "text": "hei", "colour": "red"}, "unknown colour"),
        ({"chat_id": 7001, "text": "hei", "link_preview_options": {"off": True}}, "unknown link_preview_options.off"),
        ({"chat_id": 7001}, "text: Field required"),
        ({"chat_id": 7001, "text": "hei", "protect_content": "yes"}, "wrong type"),
        ({"chat_id": 7001, "text": "hei", "reply_markup": {"inline_keyboard": "none"}}, "reply_markup"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_request_out_of_contract_is_a_violation(
    server: BotApi, client: Client, values: Json, violation: str
) -> None:
    """And refused, even where a kinder server would bend it."""
    server.parent()
    assert (await client.ask("sendMessage", **values))["status"] == 400
    assert violation in " ".join(server.violations)
    server.violations.clear()


@pytest.mark.parametrize("method", ["sendDice", "no_such_method"])
async def test_a_method_it_does_not_model_is_refused_loudly(server: BotApi, client: Client, method: str) -> None:
    """501, never a made-up success and never a 404."""
    assert (await client.ask(method))["status"] == 501
    assert f"{method} is not modelled" in server.violations[0]
    server.violations.clear()


async def test_an_answer_out_of_contract_is_a_violation(server: BotApi, client: Client) -> None:
    """The server is held to it as the project is."""
    await server.push({"message": {"text": "no chat"}})
    await client.ask("getUpdates")
    assert "update: message.message_id: Field required" in server.violations
    server.violations.clear()


async def test_a_broken_contract_fails_the_test_that_broke_it() -> None:
    """At the end of the block, with the sentence."""
    with pytest.raises(AssertionError, match="sendDice is not modelled"):
        async with BotApi() as server, ClientSession() as session:
            await Client(server, session).ask("sendDice")
