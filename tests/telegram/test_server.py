"""The loopback server itself: a test per rule of the official one, and proof that a broken contract does not pass."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, ServerDisconnectedError

from tests.telegram.server import BotApi, Limits

Json = dict[str, Any]


class Client:
    """A client of no library."""

    def __init__(self, server: BotApi, session: ClientSession) -> None:
        self.server = server
        self.session = session

    async def ask(self, method: str, **values: Any) -> Json:
        """One call; the body of the answer, whatever it is."""
        address = f"{self.server.base}/bot{self.server.token}/{method}"
        async with self.session.post(address, json=values) as answer:
            return {**(await answer.json()), "status": answer.status}

    async def ids(self, **values: Any) -> list[int]:
        """The update ids one poll gives."""
        return [update["update_id"] for update in (await self.ask("getUpdates", **values))["result"]]


@pytest.fixture
async def client(server: BotApi) -> AsyncIterator[Client]:
    """A client of the server."""
    async with ClientSession() as session:
        yield Client(server, session)


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


# Messages ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "refusal"),
    [
        ("a < b", "can't parse entities: Unsupported start tag"),
        ("<b>auki", "can't parse entities: Can't find end tag"),
        ("<b><i>ristiin</b></i>", "can't parse entities: Unmatched end tag"),
        ("<h1>otsikko</h1>", "can't parse entities: Unsupported start tag"),
        ("<b> </b>", "message text is empty"),
        ("ä" * 4097, "message is too long"),
    ],
)
async def test_markup_that_telegram_refuses_is_refused(server: BotApi, client: Client, html: str, refusal: str) -> None:
    """With the words it uses."""
    server.parent()
    answer = await client.ask("sendMessage", chat_id=7001, text=html, parse_mode="HTML")
    assert answer["status"] == 400
    assert refusal in answer["description"]


async def test_entities_are_counted_in_utf16_and_markup_is_not_counted(server: BotApi, client: Client) -> None:
    """4,096 units are what is seen."""
    aino = server.parent()
    html = f"😀<b>äiti &amp; isä</b>{'x' * 4084}"
    assert (await client.ask("sendMessage", chat_id=7001, text=html, parse_mode="HTML"))["ok"]
    assert aino.screen.entities == [{"type": "bold", "offset": 2, "length": 10}]
    assert aino.screen.text.startswith("😀äiti & isäx")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"chat_id": 9}, "chat not found"),
        ({"chat_id": -1001, "message_thread_id": 99}, "message thread not found"),
        ({"chat_id": -1001, "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        (
            {"chat_id": -1001, "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]}},
            "BUTTON",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_what_is_not_there_is_refused(server: BotApi, client: Client, values: Json, words: str) -> None:
    """No made-up success."""
    server.group()
    answer = await client.ask("sendMessage", text="hei", **values)
    assert answer["status"] == 400
    assert words in answer["description"]


async def test_an_edit_is_in_place_and_the_same_again_is_an_error(server: BotApi, client: Client) -> None:
    """So is one of what is not there, and of what somebody else wrote."""
    aino = server.parent()
    await client.ask("sendMessage", chat_id=7001, text="yksi")
    edit = {"chat_id": 7001, "message_id": aino.screen.message, "text": "kaksi"}
    assert (await client.ask("editMessageText", **edit))["result"]["text"] == "kaksi"
    assert "message is not modified" in (await client.ask("editMessageText", **edit))["description"]
    gone = await client.ask("editMessageText", **{**edit, "message_id": 99})
    assert "message to edit not found" in gone["description"]
    await aino.write("oma")
    assert "can't be edited" in (await client.ask("editMessageText", **{**edit, "message_id": 2}))["description"]


async def test_a_press_is_answered_within_150_seconds_or_not_at_all(server: BotApi, client: Client) -> None:
    """Nor is one that never was."""
    aino = server.parent()
    await client.ask("sendMessage", chat_id=7001, text="?", reply_markup=keyboard("Kyllä", "y"))
    press = await aino.press("Kyllä")
    server.advance(151)
    for number in (press, "never"):
        answer = await client.ask("answerCallbackQuery", callback_query_id=number)
        assert "query is too old and response timeout expired or query ID is invalid" in answer["description"]


async def test_topics_open_close_are_renamed_and_deleted(server: BotApi, client: Client) -> None:
    """With everything in them."""
    group = server.group()
    made = (await client.ask("createForumTopic", chat_id=-1001, name="#1"))["result"]
    topic = {"chat_id": -1001, "message_thread_id": made["message_thread_id"]}
    await client.ask("sendMessage", text="kortti", **topic)
    assert (await client.ask("editForumTopic", name="#1 Wilma", **topic))["ok"]
    assert (await client.ask("closeForumTopic", **topic))["ok"]
    assert "TOPIC_NOT_MODIFIED" in (await client.ask("closeForumTopic", **topic))["description"]
    assert (await client.ask("reopenForumTopic", **topic))["ok"]
    assert (await client.ask("deleteForumTopic", **topic))["ok"]
    assert group.chat.messages == []
    assert "message thread not found" in (await client.ask("sendMessage", text="x", **topic))["description"]


async def test_no_topics_without_a_forum_or_the_right(server: BotApi, client: Client) -> None:
    """In Telegram's words."""
    server.group(-55, forum=False, kind="group")
    assert "not a forum" in (await client.ask("createForumTopic", chat_id=-55, name="x"))["description"]
    server.group().chat.may_manage_topics = False
    assert "not enough rights" in (await client.ask("createForumTopic", chat_id=-1001, name="x"))["description"]


async def test_the_bot_and_its_chats_can_be_asked_about(server: BotApi, client: Client) -> None:
    """Answers another client can read."""
    server.group()
    server.worker()
    assert (await client.ask("getMe"))["result"]["is_bot"]
    assert (await client.ask("getChat", chat_id=-1001))["result"]["is_forum"]
    assert (await client.ask("getChatMember", chat_id=-1001, user_id=501))["result"]["status"] == "member"


async def test_who_blocked_the_bot_is_out_of_reach(server: BotApi, client: Client) -> None:
    """403, and the words."""
    server.parent().chat.blocked = True
    answer = await client.ask("sendMessage", chat_id=7001, text="hei")
    assert (answer["status"], answer["description"]) == (403, "Forbidden: bot was blocked by the user")


async def test_a_moved_group_names_its_new_id(server: BotApi, client: Client) -> None:
    """And refuses everything under the old one."""
    group = server.group(-55, forum=False, kind="group")
    await group.become_supergroup(-10055)
    answer = await client.ask("sendMessage", chat_id=-55, text="hei")
    assert answer["parameters"] == {"migrate_to_chat_id": -10055}
    assert (await client.ask("sendMessage", chat_id=-10055, text="hei"))["ok"]


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


def keyboard(label: str, data: str) -> Json:
    """One button."""
    return {"inline_keyboard": [[{"text": label, "callback_data": data}]]}
