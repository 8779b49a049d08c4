"""The starter's knowledge, its door, and a clock set by hand, for any test that wants the real thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.caching import trained
from bot.conversation.turn import Door
from bot.knowledge.loading import load
from bot.knowledge.model import Base
from bot.matching.matcher import Matcher

ZONE = ZoneInfo("Europe/Helsinki")
CACHE = Path(__file__).resolve().parent.parent / "var" / "cache"
STARTER = Path(__file__).resolve().parent.parent / "knowledge"
A_TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=ZONE)  # the desk is open
A_NIGHT = datetime(2026, 11, 24, 3, 12, tzinfo=ZONE)  # the desk is closed, opens the same morning at 8
CHRISTMAS_EVE = datetime(2026, 12, 24, 12, 0, tzinfo=ZONE)


@cache
def starter() -> Base:
    """The starter's base, read once."""
    return load(STARTER, date(2026, 11, 21))


@cache
def front_door() -> Door:
    """The starter's door, built once; what it learnt is kept between runs."""
    return Door(starter(), Matcher(starter(), trained(starter(), CACHE)))


@dataclass
class SetClock:
    """A clock that stands where it was set."""

    time: datetime = A_TUESDAY

    def now(self) -> datetime:
        """The time as set."""
        return self.time

    def forward(self, **much: float) -> None:
        """Move on by a timedelta's arguments."""
        self.time += timedelta(**much)
