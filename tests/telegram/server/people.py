"""People at their telephones: what they do becomes updates, what they see is the state of their chats."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from tests.telegram.server.chats import Chat, Shown, Topic, message_json

if TYPE_CHECKING:
    from tests.telegram.server.botapi import BotApi

Json = dict[str, Any]
_press_ids = count(1)

FILE = {"file_id": "f1", "file_unique_id": "u1"}
THINGS: dict[str, Json] = {
    "photo": {"photo": [{**FILE, "width": 90, "height": 90}]},
    "sticker": {
        "sticker": {**FILE, "type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    },
    "voice": {"voice": {**FILE, "duration": 3}},
    "video": {"video": {**FILE, "width": 90, "height": 90, "duration": 3}},
    "document": {"document": FILE},
    "location": {"location": {"latitude": 60.17, "longitude": 24.94}},
}


@dataclass
class Parent:
    """Somebody who writes to the bot in private."""

    api: BotApi
    user: Json

    @property
    def chat(self) -> Chat:
        """Her chat with the bot."""
        return self.api.chats[self.user["id"]]

    @property
    def screen(self) -> Shown:
        """The last thing the bot said to her."""
        assert self.chat.said, "the bot has said nothing to her"
        return self.chat.said[-1]

    async def write(self, text: str) -> int:
        """She writes; the update's id."""
        shown = Shown(self.chat.next_message(), int(self.api.now()), self.user, text)
        self.chat.messages.append(shown)
        return await self.api.push({"message": _with_command(message_json(self.chat, shown))})

    async def reply(self, text: str, to: int) -> int:
        """She replies to one of the bot's messages, there or deleted since; the update's id."""
        chat = self.chat
        shown = Shown(chat.next_message(), int(self.api.now()), self.user, text, reply_to=to)
        chat.messages.append(shown)
        raw = message_json(chat, shown)
        return await self.api.push({"message": _with_command({"reply_to_message": self._gone(to), **raw})})

    def _gone(self, message: int) -> Json:
        """A message of the bot's, as it stands in the one that replies to it."""
        said: Json = {"message_id": message, "date": int(self.api.now()), "chat": self.chat.raw(), "text": "…"}
        return {**said, "from": self.api.bot_user}

    async def edit(self, text: str, reply_to: int | None = None) -> int:
        """She changes the last thing she wrote; ``reply_to`` is what it was a reply to."""
        shown = [one for one in self.chat.messages if one.by["id"] == self.user["id"]][-1]
        shown.text, shown.edits = text, shown.edits + 1
        replied = {"reply_to_message": self._gone(reply_to)} if reply_to is not None else {}
        return await self.api.push({"edited_message": {**replied, **message_json(self.chat, shown)}})

    async def send(self, thing: str, caption: str | None = None) -> int:
        """She sends something that is not words: a key of THINGS."""
        content = {**THINGS[thing], "caption": caption} if caption else THINGS[thing]
        return await self.api.push({"message": self._raw(content)})

    async def share_phone(self, number: str) -> int:
        """She shares her own number."""
        contact = {"phone_number": number, "first_name": self.user["first_name"], "user_id": self.user["id"]}
        return await self.api.push({"message": self._raw({"contact": contact})})

    async def press(self, label: str) -> str:
        """She taps the newest button of that label (or of a label that begins so); the press's id."""
        return await _press(self.api, self.user, self.chat, label, self.chat.said)

    async def hears(self, part: str, after: int = 0) -> Shown:
        """Wait until the bot has said something with ``part`` in it (after the message of that id); the newest such."""

        def found() -> Shown | None:
            return next((s for s in reversed(self.chat.said) if part in s.text and s.message > after), None)

        shown = await self.api.until(found)
        assert shown is not None
        return shown

    def _raw(self, content: Json) -> Json:
        number, date = self.chat.next_message(), int(self.api.now())
        return {"message_id": number, "date": date, "chat": self.chat.raw(), "from": self.user, **content}


