"""Cases as a worker may see them, in her language. Who may see what is settled here, once, for pages and streams."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.knowledge.model import Base, Language
from bot.ports import CaseLine, UnitOfWork, Worker
from bot.queueing import telling
from bot.queueing.case import Case, CaseState
from handlers.web.site import time_of_day

_CLOSED = 10  # how many of the lately closed are listed


@dataclass(frozen=True, slots=True)
class Card:
    """A case without a word of the parent's. ``danger`` names the kinds found, or is empty."""

    number: int
    danger: str
    language: Language
    area: str
    need: str
    waited: str
    state: CaseState
    owner: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Board:
    """The desk at a glance."""

    waiting: tuple[Card, ...]
    mine: tuple[Card, ...]
    closed: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a case, with whose it is."""

    id: int
    by: str
    who: str
    text: str
    time: str


@dataclass(frozen=True, slots=True)
class Sight:
    """What one worker sees of one case: ``about`` and ``lines`` only when it is hers."""

    card: Card
    hers: bool
    about: str = ""
    lines: tuple[Line, ...] = ()

    @property
    def stand(self) -> str:
        """Changes when what may be done with the case changes."""
        return f"{self.card.state}:{self.hers}"


def spoken(base: Base, language: Language) -> Base:
    """The same knowledge with the desk speaking this worker's language."""
    desk = base.settings.desk.model_copy(update={"language": language})
    return replace(base, settings=base.settings.model_copy(update={"desk": desk}))


def _card(base: Base, case: Case, owner: Worker | None, now: datetime) -> Card:
    return Card(
        case.number,
        telling.kinds(base, case.danger),
        case.language,
        telling.area(base, case),
        telling.need(base, case),
        telling.waited(base, case, now),
        case.state,
        owner.name if owner else "",
        _ended(base, case),
    )


def _ended(base: Base, case: Case) -> str:
    if case.outcome is None:
        return ""
    return telling.say(base, "staff.left") if case.outcome == "parent-left" else telling.outcome(base, case.outcome)


async def _owner(work: UnitOfWork, case: Case) -> Worker | None:
    return await work.worker(case.owner) if case.owner is not None else None


async def board(work: UnitOfWork, base: Base, worker: Worker, now: datetime) -> Board:
    """The queue in its order, what she holds, and what has ended lately."""
    opened = await work.open_cases()
    waiting = [_card(base, case, None, now) for case in opened if case.state is CaseState.WAITING]
    mine = [_card(base, case, worker, now) for case in opened if case.owner == worker.id]
    closed = [_card(base, case, await _owner(work, case), now) for case in await work.closed_cases(_CLOSED)]
    return Board(tuple(waiting), tuple(mine), tuple(closed))


async def sight(work: UnitOfWork, base: Base, worker: Worker, number: int, now: datetime) -> Sight | None:
    """One case as she may see it; None when there is none."""
    case = await work.case(number)
    if case is None:
        return None
    card = _card(base, case, await _owner(work, case), now)
    if case.owner != worker.id:
        return Sight(card, hers=False)
    names = {each.id: each.name for each in await work.workers()}
    lines = tuple(_line(base, each, names, worker, now) for each in await work.case_lines(number))
    return Sight(card, True, telling.about(base, case), lines)


def _line(base: Base, line: CaseLine, names: dict[int, str], worker: Worker, now: datetime) -> Line:
    if line.by == "worker":
        who = names.get(line.worker or 0, telling.say(base, "voice.worker"))
    else:
        who = telling.say(base, f"desk.{'parent' if line.by == 'parent' else 'mark'}")
    return Line(line.id, line.by, who, line.text, time_of_day(line.at, now, worker.language))
