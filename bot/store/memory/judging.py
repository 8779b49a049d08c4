"""The twin's log and its wrong doors; what each method means stands in :mod:`bot.ports`."""

from __future__ import annotations

from datetime import datetime

from bot.knowledge.model import Language
from bot.ports import LogLine, Proposal
from bot.store.memory.state import MemoryRoom


class MemoryLog(MemoryRoom):
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
        self._state.log[self._state.next_id("log")] = LogLine(kind, now, worker, case, detail)

    async def case_log(self, number: int) -> tuple[LogLine, ...]:
        """Oldest first."""
        return tuple(line for line in self._state.log.values() if line.case == number)

    async def log_since(self, since: datetime, kinds: tuple[str, ...]) -> tuple[LogLine, ...]:
        """Oldest first."""
        lines = self._state.log.values()
        return tuple(each for each in lines if each.at >= since and each.kind in kinds and each.case is not None)

    async def add_proposal(
        self, case: int, asked_for: str, belonged_to: str, language: Language, words: str | None, now: datetime
    ) -> int:
        """The row id."""
        row = self._state.next_id("proposals")
        self._state.proposals[row] = (Proposal(row, case, asked_for, belonged_to, language, words, now), False)
        return row

    async def proposals(self) -> tuple[Proposal, ...]:
        """Oldest first."""
        return tuple(proposal for proposal, judged in self._state.proposals.values() if not judged)

    async def judge_proposal(self, proposal: int, now: datetime) -> None:
        """Once is enough."""
        if proposal in self._state.proposals:
            self._state.proposals[proposal] = (self._state.proposals[proposal][0], True)
