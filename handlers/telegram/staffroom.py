"""A staff group in Telegram: per case a topic and a card where the group has topics, else a card and replies to it.

Knows how a case is placed in the group, not what a case is. Raises Telegram's errors; :class:`HalfDone` when a topic
was made before one, so that it is not made twice. Everything sent to staff is protected against forwarding and saving.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from telegram.error import BadRequest, TelegramError

from bot.messages import StaffCard, StaffNotice
from bot.ports import Sent, StaffLink
from handlers.telegram import failing
from handlers.telegram.api import Api
from handlers.telegram.calling import NO_PREVIEW, Call, message
from handlers.telegram.commanding import MARK
from handlers.telegram.keyboards import inline
from handlers.telegram.rendering import plain, size

TOPIC_NAME = 128


class HalfDone(Exception):
    """The topic is there, what belongs into it is not. ``link`` must be kept; ``error`` tells what went wrong then."""

    def __init__(self, link: StaffLink, error: TelegramError) -> None:
        super().__init__()
        self.link = link
        self.error = error


class StaffRoom:
    """The groups of one bot. What a group is like is asked once, and again when something in it surprised us."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._forums: dict[str, bool] = {}
        self._opened: set[tuple[str, int]] = set()

    async def cost(self, chat: str, card: StaffCard, link: StaffLink | None) -> int:
        """How many calls that Telegram counts a card will take."""
        if link is not None and link.card is not None:
            return 1 + (link.thread is not None and (card.closed or (chat, link.thread) not in self._opened))
        return 1 + await self.place_cost(chat, link)

    async def place_cost(self, chat: str, link: StaffLink | None) -> int:
        """1 when the case needs a topic first."""
        return int(link is None and await self._is_forum(chat))

    async def card(self, chat: str, card: StaffCard, link: StaffLink | None) -> Sent:
        """The card stands in its place and reads as it should, and its topic is open or closed as the case is."""
        placed = await self._edited(chat, card, link) or await self._posted(chat, card, link)
        if placed.thread is not None:
            await self._open_or_closed(chat, placed.thread, card.closed)
        return Sent(placed.card, placed if placed != link else None)

    async def line(self, chat: str, case: int, call: Call, link: StaffLink) -> tuple[int, StaffLink]:
        """One message into the case's place; a new place when the old one is gone. The message's id and the place."""
        try:
            return await self._into(chat, call, link), link
        except BadRequest as error:
            if not failing.thread_gone(error):
                raise
        link = await self._topic(chat, f"#{case}")
        return await self._second(link, self._into(chat, call, link)), link

    async def place(self, chat: str, case: int, link: StaffLink | None) -> StaffLink:
        """Where a case's lines go: its place, or a topic made for it when it has none yet."""
        return link or await self._placed(chat, f"#{case}")

    async def notice(self, chat: str, notice: StaffNotice) -> int:
        """A word to a place in the group; to the group itself when that place is gone. A question opens the field to
        write in for the one it asks, and for nobody else.
        """
        place, said = notice.place, {"text": plain(notice.text)[0], **_question(notice)}
        try:
            return await self._message(
                chat, **said, message_thread_id=place.thread, reply_parameters=_reply(place.reply_to)
            )
        except BadRequest as error:
            if place.thread is None or not failing.thread_gone(error):
                raise
            return await self._message(chat, **said)

    async def _edited(self, chat: str, card: StaffCard, link: StaffLink | None) -> StaffLink | None:
        """The place of the card after it was edited; None when there is no card to edit."""
        if link is None or link.card is None:
            return None
        try:
            await self._api.call(
                "editMessageText",
                chat_id=chat,
                message_id=link.card,
                text=plain(card.text)[0],
                reply_markup=inline(card.buttons),
                link_preview_options=NO_PREVIEW,
            )
        except BadRequest as error:
            if failing.unchanged(error):
                return link
            if failing.card_gone(error):
                return None
            raise
        return link

    async def _posted(self, chat: str, card: StaffCard, link: StaffLink | None) -> StaffLink:
        """The place of a card that was just posted, in the topic it had or in a new one."""
        if link is not None:
            try:
                return replace(link, chat=chat, card=await self._card_into(chat, card, link.thread))
            except BadRequest as error:
                if not failing.thread_gone(error):
                    raise
                self._forums.pop(chat, None)
        placed = await self._placed(chat, card.topic)
        return replace(placed, card=await self._second(placed, self._card_into(chat, card, placed.thread)))

    async def _card_into(self, chat: str, card: StaffCard, thread: int | None) -> int:
        return await self._message(
            chat, plain(card.text)[0], message_thread_id=thread, reply_markup=inline(card.buttons)
        )

    async def _into(self, chat: str, call: Call, link: StaffLink) -> int:
        method, values = call
        if link.thread is None:
            return await self._put(chat, method, **values, reply_parameters=_reply(link.card))
        return await self._put(chat, method, **values, message_thread_id=link.thread)

    async def _message(self, chat: str, text: str, **more: Any) -> int:
        method, values = message(text, **more)
        return await self._put(chat, method, **values)

    async def _put(self, chat: str, method: str, **more: Any) -> int:
        values = {"chat_id": chat, "protect_content": True, **more}
        try:
            sent = await self._api.call(method, **values)
        except BadRequest as error:
            if not failing.thread_closed(error):
                raise
            await self._api.call("reopenForumTopic", chat_id=chat, message_thread_id=more.get("message_thread_id"))
            sent = await self._api.call(method, **values)
        return int(sent["message_id"])

    async def _placed(self, chat: str, name: str) -> StaffLink:
        return await self._topic(chat, name) if await self._is_forum(chat) else StaffLink(chat, None, None)

    async def _topic(self, chat: str, name: str) -> StaffLink:
        """A new topic. Where we may not make one (no right, no forum now), the group itself: a card must be seen."""
        try:
            made = await self._api.call("createForumTopic", chat_id=chat, name=name[:TOPIC_NAME])
        except BadRequest as error:
            if failing.chat_gone(error):
                raise
            self._forums[chat] = False
            return StaffLink(chat, None, None)
        self._opened.add((chat, made["message_thread_id"]))
        return StaffLink(chat, made["message_thread_id"], None)

    async def _open_or_closed(self, chat: str, thread: int, closed: bool) -> None:
        """Best effort: a topic in the wrong state is untidy, a card sent twice for it would be worse."""
        if not closed and (chat, thread) in self._opened:
            return
        try:
            await self._api.call(
                "closeForumTopic" if closed else "reopenForumTopic", chat_id=chat, message_thread_id=thread
            )
        except BadRequest:
            pass  # it is so already, or it is the topic of somebody else
        except TelegramError:
            return
        (self._opened.discard if closed else self._opened.add)((chat, thread))

    async def _second(self, link: StaffLink, sending: Any) -> int:
        """The call after a topic was made: if it fails, the topic must be remembered."""
        try:
            return int(await sending)
        except TelegramError as error:
            raise HalfDone(link, error) from error

    async def _is_forum(self, chat: str) -> bool:
        if chat not in self._forums:
            self._forums[chat] = bool((await self._api.call("getChat", chat_id=chat)).get("is_forum"))
        return self._forums[chat]


def _reply(message: int | None) -> dict[str, Any] | None:
    return None if message is None else {"message_id": message, "allow_sending_without_reply": True}


def _question(notice: StaffNotice) -> dict[str, Any]:
    """What a question has that a notice has not: whom it asks, and the code of what it is about, in its last line."""
    if notice.asks is None or not notice.asks.isdecimal():
        return {}
    user = {"id": int(notice.asks), "is_bot": False, "first_name": notice.name}
    return {
        "text": f"{notice.name}: {notice.text}\n{MARK}{notice.code}",
        "entities": [{"type": "text_mention", "offset": 0, "length": size(notice.name), "user": user}],
        "reply_markup": {"force_reply": True, "selective": True},
    }
