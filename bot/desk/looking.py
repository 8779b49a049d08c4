"""What is true around a turn: how many wait, who is there, what may be promised. Reads the store, changes nothing."""

from __future__ import annotations

from datetime import datetime

from bot.conversation.states import Conversation
from bot.conversation.turn import Door, Moment
from bot.ports import UnitOfWork, Worker
from bot.queueing import telling
from bot.queueing.assigning import Hand, language_gap, load, present, returning_to
from bot.queueing.case import Case, CaseState, queued
from bot.queueing.passing import may_answer
from bot.queueing.promising import Promise, opening, promise


def place(waiting: tuple[Case, ...], case: Case | None) -> int:
    """How many wait ahead of this case; of a case to be opened, all that wait."""
    queued = [each for each in waiting if each.state is CaseState.WAITING]
    mine = next((at for at, each in enumerate(queued) if case is not None and each.number == case.number), None)
    return len(queued) if mine is None else mine


async def hands(work: UnitOfWork) -> tuple[Hand, ...]:
    """The active workers, as assigning sees them."""
    return await _hands(work, await work.open_cases())


async def _hands(work: UnitOfWork, opened: tuple[Case, ...]) -> tuple[Hand, ...]:
    held = load(opened)
    return tuple(each.hand(held.get(each.id, 0)) for each in await work.workers() if each.active)


def desk_open(door: Door, now: datetime) -> bool:
    """Whether the desk's hours, holidays and closed signs say that it is open."""
    return opening(door.base.settings.desk.staffed(), now, door.base.holidays).is_open


async def promised(
    work: UnitOfWork, door: Door, case: Case | None, conversation: Conversation, now: datetime
) -> Promise:
    """What may honestly be said to her now. Where no worker has been added yet nobody is said to be missing."""
    opened = await work.open_cases()
    workers = await _hands(work, opened)
    there = present(workers, now, desk_open=desk_open(door, now))
    base = door.base
    return promise(
        base.settings.desk,
        now,
        base.holidays,
        place(opened, case),
        danger=bool(case and case.danger),
        staffed=bool(there) or not workers,
        gap=language_gap(there, conversation.language),
    )


async def moment(work: UnitOfWork, door: Door, conversation: Conversation, now: datetime, channel: str) -> Moment:
    """All of it, with her case."""
    case = await work.case(conversation.case) if conversation.case is not None else None
    returning = case is not None and await back_to(work, door, case, now) is not None
    return Moment(now, await promised(work, door, case, conversation, now), case, f"notice.{channel}", returning)


async def back_to(work: UnitOfWork, door: Door, case: Case, now: datetime) -> int | None:
    """The worker to whom this closed case would go, were it opened again; None = the queue."""
    if case.state is not CaseState.CLOSED:
        return None
    return returning_to(queued(case, now), await hands(work), now, desk_open=desk_open(door, now))


def mine(door: Door, cases: tuple[Case, ...], worker: Worker, now: datetime) -> str:
    """Her cases, what is offered to her, and what the network is asked that she may answer."""
    base, unit = door.base, worker.profile.unit
    hers = [each for each in cases if worker.id in each.crew]
    lines = [telling.say(base, "staff.mine")] if hers else []
    lines += [telling.queue_line(base, each, now) for each in hers]
    for each in cases:
        made = each.offer
        if made is not None and made.since is not None and may_answer(made, worker.id, unit):
            lines.append(telling.say(base, "staff.mine.offered", case=each.number, text=made.reason))
        for asked in each.consults:
            open_still = each.state is not CaseState.CLOSED and not asked.answers and asked.by != worker.id
            if open_still and (not asked.units or unit in asked.units):
                values = {"case": each.number, "item": asked.id, "text": asked.question}
                lines.append(telling.say(base, "staff.mine.asked", **values))
    return "\n".join(lines) or telling.say(base, "staff.mine.none")
