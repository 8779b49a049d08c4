"""How this process is, for machines and for the person on call: numbers and our own words, never anybody's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.conversation.turn import Door
from bot.operating.reloading import MOST, Reloading
from bot.outbox.worker import Outbox
from bot.ports import Backlog, Clock, EncoderState, Store, StoreBusy

DEAF = 45.0
"""Seconds without a good poll after which health is red; one poll may take 25 by itself."""
LATE = 120.0
"""Seconds the oldest message may wait to be delivered, or the oldest update to be handled."""
PATIENCE = 3.0
"""Seconds the database has to answer."""


@dataclass(frozen=True, slots=True)
class Receiving:
    """How updates come: ``last_good`` when Telegram last answered as it should; ``here`` whether it is this process,
    since ``began``.
    """

    last_good: datetime | None
    alarm: str | None
    here: bool
    began: datetime


@dataclass
class Health:
    """Asked by ``/health``. ``receiving`` gives None where there is no Telegram."""

    store: Store
    clock: Clock
    outbox: Outbox
    door: Callable[[], Door]
    knowledge: Reloading
    receiving: Callable[[], Receiving | None]
    encoder: Callable[[], EncoderState] = lambda: "off"
    stopping: bool = False

    async def __call__(self) -> dict[str, Any]:
        """As :meth:`told`, of what waits now."""
        return self.told(await self.backlog())

    def told(self, backlog: Backlog | None) -> dict[str, Any]:
        """``ok``: nothing needs a person. ``ready``: requests may be sent here. What is red is named."""
        told: dict[str, Any] = {
            "ready": backlog is not None and not self.stopping,
            "database": "reachable" if backlog is not None else "not reachable",
            "services": len(self.door().base.services),
            "knowledge": self.door().base.digest[:12],
            "knowledge_faults": list(self.knowledge.faults[:MOST]),
            "knowledge_elsewhere": self.knowledge.elsewhere,
            "encoder": self.encoder(),
            "replicas": {"leads": self.store.company.leads, "cut_off": self.store.company.deaf},
        }
        told |= self._queues(backlog)
        receiving = self.receiving()
        if receiving is not None:
            told["telegram"] = self._telegram(receiving)
        red = self._red(told, receiving)
        return {"ok": told["ready"] and not red, "red": red, **told}

    async def backlog(self) -> Backlog | None:
        """What waits; None when the database does not answer in time."""
        try:
            async with asyncio.timeout(PATIENCE), self.store.begin() as work:
                return await work.backlog()
        except (StoreBusy, TimeoutError):
            return None

    def age(self, since: datetime | None) -> float:
        """Seconds."""
        return round(self.clock.now().timestamp() - since.timestamp(), 1) if since else 0.0

    def _queues(self, backlog: Backlog | None) -> dict[str, Any]:
        outbox: dict[str, Any] = {"alarms": dict(self.outbox.alarms)}
        if backlog is None:
            return {"outbox": outbox}
        outbox |= {"unsent": backlog.outbox, "oldest_seconds": self.age(backlog.outbox_since)}
        outbox["undeliverable"] = backlog.undeliverable
        inbox = {"waiting": backlog.inbox, "oldest_seconds": self.age(backlog.inbox_since)}
        return {"outbox": outbox, "inbox": inbox | {"quarantined": backlog.quarantined}}

    def _telegram(self, receiving: Receiving) -> dict[str, Any]:
        age = self.age(receiving.last_good) if receiving.last_good else None
        where = "here" if receiving.here else "another replica"
        return {"receives": where, "last_good_seconds": age, "alarm": receiving.alarm}

    def _red(self, told: dict[str, Any], receiving: Receiving | None) -> list[str]:
        """The parts a person must look at; docs/operating.md has a line for each."""
        late = [name for name in ("inbox", "outbox") if told.get(name, {}).get("oldest_seconds", 0.0) > LATE]
        red = [f"{name} late" for name in late]
        red += [f"outbox {name}: {why}" for name, why in self.outbox.alarms.items()]
        red += ["database"] if told["database"] != "reachable" else []
        red += ["knowledge"] if self.knowledge.faults else []
        if receiving is not None and receiving.here:
            age = self.age(receiving.last_good or receiving.began)  # the first poll may be open for long
            red += [f"telegram: {receiving.alarm}"] if receiving.alarm else []
            red += ["telegram silent"] if age >= DEAF else []
        return red
