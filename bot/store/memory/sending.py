"""The twin's outbox; what each method means stands in :mod:`bot.ports`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.messages import Address, Outgoing
from bot.ports import ASKED, Backlog, OutboxRow
from bot.queueing.case import CaseState
from bot.store.lanes import LEFT_AFTER, UNSENT, ago
from bot.store.memory.state import MemoryRoom, OutboxEntry


def _due(entry: OutboxEntry, now: datetime) -> bool:
    if entry.state == "waiting":
        return entry.error is None or entry.not_before <= now
    return entry.taken_at is not None and entry.taken_at <= ago(now, LEFT_AFTER)


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
        self.rings.add("outbox")
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

    async def outbox_again(self, row: int, at: datetime, *, repeat: bool, error: str, counted: bool = True) -> None:
        """Once a repeat, always a repeat."""
        entry = self._state.outbox[row]
        tries = entry.row.tries if counted else entry.row.tries - 1
        again = replace(entry.row, repeat=entry.row.repeat or repeat, tries=tries)
        self._state.outbox[row] = replace(entry, row=again, state="waiting", not_before=at, taken_at=None, error=error)

    async def outbox_hasten(self, channel: str, now: datetime, *, asked: bool = False) -> None:
        """Rows never tried are due in any case."""
        for number, entry in self._state.outbox.items():
            waits = entry.state == "waiting" and entry.row.to.channel == channel and entry.not_before > now
            if waits and (asked or entry.error not in (None, ASKED)):
                self._state.outbox[number] = replace(entry, not_before=now)

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


class MemoryCounts(MemoryRoom):
    """How much waits."""

    async def backlog(self) -> Backlog:
        """Counted one by one."""
        inbox = [entry.row.received_at for entry in self._state.inbox.values() if entry.state == "waiting"]
        outbox = [entry.row.created_at for entry in self._state.outbox.values() if entry.state in UNSENT]
        waiting = [case for case in self._state.cases.values() if case.state is CaseState.WAITING]
        cases = [case.waiting_since or case.opened_at for case in waiting]
        aside = sum(entry.state == "quarantined" for entry in self._state.inbox.values())
        given_up = sum(entry.state == "undeliverable" for entry in self._state.outbox.values())
        oldest = [min(times, default=None) for times in (inbox, outbox, cases)]
        return Backlog(len(inbox), oldest[0], aside, len(outbox), oldest[1], given_up, len(cases), oldest[2])
