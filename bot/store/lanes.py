"""What both stores agree on about rows that wait in a lane."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

LEFT_AFTER = timedelta(seconds=90)
"""A row "being sent" for longer was left by a process that died; bot.outbox.worker ends a delivery well before."""

DEAD_AFTER = timedelta(seconds=10)
"""The same when the replica that took it is known to be gone: long enough for one only cut off to come back."""

LONGEST_POSTPONED = timedelta(minutes=1)
"""No update waits longer for its next turn (bot.inbox). One that seems to waits for a clock that was set back."""

UNSENT = ("waiting", "sending")
"""The outbox's states of what is still to be sent."""

ASIDE = ("quarantined",)
GIVEN_UP = ("undeliverable",)
"""What was put aside, of the inbox and of the outbox."""

WAITING = ("waiting",)
"""The inbox's state of what is still to be handled."""


def ago(now: datetime, span: timedelta) -> datetime:
    """So long ago. Not by the clock on the wall: in spring 90 s before 4:00:30 would be 3:59:00, and that is later."""
    return now.astimezone(UTC) - span
