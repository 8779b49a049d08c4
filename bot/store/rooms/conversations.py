"""Conversations, by address and by number."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, Select, Table, bindparam, select

from bot.conversation.states import Conversation
from bot.messages import Address
from bot.store.rooms.room import MADE, Room


@lru_cache(MADE)
def _at(table: Table) -> Select[Any]:
    here = (table.c.channel == bindparam("of"), table.c.key == bindparam("named"))
    return select(table.c.id, table.c.value).where(*here).with_for_update()


class ConversationRoom(Room):
    """One row an address; whoever reads it holds it till the unit of work ends."""

    async def _conversation_at(self, address: Address) -> Row[Any] | None:
        return await self._row(_at(self._tables.conversations), {"of": address.channel, "named": address.key})

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
        if not await self._change_row(self._tables.conversations, conversation, {"value": value, "saved_at": now}):
            raise LookupError(f"no conversation {conversation}")
