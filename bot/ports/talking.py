"""What a unit of work does with what parents say: the inbox, conversations, cases and the web page."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Protocol

from bot.conversation.states import Conversation
from bot.messages import Address
from bot.ports.rows import (
    CaseLine,
    InboxRow,
    Json,
    LineBy,
    WebLine,
)
from bot.queueing.case import Case


class InboxWork(Protocol):
    """Telegram's inbox: the receiver fills it, the intake empties it, lane by lane."""

    async def inbox_add(
        self, channel: str, lane: str, external: int, digest: str, payload: Json, now: datetime
    ) -> bool:
        """Keep a raw update. False when this (external, digest) is there already."""
        ...

    async def inbox_next(self, channel: str, now: datetime) -> InboxRow | None:
        """The oldest undone row that is the first of its lane and due; locked against other replicas till the block
        ends.
        """
        ...

    async def inbox_done(self, row: int, now: datetime) -> None:
        """The effect of this row is part of this same unit of work."""
        ...

    async def inbox_postpone(self, row: int, until: datetime, error: str) -> None:
        """It failed; ``error`` is a class name, never content. Counts a try; its lane waits."""
        ...

    async def inbox_quarantine(self, row: int, reason: str, now: datetime) -> None:
        """It can never be handled: put aside, out of its lane, kept for a person to see."""
        ...

    async def offset(self, channel: str) -> int:
        """Where receiving goes on (0 at first)."""
        ...

    async def set_offset(self, channel: str, offset: int) -> None:
        """Kept together with the rows it acknowledges."""
        ...


class ConversationWork(Protocol):
    """Conversations."""

    async def conversation(self, address: Address) -> tuple[int, Conversation]:
        """The conversation at an address, locked till the block ends; begun with defaults when there was none."""
        ...

    async def conversation_by_id(self, conversation: int) -> tuple[Address, Conversation]:
        """Raises LookupError when there is none."""
        ...

    async def save_conversation(self, conversation: int, value: Conversation, now: datetime) -> None:
        """Keep the new value."""
        ...


class CaseWork(Protocol):
    """Cases and their lines."""

    async def add_case(self, case: Case) -> Case:
        """Keep a new case; the answer carries its number."""
        ...

    async def case(self, number: int) -> Case | None:
        """The case, locked till the block ends."""
        ...

    async def save_case(self, case: Case) -> None:
        """Keep the new value."""
        ...

    async def open_cases(self) -> tuple[Case, ...]:
        """All that wait or are claimed, in the queue's order (`waiting_order`)."""
        ...

    async def cases_of(self, conversation: int) -> tuple[Case, ...]:
        """All of one parent's, newest first."""
        ...

    async def due_case(self, now: datetime) -> Case | None:
        """The case longest past its ``due_at``, with its conversation locked till the block ends; one that another
        process has in hand is passed over.
        """
        ...

    async def next_due(self) -> datetime | None:
        """The earliest ``due_at`` of all."""
        ...

    async def closed_cases(self, limit: int) -> tuple[Case, ...]:
        """The latest closed ones, newest first."""
        ...

    async def cases_between(self, since: datetime, until: datetime) -> tuple[Case, ...]:
        """All opened from ``since`` on and before ``until``, by number: for the report."""
        ...

    async def add_case_line(self, number: int, by: LineBy, worker: int | None, text: str, now: datetime) -> int:
        """A line of the case; gives its row id."""
        ...

    async def case_lines(self, number: int) -> tuple[CaseLine, ...]:
        """Oldest first."""
        ...

    async def words_to_developers(self, since: datetime) -> tuple[CaseLine, ...]:
        """What parents wrote to those who develop the services, oldest first."""
        ...


class WebWork(Protocol):
    """The parent's web page."""

    async def add_web_line(
        self,
        conversation: int,
        by: Literal["parent", "bot", "worker"],
        payload: Json,
        now: datetime,
        outbox: int | None = None,
    ) -> bool:
        """A line of the page; False when this outbox row has made one already."""
        ...

    async def web_lines(self, conversation: int, after: int = 0) -> tuple[WebLine, ...]:
        """The lines after a row id, oldest first."""
        ...

    async def once(self, key: str, now: datetime) -> bool:
        """True the first time a key is seen (a form sent twice has the same key)."""
        ...
