"""The parent's web page, and forms sent twice."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import select

from bot.ports import Json, WebLine
from bot.store.rooms.room import Room


class WebRoom(Room):
    """Lines of pages, and keys seen."""

    async def add_web_line(
        self,
        conversation: int,
        by: Literal["parent", "bot", "worker"],
        payload: Json,
        now: datetime,
        outbox: int | None = None,
    ) -> bool:
        """Once for each outbox row."""
        line = {"conversation": conversation, "by": by, "payload": dict(payload), "at": now, "outbox": outbox}
        self.rings.add(f"page:{conversation}")
        return await self._add_new(self._tables.web_lines, **line) is not None

    async def web_lines(self, conversation: int, after: int = 0) -> tuple[WebLine, ...]:
        """Oldest first, those after a line's id."""
        lines = self._tables.web_lines
        here = select(lines).where(lines.c.conversation == conversation, lines.c.id > after)
        return tuple(
            WebLine(row.id, row.by, row.payload, row.at) for row in await self._rows(here.order_by(lines.c.id))
        )

    async def once(self, key: str, now: datetime) -> bool:
        """True the first time."""
        return await self._add_new(self._tables.once_keys, key=key, at=now) is not None
