"""What a unit of work does with what is to be sent."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.messages import Address, Outgoing
from bot.ports.rows import (
    Backlog,
    OutboxRow,
)


class OutboxWork(Protocol):
    """The outbox, lane by lane."""

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
        """A message to send, in this same unit of work as what caused it."""
        ...

    async def outbox_take(self, now: datetime, channels: tuple[str, ...]) -> OutboxRow | None:
        """The next row that is due and the first unsent of its lane (to), priority first; marked as being sent, a
        try counted.

        A row left "being sent" by a process that died is taken again after a while, with ``repeat`` set.
        """
        ...

    async def outbox_sent(self, row: int, now: datetime) -> None:
        """It arrived."""
        ...

    async def outbox_again(self, row: int, at: datetime, *, repeat: bool, error: str, counted: bool = True) -> None:
        """Try again at a time; ``repeat`` = it may have arrived. Its lane waits. ``counted`` False takes the try back:
        the channel only asked to wait, and ``error`` is :data:`ASKED`.
        """
        ...

    async def outbox_hasten(self, channel: str, now: datetime, *, asked: bool = False) -> None:
        """What waits there for its next try is due now: the channel is well again. ``asked``: also what the channel
        itself asked to wait.
        """
        ...

    async def outbox_undeliverable(self, row: int, reason: str, now: datetime) -> None:
        """Give up, keep it, let the lane go on."""
        ...

    async def outbox_unsent(self) -> tuple[int, datetime | None]:
        """How many rows wait, and since when the oldest does."""
        ...

    async def outbox_recover(self, now: datetime) -> int:
        """At start: rows a dead process left "being sent" become due again, with ``repeat``. How many."""
        ...

    async def backlog(self) -> Backlog:
        """What waits, for health and metrics."""
        ...
