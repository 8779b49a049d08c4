"""A desk with workers and one parent, on the real intake and the real clock loop, without any channel."""

from __future__ import annotations

from collections.abc import Callable

from bot.acts import CaseMove, Claim, Presence
from bot.conversation.turn import Door
from bot.intake import Answer, Intake
from bot.messages import Address, FromWorker, Incoming, ParentMessage, Press, Say, Text
from bot.ports import CaseLine, Store, UnitOfWork, Worker
from bot.queueing.assigning import Profile
from bot.queueing.case import Case
from bot.store.memory import MemoryStore
from bot.ticking import Ticker
from tests.builders import SetClock, front_door

AINO = Address("console", "aino")


class House:
    """What each act says is kept in the outbox, in order; nothing is sent."""

    def __init__(self, store: Store | None = None, door: Callable[[], Door] = front_door) -> None:
        self.memory = MemoryStore()
        self.store: Store = store or self.memory
        self.clock = SetClock()
        self.intake = Intake(self.store, self.clock, door)
        self.ticker = Ticker(self.store, self.clock, door, self.intake.showing, lambda: None)
        self._read = 0

    async def worker(self, name: str, role: str = "desk", profile: Profile | None = None) -> Worker:
        """One more, with what she takes on."""
        async with self.store.begin() as work:
            added = await work.add_worker(name, role, None, "fi", self.clock.now())
            await work.set_worker_profile(added.id, profile or Profile())
            found = await work.worker(added.id)
        assert found is not None
        return found

    async def parent(self, message: ParentMessage | str, who: Address = AINO) -> list[Say]:
        """She writes (or presses, by a :class:`Press`); gives what she is answered."""
        said = Text(message) if isinstance(message, str) else message
        await self.intake.parent(Incoming(who, said))
        return self.heard()

    async def press(self, data: str) -> list[Say]:
        """A button."""
        return await self.parent(Press(data))

    async def does(self, worker: Worker, act: CaseMove | Presence, case: int | None = 1) -> Answer:
        """A worker's act."""
        return await self.intake.worker(FromWorker(act, None, case=case, worker=worker.id))

    async def must(self, worker: Worker, act: CaseMove | Presence, case: int | None = 1) -> list[Say]:
        """An act that must be done; gives what the parent hears of it."""
        answer = await self.does(worker, act, case)
        assert answer.done, answer.text
        return self.heard()

    async def later(self, **much: float) -> list[Say]:
        """Time passes, what is due happens; gives what the parent hears."""
        self.clock.forward(**much)
        await self.ticker.tick()
        return self.heard()

    def heard(self) -> list[Say]:
        """What the parents have been told since it was last asked."""
        rows = [entry.row.payload for entry in self.memory.state.outbox.values()]
        new, self._read = rows[self._read :], len(rows)
        return [each for each in new if isinstance(each, Say)]

    async def case(self, number: int = 1) -> Case:
        """As it is kept."""
        async with self.store.begin() as work:
            found = await work.case(number)
        assert found is not None
        return found

    async def case_in(self, work: UnitOfWork, number: int = 1) -> Case:
        """As it is kept, within a unit of work."""
        found = await work.case(number)
        assert found is not None
        return found

    async def lines(self, number: int = 1) -> tuple[CaseLine, ...]:
        """Of a case."""
        async with self.store.begin() as work:
            return await work.case_lines(number)

    async def kinds(self, number: int = 1) -> list[str]:
        """What the log has of a case."""
        async with self.store.begin() as work:
            return [line.kind for line in await work.case_log(number)]

    async def claimed(self, worker: Worker) -> Case:
        """The parent has asked for a person, told all, and this worker has come."""
        await self.press("person")
        await self.press("reach:chat")
        await self.must(worker, Claim())
        return await self.case()


def text(says: list[Say]) -> str:
    """All the words of some messages."""
    return "\n".join(part.text for say in says for part in say.parts)


def buttons(says: list[Say]) -> list[str]:
    """The data of all their buttons."""
    return [button.data for say in says for row in say.buttons for button in row]
