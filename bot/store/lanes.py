"""What both stores agree on about rows that wait in a lane."""

from __future__ import annotations

from datetime import timedelta

LEFT_AFTER = timedelta(seconds=90)
"""A row "being sent" for longer was left by a process that died; bot.outbox.worker ends a delivery well before."""

UNSENT = ("waiting", "sending")
"""The outbox's states of what is still to be sent."""

WAITING = ("waiting",)
"""The inbox's state of what is still to be handled."""
