"""The methods of forums: topics, the General topic, what is pinned in them. Functions of the server and the values."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from tests.telegram.server.chats import Chat, Topic
from tests.telegram.server.faults import Refused, bad, moved

if TYPE_CHECKING:
    from tests.telegram.server.botapi import BotApi

Json = dict[str, Any]
Method = Callable[["BotApi", Json], Awaitable[Any]]

_NOT_MODIFIED = "TOPIC_NOT_MODIFIED"
_PICTURE = {"width": 128, "height": 128, "file_id": "t", "file_unique_id": "AQADtg4AAqKHcUly", "file_size": 6000}
_ICON: Json = {
    "file_id": "i",
    "file_unique_id": "AgADtg4AAqKHcUk",
    "type": "custom_emoji",
    "width": 512,
    "height": 512,
    "is_animated": True,
    "is_video": False,
    "emoji": "📰",
    "set_name": "Topics",
    "custom_emoji_id": "5434144690511290129",
    "file_size": 40000,
    "thumbnail": _PICTURE,
}


def chat_of(api: BotApi, values: Json) -> Chat:
    """The chat a call is about, unless the bot cannot reach it."""
    chat = api.chats.get(values["chat_id"])
    if chat is None:
        raise bad("chat not found")
    if chat.blocked:
        raise Refused(403, "Forbidden: bot was blocked by the user")
    if chat.moved_to is not None:
        raise moved(chat.moved_to)
    return chat


def _forum(api: BotApi, values: Json) -> Chat:
    chat = chat_of(api, values)
    if not chat.may_manage_topics:
        raise bad("not enough rights")
    return chat


def _topic(api: BotApi, values: Json) -> Topic:
    chat = _forum(api, values)
    if values["message_thread_id"] not in chat.topics:
        raise bad("message thread not found")
    return chat.topics[values["message_thread_id"]]


async def _icons(api: BotApi, values: Json) -> list[Json]:
    return [_ICON]


async def _create(api: BotApi, values: Json) -> Json:
    """A topic begins with a message of the service, whose id it bears."""
    chat = chat_of(api, values)
    if not chat.forum:
        raise bad("the chat is not a forum")
    if not chat.may_manage_topics:
        raise bad("not enough rights to create a topic")
    if not 1 <= len(values["name"]) <= 128:
        raise bad("TOPIC_TITLE_INVALID" if len(values["name"]) > 128 else "topic name must be non-empty")
    made = api.begin_topic(chat, values["name"])
    made["icon_color"] = values.get("icon_color", made["icon_color"])
    return made | {key: values[key] for key in ("icon_custom_emoji_id",) if key in values}


async def _edit(api: BotApi, values: Json) -> bool:
    topic = _topic(api, values)
    if values.get("name", topic.name) == topic.name:
        raise bad(_NOT_MODIFIED)
    topic.name = values["name"]
    return True


async def _close(api: BotApi, values: Json) -> bool:
    return _set_closed(_topic(api, values), True)


async def _reopen(api: BotApi, values: Json) -> bool:
    return _set_closed(_topic(api, values), False)


async def _delete(api: BotApi, values: Json) -> bool:
    topic = _topic(api, values)
    api.delete_topic(chat_of(api, values), topic.thread)
    return True


def _set_closed(topic: Topic, closed: bool) -> bool:
    if topic.closed is closed:
        raise bad(_NOT_MODIFIED)
    topic.closed = closed
    return True


# The General topic ------------------------------------------------------------------------------------------------


async def _edit_general(api: BotApi, values: Json) -> bool:
    _forum(api, values).general.name = values["name"]
    return True


async def _close_general(api: BotApi, values: Json) -> bool:
    return _set_closed(_forum(api, values).general, True)


async def _reopen_general(api: BotApi, values: Json) -> bool:
    """It is shown again, too."""
    general = _forum(api, values).general
    general.hidden = False
    return _set_closed(general, False)


async def _hide_general(api: BotApi, values: Json) -> bool:
    """It is closed, too."""
    general = _forum(api, values).general
    if general.hidden:
        raise bad(_NOT_MODIFIED)
    general.hidden = general.closed = True
    return True


async def _unhide_general(api: BotApi, values: Json) -> bool:
    general = _forum(api, values).general
    if not general.hidden:
        raise bad(_NOT_MODIFIED)
    general.hidden = False
    return True


# What is pinned ---------------------------------------------------------------------------------------------------


async def _pin(api: BotApi, values: Json) -> bool:
    chat = chat_of(api, values)
    if chat.message(values["message_id"]) is None:
        raise bad("message to pin not found")
    chat.pinned.add(values["message_id"])
    return True


async def _unpin_topic(api: BotApi, values: Json) -> bool:
    return _unpin(_forum(api, values), _topic(api, values).thread)


async def _unpin_general(api: BotApi, values: Json) -> bool:
    return _unpin(_forum(api, values), None)


def _unpin(chat: Chat, thread: int | None) -> bool:
    there = {shown.message for shown in chat.in_thread(thread)} & chat.pinned
    if not there:
        raise bad("CHAT_NOT_MODIFIED")
    chat.pinned -= there
    return True


FORUMS: Mapping[str, Method] = {
    "getForumTopicIconStickers": _icons,
    "createForumTopic": _create,
    "editForumTopic": _edit,
    "closeForumTopic": _close,
    "reopenForumTopic": _reopen,
    "deleteForumTopic": _delete,
    "editGeneralForumTopic": _edit_general,
    "closeGeneralForumTopic": _close_general,
    "reopenGeneralForumTopic": _reopen_general,
    "hideGeneralForumTopic": _hide_general,
    "unhideGeneralForumTopic": _unhide_general,
    "pinChatMessage": _pin,
    "unpinAllForumTopicMessages": _unpin_topic,
    "unpinAllGeneralForumTopicMessages": _unpin_general,
}
