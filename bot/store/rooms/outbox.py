"""Messages on their way out. A lane is one chat (channel and key); its order is the order of its row ids."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Row,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    text,
    type_coerce,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from bot.messages import Address, Outgoing
from bot.ports import ASKED, OutboxRow
from bot.store.columns import Misshapen, in_words, read_kept
from bot.store.lanes import DEAD_AFTER, LEFT_AFTER, UNSENT, ago
from bot.store.replicas import LIVING
from bot.store.rooms.room import MADE, Room


def _living() -> Select[tuple[int]]:
    """The numbers of the replicas that are present."""
    found = text(
        "SELECT objid::bigint AS number FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2 "
        "AND classid = :living AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    found = found.bindparams(living=LIVING)
    return select(found.columns(number=BigInteger).subquery("living").c.number)


def _left(outbox: Table, *, alone: bool) -> list[ColumnElement[bool]]:
    """Being sent by nobody any more: for longer than any sending takes, or by a replica that is gone."""
    sending = outbox.c.state == "sending"
    left = and_(sending, outbox.c.taken_at <= bindparam("left"))
    if alone:
        return [left]
    gone = and_(outbox.c.taken_by.is_not(None), outbox.c.taken_by.not_in(_living()))
    return [left, and_(sending, outbox.c.taken_at <= bindparam("dead"), gone)]


def _since(now: datetime) -> dict[str, Any]:
    return {"now": now, "left": ago(now, LEFT_AFTER), "dead": ago(now, DEAD_AFTER)}


def next_to_send(outbox: Table, *, alone: bool) -> Select[Any]:
    """A row another replica holds still counts as older, so skipping it never lets its lane be overtaken.

    One that was never tried is due whatever the clock says: it may have been set back since.
    """
    older = outbox.alias("older")
    blocked = exists().where(
        older.c.channel == outbox.c.channel,
        older.c.key == outbox.c.key,
        in_words(older.c.state, UNSENT),
        older.c.id < outbox.c.id,
    )
    due = or_(
        and_(outbox.c.state == "waiting", or_(outbox.c.not_before <= bindparam("now"), outbox.c.error.is_(None))),
        *_left(outbox, alone=alone),
    )
    there = outbox.c.channel.in_(bindparam("channels", expanding=True))
    found = select(outbox.c.id).where(there, in_words(outbox.c.state, UNSENT), due, ~blocked)
    ordered = found.order_by(outbox.c.priority, outbox.c.id).limit(1)
    return ordered.with_for_update(skip_locked=True, of=outbox)


@lru_cache(MADE)
def _taking(outbox: Table, *, alone: bool) -> ReturningUpdate[Any]:
    """Found and marked as being sent in one. Its words are given as they are kept: they may not be readable."""
    marked = {
        "state": "sending",
        "taken_at": bindparam("now", type_=outbox.c.taken_at.type),
        "taken_by": bindparam("me", type_=outbox.c.taken_by.type),
        "tries": outbox.c.tries + 1,
        "repeat": or_(outbox.c.repeat, outbox.c.state == "sending"),
    }
    row = [column for column in outbox.c if column is not outbox.c.payload]
    first = next_to_send(outbox, alone=alone).correlate(None).scalar_subquery()
    return (
        update(outbox)
        .where(outbox.c.id == first)
        .values(marked)
        .returning(*row, type_coerce(outbox.c.payload, Text).label("kept"))
    )


def _taken(found: Row[Any], payload: Outgoing) -> OutboxRow:
    return OutboxRow(
        id=found.id,
        to=Address(found.channel, found.key),
        payload=payload,
        case=found.case,
        conversation=found.conversation,
        priority=found.priority,
        tries=found.tries,
        repeat=found.repeat,
        created_at=found.created_at,
    )


class OutboxRoom(Room):
    """The outbox."""

    @property
    def _alone(self) -> bool:
        return self._connection.dialect.name == "sqlite"

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

    async def outbox_take(self, now: datetime, channels: tuple[str, ...]) -> OutboxRow | None:
        """Marked as being sent. A row that cannot be read any more is put aside, so that it stops nobody."""
        outbox = self._tables.outbox
        taking = _taking(outbox, alone=self._alone)
        values = {**_since(now), "channels": channels, "me": self._replica}
        while (found := await self._row(taking, values)) is not None:
            try:
                return _taken(found, read_kept(outbox.c.payload, found.kept))
            except Misshapen:
                await self.outbox_undeliverable(found.id, "misshapen", now)
        return None

    async def _change(self, row: int, **values: Any) -> None:
        await self._change_row(self._tables.outbox, row, values)

    async def outbox_sent(self, row: int, now: datetime) -> None:
        """Its words are not kept: the case and the page have theirs."""
        await self._change(row, state="sent", ended_at=now, payload=None, error=None)

    async def outbox_again(self, row: int, at: datetime, *, repeat: bool, error: str, counted: bool = True) -> None:
        """Once a repeat, always a repeat."""
        outbox = self._tables.outbox
        again = {"state": "waiting", "not_before": at, "taken_at": None, "taken_by": None, "error": error}
        tries = outbox.c.tries if counted else outbox.c.tries - 1
        more = {"tries": tries, "repeat": True if repeat else outbox.c.repeat}
        await self._run(update(outbox).where(outbox.c.id == row).values(**again, **more))

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
        alone = self._alone
        left = outbox.c.state == "sending" if alone else or_(*_left(outbox, alone=alone))
        waiting = {"state": "waiting", "not_before": now, "taken_at": None, "taken_by": None, "repeat": True}
        return (await self._run(update(outbox).where(left).values(waiting), {} if alone else _since(now))).rowcount
