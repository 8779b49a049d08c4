"""What the loopback server makes of messages, edits, presses, topics and chats: a test per rule of the official one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.telegram.client import Client, keyboard
from tests.telegram.server import BotApi

Json = dict[str, Any]


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
