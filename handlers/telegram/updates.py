"""A raw update of Telegram -> what the product understands. Pure: dictionaries in, values out.

Decides nothing: who a worker is and what a button means is the inside's business. Must not know the network or the
store. An update is kept raw and read only here, so that one we cannot read stops nobody else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from bot.inbox import ChatMoved, Either, Read
from bot.messages import (
    Address,
    Attached,
    Command,
    Edited,
    File,
    FromWorker,
    Incoming,
    ParentMessage,
    PhoneShared,
    Press,
    Reply,
    StaffPlace,
    Text,
    Unreadable,
    WorkerMessage,
)
from handlers.telegram.commanding import STAFF_COMMANDS, command_of, commanded, replied
from handlers.telegram.pressing import pressed
from handlers.telegram.vocabulary import COMMANDS, HIDING, SERVICE, SLASH, kind_of

Raw = Mapping[str, Any]

ALLOWED_UPDATES = ("message", "edited_message", "callback_query")
NOT_AN_UPDATE = "not_an_update"  # the key under which something else is kept, for a person to see


class Malformed(ValueError):
    """An update that is not built as Telegram says. It can never be read: put it aside."""


Translated = Incoming | FromWorker | Either | ChatMoved | None


def lane(raw: object) -> str:
    """The chat an update belongs to, as text, or "-" when it belongs to none. Never raises."""
    if not isinstance(raw, Mapping):
        return "-"
    for value in raw.values():
        if isinstance(value, Mapping):
            chat = value.get("chat") or _mapping(value.get("message")).get("chat")
            number = _mapping(chat).get("id")
            if isinstance(number, int):
                return str(number)
    return "-"


def digest(raw: object) -> str:
    """What an update holds, as 64 hex digits: the same for the same update whatever the order of its keys."""
    return hashlib.sha256(json.dumps(raw, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def press_of(raw: Raw) -> str | None:
    """The id of the button press that waits for a sign, if the update is one."""
    found = _mapping(raw.get("callback_query")).get("id")
    return found if isinstance(found, str) else None


def reader(staff_chat: str | None) -> Callable[[Raw], Read]:
    """How the inbox reads an update in a house with this staff group. The reading may raise :class:`Malformed`."""
    return lambda raw: Read(translate(raw, staff_chat), press_of(raw))


def translate(raw: Raw, staff_chat: str | None) -> Translated:
    """What an update says; None when it is of a kind we do not know or not for us. Raises :class:`Malformed`."""
    try:
        return _translate(raw, staff_chat)
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        raise Malformed(type(fault).__name__) from fault


def _translate(raw: Raw, staff_chat: str | None) -> Translated:
    if NOT_AN_UPDATE in raw:
        raise ValueError(NOT_AN_UPDATE)
    if "callback_query" in raw:
        return _pressed(raw["callback_query"], staff_chat)
    edited = "edited_message" in raw
    message = raw["edited_message"] if edited else raw.get("message")
    if message is None:
        return None
    chat = _chat(message)
    if message["chat"]["type"] == "private":
        return _in_private(message, chat, edited)
    return _from_staff(message, chat, edited) if chat == staff_chat else None


# A parent, in a private chat --------------------------------------------------------------------------------------


def _in_private(message: Raw, chat: str, edited: bool) -> Incoming | Either | None:
    """A parent's message, unless it may be a worker's: which of the two she is, only the inside knows."""
    parent = _from_parent(message, chat, edited)
    place = StaffPlace(chat, None, _reply_to(message))
    words = _text(message["text"]) if "text" in message else ""
    commands = command_of(words) in STAFF_COMMANDS and not edited
    if not commands and (place.reply_to is None or words.startswith("/")):
        return parent
    act, case = _act(message, place, edited)
    identity = _identity(message)
    return parent if act is None or identity is None else Either(FromWorker(act, identity, place, case), parent)


def _from_parent(message: Raw, chat: str, edited: bool) -> Incoming | None:
    if message["from"].get("is_bot"):
        return None
    said = _edited(message) if edited else _said(message)
    return None if said is None else Incoming(Address("telegram", chat), said, _hint(message["from"]))


def _edited(message: Raw) -> Edited | None:
    words = _words(message)
    return None if words is None else Edited(words)


def _said(message: Raw) -> ParentMessage | None:
    words, file = _words(message), _file(message)
    if file is not None:
        return Attached(file, words or "")
    if words is not None:
        return _command(words) or Text(words)
    if "contact" in message and message["contact"].get("user_id") == message["from"]["id"]:
        return PhoneShared(_text(message["contact"]["phone_number"]))
    kind = kind_of(message)
    if kind is None and SERVICE.isdisjoint(message):
        kind = "other"  # something newer than we are: she is told so, and never left without an answer
    return None if kind is None else Unreadable(kind)


def _command(words: str) -> Command | None:
    found = SLASH.match(words)
    name = COMMANDS.get(found[1].lower()) if found else None
    return Command(name) if name else None


def _hint(sender: Raw) -> str | None:
    hint = sender.get("language_code")
    return hint if isinstance(hint, str) else None


# A worker, in the staff's group -----------------------------------------------------------------------------------


def _from_staff(message: Raw, chat: str, edited: bool) -> FromWorker | ChatMoved | None:
    if "migrate_to_chat_id" in message:
        return ChatMoved(chat, str(_number(message["migrate_to_chat_id"])))
    identity = _identity(message)
    if identity is None and not _hidden(message):
        return None
    place = StaffPlace(chat, _thread(message), _reply_to(message))
    act, case = _act(message, place, edited)
    return None if act is None else FromWorker(act, identity, place, case)


def _identity(message: Raw) -> str | None:
    sender = message.get("from") or {}
    return None if _hidden(message) or sender.get("is_bot") else str(_number(sender["id"]))


def _hidden(message: Raw) -> bool:
    return "sender_chat" in message or _mapping(message.get("from")).get("id") in HIDING


def _thread(message: Raw) -> int | None:
    """The topic. Outside forums ``message_thread_id`` only strings replies together, and means nothing to us."""
    return _number(message["message_thread_id"]) if message.get("is_topic_message") else None


def _reply_to(message: Raw) -> int | None:
    """The bot's message this replies to. In a topic every message "replies" to the topic's first: that is none."""
    replied = message.get("reply_to_message")
    if not replied or "forum_topic_created" in replied or not _mapping(replied.get("from")).get("is_bot"):
        return None
    return _number(replied["message_id"])


def _act(message: Raw, place: StaffPlace, edited: bool) -> tuple[WorkerMessage | None, int | None]:
    words = _text(message["text"]) if "text" in message else None
    if words is not None and words.startswith("/"):
        return (None, None) if edited else commanded(words)
    if place.thread is None and place.reply_to is None:
        return None, None
    if edited:
        return Unreadable("other"), None  # what has gone to a parent cannot be changed; the worker must know
    if words is not None:
        return _answered(message, words) or (Reply(words), None)
    kind, file = kind_of(message), _file(message)
    if file is not None:
        return Reply(_words(message) or "", file), None
    return (None if kind is None else Unreadable(kind)), None


def _answered(message: Raw, words: str) -> tuple[WorkerMessage, int | None] | None:
    """A reply to a question of the desk."""
    asked = _mapping(message.get("reply_to_message"))
    question = asked.get("text")
    by_bot = _mapping(asked.get("from")).get("is_bot") is True
    return replied(question, words) if by_bot and isinstance(question, str) else None


# Presses ----------------------------------------------------------------------------------------------------------


def _pressed(query: Raw, staff_chat: str | None) -> Incoming | FromWorker | None:
    message = query.get("message")
    if message is None or "data" not in query:
        return None
    chat, data = _chat(message), _text(query["data"])
    if message["chat"]["type"] == "private":
        return Incoming(Address("telegram", chat), Press(data), _hint(query["from"]))
    return _pressed_by_worker(query, data) if chat == staff_chat else None


def _pressed_by_worker(query: Raw, data: str) -> FromWorker:
    message = query["message"]
    place = StaffPlace(_chat(message), _thread(message), _number(message["message_id"]))
    act, case = pressed(data)
    return FromWorker(act, str(_number(query["from"]["id"])), place, case, press=_text(query["id"]))


# Reading raw values -----------------------------------------------------------------------------------------------


def _file(message: Raw) -> File | None:
    """A picture (its largest size, the last one) or a document, by the id with which it can be sent on."""
    match kind_of(message):
        case "photo" if message.get("photo"):
            return File("photo", _text(message["photo"][-1]["file_id"]))
        case "document":
            return File("document", _text(message["document"]["file_id"]))
    return None


def _words(message: Raw) -> str | None:
    found = message.get("text", message.get("caption"))
    return None if found is None else _text(found)


def _chat(message: Raw) -> str:
    return str(_number(message["chat"]["id"]))


def _mapping(value: object) -> Raw:
    return value if isinstance(value, Mapping) else {}


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("not a number")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not text")
    return value
