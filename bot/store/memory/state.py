"""What the twin keeps: frozen rows in dicts, so that a copy of the dicts is a copy of everything."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Literal

from bot.conversation.states import Conversation
from bot.messages import Address
from bot.ports import CaseLine, InboxRow, LogLine, OutboxRow, Proposal, StaffLink, WebLine, Worker
from bot.queueing.case import Case


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """A row with its place in the line. ``error`` is the last fault or the reason of its quarantine."""

    row: InboxRow
    not_before: datetime
    state: Literal["waiting", "done", "quarantined"] = "waiting"
    error: str | None = None


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """A row with its place in the line."""

    row: OutboxRow
    not_before: datetime
    state: Literal["waiting", "sending", "sent", "undeliverable"] = "waiting"
    taken_at: datetime | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """An invite or a sign-in."""

    worker: int
    until: datetime
    used: bool = False


@dataclass
class State:
    """All of it. Keys are row ids unless their type says more."""

    counts: dict[str, int] = field(default_factory=dict)
    inbox: dict[int, InboxEntry] = field(default_factory=dict)
    seen: dict[tuple[str, int, str], int] = field(default_factory=dict)
    offsets: dict[str, int] = field(default_factory=dict)
    addresses: dict[Address, int] = field(default_factory=dict)
    conversations: dict[int, tuple[Address, Conversation]] = field(default_factory=dict)
    cases: dict[int, Case] = field(default_factory=dict)
    case_lines: dict[int, tuple[int, CaseLine]] = field(default_factory=dict)
    workers: dict[int, Worker] = field(default_factory=dict)
    invites: dict[str, Token] = field(default_factory=dict)
    sign_ins: dict[str, Token] = field(default_factory=dict)
    outbox: dict[int, OutboxEntry] = field(default_factory=dict)
    staff_links: dict[tuple[int, str], StaffLink] = field(default_factory=dict)
    staff_messages: dict[tuple[str, int], int] = field(default_factory=dict)
    web_lines: dict[int, tuple[int, WebLine]] = field(default_factory=dict)
    web_lines_of: dict[int, int] = field(default_factory=dict)
    once_keys: dict[str, datetime] = field(default_factory=dict)
    log: dict[int, LogLine] = field(default_factory=dict)
    proposals: dict[int, tuple[Proposal, bool]] = field(default_factory=dict)

    def copied(self) -> State:
        """A copy that can be changed without changing this."""
        copies: dict[str, Any] = {each.name: dict(getattr(self, each.name)) for each in fields(self)}
        return State(**copies)

    def next_id(self, table: str) -> int:
        """A number never given before."""
        self.counts[table] = self.counts.get(table, 0) + 1
        return self.counts[table]


class MemoryRoom:
    """One unit of work's own copy of the state, and what is to be rung when it is kept."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.rings: set[str] = set()

    @property
    def state(self) -> State:
        """The copy."""
        return self._state
