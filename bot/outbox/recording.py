"""What a try to send leaves behind in the store: the row's end, the case's place, and what a worker must know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from bot.messages import Address, Say, StaffCard, StaffLine
from bot.outbox.retrying import Again, Decision, Done, GiveUp, Halt, Move, is_late
from bot.ports import OutboxRow, Outcome, Sent, TryAgain, UnitOfWork
from bot.queueing.case import CaseState


def nowhere() -> None:
    """No staff's room, or no words for it."""
    return


@dataclass(frozen=True, slots=True)
class DeskWords:
    """The desk's own marks in a case, in the desk's language, and the staff's room they are told in; None = not at all.

    ``undelivered``: something could not be delivered to the parent. ``late``: it is not delivered yet and still tried.
    ``repeated``: she may have got the last answer twice.
    """

    undelivered: Callable[[], str | None] = nowhere
    late: Callable[[], str | None] = nowhere
    repeated: Callable[[], str | None] = nowhere
    staff: Callable[[], Address | None] = nowhere


def place_of(row: OutboxRow) -> int | None:
    """The case whose place in the group a row goes to."""
    return row.payload.case if isinstance(row.payload, StaffCard | StaffLine) else None


@dataclass(frozen=True, slots=True)
class Tried:
    """One try, its outcome and what was decided."""

    row: OutboxRow
    outcome: Outcome
    decision: Decision


async def record(work: UnitOfWork, tried: Tried, words: DeskWords, now: datetime) -> None:
    """All in the caller's one unit of work."""
    await _keep_place(work, tried)
    await _end(work, tried, now)
    if isinstance(tried.row.payload, Say) and (text := await _mark(work, tried, words, now)) is not None:
        await _tell(work, tried.row, text, words.staff(), now)


async def _end(work: UnitOfWork, tried: Tried, now: datetime) -> None:
    row = tried.row
    match tried.decision:
        case Done():
            await work.outbox_sent(row.id, now)
        case Again(at=at, repeat=repeat, error=error, counted=counted):
            await work.outbox_again(row.id, at, repeat=repeat, error=error, counted=counted)
        case GiveUp(reason=reason):
            await work.outbox_undeliverable(row.id, reason, now)
        case Move(key=key):
            await work.outbox_again(row.id, now, repeat=row.repeat, error="moved")
            await work.move_staff_chat(row.to.key, key)
        case Halt(until=until, reason=reason):
            await work.outbox_again(row.id, until, repeat=row.repeat, error=reason)
        case _:
            assert_never(tried.decision)


async def _mark(work: UnitOfWork, tried: Tried, words: DeskWords, now: datetime) -> str | None:
    """What the workers must know about a message to a parent; late is told once."""
    row = tried.row
    match tried.decision:
        case Done():
            by_worker = isinstance(row.payload, Say) and row.payload.voice == "worker"
            return words.repeated() if row.repeat and by_worker else None
        case GiveUp(told=told):
            return words.undelivered() if told else None
        case _:
            late = is_late(tried.decision, row) and await work.once(f"late:{row.id}", now)
            return words.late() if late else None


async def _keep_place(work: UnitOfWork, tried: Tried) -> None:
    """Where the case lives now is true even when the message itself must be tried again."""
    case, outcome = place_of(tried.row), tried.outcome
    if case is None or not isinstance(outcome, Sent | TryAgain):
        return
    if outcome.link is not None:
        await work.save_staff_link(case, outcome.link)
    if isinstance(outcome, Sent) and outcome.message is not None:
        await work.add_staff_message(tried.row.to.key, outcome.message, case)


async def _open_case(work: UnitOfWork, row: OutboxRow) -> int | None:
    number = row.case
    if number is None and row.conversation is not None:
        _, conversation = await work.conversation_by_id(row.conversation)
        number = conversation.case
    case = None if number is None else await work.case(number)
    return None if case is None or case.state is CaseState.CLOSED else case.number


async def _tell(work: UnitOfWork, row: OutboxRow, text: str, staff: Address | None, now: datetime) -> None:
    """A mark in the parent's open case, and a line of it in the staff's room."""
    case = await _open_case(work, row)
    if case is None:
        return
    await work.add_case_line(case, "desk", None, text, now)
    if staff is not None:
        await work.outbox_add(staff, StaffLine(case, text), now, case=case, priority=1)
