"""What a unit of work does with what people look back at: the log, and what the admins are to judge."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.knowledge.model import Language
from bot.ports.rows import (
    LogLine,
    Proposal,
)


class LogWork(Protocol):
    """The log of what was done and refused: kinds and our own ids only."""

    async def log(
        self,
        kind: str,
        now: datetime,
        *,
        worker: int | None = None,
        case: int | None = None,
        detail: str | None = None,
    ) -> None:
        """One line of the log; ``detail`` is an id or a kind of ours. No line is ever changed."""
        ...

    async def case_log(self, number: int) -> tuple[LogLine, ...]:
        """Who saw and did what in a case, oldest first."""
        ...

    async def log_since(self, since: datetime, kinds: tuple[str, ...]) -> tuple[LogLine, ...]:
        """The lines of these kinds, of all cases, oldest first: for the report."""
        ...


class ProposalWork(Protocol):
    """What the admins are to judge."""

    async def add_proposal(
        self, case: int, asked_for: str, belonged_to: str, language: Language, words: str | None, now: datetime
    ) -> int:
        """A wrong door; gives its row id."""
        ...

    async def proposals(self) -> tuple[Proposal, ...]:
        """Those nobody has judged, oldest first."""
        ...

    async def judge_proposal(self, proposal: int, now: datetime) -> None:
        """It is dealt with, however."""
        ...
