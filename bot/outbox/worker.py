"""The loop that sends: the only place from which anything leaves. Several chats at once, one message at a time in each.

Rows are taken in one unit of work, delivered outside any, and their ends recorded in another. What happens after a
failed try is decided in :mod:`bot.outbox.retrying`. Logs carry row ids only.
"""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import structlog

from bot.messages import Address, StaffCard, StaffLine, StaffNotice
from bot.outbox.ledger import Ledger
from bot.outbox.recording import DeskWords, Tried, nowhere, place_of
from bot.outbox.retrying import Again, Done, GiveUp, Halt, after_fault, decide
from bot.ports import Channel, Clock, Delivery, Outcome, Store, StoreBusy

AT_ONCE = 8
POLL = 1.0
"""Seconds between looks when nobody wakes it: rows of other processes, and rows whose time has come."""
LONGEST = 60.0
"""Seconds one delivery may take; less than the store's LEFT_AFTER, so that no row is sent by two at once."""
A_BIT = timedelta(seconds=1)
"""A clock that goes back by less is only being set right."""

log = structlog.get_logger("bot.outbox")


def _told(error: Exception) -> dict[str, str]:
    """What a fault was and where. Its own words, and a traceback's values, may hold what a parent wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"
    return {"error": type(error).__name__, "where": where}


def unseen(tried: Tried) -> None:
    """No one to count."""


class Outbox:
    """Sends what the store holds. ``alarms`` says what is wrong now, by channel or ``staff``; empty when all is well.

    ``staff`` is the staff's room, if any; the texts are the desk's own marks in a case (:class:`DeskWords`);
    ``seen`` is told of every try.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        channels: Mapping[str, Channel],
        *,
        staff: Callable[[], Address | None] = nowhere,
        undelivered_text: Callable[[], str | None] = nowhere,
        late_text: Callable[[], str | None] = nowhere,
        repeated_text: Callable[[], str | None] = nowhere,
        seen: Callable[[Tried], None] = unseen,
    ) -> None:
        self._store = store
        self._clock = clock
        self._channels = dict(channels)
        words = DeskWords(undelivered_text, late_text, repeated_text, staff)
        self._ledger = Ledger(store, clock, words, lambda: self._stopping or not self._running)
        self._seen = seen
        self._woken = asyncio.Event()
        self._stopping = False
        self._running = False
        self._busy = 0  # rows on their way
        self._halted: dict[str, datetime] = {}
        self._next_tries: list[datetime] = []
        self._revived: set[str] = set()
        self._latest: datetime | None = None
        self.alarms: dict[str, str] = {}

    def wake(self) -> None:
        """There may be something to send. Called after every unit of work that added a row."""
        self._woken.set()

    def revive(self, channel: str) -> None:
        """A channel that was not well is well again: nothing that failed on it needs to wait any longer."""
        self._revived.add(channel)
        self.wake()

    def stop(self) -> None:
        """No new row is taken; ``run`` ends when those on their way have ended."""
        self._stopping = True
        self._woken.set()

    async def run(self) -> None:
        """Until ``stop``. Only one ``run`` at a time on an SQLite store."""
        self._running = True
        await self._recover()
        async with asyncio.TaskGroup() as group:
            while not self._stopping:
                self._woken.clear()
                deliveries = await self._take_safely(AT_ONCE - self._busy)
                for delivery in deliveries:
                    self._busy += 1
                    group.create_task(self._carry(delivery))
                if not deliveries:
                    await self._rest()

    async def drain(self) -> int:
        """Deliver all that is due now, one after the other; gives how many tries that were. May raise StoreBusy."""
        tries = 0
        while deliveries := await self._take(1):
            await self._deliver(deliveries[0])
            tries += 1
        return tries

    async def _recover(self) -> None:
        with suppress(StoreBusy):  # what is left "being sent" is taken again after a while anyway
            async with self._store.begin() as work:
                left = await work.outbox_recover(self._clock.now())
            log.info("outbox.started", recovered=left)

    async def _rest(self) -> None:
        """Until woken, until the next try this process knows of, or for a while."""
        if self._stopping:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(self._pause()):  # not wait_for: before Python 3.12 it may swallow a cancellation
                await self._woken.wait()

    def _pause(self) -> float:
        now = self._clock.now()
        self._next_tries = [at for at in self._next_tries if at > now]
        return min([POLL, *((at - now).total_seconds() + 0.005 for at in self._next_tries)])

    # One row

    def _open_channels(self, now: datetime) -> tuple[str, ...]:
        return tuple(name for name in self._channels if name not in self._halted or self._halted[name] <= now)

    async def _take(self, most: int) -> list[Delivery]:
        """At most so many, each of another lane, in one unit of work."""
        now = self._clock.now()
        await self._hasten(now)
        taken: list[Delivery] = []
        async with self._store.begin() as work:
            while len(taken) < most and (row := await work.outbox_take(now, self._open_channels(now))) is not None:
                case = place_of(row)
                taken.append(Delivery(row, None if case is None else await work.staff_link(case, row.to.key)))
        return taken

    async def _hasten(self, now: datetime) -> None:
        """After a channel has revived; and when the clock was set back, since no time named before means now what it
        meant then.
        """
        now = now.astimezone(UTC)  # what is set back once a year is only the clock on the wall
        back = self._latest is not None and now < self._latest - A_BIT
        due = set(self._channels) if back else set(self._revived)
        if due:
            async with self._store.begin() as work:
                for channel in due:
                    await work.outbox_hasten(channel, now, asked=back)
            self._halted = {channel: until for channel, until in self._halted.items() if channel not in due}
            self._revived -= due
        self._latest = now

    async def _take_safely(self, most: int) -> list[Delivery]:
        try:
            return await self._take(most) if most else []
        except StoreBusy:
            log.warning("outbox.store_busy")
        except Exception as error:
            log.error("outbox.fault", **_told(error))
        return []

    async def _carry(self, delivery: Delivery) -> None:
        """A task of its own; no fault of one row reaches the others."""
        try:
            await self._deliver(delivery)
        except Exception as error:
            log.error("outbox.not_recorded", row=delivery.row.id, **_told(error))
        finally:
            self._busy -= 1
            self.wake()  # the next row of this lane may go now

    async def _deliver(self, delivery: Delivery) -> None:
        row, outcome = delivery.row, await self._outcome(delivery)
        tried = Tried(row, outcome, decide(outcome, row, self._clock.now()))
        self._remember(tried)
        self._seen(tried)
        await self._ledger.write(tried)
        log.info("outbox.tried", row=row.id, tries=row.tries, then=type(tried.decision).__name__.lower())

    async def _outcome(self, delivery: Delivery) -> Outcome:
        """A channel that breaks its word and raises is taken to have perhaps sent."""
        try:
            async with asyncio.timeout(LONGEST):
                return await self._channels[delivery.row.to.channel].deliver(delivery)
        except Exception as error:
            log.error("outbox.channel_fault", row=delivery.row.id, **_told(error))
            return after_fault(delivery.row, type(error).__name__)

    def _remember(self, tried: Tried) -> None:
        """What ``/health`` shows, and which channel rests."""
        channel = tried.row.to.channel
        place = "staff" if isinstance(tried.row.payload, StaffCard | StaffLine | StaffNotice) else channel
        match tried.decision:
            case Again(at=at):
                self._next_tries.append(at)
            case Halt(until=until, reason=reason):
                self._halted[channel] = until
                self.alarms[channel] = reason
            case GiveUp(reason=reason) if place == "staff":
                self.alarms[place] = reason
            case Done():
                self.alarms.pop(channel, None)
                self.alarms.pop(place, None)
            case _:
                pass
