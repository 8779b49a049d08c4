"""The stage of the journeys: the whole product, with parents and workers who speak and hear in words, on any channel.

What stands between a person and the product is a channel's :class:`Street` (see ``streets.py``): the plain one hands
messages over as they are, the others go by Telegram's Bot API and by the web pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.acts import CaseMove, Presence
from bot.intake import Intake
from bot.knowledge.model import Language
from bot.messages import Claim, Close, Command, Edited, ParentMessage, PhoneShared, Press, Reply, Text, Unreadable
from bot.ports import LogLine, Store
from bot.queueing import telling
from bot.queueing.assigning import Profile
from bot.queueing.case import Case
from bot.ticking import Ticker
from tests.builders import A_TUESDAY, SetClock, front_door, starter


@dataclass(frozen=True)
class Seen:
    """One message on a parent's screen: its words, its buttons (label, data), and whether a worker said it."""

    text: str
    buttons: tuple[tuple[str, str], ...]
    by_worker: bool


WorkerAct = CaseMove | Presence


class Street(Protocol):
    """One channel of the product, whole, at a time set by hand."""

    @property
    def store(self) -> Store:
        """Where all is kept."""
        ...

    @property
    def clock(self) -> SetClock:
        """The time."""
        ...

    @property
    def intake(self) -> Intake:
        """What takes the turns."""
        ...

    async def parent_does(self, parent: int, language: Language, message: ParentMessage) -> None:
        """She does something; all that comes of it has come when this ends."""
        ...

    async def settle(self) -> None:
        """All that is under way arrives."""
        ...

    async def screen(self, parent: int) -> list[Seen]:
        """All she has been told, oldest first."""
        ...

    async def worker_does(self, worker: int | None, case: int | None, act: WorkerAct) -> None:
        """A worker does something, mostly with a case (None: somebody who is no worker)."""
        ...

    async def close(self) -> None:
        """Nothing stays open."""
        ...


class Town:
    """The product and the people around it."""

    def __init__(self, street: Street) -> None:
        self.street = street
        self.store = street.store
        self.ticker = Ticker(street.store, street.clock, front_door, street.intake.showing, lambda: None)
        self._people = 0

    def at(self, now: datetime) -> None:
        """Set the time."""
        self.street.clock.time = now

    async def passes(self, **much: float) -> None:
        """Time goes on (a timedelta's arguments); what falls due on the way happens at its time, and arrives."""
        clock, until = self.street.clock, self.street.clock.now() + timedelta(**much)
        while (due := await self._next_due()) is not None and due < until:
            clock.time = max(due, clock.time)
            await self.ticker.tick()
        clock.time = max(until, clock.time)
        await self.ticker.tick()
        await self.street.settle()

    async def _next_due(self) -> datetime | None:
        async with self.store.begin() as work:
            return await work.next_due()

    def parent(self, language: Language = "fi") -> Parent:
        """Somebody with a worry, whose telephone speaks this language."""
        self._people += 1
        return Parent(self.street, 7000 + self._people, language)

    async def worker(self, name: str = "Työntekijä", role: str = "desk", profile: Profile | None = None) -> Worker:
        """Somebody of the desk, with rights. Her Telegram id is made from her name."""
        identity = str(500 + sum(map(ord, name)))
        async with self.store.begin() as work:
            added = await work.add_worker(name, role, identity, "fi", self.street.clock.now())
            if profile is not None:
                await work.set_worker_profile(added.id, profile)
        return Worker(self, added.id)

    async def leaves(self, worker: Worker) -> None:
        """A worker's rights are taken away."""
        assert worker.id is not None
        async with self.store.begin() as work:
            await work.set_worker_active(worker.id, False)

    def outsider(self) -> Worker:
        """No worker."""
        return Worker(self, None)

    async def cases(self) -> tuple[Case, ...]:
        """The open cases, in the queue's order."""
        async with self.store.begin() as work:
            return await work.open_cases()

    async def case(self, number: int) -> Case:
        """One case; a number nobody has is a fault of the test."""
        async with self.store.begin() as work:
            found = await work.case(number)
        assert found is not None, f"there is no case {number}"
        return found

    async def lines(self, number: int) -> list[tuple[str, str]]:
        """The lines of a case: who, what."""
        async with self.store.begin() as work:
            return [(line.by, line.text) for line in await work.case_lines(number)]

    async def shows(self, number: int, *words: str) -> None:
        """All of these are in what the case shows its workers."""
        told = "\n".join(text for _, text in await self.lines(number))
        for each in words:
            assert each.casefold() in told.casefold(), f"the case does not show {each!r} but:\n{told}"

    async def log(self, number: int) -> tuple[LogLine, ...]:
        """Who did what."""
        async with self.store.begin() as work:
            return await work.case_log(number)


