"""Cases and their lines. The moves of a case are :mod:`bot.queueing.case`'s; here it is only kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, Table, Text, func, select, type_coerce

from bot.ports import CaseLine, LineBy
from bot.queueing.case import Case, CaseState, waiting_order
from bot.store.columns import in_words, read_kept
from bot.store.rooms.room import MADE, Room
from bot.store.values import in_zone


def _searched(case: Case) -> dict[str, Any]:
    return {
        "conversation": case.conversation,
        "state": str(case.state),
        "owner": case.owner,
        "waiting_since": case.waiting_since or case.opened_at,
        "closed_at": case.closed_at,
        "due_at": case.due_at,
        "value": case,
    }


@lru_cache(MADE)
def _open(cases: Table) -> Select[Any]:
    """Those that wait or are claimed, as they are kept."""
    text = type_coerce(cases.c.value, Text).label("kept")
    return select(cases.c.number, text).where(in_words(cases.c.state, (CaseState.WAITING, CaseState.CLAIMED)))


class CaseRoom(Room):
    """The cases."""

    def _read(self, number: int, value: Case) -> Case:
        """The number is the row's: the value was written before it was known."""
        told: Case = in_zone(value, self._tables.zone)
        return replace(told, number=number)

    async def add_case(self, case: Case) -> Case:
        """The case with its number."""
        self.rings.add("desk")
        return replace(case, number=await self._add(self._tables.cases, **_searched(case)))

    async def case(self, number: int) -> Case | None:
        """Locked till the unit of work ends; her conversation first, as a parent's turn does, so that nobody waits for
        each other.
        """
        cases, conversations = self._tables.cases, self._tables.conversations
        whose = select(cases.c.conversation).where(cases.c.number == number).scalar_subquery()
        await self._run(select(conversations.c.id).where(conversations.c.id == whose).with_for_update())
        row = await self._row(select(cases).where(cases.c.number == number).with_for_update())
        return None if row is None else self._read(row.number, row.value)

    async def save_case(self, case: Case) -> None:
        """Raises LookupError when there is none."""
        self.rings.add("desk")
        if not await self._change_row(self._tables.cases, case.number, _searched(case)):
            raise LookupError(f"no case {case.number}")

    async def open_cases(self) -> tuple[Case, ...]:
        """In the queue's order. Every turn asks for them, so one that has not changed since is not read again."""
        cases, known = self._tables.cases, self._tables.known_cases
        kept = {row.number: row.kept for row in await self._rows(_open(cases))}
        before = {number: found for number, found in known.items() if kept.get(number) == found[0]}
        known.clear()
        for number, text in kept.items():
            known[number] = before.get(number) or (text, self._read(number, read_kept(cases.c.value, text)))
        return tuple(sorted((case for _, case in known.values()), key=waiting_order))

    async def cases_of(self, conversation: int) -> tuple[Case, ...]:
        """Newest first."""
        cases = self._tables.cases
        rows = await self._rows(select(cases).where(cases.c.conversation == conversation))
        return tuple(sorted((self._read(row.number, row.value) for row in rows), key=lambda case: -case.number))

    async def due_case(self, now: datetime) -> Case | None:
        """Her conversation first, as everybody does; what another process has in hand is passed over."""
        cases, conversations = self._tables.cases, self._tables.conversations
        late = select(cases.c.number).join(conversations, conversations.c.id == cases.c.conversation)
        late = late.where(cases.c.due_at <= now).order_by(cases.c.due_at, cases.c.number).limit(1)
        first = await self._row(late.with_for_update(skip_locked=True, of=conversations))
        if first is None:
            return None
        still = select(cases).where(cases.c.number == first.number, cases.c.due_at <= now)
        row = await self._row(still.with_for_update(skip_locked=True))
        return None if row is None else self._read(row.number, row.value)

    async def next_due(self) -> datetime | None:
        """Of open and closed ones."""
        at = self._tables.cases.c.due_at
        row = await self._row(select(func.min(at, type_=at.type).label("at")))
        return None if row is None else row.at

    async def closed_cases(self, limit: int) -> tuple[Case, ...]:
        """Newest first."""
        cases = self._tables.cases
        closed = select(cases).where(cases.c.state == CaseState.CLOSED.value)
        rows = await self._rows(closed.order_by(cases.c.closed_at.desc(), cases.c.number.desc()).limit(limit))
        return tuple(self._read(row.number, row.value) for row in rows)

    async def cases_between(self, since: datetime, until: datetime) -> tuple[Case, ...]:
        """By number. No case waits since before it was opened, so the searched column leaves out most of the older."""
        cases = self._tables.cases
        rows = await self._rows(select(cases).where(cases.c.waiting_since >= since).order_by(cases.c.number))
        found = (self._read(row.number, row.value) for row in rows)
        return tuple(case for case in found if since <= case.opened_at < until)

    async def add_case_line(self, number: int, by: LineBy, worker: int | None, text: str, now: datetime) -> int:
        """The row id."""
        lines = self._tables.case_lines
        self.rings.add("desk")
        return int(await self._add(lines, case=number, by=by, worker=worker, text=text, at=now))

    async def case_lines(self, number: int) -> tuple[CaseLine, ...]:
        """Oldest first."""
        lines = self._tables.case_lines
        rows = await self._rows(select(lines).where(lines.c.case == number).order_by(lines.c.id))
        return tuple(CaseLine(row.id, row.by, row.worker, row.text, row.at) for row in rows)

    async def words_to_developers(self, since: datetime) -> tuple[CaseLine, ...]:
        """Oldest first."""
        lines = self._tables.case_lines
        rows = await self._rows(select(lines).where(lines.c.by == "word", lines.c.at >= since).order_by(lines.c.id))
        return tuple(CaseLine(row.id, row.by, row.worker, row.text, row.at) for row in rows)
