"""The twin's outbox; what each method means stands in :mod:`bot.ports`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.messages import Address, Outgoing
from bot.ports import OutboxRow
from bot.store.lanes import LEFT_AFTER, UNSENT
from bot.store.memory.state import MemoryRoom, OutboxEntry


def _due(entry: OutboxEntry, now: datetime) -> bool:
    if entry.state == "waiting":
        return entry.not_before <= now
    return entry.taken_at is not None and entry.taken_at <= now - LEFT_AFTER


class MemoryOutbox(MemoryRoom):
    """Messages on their way out."""

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
        number = self._state.next_id("outbox")
        row = OutboxRow(number, to, payload, case, conversation, priority, 0, False, now)
        self._state.outbox[number] = OutboxEntry(row, now)
        return number

    def _unsent(self) -> list[OutboxEntry]:
        return [entry for entry in self._state.outbox.values() if entry.state in UNSENT]

    def _first_of_lanes(self) -> Iterator[OutboxEntry]:
        lanes: set[Address] = set()
        for entry in self._unsent():
            if entry.row.to not in lanes:
                lanes.add(entry.row.to)
                yield entry

    async def outbox_take(self, now: datetime, channels: tuple[str, ...]) -> OutboxRow | None:
        """Marked as being sent."""
        due = [e for e in self._first_of_lanes() if e.row.to.channel in channels and _due(e, now)]
        if not due:
            return None
        entry = min(due, key=lambda each: (each.row.priority, each.row.id))
        repeat = entry.row.repeat or entry.state == "sending"
        row = replace(entry.row, tries=entry.row.tries + 1, repeat=repeat)
        self._state.outbox[row.id] = replace(entry, row=row, state="sending", taken_at=now)
        return row

    async def outbox_sent(self, row: int, now: datetime) -> None:
        """Out of its lane."""
        self._state.outbox[row] = replace(self._state.outbox[row], state="sent", error=None)

    async def outbox_again(self, row: int, at: datetime, *, repeat: bool, error: str) -> None:
        """Once a repeat, always a repeat."""
        entry = self._state.outbox[row]
        again = replace(entry.row, repeat=entry.row.repeat or repeat)
        self._state.outbox[row] = replace(entry, row=again, state="waiting", not_before=at, taken_at=None, error=error)

    async def outbox_undeliverable(self, row: int, reason: str, now: datetime) -> None:
        """Kept whole."""
        self._state.outbox[row] = replace(self._state.outbox[row], state="undeliverable", error=reason)

    async def outbox_unsent(self) -> tuple[int, datetime | None]:
        """Count and the oldest one's time."""
        times = [entry.row.created_at for entry in self._unsent()]
        return len(times), min(times, default=None)

    async def outbox_recover(self, now: datetime) -> int:
        """There is one process, so all that is "being sent" was left."""
        left = [entry for entry in self._state.outbox.values() if entry.state == "sending"]
        for entry in left:
            row = replace(entry.row, repeat=True)
            self._state.outbox[row.id] = replace(entry, row=row, state="waiting", not_before=now, taken_at=None)
        return len(left)
