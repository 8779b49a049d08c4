"""Raw updates between their acknowledgement and their turn. The order of one lane is the order of its row ids."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from sqlalchemy import Select, Table, bindparam, exists, select, update

from bot.ports import InboxRow, Json
from bot.store.columns import in_words
from bot.store.lanes import LONGEST_POSTPONED, WAITING, ago
from bot.store.rooms.room import MADE, Room


@lru_cache(MADE)
def first_due(inbox: Table) -> Select[tuple[InboxRow]]:
    """A row locked by another replica still counts as older, so skipping it never lets its lane be overtaken.

    One that has not failed is due whatever the clock says: it may have been set back since.
    """
    older = inbox.alias("older")
    blocked = exists().where(
        older.c.channel == inbox.c.channel,
        older.c.lane == inbox.c.lane,
        in_words(older.c.state, WAITING),
        older.c.id < inbox.c.id,
    )
    later = (inbox.c.not_before > bindparam("now")) & (inbox.c.not_before <= bindparam("latest"))
    waits = inbox.c.error.is_not(None) & later
    due = (inbox.c.channel == bindparam("of"), in_words(inbox.c.state, WAITING), ~waits, ~blocked)
    return select(inbox).where(*due).order_by(inbox.c.id).limit(1).with_for_update(skip_locked=True, of=inbox)


class InboxRoom(Room):
    """The inbox and the receiver's place."""

    async def inbox_add(
        self, channel: str, lane: str, external: int, digest: str, payload: Json, now: datetime
    ) -> bool:
        """Keep a raw update once."""
        row = await self._add_new(
            self._tables.inbox,
            channel=channel,
            lane=lane,
            external=external,
            digest=digest,
            payload=dict(payload),
            state="waiting",
            tries=0,
            not_before=now,
            received_at=now,
        )
        self.rings.add("inbox")
        return row is not None

    async def inbox_next(self, channel: str, now: datetime) -> InboxRow | None:
        """The first due row of any lane."""
        values = {"of": channel, "now": now, "latest": ago(now, -LONGEST_POSTPONED)}
        row = await self._row(first_due(self._tables.inbox), values)
        if row is None:
            return None
        return InboxRow(row.id, row.channel, row.lane, row.payload, row.tries, row.received_at)

    async def inbox_done(self, row: int, now: datetime) -> None:
        """Done; the raw update (it names people) is not kept."""
        done = {"state": "done", "done_at": now, "payload": None, "error": None}
        await self._change_row(self._tables.inbox, row, done)

    async def inbox_postpone(self, row: int, until: datetime, error: str) -> None:
        """Again later."""
        inbox = self._tables.inbox
        later = {"not_before": until, "error": error, "tries": inbox.c.tries + 1}
        await self._run(update(inbox).where(inbox.c.id == row).values(later))

    async def inbox_quarantine(self, row: int, reason: str, now: datetime) -> None:
        """Out of its lane, payload kept."""
        await self._change_row(self._tables.inbox, row, {"state": "quarantined", "done_at": now, "error": reason})

    async def offset(self, channel: str) -> int:
        """0 when nothing was received yet."""
        offsets = self._tables.offsets
        row = await self._row(select(offsets.c.value).where(offsets.c.channel == channel))
        return 0 if row is None else int(row.value)

    async def set_offset(self, channel: str, offset: int) -> None:
        """One row a channel."""
        offsets = self._tables.offsets
        statement = self._insert(offsets).values(channel=channel, value=offset)
        await self._run(statement.on_conflict_do_update(index_elements=["channel"], set_={"value": offset}))
