"""Moments the tests of the store speak of."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")
NOON = datetime(2026, 3, 2, 12, 0, 0, 123456, tzinfo=HELSINKI)


def after(seconds: float) -> datetime:
    """So many seconds past noon."""
    return NOON + timedelta(seconds=seconds)
