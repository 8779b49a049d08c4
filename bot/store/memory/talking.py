"""The twin's inbox, conversations, cases and web pages; what each method means stands in :mod:`bot.ports`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal

from bot.conversation.states import Conversation
from bot.messages import Address
from bot.ports import CaseLine, InboxRow, Json, LineBy, WebLine
from bot.queueing.case import Case, CaseState, waiting_order
from bot.store.lanes import LONGEST_POSTPONED, ago
from bot.store.memory.state import InboxEntry, MemoryRoom


class MemoryInbox(MemoryRoom):
    """Raw updates."""

    async def inbox_add(
        self, channel: str, lane: str, external: int, digest: str, payload: Json, now: datetime
    ) -> bool:
        """Once."""
        if (channel, external, digest) in self._state.seen:
            return False
        row = InboxRow(self._state.next_id("inbox"), channel, lane, dict(payload), 0, now)
        self._state.seen[channel, external, digest] = row.id
        self._state.inbox[row.id] = InboxEntry(row, now)
        self.rings.add("inbox")
        return True

    async def inbox_next(self, channel: str, now: datetime) -> InboxRow | None:
        """The first due one of any lane."""
        lanes: set[str] = set()
        for entry in self._state.inbox.values():
            if entry.state != "waiting" or entry.row.channel != channel or entry.row.lane in lanes:
                continue
            if entry.error is None or not now < entry.not_before <= ago(now, -LONGEST_POSTPONED):
                return entry.row
            lanes.add(entry.row.lane)
        return None

    async def inbox_done(self, row: int, now: datetime) -> None:
        """The raw update is not kept."""
        entry = self._state.inbox[row]
        self._state.inbox[row] = replace(entry, state="done", row=replace(entry.row, payload={}))

    async def inbox_postpone(self, row: int, until: datetime, error: str) -> None:
        """Again later."""
        entry = self._state.inbox[row]
        tried = replace(entry.row, tries=entry.row.tries + 1)
        self._state.inbox[row] = replace(entry, row=tried, not_before=until, error=error)

    async def inbox_quarantine(self, row: int, reason: str, now: datetime) -> None:
        """Out of its lane."""
        self._state.inbox[row] = replace(self._state.inbox[row], state="quarantined", error=reason)

    async def offset(self, channel: str) -> int:
        """0 at first."""
        return self._state.offsets.get(channel, 0)

    async def set_offset(self, channel: str, offset: int) -> None:
        """Kept."""
        self._state.offsets[channel] = offset


class MemoryConversations(MemoryRoom):
    """Conversations."""

    async def conversation(self, address: Address) -> tuple[int, Conversation]:
        """Begun when there is none."""
        if address not in self._state.addresses:
            number = self._state.next_id("conversations")
            self._state.addresses[address] = number
            self._state.conversations[number] = (address, Conversation())
        number = self._state.addresses[address]
        return number, self._state.conversations[number][1]

    async def conversation_by_id(self, conversation: int) -> tuple[Address, Conversation]:
        """Raises LookupError."""
        if conversation not in self._state.conversations:
            raise LookupError(f"no conversation {conversation}")
        return self._state.conversations[conversation]

    async def save_conversation(self, conversation: int, value: Conversation, now: datetime) -> None:
        """Raises LookupError when there is none."""
        address, _ = await self.conversation_by_id(conversation)
        self._state.conversations[conversation] = (address, value)


class MemoryCases(MemoryRoom):
    """Cases and their lines."""

    async def add_case(self, case: Case) -> Case:
        """The case with its number."""
        numbered = replace(case, number=self._state.next_id("cases"))
        self._state.cases[numbered.number] = numbered
        self.rings.add("desk")
        return numbered

    async def case(self, number: int) -> Case | None:
        """By number."""
        return self._state.cases.get(number)

    async def save_case(self, case: Case) -> None:
        """Raises LookupError when there is none."""
        if case.number not in self._state.cases:
            raise LookupError(f"no case {case.number}")
        self._state.cases[case.number] = case
        self.rings.add("desk")

    async def open_cases(self) -> tuple[Case, ...]:
        """In the queue's order."""
        found = (case for case in self._state.cases.values() if case.state is not CaseState.CLOSED)
        return tuple(sorted(found, key=waiting_order))

    async def cases_of(self, conversation: int) -> tuple[Case, ...]:
        """Newest first."""
        return tuple(case for case in reversed(self._state.cases.values()) if case.conversation == conversation)

    async def due_case(self, now: datetime) -> Case | None:
        """Longest past first."""
        late = [(case.due_at, case.number) for case in self._state.cases.values() if case.due_at and case.due_at <= now]
        return self._state.cases[min(late)[1]] if late else None

    async def next_due(self) -> datetime | None:
        """Of open and closed ones."""
        return min((case.due_at for case in self._state.cases.values() if case.due_at is not None), default=None)

    async def closed_cases(self, limit: int) -> tuple[Case, ...]:
        """Newest first."""
        found = [case for case in self._state.cases.values() if case.state is CaseState.CLOSED]
        found.sort(key=lambda case: (case.closed_at or case.opened_at, case.number), reverse=True)
        return tuple(found[:limit])

    async def cases_between(self, since: datetime, until: datetime) -> tuple[Case, ...]:
        """By number."""
        return tuple(case for case in self._state.cases.values() if since <= case.opened_at < until)

    async def add_case_line(self, number: int, by: LineBy, worker: int | None, text: str, now: datetime) -> int:
        """The row id."""
        line = CaseLine(self._state.next_id("case_lines"), by, worker, text, now)
        self._state.case_lines[line.id] = (number, line)
        self.rings.add("desk")
        return line.id

    async def case_lines(self, number: int) -> tuple[CaseLine, ...]:
        """Oldest first."""
        return tuple(line for case, line in self._state.case_lines.values() if case == number)

    async def words_to_developers(self, since: datetime) -> tuple[CaseLine, ...]:
        """Oldest first."""
        return tuple(line for _, line in self._state.case_lines.values() if line.by == "word" and line.at >= since)


class MemoryWeb(MemoryRoom):
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
        if outbox is not None and outbox in self._state.web_lines_of:
            return False
        line = WebLine(self._state.next_id("web_lines"), by, dict(payload), now)
        self._state.web_lines[line.id] = (conversation, line)
        self.rings.add(f"page:{conversation}")
        if outbox is not None:
            self._state.web_lines_of[outbox] = line.id
        return True

    async def web_lines(self, conversation: int, after: int = 0) -> tuple[WebLine, ...]:
        """Oldest first."""
        found = self._state.web_lines.values()
        return tuple(line for where, line in found if where == conversation and line.id > after)

    async def once(self, key: str, now: datetime) -> bool:
        """True the first time."""
        if key in self._state.once_keys:
            return False
        self._state.once_keys[key] = now
        return True
