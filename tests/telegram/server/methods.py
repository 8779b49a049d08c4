"""The methods the server models, each a function of the server and the values sent. Any other is answered 501."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from tests.telegram.server.chats import Chat, Shown, message_json
from tests.telegram.server.faults import Refused, bad, moved
from tests.telegram.server.markup import Unparsable, parsed, units
from tests.telegram.server.stream import PRESS_LIVES

if TYPE_CHECKING:
    from tests.telegram.server.botapi import BotApi

Json = dict[str, Any]
Method = Callable[["BotApi", Json], Awaitable[Any]]

LONGEST_TEXT = 4096
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


async def get_me(api: BotApi, values: Json) -> Json:
    """The bot itself."""
    return {
        **api.bot_user,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


async def get_updates(api: BotApi, values: Json) -> list[Json]:
    """The stream."""
    timeout = min(values.get("timeout", 0), api.longest_poll)
    return await api.stream.fetch(
        values.get("offset", 0), values.get("limit", 100), timeout, values.get("allowed_updates")
    )


async def set_my_commands(api: BotApi, values: Json) -> bool:
    """Kept by language ("" for everybody else)."""
    if len(values["commands"]) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    api.commands[values.get("language_code", "")] = {one["command"]: one["description"] for one in values["commands"]}
    return True


async def set_webhook(api: BotApi, values: Json) -> bool:
    """Remembered; nothing is delivered to it."""
    api.stream.webhook = values["url"]
    return True


async def delete_webhook(api: BotApi, values: Json) -> bool:
    """Polling works again."""
    api.stream.webhook = ""
    if values.get("drop_pending_updates"):
        api.stream.waiting.clear()
    return True


async def get_webhook_info(api: BotApi, values: Json) -> Json:
    """What was set."""
    waiting = len(api.stream.waiting)
    return {"url": api.stream.webhook, "has_custom_certificate": False, "pending_update_count": waiting}


async def send_message(api: BotApi, values: Json) -> Json:
    """A message in a private chat, a group or a topic."""
    chat = _chat(api, values)
    text, entities = _text(values)
    thread = values.get("message_thread_id")
    if thread is not None and thread not in chat.topics:
        raise bad("message thread not found")
    if thread is not None and chat.topics[thread].closed and not chat.may_manage_topics:
        raise bad("TOPIC_CLOSED")
    shown = Shown(
        chat.next_message(),
        int(api.now()),
        api.bot_user,
        text,
        entities,
        _buttons(values),
        thread,
        _reply_to(chat, values),
    )
    shown.protected = values.get("protect_content", False)
    chat.messages.append(shown)
    return message_json(chat, shown)


async def edit_message_text(api: BotApi, values: Json) -> Json:
    """In place; the same again is an error."""
    chat = _chat(api, values)
    shown = chat.message(values["message_id"])
    if shown is None:
        raise bad("message to edit not found")
    if shown.by["id"] != api.bot_user["id"]:
        raise bad("message can't be edited")
    text, entities = _text(values)
    buttons = _buttons(values)
    if (text, entities, buttons) == (shown.text, shown.entities, shown.buttons):
        raise bad(NOT_MODIFIED)
    shown.text, shown.entities, shown.buttons, shown.edits = text, entities, buttons, shown.edits + 1
    return message_json(chat, shown)


async def answer_callback_query(api: BotApi, values: Json) -> bool:
    """Once, within 150 seconds."""
    pressed_at = api.presses.get(values["callback_query_id"])
    if pressed_at is None or api.now() - pressed_at > PRESS_LIVES:
        raise bad(TOO_OLD)
    if len(values.get("text", "")) > 200:
        raise bad("MESSAGE_TOO_LONG")
    api.answered[values["callback_query_id"]] = values.get("text", "")
    return True


async def create_forum_topic(api: BotApi, values: Json) -> Json:
    """A topic begins with a message of the service, whose id it bears."""
    chat = _chat(api, values)
    if not chat.forum:
        raise bad("the chat is not a forum")
    if not chat.may_manage_topics:
        raise bad("not enough rights to create a topic")
    if not 1 <= len(values["name"]) <= 128:
        raise bad("TOPIC_TITLE_INVALID" if len(values["name"]) > 128 else "topic name must be non-empty")
    return api.begin_topic(chat, values["name"])


async def edit_forum_topic(api: BotApi, values: Json) -> bool:
    """Another name."""
    topic = _topic(api, values)
    if values.get("name", topic.name) == topic.name:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.name = values["name"]
    return True


async def close_forum_topic(api: BotApi, values: Json) -> bool:
    """No more messages of members."""
    return _set_closed(api, values, True)


async def reopen_forum_topic(api: BotApi, values: Json) -> bool:
    """Messages again."""
    return _set_closed(api, values, False)


async def delete_forum_topic(api: BotApi, values: Json) -> bool:
    """With all that is in it."""
    topic = _topic(api, values)
    api.delete_topic(_chat(api, values), topic.thread)
    return True


async def get_chat(api: BotApi, values: Json) -> Json:
    """What a group is like."""
    chat = _chat(api, values)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    return {
        **chat.raw(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


async def get_chat_member(api: BotApi, values: Json) -> Json:
    """Everybody else is a plain member."""
    _chat(api, values)
    person = api.users.get(values["user_id"])
    if person is None:
        raise bad("user not found")
    return {"status": "member", "user": person}


METHODS: Mapping[str, Method] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setMyCommands": set_my_commands,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "answerCallbackQuery": answer_callback_query,
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
    "deleteForumTopic": delete_forum_topic,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
}


def _chat(api: BotApi, values: Json) -> Chat:
    chat = api.chats.get(values["chat_id"])
    if chat is None:
        raise bad("chat not found")
    if chat.blocked:
        raise Refused(403, "Forbidden: bot was blocked by the user")
    if chat.moved_to is not None:
        raise moved(chat.moved_to)
    return chat


def _topic(api: BotApi, values: Json) -> Any:
    chat = _chat(api, values)
    if not chat.may_manage_topics:
        raise bad("not enough rights")
    if values["message_thread_id"] not in chat.topics:
        raise bad("message thread not found")
    return chat.topics[values["message_thread_id"]]


def _set_closed(api: BotApi, values: Json, closed: bool) -> bool:
    topic = _topic(api, values)
    if topic.closed is closed:
        raise bad("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    return True


def _text(values: Json) -> tuple[str, list[Json]]:
    try:
        text, entities = parsed(values["text"]) if values.get("parse_mode") == "HTML" else (values["text"], [])
    except Unparsable as fault:
        raise bad(f"can't parse entities: {fault}") from fault
    if not text.strip():
        raise bad("message text is empty")
    if units(text) > LONGEST_TEXT:
        raise bad("message is too long")
    return text, entities


def _buttons(values: Json) -> list[list[tuple[str, str]]]:
    rows = (values.get("reply_markup") or {}).get("inline_keyboard", [])
    if any(not 1 <= len(key.get("callback_data", "").encode()) <= 64 for row in rows for key in row):
        raise bad("BUTTON_DATA_INVALID")
    return [[(key["text"], key["callback_data"]) for key in row] for row in rows]


def _reply_to(chat: Chat, values: Json) -> int | None:
    asked = values.get("reply_parameters")
    if asked is None or chat.message(asked["message_id"]):
        return asked["message_id"] if asked else None
    if not asked.get("allow_sending_without_reply"):
        raise bad("message to be replied not found")
    return None
