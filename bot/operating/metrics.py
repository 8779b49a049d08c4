"""Counts for Prometheus: kinds, outcomes and ages only. No content, and no id of anybody or of any row."""

from __future__ import annotations

from time import perf_counter
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.knowledge.model import Base
from bot.matching.match import Match
from bot.matching.matcher import Matcher
from bot.matching.trained import Trained
from bot.operating.health import Health
from bot.outbox.recording import Tried
from bot.ports import Backlog

_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 5.0)
_AGES = {
    "inbox": ("inbox_since", "Seconds the oldest update waits for its turn."),
    "outbox": ("outbox_since", "Seconds the oldest message waits to be delivered."),
    "cases": ("cases_since", "Seconds the oldest case waits for a person."),
}
_DEPTHS = {
    "inbox": "Updates that wait for their turn.",
    "quarantined": "Updates put aside because they could not be handled.",
    "outbox": "Messages that wait to be delivered.",
    "undeliverable": "Messages that were given up.",
    "cases": "Cases that wait for a person.",
}


class Metrics:
    """All of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        here = self.registry
        self._turns = Counter(
            "perheneuvo_turns", "Turns by kind of message and where they led.", ("kind", "outcome"), registry=here
        )
        self._match = Histogram(
            "perheneuvo_match_seconds", "Seconds a worry took to be matched.", buckets=_SECONDS, registry=here
        )
        self._delivered = Counter(
            "perheneuvo_deliveries", "Tries to send by channel and outcome.", ("channel", "outcome"), registry=here
        )
        self._depths = {name: Gauge(f"perheneuvo_{name}_rows", told, registry=here) for name, told in _DEPTHS.items()}
        self._ages = {
            name: Gauge(f"perheneuvo_{name}_oldest_seconds", told, registry=here) for name, (_, told) in _AGES.items()
        }
        self._good = Gauge("perheneuvo_poll_age_seconds", "Seconds since Telegram last answered well.", registry=here)
        self._up = Gauge("perheneuvo_database_up", "1 when the database answers.", registry=here)
        self._leads = Gauge("perheneuvo_leads", "1 when this process asks Telegram for updates.", registry=here)
        self._ok = Gauge("perheneuvo_ok", "1 when /health is green.", registry=here)

    def turn(self, kind: str, outcome: str) -> None:
        """One turn was taken."""
        self._turns.labels(kind, outcome).inc()

    def tried(self, tried: Tried) -> None:
        """One try to send."""
        self._delivered.labels(tried.row.to.channel, type(tried.outcome).__name__.lower()).inc()

    def matched(self, seconds: float) -> None:
        """One worry was matched."""
        self._match.observe(seconds)

    def _set(self, health: Health, told: dict[str, Any], backlog: Backlog | None) -> None:
        self._up.set(backlog is not None)
        self._ok.set(bool(told["ok"]))
        self._leads.set(bool(told["replicas"]["leads"]))
        age = told.get("telegram", {}).get("last_good_seconds")
        if age is not None:
            self._good.set(age)
        for name, gauge in self._depths.items() if backlog else ():
            gauge.set(getattr(backlog, name))
        for name, gauge in self._ages.items() if backlog else ():
            gauge.set(health.age(getattr(backlog, _AGES[name][0])))

    async def told(self, health: Health) -> tuple[bytes, str]:
        """All as it is at this moment, and the media type of that."""
        backlog = await health.backlog()
        self._set(health, health.told(backlog), backlog)
        return generate_latest(self.registry), CONTENT_TYPE_LATEST


class TimedMatcher(Matcher):
    """A matcher whose matches are counted."""

    def __init__(self, base: Base, metrics: Metrics, trained: Trained | None = None) -> None:
        super().__init__(base, trained)
        self._metrics = metrics

    def match(self, *args: Any, **kwargs: Any) -> Match:
        """As :class:`Matcher`, with a stopwatch."""
        began = perf_counter()
        try:
            return super().match(*args, **kwargs)
        finally:
            self._metrics.matched(perf_counter() - began)
