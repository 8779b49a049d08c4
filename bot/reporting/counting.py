"""What one case counts as in each table of the report: a key, never a word of hers. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from bot.knowledge.model import DAYS, LANGUAGES, Base
from bot.ports import LogLine
from bot.queueing import ending
from bot.queueing.case import Case, CaseState

UNKNOWN = "unknown"
OTHER = "other"
OPEN = "open"
CLOSED = "closed"
NOT_ASKED = "not-asked"
NONE = "none"
DOOR = " > "
KINDS = ("climb", "return", "close", "follow_up", "answer")
"""The kinds of log lines that are counted."""


@dataclass(frozen=True, slots=True)
class Told:
    """A case, and what the log says happened to it. ``helped``: her answers, by how often she had been asked (1, 2);
    None where she was asked and has not answered.
    """

    case: Case
    climbed: bool
    returned: bool
    helped: Mapping[int, str | None]


def told(case: Case, lines: Iterable[LogLine]) -> Told:
    """From its lines, oldest first."""
    kept = tuple(lines)
    kinds = {line.kind for line in kept}
    return Told(case, "climb" in kinds, "return" in kinds, _answers(kept))


def _answers(lines: Iterable[LogLine]) -> dict[int, str | None]:
    """To the first question right after a closing, and to the first later one: "not yet" opens a case again, and after
    its next closing she is asked anew.
    """
    told: dict[int, str | None] = {}
    time, asked = 0, 0
    for line in lines:
        if line.kind == "close":
            time = 0
        elif line.kind == "follow_up":
            time += 1
            asked = time if time not in told else 0
            told.setdefault(time, None)
        elif line.kind == "answer" and asked:
            told[asked], asked = line.detail, 0
    return told


def theme(base: Base, case: Case) -> str:
    """The kind of need: what the likeliest service is about; of several things, the one she named."""
    if not case.candidates:
        return UNKNOWN
    found = base.services.get(case.candidates[0])
    about = found.answers.get("about", ()) if found is not None else ()
    said = dict(case.path).get("about", "")
    return said if said in about else next(iter(about), OTHER)


def service(case: Case) -> str:
    """The likeliest one."""
    return case.candidates[0] if case.candidates else UNKNOWN


def hour(case: Case) -> str:
    """Of the day she asked for a person."""
    return str(case.opened_at.hour)


def weekday(case: Case) -> str:
    """Of the day she asked for a person."""
    return DAYS[case.opened_at.weekday()]


def reached(case: Case) -> str:
    """How far the desk came to her."""
    if case.answered_at is not None:
        return "answered"
    return "caught" if case.caught_at is not None else "not-caught"


def handed(case: Case) -> str:
    """How many times she was handed over."""
    return {0: "never", 1: "once"}.get(case.handed_over, "more")


def outcome(case: Case) -> str:
    """How it ended."""
    return case.outcome or UNKNOWN


def state(case: Case) -> str:
    """Whether the desk has brought it to an end."""
    if case.state is not CaseState.CLOSED:
        return OPEN
    return "left" if case.outcome == ending.LEFT else CLOSED


def wrong_door(case: Case) -> str:
    """What she asked for and where she belonged."""
    door = case.wrong_door
    return NONE if door is None else f"{door.asked_for}{DOOR}{door.belonged_to}"


def helped(each: Told, time: int) -> str:
    """What she said when asked the first or the second time."""
    if time not in each.helped:
        return NOT_ASKED
    return each.helped[time] or "silent"


@dataclass(frozen=True, slots=True)
class Kind:
    """A table: what each case counts as. ``rows`` are there also when nobody counts as them."""

    id: str
    key: Callable[[Told], str]
    rows: tuple[str, ...] = ()


_HELP = ("yes", ending.NOT_YET, "silent", ending.STOP, NOT_ASKED)
PLAIN: tuple[Kind, ...] = (
    Kind("area", lambda each: each.case.area or UNKNOWN),
    Kind("language", lambda each: each.case.language, tuple(LANGUAGES)),
    Kind("hour", lambda each: hour(each.case), tuple(str(each) for each in range(24))),
    Kind("weekday", lambda each: weekday(each.case), tuple(DAYS)),
    Kind("reached", lambda each: reached(each.case), ("answered", "caught", "not-caught")),
    Kind("handed", lambda each: handed(each.case), ("never", "once", "more")),
    Kind("climbed", lambda each: "yes" if each.climbed else "no", ("yes", "no")),
    Kind("returned", lambda each: "yes" if each.returned else "no", ("yes", "no")),
    Kind("state", lambda each: state(each.case), (CLOSED, "left", OPEN)),
)
"""Of all cases. The themes, which hold their services, are made apart."""
ENDED: tuple[Kind, ...] = (
    Kind("outcome", lambda each: outcome(each.case)),
    Kind("wrong_door", lambda each: wrong_door(each.case)),
    Kind("help_now", lambda each: helped(each, 1), _HELP),
    Kind("help_later", lambda each: helped(each, 2), _HELP),
)
"""Of those the desk has closed: what is told only there must not be found by subtraction from what is told of all."""
