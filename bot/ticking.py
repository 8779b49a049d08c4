"""The loop that lets happen what is due: a case nobody answers climbs, a silent worker's case goes back, reminders go.

What happens, and when, is decided in :mod:`bot.queueing.timing`. One case is taken in one unit of work; what another
replica has in hand is passed over, so that nothing rings twice. Logs carry row ids only.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime

import structlog

from bot.conversation import news
from bot.conversation.screens import Screens
from bot.conversation.turn import Door, Moment
from bot.desk import looking
from bot.desk.showing import Showing
from bot.messages import Say
from bot.ports import Clock, Store, UnitOfWork, Wake, Worker
from bot.queueing import holding, telling
from bot.queueing.case import Case
from bot.queueing.timing import Alarm, due, ring, targets

LONGEST = 30.0
"""Seconds between looks when nothing is known to be due: a clock may be set, a worker taken away elsewhere."""

AT_LEAST = 0.2
"""Seconds between two looks."""

log = structlog.get_logger("bot.ticking")


def mark(after: Case, alarm: Alarm) -> str:
    """The key of the desk's mark for what happened."""
    if alarm is Alarm.CLIMB:
        return "staff.alarm.lead" if after.climbed == 1 else "staff.alarm.on_call"
    return f"staff.alarm.{alarm}"


def said(screens: Screens, before: Case, after: Case, alarm: Alarm) -> Iterator[Say]:
    """What the parent hears of it, if anything."""
    if alarm is Alarm.CLIMB and after.climbed > 1:
        yield news.on_call(screens, after)
    elif alarm is Alarm.RETURN:
        yield screens.line("care.returned", case=after.number)
    elif alarm is Alarm.LAPSE and before.offer is not None and before.offer.since is not None:
        yield screens.line("care.declined", unit=news.unit_name(screens, before.offer.unit))
    elif alarm is Alarm.REMIND:
        earlier = {each.id for each in before.bookings if each.reminded}
        for booked in after.bookings:
            if booked.reminded and booked.id not in earlier and booked.picked and booked.picked > screens.now:
                yield news.booked(screens, after, booked, "care.time.reminder")
    elif alarm is Alarm.FOLLOW_UP:
        yield news.did_help(screens, after)


class Ticker:
    """Rings what is due. ``wake`` tells the outbox that there may be something to send."""

    def __init__(self, store: Store, clock: Clock, door: Callable[[], Door], showing: Showing, wake: Wake) -> None:
        self.store = store
        self.clock = clock
        self.door = door
        self.showing = showing
        self.sent = wake
        self._woken = asyncio.Event()
        self._stopping = False
        self._settled: set[int] = set()
        self._reckoned: str | None = None

    def wake(self) -> None:
        """A case has changed: the next moment may be nearer than was thought."""
        self._woken.set()

    def stop(self) -> None:
        """End after the case in hand."""
        self._stopping = True
        self._woken.set()

    async def run(self) -> None:
        """Until stopped. A fault of the store is waited out."""
        while not self._stopping:
            self._woken.clear()
            try:
                await self.tick()
                pause = await self._pause()
            except Exception as fault:
                log.warning("ticker waits", error=type(fault).__name__)
                pause = 1.0
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._woken.wait()
            if not self._stopping:
                await asyncio.sleep(AT_LEAST)  # a busy desk wakes it often, and nothing here is due to the second

    async def _pause(self) -> float:
        async with self.store.begin() as work:
            at = await work.next_due()
        ahead = LONGEST if at is None else (at - self.clock.now()).total_seconds() + 0.01
        return min(LONGEST, max(0.05, ahead))

    async def tick(self) -> int:
        """All that is due now happens; gives how many cases were touched. May raise StoreBusy."""
        await self._reckon()
        rung = await self._orphans()
        while not self._stopping and await self.ring_one():
            rung += 1
        if rung:
            self.sent()
        return rung

    async def _reckon(self) -> None:
        """Once for each base of knowledge: other targets, or a case kept before there were any, make another time."""
        base = self.door().base
        if base.digest == self._reckoned:
            return
        async with self.store.begin() as work:
            numbers = [case.number for case in await work.open_cases()]
        for number in numbers:
            async with self.store.begin() as work:
                case = await work.case(number)
                if case is not None and case.due_at != due(case, targets(base)):
                    await self.showing.keep(work, self.door(), case)
        self._reckoned = base.digest

    async def ring_one(self) -> bool:
        """The case longest past its time. Whether there was one."""
        async with self.store.begin() as work:
            now, door = self.clock.now(), self.door()
            case = await work.due_case(now)
            if case is None:
                return False
            after, happened = ring(case, targets(door.base), now)
            before = case
            await self.showing.keep(work, door, after)
            for alarm, then in happened:
                await self._happened(work, door, before, then, alarm, now)
                before = then
            if happened:
                await self.showing.card(work, door, after, now)
        return True

    async def _happened(
        self, work: UnitOfWork, door: Door, before: Case, after: Case, alarm: Alarm, now: datetime
    ) -> None:
        key = mark(after, alarm)
        await work.log(str(alarm), now, case=after.number, detail=key.rpartition(".")[2])
        await self.showing.mark(work, door, after, None, telling.say(door.base, key), now)
        to, conversation = await work.conversation_by_id(after.conversation)
        if conversation.case != after.number:
            return  # she has another matter now, and is not disturbed for this one
        promised = await looking.promised(work, door, after, conversation, now)
        stands = news.standing(conversation, after)
        screens = Screens(door, stands, Moment(now, promised, after))
        await work.save_conversation(after.conversation, stands, now)
        for say in said(screens, before, after, alarm):
            await work.outbox_add(to, say, now, case=after.number, conversation=after.conversation)

    # Workers who were taken away ----------------------------------------------------------------------------------

    async def _orphans(self) -> int:
        """What was in the hands of somebody who is no worker any more goes back into the queue."""
        async with self.store.begin() as work:
            gone = {each.id: each for each in await work.workers() if not each.active}
            self._settled &= gone.keys()
            new = gone.keys() - self._settled
            theirs = [case.number for case in await work.open_cases() if new & set(case.crew)] if new else []
        for number in theirs:
            await self._orphaned(number, gone)
        self._settled |= gone.keys()
        return len(theirs)

    async def _orphaned(self, number: int, gone: dict[int, Worker]) -> None:
        async with self.store.begin() as work:
            now, door, case = self.clock.now(), self.door(), await work.case(number)
            if case is None:
                return
            for worker in sorted(gone.keys() & set(case.crew)):
                case = await self._without(work, door, case, gone[worker], now)

    async def _without(self, work: UnitOfWork, door: Door, case: Case, worker: Worker, now: datetime) -> Case:
        owned = case.owner == worker.id
        case = await self.showing.keep(work, door, holding.orphaned(case, worker.id, now))
        await work.log("orphaned", now, worker=worker.id, case=case.number)
        if not owned:
            return case
        text = telling.say(door.base, "staff.mark.orphaned", worker=worker.name)
        await self.showing.mark(work, door, case, None, text, now)
        await self.showing.card(work, door, case, now)
        to, conversation = await work.conversation_by_id(case.conversation)
        promised = await looking.promised(work, door, case, conversation, now)
        turn = news.line(door, conversation, Moment(now, promised, case), "care.released", case=case.number)
        await work.save_conversation(case.conversation, turn.conversation, now)
        for say in turn.says:
            await work.outbox_add(to, say, now, case=case.number, conversation=case.conversation)
        return case
