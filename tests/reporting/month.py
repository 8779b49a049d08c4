"""A made-up month of a desk: cases and their log, the same at every run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from bot.knowledge.model import Language
from bot.messages import Address
from bot.ports import LogLine, Store
from bot.queueing.case import Case, CaseState, WrongDoor
from tests.builders import ZONE

FIRST = datetime(2026, 10, 1, tzinfo=ZONE)
_SERVICES = ("neuvola", "neuvolan-perheohjaus", "perheneuvola", "puheterapia", "kuraattori", "toimeentulotuki", "nepsy")
_WEIGHTS = (60, 45, 30, 14, 9, 6, 3)
_AREAS = ("mikkeli", "savonlinna", "pieksamaki", "askola", "puumala", None)
_LANGUAGES: tuple[Language, ...] = ("fi", "sv", "en")


def a_case(number: int = 1, **changes: object) -> Case:
    """One, opened on the first morning at nine."""
    case = Case(1, "fi", FIRST + timedelta(hours=9), number=number, candidates=("neuvola",))
    return replace(case, **changes)  # type: ignore[arg-type]  # the tests name real fields


def closed(number: int = 1, **changes: object) -> Case:
    """One that was caught after 10 minutes, answered after 20 and closed after two hours."""
    at = FIRST + timedelta(hours=9)
    ended: dict[str, object] = {"state": CaseState.CLOSED, "outcome": "helped-here"}
    ended |= {"caught_at": at + timedelta(minutes=10), "answered_at": at + timedelta(minutes=20)}
    return a_case(number, **(ended | {"closed_at": at + timedelta(hours=2)} | changes))


def month(many: int = 400, seed: int = 5) -> tuple[tuple[Case, ...], tuple[LogLine, ...]]:
    """Its cases by number, and the log in order of time."""
    dice = Random(seed)
    cases = tuple(_case(dice, number) for number in range(1, many + 1))
    lines = [line for case in cases for line in _lines(dice, case)]
    return cases, tuple(sorted(lines, key=lambda line: line.at))


def _case(dice: Random, number: int) -> Case:
    hour = dice.choices(range(24), [1, 1, 0, 0, 0, 0, 2, 5, 14, 15, 14, 11, 10, 12, 11, 9, 7, 6, 6, 7, 9, 8, 4, 2])[0]
    at = FIRST + timedelta(days=dice.randrange(31), hours=hour, minutes=dice.randrange(60))
    at = at.replace(hour=hour)
    case = Case(
        number,
        dice.choices(_LANGUAGES, (85, 13, 2))[0],
        at,
        number=number,
        area=dice.choices(_AREAS, (50, 20, 14, 10, 2, 4))[0],
        candidates=() if dice.random() < 0.03 else tuple(dice.choices(_SERVICES, _WEIGHTS)),
        danger=("violence",) if dice.random() < 0.03 else (),
        waiting_since=at,
    )
    return case if dice.random() < 0.02 else _worked(dice, case)


def _worked(dice: Random, case: Case) -> Case:
    at = case.opened_at
    caught = at + timedelta(minutes=dice.expovariate(1 / 12) + (0 if 8 <= at.hour < 16 else 600))
    answered = caught + timedelta(minutes=dice.expovariate(1 / 6))
    case = replace(
        case,
        caught_at=caught,
        answered_at=answered,
        owner=None,
        handed_over=dice.choices((0, 1, 2), (80, 19, 1))[0],
    )
    if dice.random() < 0.04:
        return replace(case, state=CaseState.CLAIMED, owner=1)
    door = WrongDoor("perheneuvola", "neuvola") if dice.random() < 0.05 else None
    outcomes, weights = ("helped-here", "guided-on", "called-back", "wrong-place", "parent-left"), (40, 40, 10, 3, 5)
    ended = {"state": CaseState.CLOSED, "closed_at": answered + timedelta(hours=3)}
    outcome = dice.choices(outcomes, weights)[0]
    return replace(case, wrong_door=door, outcome=outcome, **ended)  # type: ignore[arg-type]  # real fields


def _lines(dice: Random, case: Case) -> Iterator[LogLine]:
    if dice.random() < 0.05:
        yield LogLine("climb", case.opened_at + timedelta(minutes=46), None, case.number, "lead")
    if dice.random() < 0.02:
        yield LogLine("return", case.opened_at + timedelta(hours=2), None, case.number)
    if case.closed_at is None or case.outcome == "parent-left":
        return
    yield LogLine("close", case.closed_at, 1, case.number, case.outcome)
    for days in (0, 14):
        asked = case.closed_at + timedelta(days=days, minutes=1)
        yield LogLine("follow_up", asked, None, case.number)
        if dice.random() < 0.6:
            said = dice.choices(("yes", "notyet"), (80, 20))[0]
            yield LogLine("answer", asked + timedelta(hours=1), None, case.number, said)


async def keep(store: Store, cases: tuple[Case, ...], log: tuple[LogLine, ...]) -> None:
    """Into a store, each case with a parent of its own."""
    numbers: dict[int | None, int] = {}
    async with store.begin() as work:
        for case in cases:
            conversation, _ = await work.conversation(Address("web", f"p{case.number}"))
            kept = await work.add_case(replace(case, conversation=conversation, owner=None))
            numbers[case.number] = kept.number
        for line in log:
            await work.log(line.kind, line.at, worker=line.worker, case=numbers[line.case], detail=line.detail)
