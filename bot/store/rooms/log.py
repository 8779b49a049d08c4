"""The log of what was seen and done, and the wrong doors the admins are to judge. Lines are added, never changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from bot.knowledge.model import Language
from bot.ports import LogLine, Proposal
from bot.store.rooms.room import Room


class LogRoom(Room):
    """The log and the proposals."""

    async def log(
        self,
        kind: str,
        now: datetime,
        *,
        worker: int | None = None,
        case: int | None = None,
        detail: str | None = None,
    ) -> None:
        """Kinds and our own ids only."""
        await self._add(self._tables.log, kind=kind, at=now, worker=worker, case=case, detail=detail)

    async def case_log(self, number: int) -> tuple[LogLine, ...]:
        """Oldest first."""
        log = self._tables.log
        rows = await self._rows(select(log).where(log.c.case == number).order_by(log.c.id))
        return tuple(LogLine(row.kind, row.at, row.worker, row.case, row.detail) for row in rows)

    async def log_since(self, since: datetime, kinds: tuple[str, ...]) -> tuple[LogLine, ...]:
        """Oldest first."""
        log = self._tables.log
        chosen = select(log).where(log.c.at >= since, log.c.kind.in_(kinds), log.c.case.is_not(None))
        rows = await self._rows(chosen.order_by(log.c.id))
        return tuple(LogLine(row.kind, row.at, row.worker, row.case, row.detail) for row in rows)

    async def add_proposal(
        self, case: int, asked_for: str, belonged_to: str, language: Language, words: str | None, now: datetime
    ) -> int:
        """The row id."""
        door = {"asked_for": asked_for, "belonged_to": belonged_to, "language": language}
        return int(await self._add(self._tables.proposals, case=case, **door, words=words, at=now))

    async def proposals(self) -> tuple[Proposal, ...]:
        """Oldest first."""
        table = self._tables.proposals
        rows = await self._rows(select(table).where(table.c.judged_at.is_(None)).order_by(table.c.id))
        return tuple(
            Proposal(row.id, row.case, row.asked_for, row.belonged_to, row.language, row.words, row.at) for row in rows
        )

    async def judge_proposal(self, proposal: int, now: datetime) -> None:
        """Once is enough."""
        table = self._tables.proposals
        await self._run(update(table).where(table.c.id == proposal).values(judged_at=now))
