"""One case as one worker may see it. Who may see what is settled here, once, for pages and streams.

The parent's words, the plan and the log are for those who work on the case; a taker sees a summary made of facts; who
is asked sees the question; everybody else sees the card.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from bot.conversation.turn import Door
from bot.desk.offering import allowed, offered
from bot.ports import CaseLine, LogLine, UnitOfWork, Worker
from bot.queueing import summing, telling
from bot.queueing.case import Case, CaseState, Move
from bot.queueing.values import Consult, Offer
from handlers.web.board import asked_of
from handlers.web.cases import Card, Looking, Names, card, lost
from handlers.web.site import time_of_day


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a case, with whose it is."""

    id: int
    by: str
    who: str
    text: str
    time: str


@dataclass(frozen=True, slots=True)
class Done:
    """One line of the log: who, what, when."""

    who: str
    kind: str
    detail: str
    time: str


@dataclass(frozen=True)
class Sight:
    """What one worker sees of one case: ``case``, ``about``, ``lines`` and ``log`` only when she works on it (a lead
    sees the log too). ``summary`` is for whom it is offered to; ``asked`` are the questions she may answer.
    """

    card: Card
    hers: bool
    may: frozenset[Move]
    names: Names
    area: str | None = None
    case: Case | None = None
    about: str = ""
    lines: tuple[Line, ...] = ()
    log: tuple[Done, ...] = ()
    offer: Offer | None = None
    summary: str = ""
    asked: tuple[Consult, ...] = ()
    draft: str = ""
    others: tuple[int, ...] = ()
    near: tuple[int | None, int | None] = (None, None)
    colleagues: tuple[Worker, ...] = field(default=(), compare=False)

    def can(self, *moves: str) -> bool:
        """Whether at least one of these is offered to her."""
        return any(move in self.may for move in moves)

    @property
    def stand(self) -> str:
        """Changes when what may be done with the case changes."""
        plain = f"{self.card.state}:{self.hers}"
        case = self.case
        inner = (
            (case.offer, case.consults, case.plan, case.team, case.bookings, case.members, case.snoozed_until)
            if case is not None
            else (self.offer, self.asked)
        )
        return plain if not any(inner) else f"{plain}:{hashlib.sha256(repr(inner).encode()).hexdigest()[:8]}"


async def sight(work: UnitOfWork, door: Door, look: Looking, number: int) -> Sight | None:
    """One case as she may see it; None when there is none."""
    case = await work.case(number)
    if case is None:
        return None
    opened = await work.open_cases()
    hers = look.worker.id in case.crew
    lines = await work.case_lines(number) if hers else ()
    log = await work.case_log(number) if hers or look.worker.leads else ()
    mine = offered(case, look.worker)
    return Sight(
        card(look, case, lost=lost(look.desk, lines)),
        hers,
        allowed(case, look.worker),
        look.names,
        case.area,
        case=case if hers else None,
        about=telling.about(look.base, case) if hers else "",
        lines=tuple(_line(look, each) for each in lines if each.by != "word"),
        log=tuple(_done(look, each) for each in log),
        offer=case.offer if mine else None,
        summary=summing.summary(look.base, case) if mine else "",
        asked=_asked(look, case),
        draft=next((each.text for each in case.drafts if each.worker == look.worker.id), ""),
        others=_others(case, opened) if hers else (),
        near=_near(case, opened, look.worker),
        colleagues=tuple(each for each in look.people if each.active and each.id != look.worker.id),
    )


def _asked(look: Looking, case: Case) -> tuple[Consult, ...]:
    items = {each.item for each in asked_of(look, (case,)) if each.kind == "question"}
    return tuple(each for each in case.consults if each.id in items)


def _others(case: Case, opened: tuple[Case, ...]) -> tuple[int, ...]:
    """Other open cases that may be the same parent's: her conversation, or the number she gave."""
    return tuple(
        each.number
        for each in opened
        if each.number != case.number
        and (each.conversation == case.conversation or (each.phone is not None and each.phone == case.phone))
    )


def _near(case: Case, opened: tuple[Case, ...], worker: Worker) -> tuple[int | None, int | None]:
    """The cases before and after it in the list it stands in: hers, or the queue."""
    if worker.id in case.crew:
        listed = [each.number for each in opened if worker.id in each.crew]
    else:
        listed = [each.number for each in opened if each.state is CaseState.WAITING]
    if case.number not in listed:
        return None, listed[0] if listed else None
    at = listed.index(case.number)
    return (listed[at - 1] if at else None), (listed[at + 1] if at + 1 < len(listed) else None)


def _line(look: Looking, line: CaseLine) -> Line:
    words = look.words
    match line.by:
        case "worker":
            who = look.names.get(line.worker or 0, words("voice.worker"))
        case "note":
            who = f"{look.names.get(line.worker or 0, '–')}, {words('desk.note.mark')}"
        case "parent":
            who = words("desk.parent")
        case _:
            who = words("desk.mark")
    return Line(line.id, line.by, who, line.text, time_of_day(line.at, look.now, look.worker.language))


def _done(look: Looking, line: LogLine) -> Done:
    words, who = look.words, look.words("desk.log.self")
    if line.worker is not None:
        who = look.names.get(line.worker, "–")
    said = words(f"desk.log.{line.kind}") if words.has(f"desk.log.{line.kind}") else line.kind
    return Done(who, said, line.detail or "", time_of_day(line.at, look.now, look.worker.language))
