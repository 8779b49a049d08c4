"""The week itself: arrivals, workers and the clock's own alarms, one after the other, through the real intake.
After every step all open cases are looked at: exactly one owner each, and nobody to whom nothing will ever happen.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bot.acts import Accept, CaseMove, Claim, Close, Decline, HandOver, Presence, Release, Reply
from bot.desk.looking import desk_open
from bot.intake import Intake
from bot.knowledge.model import Language
from bot.messages import Address, FromWorker, Incoming, ParentMessage, Press, Say, Text
from bot.queueing.assigning import Profile
from bot.queueing.case import Case, CaseState, Holder, who_has_it
from bot.store.memory import MemoryStore
from bot.ticking import Ticker
from tests.builders import SetClock, front_door
from tests.simulation.people import HANDED_OVER, LUNCH, SHIFTS, SILENT, Comes, Hands, arrivals

AT_ONCE = 4  # cases a worker keeps going at the same time
WORDS = {"fi": "mieheni lyö minua", "sv": "min man slår mig", "en": "my husband hits me"}
Step = Callable[[], Awaitable[None]]


@dataclass
class Seen:
    """What is measured on the way. ``waiting`` = (moment, how many wait) after every step."""

    waiting: list[tuple[datetime, int]] = field(default_factory=list)
    alarms: dict[str, int] = field(default_factory=dict)
    steps: int = 0
    asked: int = 0
    refused: int = 0


class Week:
    """One run. ``first`` is a midnight."""

    def __init__(self, seed: int, first: datetime, days: int, a_day: float) -> None:
        self.random = Random(seed)
        self.store, self.clock = MemoryStore(), SetClock(first)
        self.intake = Intake(self.store, self.clock, front_door)
        self.ticker = Ticker(self.store, self.clock, front_door, self.intake.showing, lambda: None)
        self.parents = {each.number: each for each in arrivals(self.random, first, days, a_day)}
        self.first, self.days, self.until = first, days, first + timedelta(days=days)
        self.workers: list[Hands] = []
        self.parish = 0
        self.seen = Seen()
        self._line: list[tuple[datetime, int, Step]] = []
        self._order = itertools.count()

    # Time ---------------------------------------------------------------------------------------------------------

    def at(self, moment: datetime, step: Step) -> None:
        """Something will happen then."""
        if moment < self.until:
            heapq.heappush(self._line, (moment, next(self._order), step))

    def soon(self, minutes: float, step: Step) -> None:
        """So many minutes from now."""
        self.at(self.clock.time + timedelta(minutes=minutes), step)

    async def play(self) -> Seen:
        """All of it."""
        await self._people()
        for parent in self.parents.values():
            self.at(parent.at, lambda parent=parent: self._comes(parent))  # type: ignore[misc]
        while self._line:
            moment, _, step = heapq.heappop(self._line)
            await self._ring(moment)
            self.clock.time = max(moment, self.clock.time)
            await step()
            self._look()
        await self._ring(self.until)
        return self.seen

    async def _ring(self, until: datetime) -> None:
        """What is due before then happens at its own time."""
        while True:
            due = min((case.due_at for case in self.cases() if case.due_at is not None), default=None)
            if due is None or due > until:
                return
            self.clock.time = max(due, self.clock.time)
            await self.ticker.tick()
            self._look()

    def cases(self) -> list[Case]:
        """All there are, as they are kept."""
        return list(self.store.state.cases.values())

    # What must always hold ----------------------------------------------------------------------------------------

    def _look(self) -> None:
        self.seen.steps += 1
        opened = [case for case in self.cases() if case.state is not CaseState.CLOSED]
        active = {worker.id for worker in self.store.state.workers.values() if worker.active}
        for case in opened:
            _has_one_owner(case, active)
            _is_not_forgotten(case)
        waiting = sum(case.state is CaseState.WAITING for case in opened)
        self.seen.waiting.append((self.clock.time, waiting))

    # Parents ------------------------------------------------------------------------------------------------------

    async def _says(self, parent: Comes, message: ParentMessage) -> str:
        """She does something; gives what she is told."""
        before = len(self.store.state.outbox)
        who = Address("console", str(parent.number))
        await self.intake.parent(Incoming(who, message, hint=parent.language))
        new = list(itertools.islice(self.store.state.outbox.values(), before, None))
        said = [entry.row.payload for entry in new if entry.row.to == who]
        return "\n".join(part.text for each in said if isinstance(each, Say) for part in each.parts)

    def case_of(self, parent: Comes) -> Case | None:
        """Her case, if there is one."""
        row = self.store.state.addresses.get(Address("console", str(parent.number)))
        return next((case for case in self.cases() if case.conversation == row), None)

    async def _comes(self, parent: Comes) -> None:
        if parent.danger:
            await self._says(parent, Text(WORDS[parent.language]))
        else:
            await self._says(parent, Press("person"))
            await self._says(parent, Press("reach:chat"))
        self.soon(parent.looks, lambda: self._asks(parent))
        if parent.leaves is not None:
            self.soon(parent.leaves, lambda: self._leaves(parent))

    async def _asks(self, parent: Comes) -> None:
        """Who has my matter? There is an answer, and it names the case."""
        case = self.case_of(parent)
        if case is None or case.state is CaseState.CLOSED:
            return
        told = await self._says(parent, Press("person"))
        if str(case.number) not in told:
            raise AssertionError(f"no answer to who has case {case.number}: {told!r}")
        self.seen.asked += 1

    async def _leaves(self, parent: Comes) -> None:
        case = self.case_of(parent)
        if case is not None and case.state is CaseState.WAITING:
            await self._says(parent, Press("leave"))

    async def _writes(self, parent: Comes) -> None:
        case = self.case_of(parent)
        if case is not None and case.state is CaseState.CLAIMED:
            await self._says(parent, Text("no niin, ja sitten?"))

    # Workers ------------------------------------------------------------------------------------------------------

    async def _people(self) -> None:
        async with self.store.begin() as work:
            for name, shift in SHIFTS.items():
                added = await work.add_worker(name, "desk", None, "fi", self.clock.time)
                languages: tuple[Language, ...] = ("fi", "sv", "en") if name == "Sofia" else ("fi", "en")
                await work.set_worker_profile(added.id, Profile(languages, "perheneuvo", presence="off"))
                self.workers.append(Hands(name, added.id, shift))
            network = await work.add_worker("Leena", "network", None, "fi", self.clock.time)
            await work.set_worker_profile(network.id, Profile(("fi",), "seurakunta", presence="off"))
            self.parish = network.id
        for day in range(self.days):
            for worker in self.workers:
                self._shift(worker, self.first + timedelta(days=day))

    def _shift(self, worker: Hands, day: datetime) -> None:
        shift = worker.shift
        since, lunch, until = (
            day.replace(hour=each.hour, minute=each.minute) for each in (shift.since, shift.lunch, shift.until)
        )
        if not desk_open(front_door(), since):
            return
        self.at(since, lambda: self._is(worker, "on"))
        self.at(lunch, lambda: self._is(worker, "away"))
        self.at(lunch + LUNCH, lambda: self._is(worker, "on"))
        self.at(until, lambda: self._goes(worker))

    async def _is(self, worker: Hands, presence: str) -> None:
        worker.there = presence == "on"
        act = Presence("on" if worker.there else "away")
        await self.intake.worker(FromWorker(act, None, worker=worker.row))
        if worker.there:
            await self._works(worker)

    async def _goes(self, worker: Hands) -> None:
        """Home. Where an answer is owed the case goes back to the queue; what she forgot she forgets."""
        worker.there = False
        for case in self._held(worker):
            if case.waits_since is not None and case.number not in worker.forgotten:
                await self._does(worker.row, case, Release())
        await self.intake.worker(FromWorker(Presence("off"), None, worker=worker.row))

    def _held(self, worker: Hands) -> list[Case]:
        return [case for case in self.cases() if case.state is CaseState.CLAIMED and case.owner == worker.row]

    async def _does(self, worker: int, case: Case, act: CaseMove) -> bool:
        answer = await self.intake.worker(FromWorker(act, None, case=case.number, worker=worker))
        self.seen.refused += not answer.done
        return answer.done

    async def _works(self, worker: Hands) -> None:
        """The next thing she does, and when she is free again. One thing at a time."""
        if not worker.there or (worker.free_at is not None and worker.free_at > self.clock.time):
            return
        minutes = await self._next(worker)
        worker.free_at = self.clock.time + timedelta(minutes=minutes)
        self.at(worker.free_at, lambda: self._works(worker))

    async def _next(self, worker: Hands) -> float:
        """Danger, then whoever waits for her word, then the queue's first."""
        held = [case for case in self._held(worker) if case.number not in worker.forgotten]
        async with self.store.begin() as work:
            queue = [case for case in await work.open_cases() if case.state is CaseState.WAITING]
        if queue and queue[0].danger:
            return await self._claims(worker, queue[0])
        owed = [case for case in held if case.waits_since is not None]
        if owed:
            return await self._answers(worker, min(owed, key=lambda case: case.waits_since or case.opened_at))
        if queue and len(held) < AT_ONCE:
            return await self._claims(worker, queue[0])
        return 1.0

    async def _claims(self, worker: Hands, case: Case) -> float:
        if await self._does(worker.row, case, Claim()) and self.random.random() < SILENT and not case.danger:
            worker.forgotten.add(case.number)
        return self.random.uniform(0.5, 1.5)

    async def _answers(self, worker: Hands, case: Case) -> float:
        """A word of hers; then the parent writes again, or the matter comes to its end."""
        parent = self._parent(case)
        done = await self._does(worker.row, case, Reply("hei, selvitän"))
        worker.said[case.number] = worker.said.get(case.number, 0) + done
        if worker.said[case.number] < parent.answers:
            self.soon(self.random.uniform(1, 15), lambda: self._writes(parent))
        elif self.random.random() < HANDED_OVER and case.offer is None:
            await self._offers(worker, case, parent)
        else:
            self.soon(self.random.uniform(2, 20), lambda: self._closes(worker, case))
        return min(12.0, self.random.lognormvariate(0.9, 0.5))

    def _parent(self, case: Case) -> Comes:
        to, _ = self.store.state.conversations[case.conversation]
        return self.parents[int(to.key)]

    async def _closes(self, worker: Hands, case: Case) -> None:
        now = self.store.state.cases[case.number]
        if now.owner == worker.row and now.offer is None and now.waits_since is None:
            await self._does(worker.row, now, Close("helped-here"))

    # Handing over -------------------------------------------------------------------------------------------------

    async def _offers(self, worker: Hands, case: Case, parent: Comes) -> None:
        """To the parish: the parent is asked, and Leena accepts, declines, or does not see it."""
        if not await self._does(worker.row, case, HandOver("vertaistuki", unit="seurakunta")):
            return
        self.soon(self.random.uniform(1, 10), lambda: self._agrees(parent, case))
        self.soon(75, lambda: self._closes(worker, case))

    async def _agrees(self, parent: Comes, case: Case) -> None:
        made = self.store.state.cases[case.number].offer
        if made is None:
            return
        yes = self.random.random() < 0.9
        await self._says(parent, Press(f"ok:{case.number}.{made.id}:{'yes' if yes else 'no'}"))
        draw = self.random.random()
        if draw < 0.65:
            self.soon(self.random.uniform(2, 45), lambda: self._takes(case, Accept()))
        elif draw < 0.85:
            self.soon(self.random.uniform(2, 45), lambda: self._takes(case, Decline("ryhmä on täynnä")))

    async def _takes(self, case: Case, act: Accept | Decline) -> None:
        if self.store.state.cases[case.number].offer is None:
            return
        if await self._does(self.parish, case, act) and isinstance(act, Accept):
            self.soon(5, lambda: self._finishes(case))

    async def _finishes(self, case: Case) -> None:
        if self.store.state.cases[case.number].owner == self.parish:
            await self._does(self.parish, case, Reply("tervetuloa torstaina"))
            await self._does(self.parish, case, Close("helped-here"))


def _has_one_owner(case: Case, active: set[int]) -> None:
    has = who_has_it(case)
    mine = has.holder is Holder.WORKER and case.owner in active
    queues = has.holder in (Holder.QUEUE, Holder.LEAD) and case.owner is None
    if mine == queues:
        raise AssertionError(f"case {case.number} has not exactly one owner: {has}, {case.owner}")


def _is_not_forgotten(case: Case) -> None:
    """Whoever waits has something coming by itself, until the on-call numbers are on her screen."""
    waits = (case.state is CaseState.WAITING and case.climbed < 2) or case.waits_since is not None
    if waits and case.due_at is None:
        raise AssertionError(f"nothing will ever happen to case {case.number}")
