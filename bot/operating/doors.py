"""Doors: the knowledge on disk read, and what the matcher learns from it, learnt or taken from what was kept.

Knows where things are kept, and nothing of who comes through.
"""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.caching import cache_folder, earlier, trained
from bot.clock import SystemClock
from bot.conversation.turn import Door
from bot.encoder.cache import Cache
from bot.knowledge.loading import load
from bot.knowledge.model import Base
from bot.matching.trained import Trained
from bot.operating.metrics import Metrics, TimedMatcher
from bot.settings import Settings

HOME = ZoneInfo("Europe/Helsinki")  # where the field is; the knowledge may name another zone


def zone_of(base: Base) -> ZoneInfo:
    """The time zone the knowledge is written in."""
    return ZoneInfo(base.settings.timezone)


def read_knowledge(settings: Settings) -> Base:
    """The base as it is on disk. Raises KnowledgeFaults."""
    return load(settings.knowledge, SystemClock(HOME).now().date())


def learnt(base: Base, settings: Settings, vectors: Cache | None = None) -> Trained:
    """What the matcher learns from a base, kept beside the database from one start to the next."""
    folder = cache_folder(settings.database_url)
    return trained(base, folder) if vectors is None else trained(base, folder, vectors.vectors_for, vectors.mark)


def vectors_of(settings: Settings, name: str) -> Cache:
    """The vectors an encoder made: the starter's own, and those kept beside the database."""
    return Cache.within(name, cache_folder(settings.database_url))


@dataclass(frozen=True, slots=True)
class Doors:
    """Makes doors of bases. ``vectors``: of the lines, where there is a sentence encoder."""

    settings: Settings
    metrics: Metrics
    vectors: Cache | None = None

    def first(self, base: Base) -> tuple[Door, bool]:
        """A door to start with, and whether it is behind: learnt from the base as it was before its last edit.

        Only the ranking and the learnt alarm are; signs, words, services and hours are as they are now.
        """
        found = earlier(base, cache_folder(self.settings.database_url), self.vectors.mark if self.vectors else "")
        return (self.made(base), False) if found is None else (self._of(base, found), True)

    def made(self, base: Base) -> Door:
        """A door of all that the base teaches; it takes seconds when that was not kept."""
        return self._of(base, learnt(base, self.settings, self.vectors))

    def build(self) -> Door:
        """A door of the knowledge as it is on disk. Raises KnowledgeFaults and OSError."""
        return self.made(read_knowledge(self.settings))

    def _of(self, base: Base, found: Trained) -> Door:
        return Door(base, TimedMatcher(base, self.metrics, found))
