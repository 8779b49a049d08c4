"""The methods the server models, each a function of the server and the values sent. Any other is answered 501."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from tests.telegram.server.chats import Chat, Shown, message_json
from tests.telegram.server.faults import bad
from tests.telegram.server.forums import FORUMS, chat_of
from tests.telegram.server.markup import Unparsable, parsed, units
from tests.telegram.server.stream import PRESS_LIVES

if TYPE_CHECKING:
    from tests.telegram.server.botapi import BotApi

Json = dict[str, Any]
Method = Callable[["BotApi", Json], Awaitable[Any]]

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
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
    """Kept by language ("" for everybody else), or by the one chat they are for."""
    if len(values["commands"]) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    scope = values.get("scope") or {}
    if "chat_id" in scope:
        chat_of(api, scope)
    key = str(scope["chat_id"]) if "chat_id" in scope else values.get("language_code", "")
    api.commands[key] = {one["command"]: one["description"] for one in values["commands"]}
    return True


async def set_webhook(api: BotApi, values: Json) -> bool:
    """From now on updates are posted; to https addresses none is, they are only remembered."""
    await api.hook.set(values)
    return True


async def delete_webhook(api: BotApi, values: Json) -> bool:
    """Polling works again."""
    await api.hook.delete()
    if values.get("drop_pending_updates"):
        api.stream.waiting.clear()
    return True


async def get_webhook_info(api: BotApi, values: Json) -> Json:
    """What was set."""
    return api.hook.info()


async def send_message(api: BotApi, values: Json) -> Json:
    """A message in a private chat, a group or a topic."""
    return _posted(api, values, *_text(values), None)


async def send_photo(api: BotApi, values: Json) -> Json:
    """A picture that is there already, by its id."""
    return _posted(api, values, *_caption(values), ("photo", _file(values["photo"])))


async def send_document(api: BotApi, values: Json) -> Json:
    """A file that is there already, by its id."""
    return _posted(api, values, *_caption(values), ("document", _file(values["document"])))


def _posted(api: BotApi, values: Json, text: str, entities: list[Json], file: tuple[str, str] | None) -> Json:
    chat = chat_of(api, values)
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
    shown.file = file
    shown.protected, shown.styles, shown.at = values.get("protect_content", False), _styles(values), api.now()
    chat.messages.append(shown)
    return message_json(chat, shown)


async def edit_message_text(api: BotApi, values: Json) -> Json:
    """In place; the same again is an error."""
    chat = chat_of(api, values)
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


async def get_chat(api: BotApi, values: Json) -> Json:
    """What a group is like."""
    chat = chat_of(api, values)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    return {
        **chat.raw(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


async def get_chat_member(api: BotApi, values: Json) -> Json:
    """Everybody else is a plain member."""
    chat_of(api, values)
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
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "editMessageText": edit_message_text,
    "answerCallbackQuery": answer_callback_query,
    **FORUMS,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
}


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


def _caption(values: Json) -> tuple[str, list[Json]]:
    if not values.get("caption"):
        return "", []
    text, entities = _text({**values, "text": values["caption"]})
    if units(text) > LONGEST_CAPTION:
        raise bad("message caption is too long")
    return text, entities


def _file(number: str) -> str:
    if not number or "/" in number:
        raise bad("wrong file identifier/HTTP URL specified")
    return number


def _buttons(values: Json) -> list[list[tuple[str, str]]]:
    """Of an inline keyboard; those of other keyboards are no messages' own."""
    rows = (values.get("reply_markup") or {}).get("inline_keyboard", [])
    if any(not 1 <= len(key.get("callback_data", "").encode()) <= 64 for row in rows for key in row):
        raise bad("BUTTON_DATA_INVALID")
    return [[(key["text"], key["callback_data"]) for key in row] for row in rows]


def _styles(values: Json) -> dict[str, str]:
    rows = (values.get("reply_markup") or {}).get("inline_keyboard", [])
    return {key["callback_data"]: key["style"] for row in rows for key in row if "style" in key}


def _reply_to(chat: Chat, values: Json) -> int | None:
    asked = values.get("reply_parameters")
    if asked is None or chat.message(asked["message_id"]):
        return asked["message_id"] if asked else None
    if not asked.get("allow_sending_without_reply"):
        raise bad("message to be replied not found")
    return None
