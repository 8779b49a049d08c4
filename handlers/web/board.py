"""The desk at a glance: what waits, what is hers, what others ask of her, what has ended. Never the parents' words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.conversation.turn import Door
from bot.desk.looking import desk_open
from bot.desk.offering import offered
from bot.ports import UnitOfWork
from bot.queueing.assigning import is_on
from bot.queueing.case import Case, CaseState
from handlers.web.cases import Card, Looking, card, lost

Tab = Literal["waiting", "mine", "asked", "open", "closed"]
TABS: tuple[Tab, ...] = ("waiting", "mine", "asked", "open", "closed")
_CLOSED = 30  # how many of the lately closed are listed
_FEW = 5  # and how many beside the queue


@dataclass(frozen=True, slots=True)
class Asked:
    """Something somebody wants of her: to take a case over, or to answer a question."""

    kind: Literal["offer", "question"]
    case: int
    by: str
    text: str
    item: int = 0


@dataclass(frozen=True, slots=True)
class Board:
    """``there`` = she counts as present; ``presence`` what she has said herself, and ``until`` when, or empty texts."""

    show: Tab
    waiting: tuple[Card, ...]
    mine: tuple[Card, ...]
    asked: tuple[Asked, ...]
    open: tuple[Card, ...]
    closed: tuple[Card, ...]
    presence: str
    there: bool
    until: str = ""

    @property
    def tabs(self) -> tuple[tuple[Tab, int | None], ...]:
        """The tabs with how many stand under them; of what has ended nobody counts."""
        counts = (len(self.waiting), len(self.mine), len(self.asked), len(self.open), None)
        return tuple(zip(TABS, counts, strict=True))

    @property
    def few(self) -> tuple[Card, ...]:
        """The latest that have ended."""
        return self.closed[:_FEW]


def tab_of(text: str) -> Tab:
    """The tab of an address; the queue where it names none."""
    return next((tab for tab in TABS if tab == text), "waiting")


def asked_of(look: Looking, cases: tuple[Case, ...]) -> Iterator[Asked]:
    """The offers she may answer and the questions of the network that wait for her, oldest first."""
    for case in cases:
        made = case.offer
        if made is not None and offered(case, look.worker):
            yield Asked("offer", case.number, look.names.get(made.by, "–"), made.reason)
        yield from _questions(look, case)


def _questions(look: Looking, case: Case) -> Iterator[Asked]:
    me, unit = look.worker.id, look.worker.profile.unit
    for each in case.consults:
        answered = any(advice.worker == me for advice in each.answers)
        if each.by != me and not answered and (not each.units or unit in each.units):
            yield Asked("question", case.number, look.names.get(each.by, "–"), each.question, each.id)


async def board(work: UnitOfWork, door: Door, look: Looking, show: Tab) -> Board:
    """The queue in its order, what she holds, what is asked of her, and what has ended lately."""
    opened = await work.open_cases()
    hers = [each.number for each in opened if look.worker.id in each.crew]
    lost_ones = [number for number in hers if lost(look.desk, await work.case_lines(number))]
    cards = tuple(card(look, each, lost=each.number in lost_ones) for each in opened)
    profile = look.worker.profile
    return Board(
        show,
        tuple(each for each in cards if each.state is CaseState.WAITING),
        tuple(each for each in cards if each.number in hers),
        tuple(asked_of(look, opened)),
        cards,
        tuple(card(look, each) for each in await work.closed_cases(_CLOSED)),
        profile.presence or "",
        is_on(profile, look.now, desk_open=desk_open(door, look.now)),
        _until(look),
    )


def _until(look: Looking) -> str:
    until = look.worker.profile.until
    if until is None or until <= look.now:
        return ""
    return look.words.moment(until.astimezone(look.now.tzinfo), look.now)
