"""The stream of updates, by the official server's rules: offsets, long polls, one poller, what lives how long."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.server.faults import Refused

Json = dict[str, Any]
Waiting = tuple[float, Json]
"""When it happened, and the update."""
Acknowledged = Callable[[int, list[int]], Awaitable[None]]

LIVES = 24 * 3600
PRESS_LIVES = 150
LONGEST_POLL = 50
BEYOND_TAIL = 10
KINDS_BY_DEFAULT_LEFT_OUT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

OTHER_POLLER = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


WEBHOOK_WAS_SET = "Conflict: terminated by setWebhook request"


@dataclass
class Stream:
    """What waits. ``acknowledged`` is called with an offset and every id it confirms, before they are forgotten.

    ``given`` may change what a poll gives, to give something twice.
    """

    now: Callable[[], float]
    waiting: list[Waiting] = field(default_factory=list)
    next_id: int = 1000
    webhook: str = ""
    allowed: list[str] = field(default_factory=list)
    acknowledged: list[Acknowledged] = field(default_factory=list)
    confirmed: list[int] = field(default_factory=list)
    polls: int = 0
    given: Callable[[list[Json]], list[Json]] = lambda batch: batch
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def push(self, update: Json) -> int:
        """An update that happened now; it gets the next id unless it has one. Its id."""
        update = {"update_id": self.next_id, **update}
        self.next_id = update["update_id"] + 1 if isinstance(update["update_id"], int) else self.next_id
        if self._wanted(update):
            self.waiting.append((self.now(), update))
        async with self.changed:
            self.changed.notify_all()
        return int(update["update_id"]) if isinstance(update["update_id"], int) else -1

    async def fetch(self, offset: int, limit: int, seconds: float, allowed: list[str] | None) -> list[Json]:
        """One getUpdates. Raises :class:`Refused` for the older of two pollers and while a webhook is set."""
        if self.webhook:
            raise Refused(409, WEBHOOK_SET)
        if allowed is not None:
            self.allowed = allowed
        self.polls += 1
        mine = self.polls
        await self._confirm(offset)
        async with self.changed:
            self.changed.notify_all()
        if not self._ready() and seconds > 0:
            await self._arrival(mine, min(seconds, LONGEST_POLL))
        if self.webhook:
            raise Refused(409, WEBHOOK_WAS_SET)
        if mine != self.polls:
            raise Refused(409, OTHER_POLLER)
        return self.given(self._ready()[: max(1, min(limit, 100))])

    async def _arrival(self, mine: int, seconds: float) -> None:
        async with self.changed:
            try:
                async with asyncio.timeout(seconds):
                    await self.changed.wait_for(lambda: bool(self._ready()) or mine != self.polls)
            except TimeoutError:
                return

    async def abort_poll(self) -> None:
        """The poll that is open is refused."""
        self.polls += 1
        async with self.changed:
            self.changed.notify_all()

    async def done(self, held: Waiting) -> None:
        """A webhook has taken it: that confirms it, alone."""
        number = held[1]["update_id"]
        for told in self.acknowledged if isinstance(number, int) else ():
            await told(number + 1, [number])
        self.confirmed += [number] if isinstance(number, int) else []
        self.waiting = [each for each in self.waiting if each is not held]

    def forget_old(self) -> None:
        """What has waited too long is gone."""
        self.waiting = [held for held in self.waiting if self.now() - held[0] < _lives(held[1])]

    def _ready(self) -> list[Json]:
        self.forget_old()
        return [update for _, update in self.waiting]

    async def _confirm(self, offset: int) -> None:
        ids = [update["update_id"] for update in self._ready() if isinstance(update["update_id"], int)]
        tail = max(ids, default=self.next_id - 1) + 1
        if offset < 0:
            gone = ids[:offset]
        else:
            gone = [] if offset > tail + BEYOND_TAIL else [found for found in ids if found < offset]
        for told in self.acknowledged if gone else ():
            await told(offset, gone)
        self.confirmed += gone
        self.waiting = [held for held in self.waiting if held[1]["update_id"] not in gone]

    def _wanted(self, update: Json) -> bool:
        kind = next((key for key in update if key != "update_id"), "")
        return kind in self.allowed if self.allowed else kind not in KINDS_BY_DEFAULT_LEFT_OUT


def _lives(update: Json) -> float:
    return PRESS_LIVES if "callback_query" in update else LIVES
