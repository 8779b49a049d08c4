"""A case in a worker's hands, a colleague beside her and the parent: where the desk's forms are tried."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.ports import Worker
from bot.queueing.assigning import Profile
from bot.queueing.case import Case
from tests.web.house import House, Visitor, at_the_desk, phrase
from tests.web.test_desk import CASE, asks_for_a_person

TOMORROW = "2026-11-25"


@dataclass
class Room:
    """A case that Aino holds, Eero beside her, and the parent."""

    house: House
    aino: Visitor
    eero: Visitor
    workers: dict[str, Worker]
    mother: Visitor

    @property
    def case(self) -> Case:
        """As it is kept."""
        return self.house.store.state.cases[1]

    async def hears(self, text: str) -> bool:
        """Whether the parent's page has come to say this."""
        await self.house.outbox.drain()
        return text in (await self.mother.opens()).text


async def room(house: House, *, aino: Profile | None = None, eero: Profile | None = None) -> Room:
    """All of them, the case claimed."""
    mother = await asks_for_a_person(house)
    workers = {name: await house.worker(name) for name in ("Aino", "Eero")}
    async with house.store.begin() as work:
        await work.set_worker_profile(workers["Aino"].id, aino or Profile(unit="neuvolat"))
        await work.set_worker_profile(workers["Eero"].id, eero or Profile(unit="neuvolat"))
    first, second = [await at_the_desk(house, each) for each in workers.values()]
    await first.opens(CASE)
    await first.taps(phrase("staff.button.claim"))
    return Room(house, first, second, workers, mother)


async def does(visitor: Visitor, act: str, **fields: str) -> int:
    """The form of an act on the case's page, as a browser sends it; gives the status of what came back."""
    page = await visitor.opens(CASE)
    found = [knob for knob in page.knobs if knob.fields.get("act") == act or (knob.name, knob.value) == ("act", act)]
    assert found, f"no form does {act}"
    knob = found[0]
    named = {knob.name: knob.value} if knob.name else {}
    await visitor.sends(knob.action, {**knob.fields, **named, **fields})
    return visitor.answer.status_code


def offers(visitor: Visitor, act: str) -> bool:
    """Whether the page she has before her has this form."""
    return any(knob.fields.get("act") == act or (knob.name, knob.value) == ("act", act) for knob in visitor.page.knobs)


def changed(case: Case, **changes: object) -> Case:
    """A case that time, or another channel, has changed."""
    return replace(case, **changes)  # type: ignore[arg-type]  # any field of a case
