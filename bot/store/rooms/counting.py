"""How much waits: counts by state, never a row."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Table, func, select

from bot.ports import Backlog
from bot.queueing.case import CaseState
from bot.store.columns import in_words
from bot.store.lanes import ASIDE, GIVEN_UP, UNSENT, WAITING
from bot.store.rooms.room import Room


class CountingRoom(Room):
    """Counts; each is answered from an index of just those rows."""

    async def _count(self, table: Table, states: tuple[str, ...], since: str) -> tuple[int, datetime | None]:
        at = table.c[since]
        counted = select(func.count().label("many"), func.min(at, type_=at.type).label("since"))
        row = await self._row(counted.where(in_words(table.c.state, states)))
        return (0, None) if row is None else (int(row.many), row.since)

    async def backlog(self) -> Backlog:
        """All of it, as of one moment."""
        tables = self._tables
        inbox, inbox_since = await self._count(tables.inbox, WAITING, "received_at")
        outbox, outbox_since = await self._count(tables.outbox, UNSENT, "created_at")
        cases, cases_since = await self._count(tables.cases, (CaseState.WAITING.value,), "waiting_since")
        quarantined, _ = await self._count(tables.inbox, ASIDE, "received_at")
        undeliverable, _ = await self._count(tables.outbox, GIVEN_UP, "created_at")
        return Backlog(inbox, inbox_since, quarantined, outbox, outbox_since, undeliverable, cases, cases_since)
