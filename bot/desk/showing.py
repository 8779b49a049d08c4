"""Keeping a case with the time it is due, and showing it in the staff's room: the card, edited in place, and lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.conversation.turn import Door
from bot.messages import Address, File, StaffLine, StaffPlace
from bot.ports import UnitOfWork
from bot.queueing import menus, telling, timing
from bot.queueing.case import Case, CaseState

MUCH = 6  # messages waiting for the room: half of what it takes in a minute
STAFF = 1  # the outbox's priority of the staff's rooms: parents go before


class Showing:
    """``staff`` gives the staff group's address, or None where there is none."""

    def __init__(self, staff: Callable[[], Address | None]) -> None:
        self.staff = staff

    async def keep(self, work: UnitOfWork, door: Door, case: Case) -> Case:
        """Saved, with the next moment something must happen to it by itself."""
        case = replace(case, due_at=timing.due(case, timing.targets(door.base)))
        await work.save_case(case)
        return case

    async def card(
        self, work: UnitOfWork, door: Door, case: Case, now: datetime, menu: str = "", given: tuple[str, ...] = ()
    ) -> None:
        """The card as it is now, with the buttons of a menu when one is named."""
        staff = self.staff()
        if staff is None:
            return
        owner = await work.worker(case.owner) if case.owner is not None else None
        people = tuple((each.id, each.name) for each in await work.workers() if each.active) if menu else ()
        rows = menus.rows(menus.Board(door.base, case, now, people), menu, given)
        name = menus.title(door.base, menu) if case.state is CaseState.CLAIMED else ""
        card = telling.card(door.base, case, owner.name if owner else None, now, rows, name)
        if not await work.replace_card(staff, card):
            await work.outbox_add(staff, card, now, case=case.number, priority=STAFF)

    async def line(
        self, work: UnitOfWork, door: Door, case: Case, text: str, now: datetime, file: File | None = None
    ) -> None:
        """A line for those who have the case."""
        staff = self.staff()
        if staff is None:
            return
        hers, place = await self._private(work, case, staff)
        if hers is not None:
            text = telling.say(door.base, "staff.private", case=case.number, text=text)
        line = StaffLine(case.number, text, file, place)
        await work.outbox_add(hers or staff, line, now, case=case.number, priority=STAFF)

    async def _private(self, work: UnitOfWork, case: Case, staff: Address) -> tuple[Address | None, StaffPlace | None]:
        """When much waits for the room already: the private chat of the one who has the case, if she has one with us;
        and the case's place in the room, should she not be reached there. What several work on stays in the room.
        """
        if case.owner is None or case.members or await work.outbox_waiting(staff) < MUCH:
            return None, None
        worker, link = await work.worker(case.owner), await work.staff_link(case.number, staff.key)
        if worker is None or link is None or worker.telegram is None or not worker.profile.private:
            return None, None
        return Address(staff.channel, worker.telegram), StaffPlace(staff.key, link.thread, link.card)

    async def mark(
        self, work: UnitOfWork, door: Door, case: Case, worker: int | None, text: str, now: datetime
    ) -> None:
        """The desk's own mark in the case, and the same in the staff's room."""
        await work.add_case_line(case.number, "desk", worker, text, now)
        await self.line(work, door, case, text, now)
