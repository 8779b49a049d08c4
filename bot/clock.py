"""The time: the only place that reads it. Everybody else is handed a moment or a :class:`bot.ports.Clock`."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


class SystemClock:
    """This machine's clock, told in one time zone."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def now(self) -> datetime:
        """This moment, aware, in the zone handed in."""
        return datetime.now(self._zone)