class Parent:
    """A parent. What she hears is what came since she last did something, or last looked away."""

    def __init__(self, street: Street, number: int, language: Language) -> None:
        self.street, self.number, self.language = street, number, language
        self.all: list[Seen] = []
        self._before = 0

    async def does(self, message: ParentMessage) -> None:
        """Anything at all."""
        self._before = len(await self._look())
        await self.street.parent_does(self.number, self.language, message)
        await self._look()

    async def _look(self) -> list[Seen]:
        self.all = await self.street.screen(self.number)
        return self.all

    async def starts(self) -> None:
        """She opens the front door."""
        await self.does(Command("start"))

    async def says(self, text: str) -> None:
        """She writes."""
        await self.does(Text(text))

    async def mends(self, text: str) -> None:
        """She edits her last message."""
        await self.does(Edited(text))

    async def sends(self, kind: str) -> None:
        """She sends something that is not words."""
        await self.does(Unreadable(kind))

    async def shares_number(self, number: str) -> None:
        """She gives her number by her telephone's own button."""
        await self.does(PhoneShared(number))

    async def taps(self, label: str) -> None:
        """She taps a button she can see, by what it says; the newest one that begins so."""
        for seen in reversed(self.all):
            for shown, data in seen.buttons:
                if shown.startswith(label):
                    await self.does(Press(data))
                    return
        raise AssertionError(f"no button says {label!r}; there are {[seen.buttons for seen in self.all[-2:]]}")

    async def taps_old(self, data: str) -> None:
        """She taps a button of long ago."""
        await self.does(Press(data))

    async def asks_for_a_person(self) -> None:
        """The button that is always there."""
        await self.does(Press("person"))

    async def looks(self) -> None:
        """She looks at her screen again: what came by itself is there."""
        await self.street.settle()
        await self._look()

    async def looks_away(self) -> None:
        """What came so far is old."""
        self._before = len(await self._look())

    @property
    def heard(self) -> list[Seen]:
        """The messages since she last did something."""
        return self.all[self._before :]

    @property
    def text(self) -> str:
        """All their words."""
        return "\n".join(seen.text for seen in self.heard)

    @property
    def buttons(self) -> list[str]:
        """What she can tap in them."""
        return [label for seen in self.heard for label, _ in seen.buttons]

    def hears(self, *words: str) -> None:
        """All of these are in what she hears."""
        for each in words:
            assert each.casefold() in self.text.casefold(), (
                f"she did not hear {each!r} but:\n{self.text}\n{self.buttons}"
            )

    async def hears_nothing(self) -> None:
        """Silence, of what came by itself too."""
        await self.looks()
        assert self.heard == [], f"she heard:\n{self.text}"

    def can_reach_a_person(self) -> None:
        """A person is one tap away on every screen of the front door."""
        assert self.heard, "there was no answer"
        for seen in self.heard:
            if not seen.by_worker:
                assert "person" in [data for _, data in seen.buttons], f"no way to a person on:\n{seen}"


@dataclass
class Worker:
    """A worker of the desk, or somebody who is none. Each act tells whether it was done, as the store has it."""

    town: Town
    id: int | None

    async def does(self, case: int, act: CaseMove) -> bool:
        """Any move; whether it was made, as the log has it."""
        before = await self._made(case, act)
        await self.town.street.worker_does(self.id, case, act)
        return await self._made(case, act) > before

    async def _made(self, case: int, act: CaseMove) -> int:
        return sum(line.kind == act.type and line.worker == self.id for line in await self.town.log(case))

    async def must(self, case: int, *acts: CaseMove) -> None:
        """Moves that are made, one after the other."""
        for act in acts:
            assert await self.does(case, act), f"{act} was refused"

    async def cannot(self, case: int, *acts: CaseMove) -> None:
        """Moves that are refused, each."""
        for act in acts:
            assert not await self.does(case, act), f"{act} was done"

    async def is_(self, presence: Presence) -> None:
        """She says whether she is there."""
        await self.town.street.worker_does(self.id, None, presence)

    async def claims(self, case: int) -> bool:
        """She takes a case."""
        await self.does(case, Claim())
        return self.id is not None and (await self.town.case(case)).owner == self.id

    async def replies(self, case: int, text: str) -> bool:
        """She answers the parent."""
        await self.does(case, Reply(text))
        return ("worker", text) in await self.town.lines(case)

    async def closes(self, case: int) -> bool:
        """She ends the case, with the desk's first outcome."""
        await self.does(case, Close(telling.outcomes(starter())[0][0]))
        return (await self.town.case(case)).state == "closed"


__all__ = ["A_TUESDAY", "Parent", "Seen", "Street", "Town", "Worker"]
