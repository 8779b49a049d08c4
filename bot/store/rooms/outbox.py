"""Messages on their way out. A lane is one chat (channel and key); its order is the order of its row ids."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, Select, and_, exists, func, or_, select, text, update

from bot.messages import Address, Outgoing
from bot.ports import ASKED, OutboxRow
from bot.store.columns import Misshapen, in_words
from bot.store.lanes import DEAD_AFTER, LEFT_AFTER, UNSENT, ago
from bot.store.replicas import LIVING
from bot.store.rooms.room import Room


def _living() -> Select[tuple[int]]:
    """The numbers of the replicas that are present."""
    found = text(
        "SELECT objid::bigint AS number FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2 "
        "AND classid = :living AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    found = found.bindparams(living=LIVING)
    return select(found.columns(number=BigInteger).subquery("living").c.number)


class OutboxRoom(Room):
    """The outbox."""

    async def outbox_add(
        self,
        to: Address,
        payload: Outgoing,
        now: datetime,
        *,
        case: int | None = None,
        conversation: int | None = None,
        priority: int = 0,
    ) -> int:
        """The row id."""
        row = await self._add(
            self._tables.outbox,
            channel=to.channel,
            key=to.key,
            payload=payload,
            case=case,
            conversation=conversation,
            priority=priority,
            state="waiting",
            tries=0,
            repeat=False,
            not_before=now,
            created_at=now,
        )
        self.rings.add("outbox")
        return int(row)

    def _next_to_send(self, now: datetime, channels: tuple[str, ...]) -> Select[Any]:
        """A row another replica holds still counts as older, so skipping it never lets its lane be overtaken.

        One that was never tried is due whatever the clock says: it may have been set back since.
        """
        outbox = self._tables.outbox
        older = outbox.alias("older")
        blocked = exists().where(
            older.c.channel == outbox.c.channel,
            older.c.key == outbox.c.key,
            in_words(older.c.state, UNSENT),
            older.c.id < outbox.c.id,
        )
        due = or_(
            and_(outbox.c.state == "waiting", or_(outbox.c.not_before <= now, outbox.c.error.is_(None))),
            *self._left(now),
        )
        row = [column for column in outbox.c if column is not outbox.c.payload]
        found = select(*row).where(outbox.c.channel.in_(channels), in_words(outbox.c.state, UNSENT), due, ~blocked)
        ordered = found.order_by(outbox.c.priority, outbox.c.id).limit(1)
        return ordered.with_for_update(skip_locked=True, of=outbox)

    def _left(self, now: datetime) -> list[ColumnElement[bool]]:
        """Being sent by nobody any more: for longer than any sending takes, or by a replica that is gone."""
        outbox = self._tables.outbox
        sending = outbox.c.state == "sending"
        left = and_(sending, outbox.c.taken_at <= ago(now, LEFT_AFTER))
        if self._connection.dialect.name == "sqlite":
            return [left]
        gone = and_(outbox.c.taken_by.is_not(None), outbox.c.taken_by.not_in(_living()))
        return [left, and_(sending, outbox.c.taken_at <= ago(now, DEAD_AFTER), gone)]

    async def outbox_take(self, now: datetime, channels: tuple[str, ...]) -> OutboxRow | None:
        """Marked as being sent. A row that cannot be read any more is put aside, so that it stops nobody."""
        while (found := await self._row(self._next_to_send(now, channels))) is not None:
            payload = await self._payload(found.id)
            if payload is not None:
                return await self._taken(found, payload, now)
            await self.outbox_undeliverable(found.id, "misshapen", now)
        return None

    async def _payload(self, row: int) -> Outgoing | None:
        outbox = self._tables.outbox
        try:
            kept: Outgoing | None = (await self._run(select(outbox.c.payload).where(outbox.c.id == row))).scalar_one()
        except Misshapen:
            return None
        return kept

    async def _taken(self, found: Row[Any], payload: Outgoing, now: datetime) -> OutboxRow:
        row = OutboxRow(
            id=found.id,
            to=Address(found.channel, found.key),
            payload=payload,
            case=found.case,
            conversation=found.conversation,
            priority=found.priority,
            tries=found.tries + 1,
            repeat=found.repeat or found.state == "sending",
            created_at=found.created_at,
        )
        await self._change(
            row.id, state="sending", taken_at=now, taken_by=self._replica, tries=row.tries, repeat=row.repeat
        )
        return row

    async def _change(self, row: int, **values: Any) -> None:
        outbox = self._tables.outbox
        await self._run(update(outbox).where(outbox.c.id == row).values(**values))

    async def outbox_sent(self, row: int, now: datetime) -> None:
        """Its words are not kept: the case and the page have theirs."""
        await self._change(row, state="sent", ended_at=now, payload=None, error=None)

    async def outbox_again(self, row: int, at: datetime, *, repeat: bool, error: str, counted: bool = True) -> None:
        """Once a repeat, always a repeat."""
        outbox = self._tables.outbox
        again = {"state": "waiting", "not_before": at, "taken_at": None, "taken_by": None, "error": error}
        tries = outbox.c.tries if counted else outbox.c.tries - 1
        await self._change(row, **again, tries=tries, repeat=True if repeat else outbox.c.repeat)

    async def outbox_hasten(self, channel: str, now: datetime, *, asked: bool = False) -> None:
        """Rows never tried are due in any case."""
        outbox = self._tables.outbox
        waiting = [outbox.c.channel == channel, outbox.c.state == "waiting", outbox.c.not_before > now]
        waiting += [] if asked else [outbox.c.error != ASKED]
        await self._run(update(outbox).where(*waiting).values(not_before=now))

    async def outbox_undeliverable(self, row: int, reason: str, now: datetime) -> None:
        """Kept whole."""
        await self._change(row, state="undeliverable", ended_at=now, error=reason)

    async def outbox_unsent(self) -> tuple[int, datetime | None]:
        """Count and the oldest one's time."""
        outbox = self._tables.outbox
        oldest = func.min(outbox.c.created_at, type_=outbox.c.created_at.type)
        row = await self._row(
            select(func.count().label("many"), oldest.label("since")).where(in_words(outbox.c.state, UNSENT))
        )
        return (0, None) if row is None else (int(row.many), row.since)

    async def outbox_recover(self, now: datetime) -> int:
        """On SQLite there is one process, so all that is "being sent" was left; elsewhere only what is old enough."""
        outbox = self._tables.outbox
        alone = self._connection.dialect.name == "sqlite"
        left = outbox.c.state == "sending" if alone else or_(*self._left(now))
        waiting = {"state": "waiting", "not_before": now, "taken_at": None, "taken_by": None, "repeat": True}
        return (await self._run(update(outbox).where(left).values(waiting))).rowcount
