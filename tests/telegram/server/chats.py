"""Chats as a person sees them: messages with their buttons, edited in place; topics; who has blocked whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Shown:
    """One message. ``by`` is the sender as a raw user; ``buttons`` are rows of (label, data); ``at`` is to the moment
    when the bot sent it.
    """

    message: int
    date: int
    by: Json
    text: str
    entities: list[Json] = field(default_factory=list)
    buttons: list[list[tuple[str, str]]] = field(default_factory=list)
    thread: int | None = None
    reply_to: int | None = None
    protected: bool = False
    edits: int = 0
    styles: dict[str, str] = field(default_factory=dict)
    at: float = 0.0
    file: tuple[str, str] | None = None

    @property
    def labels(self) -> list[str]:
        """Every button's label, in reading order."""
        return [label for row in self.buttons for label, _ in row]

    def data_of(self, label: str) -> str:
        """What the button of that label carries. A label may be told by its beginning."""
        for row in self.buttons:
            for shown, data in row:
                if shown == label or shown.startswith(label):
                    return data
        raise AssertionError(f"no button {label!r} on {self.text!r}: {self.labels}")


@dataclass
class Topic:
    """A topic of a forum."""

    thread: int
    name: str
    closed: bool = False
    hidden: bool = False


@dataclass
class Chat:
    """A private chat or a group. ``kind`` is private, group or supergroup."""

    id: int
    kind: str
    name: str
    forum: bool = False
    may_manage_topics: bool = True
    blocked: bool = False
    moved_to: int | None = None
    messages: list[Shown] = field(default_factory=list)
    topics: dict[int, Topic] = field(default_factory=dict)
    general: Topic = field(default_factory=lambda: Topic(1, "General"))
    pinned: set[int] = field(default_factory=set)
    last_message: int = 0

    def raw(self) -> Json:
        """The chat as it stands in a message."""
        if self.kind == "private":
            return {"id": self.id, "type": "private", "first_name": self.name}
        raw = {"id": self.id, "type": self.kind, "title": self.name}
        return {**raw, "is_forum": True} if self.forum else raw

    def next_message(self) -> int:
        """Ids count up within a chat, as in supergroups."""
        self.last_message += 1
        return self.last_message

    def message(self, number: int) -> Shown | None:
        """The message of that id, unless it is gone."""
        return next((shown for shown in self.messages if shown.message == number), None)

    def in_thread(self, thread: int | None) -> list[Shown]:
        """What is in one topic (None: outside topics)."""
        return [shown for shown in self.messages if shown.thread == thread]

    @property
    def said(self) -> list[Shown]:
        """What the bot has sent here, oldest first."""
        return [shown for shown in self.messages if shown.by["is_bot"]]

    def topic_named(self, part: str) -> Topic:
        """The topic whose name has this in it."""
        for topic in self.topics.values():
            if part in topic.name:
                return topic
        raise AssertionError(f"no topic {part!r}: {[topic.name for topic in self.topics.values()]}")


def _key(shown: Shown, label: str, data: str) -> Json:
    key = {"text": label, "callback_data": data}
    return {**key, "style": shown.styles[data]} if data in shown.styles else key


def _content(shown: Shown) -> Json:
    """Words, or a file of (photo or document, its id) with perhaps words under it."""
    if shown.file is None:
        return {"text": shown.text}
    kind, number = shown.file
    file = {"file_id": number, "file_unique_id": f"u{number}"}
    content: Json = {"photo": [{**file, "width": 90, "height": 90}]} if kind == "photo" else {"document": file}
    return {**content, "caption": shown.text} if shown.text else content


def message_json(chat: Chat, shown: Shown) -> Json:
    """The message as the Bot API tells it."""
    raw: Json = {
        "message_id": shown.message,
        "date": shown.date,
        "chat": chat.raw(),
        "from": shown.by,
        **_content(shown),
    }
    if shown.thread is not None:
        raw |= {"message_thread_id": shown.thread, "is_topic_message": True}
    if shown.entities:
        raw["caption_entities" if shown.file else "entities"] = shown.entities
    if shown.protected:
        raw["has_protected_content"] = True
    if shown.edits:
        raw["edit_date"] = shown.date
    if shown.buttons:
        raw["reply_markup"] = {"inline_keyboard": [[_key(shown, *pair) for pair in row] for row in shown.buttons]}
    replied = chat.message(shown.reply_to) if shown.reply_to else None
    if replied:
        raw["reply_to_message"] = {k: v for k, v in message_json(chat, replied).items() if k != "reply_to_message"}
    return raw
