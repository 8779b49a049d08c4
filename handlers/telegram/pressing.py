"""The data of a card's button -> the act it stands for. Pure. What buttons there are is decided inside
(:mod:`bot.queueing.menus`); one that nobody knows any more asks for help, and is answered like the others.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.acts import (
    Accept,
    Ask,
    Bring,
    CancelTime,
    Claim,
    Close,
    Duty,
    Invite,
    Lasta,
    Prioritise,
    Prompt,
    Release,
    Show,
    Snooze,
    StepOut,
    TaskDone,
    Withdraw,
    Written,
)
from bot.messages import WorkerMessage

_BARE: dict[str, WorkerMessage] = {
    "claim": Claim(),
    "release": Release(),
    "accept": Accept(),
    "withdraw": Withdraw(),
    "out": StepOut(),
    "wake": Snooze(None),
    "high": Prioritise(True),
    "normal": Prioritise(False),
    "lasta": Lasta(),
}

_NUMBERED: dict[str, Callable[[int], WorkerMessage]] = {"invite": Invite, "unbook": CancelTime, "tick": TaskDone}


def pressed(data: str) -> tuple[WorkerMessage, int | None]:
    """The act and its case. Raises nothing."""
    verb, *rest = data.split(":")
    if verb == "queue":
        return Ask("queue"), None
    if not rest or not rest[0].isdecimal() or len(rest[0]) > 12:
        return Ask("help"), None
    act = _BARE.get(verb) if len(rest) == 1 else _with(verb, tuple(rest[1:]))
    return (act, int(rest[0])) if act is not None else (Ask("help"), None)


def _with(verb: str, given: tuple[str, ...]) -> WorkerMessage | None:
    match verb, given:
        case "show", (menu, *chosen):
            return Show(menu, tuple(chosen))
        case "ask", (move, *chosen):
            return Prompt(move, tuple(chosen))
        case "close", (outcome,):
            return Close(outcome)
        case "end", (outcome, guided):
            return Close(outcome, guided)
        case "end", (outcome, guided, asked_for):
            return Close(outcome, guided, asked_for, guided)
        case "aside", (ahead,):
            return Written("snooze", ahead)
        case "duty", (step,):
            return Duty(step)
        case "team", (unit, day):
            return _team(unit, day)
        case _, (number,) if number.isdecimal() and verb in _NUMBERED:
            return _NUMBERED[verb](int(number))
    return None


def _team(unit: str, day: str) -> Bring | None:
    try:
        return Bring(unit, date.fromisoformat(day))
    except ValueError:
        return None
