"""Conversations, by address and by number."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from bot.conversation.states import Conversation
from bot.messages import Address
from bot.store.rooms.room import Room


class ConversationRoom(Room):
    """One row an address; whoever reads it holds it till the unit of work ends."""

    async def _conversation_at(self, address: Address) -> Row[Any] | None:
        table = self._tables.conversations
        here = (table.c.channel == address.channel, table.c.key == address.key)
        return await self._row(select(table.c.id, table.c.value).where(*here).with_for_update())

    async def conversation(self, address: Address) -> tuple[int, Conversation]:
        """Begun when there is none; two who begin at once get the same one."""
        row = await self._conversation_at(address)
        if row is None:
            new = {"channel": address.channel, "key": address.key, "value": Conversation()}
            await self._add_new(self._tables.conversations, **new)
            row = await self._conversation_at(address)
        if row is None:
            raise LookupError("the conversation was erased while it was begun")
        return row.id, row.value

    async def conversation_by_id(self, conversation: int) -> tuple[Address, Conversation]:
        """Raises LookupError."""
        table = self._tables.conversations
        row = await self._row(select(table).where(table.c.id == conversation).with_for_update())
        if row is None:
            raise LookupError(f"no conversation {conversation}")
        return Address(row.channel, row.key), row.value

    async def save_conversation(self, conversation: int, value: Conversation, now: datetime) -> None:
        """Raises LookupError when there is none."""
        table = self._tables.conversations
        result = await self._run(update(table).where(table.c.id == conversation).values(value=value, saved_at=now))
        if result.rowcount == 0:
            raise LookupError(f"no conversation {conversation}")