@dataclass
class Group:
    """A staff group."""

    api: BotApi
    chat: Chat

    @property
    def id(self) -> str:
        """What PERHENEUVO_STAFF_CHAT takes."""
        return str(self.chat.id)

    async def topic(self, part: str) -> Topic:
        """Wait for a topic whose name has ``part`` in it."""
        await self.api.until(lambda: any(part in topic.name for topic in self.chat.topics.values()))
        return self.chat.topic_named(part)

    async def hears(self, part: str, thread: int | None = None) -> Shown:
        """Wait until the bot has said something with ``part`` in it, in a topic when one is named."""
        said = await self.api.until(
            lambda: [s for s in self.chat.said if part in s.text and (thread is None or s.thread == thread)]
        )
        return said[-1]

    def delete_topic(self, thread: int) -> None:
        """An admin deletes a topic."""
        self.api.delete_topic(self.chat, thread)

    async def become_supergroup(self, number: int) -> Group:
        """The group gets a new id; the bot is told, and sending to the old one is refused."""
        self.chat.moved_to = number
        raw = {"message_id": self.chat.next_message(), "date": int(self.api.now()), "chat": self.chat.raw()}
        await self.api.push({"message": {**raw, "from": self.api.worker().user, "migrate_to_chat_id": number}})
        return self.api.group(number, self.chat.name, forum=False)


@dataclass
class Worker:
    """Somebody in the staff's group."""

    api: BotApi
    user: Json

    async def write(
        self, group: Group, text: str, *, thread: int | None = None, reply_to: int | None = None, hidden: bool = False
    ) -> int:
        """She writes into a topic, as a reply, or into the group at large; ``hidden``: as an anonymous admin."""
        chat = group.chat
        by = (
            {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
            if hidden
            else self.user
        )
        shown = Shown(chat.next_message(), int(self.api.now()), by, text, thread=thread, reply_to=reply_to)
        chat.messages.append(shown)
        raw = _with_command(message_json(chat, shown))
        if hidden:
            raw["sender_chat"] = chat.raw()
            chat.messages.remove(shown)  # what counts as said by the bot must not count her
        return await self.api.push({"message": _with_topic(chat, raw)})

    async def send(
        self,
        group: Group,
        thing: str,
        caption: str | None = None,
        *,
        thread: int | None = None,
        reply_to: int | None = None,
    ) -> int:
        """She sends something that is not words: a key of THINGS."""
        chat = group.chat
        shown = Shown(chat.next_message(), int(self.api.now()), self.user, "", thread=thread, reply_to=reply_to)
        raw = {key: value for key, value in message_json(chat, shown).items() if key != "text"}
        content = {**THINGS[thing], "caption": caption} if caption else THINGS[thing]
        return await self.api.push({"message": _with_topic(chat, {**raw, **content})})

    async def press(self, group: Group, label: str, *, thread: int | None = None) -> str:
        """She taps the newest button of that label, in a topic when one is named; the press's id."""
        shown = [one for one in group.chat.said if thread is None or one.thread == thread]
        return await _press(self.api, self.user, group.chat, label, shown)


async def _press(api: BotApi, user: Json, chat: Chat, label: str, shown: list[Shown]) -> str:
    for message in reversed(shown):
        if any(one.startswith(label) for one in message.labels):
            data = message.data_of(label)
            break
    else:
        raise AssertionError(f"no button {label!r}; there is {[one.labels for one in shown if one.labels]}")
    number = f"{next(_press_ids)}"
    api.presses[number] = api.now()
    query = {"id": number, "from": user, "chat_instance": f"{chat.id}", "data": data}
    await api.push({"callback_query": {**query, "message": message_json(chat, message)}})
    return number


def _with_command(raw: Json) -> Json:
    text = raw["text"]
    if not text.startswith("/"):
        return raw
    return {**raw, "entities": [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]}


def _with_topic(chat: Chat, raw: Json) -> Json:
    """In a topic whatever replies to nothing replies to the topic's beginning."""
    thread = raw.get("message_thread_id")
    if thread is None or "reply_to_message" in raw:
        return raw
    begun = {"message_id": thread, "date": raw["date"], "chat": chat.raw(), "message_thread_id": thread}
    created = {"name": chat.topics[thread].name, "icon_color": 7322096}
    return {**raw, "reply_to_message": {**begun, "is_topic_message": True, "forum_topic_created": created}}
