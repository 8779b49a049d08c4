"""The buttons on a case's card in a staff's room, for every move: a first row by the state, and menus behind it. Pure.

Nothing is remembered between two presses: each button carries its case, and what was chosen before it. A press is
answered however old it is; whether the move may be made is decided when it is pressed. A button's data:
``show:CASE:MENU:...`` (other buttons), ``ask:CASE:MOVE:...`` (words are asked for), or the move itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from bot.knowledge.model import Base, Unit
from bot.messages import Button
from bot.queueing.case import Case, CaseState
from bot.queueing.holding import DUTY_STEPS, presses
from bot.queueing.telling import outcomes, say

Rows = tuple[tuple[Button, ...], ...]
Row = tuple[Button, ...]

PAGE = 6
ID_LENGTH = 16
LABEL = 48
DATA_BYTES = 64
_ASIDE = (("hour", "+60"), ("three", "+180"), ("tomorrow", "+1d"))


def abridged(whole: str) -> str:
    """An id of the knowledge as a button carries it, at most 16 letters; the same one for ever."""
    return whole if len(whole) <= ID_LENGTH else f"{whole[:7]}~{crc32(whole.encode()):08x}"


def unabridged(ids: Iterable[str], given: str) -> str:
    """The id among ``ids`` that a button meant; what was given when there is none (any more)."""
    return next((each for each in ids if given in (each, abridged(each))), given)


@dataclass(frozen=True, slots=True)
class Board:
    """What the buttons are made of; ``people`` are the active workers, by row id."""

    base: Base
    case: Case
    now: datetime
    people: tuple[tuple[int, str], ...] = ()

    def words(self, key: str, **values: object) -> str:
        """In the desk's language."""
        return say(self.base, key, **values)

    def key(self, label: str, *data: object) -> Button:
        """One button of this case."""
        verb, *rest = data
        return Button(label[:LABEL], ":".join(map(str, (verb, self.case.number, *rest))))

    def move(self, name: str, *data: object) -> Row:
        """A row of one button with a label of its own."""
        return (self.key(self.words(f"staff.button.{name}"), *data),)

    def menu(self, name: str, *given: object) -> Button:
        """A button that opens a menu."""
        return self.key(self.words(f"staff.menu.{name}"), "show", name, *given)

    def name_of(self, service: str) -> str:
        """A service's name."""
        found = self.base.services.get(service)
        return found.name.within(self.base.settings.desk.language) if found else service


def rows(board: Board, menu: str = "", given: tuple[str, ...] = ()) -> Rows:
    """The buttons of a menu; those of the card itself where there is no such menu in this state."""
    if board.case.state is CaseState.CLAIMED and menu in _MENUS:
        made = [*_MENUS[menu](board, given), (board.key(board.words("staff.button.back"), "show", "main"),)]
    elif board.case.state is CaseState.WAITING and menu == "asked":
        made = [*_asked(board), (board.key(board.words("staff.button.back"), "show", "main"),)]
    else:
        made = _first(board)
    fit = [tuple(each for each in row if len(each.data.encode()) <= DATA_BYTES) for row in made]
    return tuple(row for row in fit if row)


def title(base: Base, menu: str) -> str:
    """What a menu is called; empty for the card itself."""
    return say(base, f"staff.menu.{menu}") if menu in _MENUS else ""


# The card itself ----------------------------------------------------------------------------------------------------


def _first(board: Board) -> list[Row]:
    case = board.case
    if case.state is CaseState.WAITING:
        made = [board.move("claim", "claim"), _urgency(board)]
        return [*made, (board.menu("asked"),)] if _open_questions(case) else made
    if case.state is CaseState.CLOSED:
        return []
    made = [(board.menu("pass"), board.menu("together")), (board.menu("times"), board.menu("child"))]
    made.append((board.menu("write"), board.menu("end")))
    if case.offer is not None and case.offer.since is not None:
        made.insert(0, (*board.move("accept", "accept"), *board.move("decline", "ask", "decline")))
    return made


def _urgency(board: Board) -> Row:
    return board.move("normal", "normal") if board.case.priority else board.move("high", "high")


# Passing on ---------------------------------------------------------------------------------------------------------


def _pass(board: Board, given: tuple[str, ...]) -> list[Row]:
    made = [board.move("release", "release")]
    if board.case.offer is None:
        made.append((board.menu("unit"), board.menu("who")))
    else:
        made.append(board.move("withdraw", "withdraw"))
    return [*made, (board.menu("team"),), board.move("take", "ask", "take")]


def _unit(board: Board, given: tuple[str, ...]) -> list[Row]:
    made = [board.key(_named(board, each), "ask", "offer", "u", abridged(each.id)) for each in _units(board)]
    return _paged(board, made, "unit", (), given)


def _who(board: Board, given: tuple[str, ...]) -> list[Row]:
    others = [each for each in board.people if each[0] != board.case.owner]
    made = [board.key(name, "ask", "offer", "w", worker) for worker, name in others]
    return _paged(board, made, "who", (), given)


def _team(board: Board, given: tuple[str, ...]) -> list[Row]:
    made = []
    for each in _units(board):
        if each.team is not None and _reaches(board, each):
            on = each.team.next_meeting(board.now).date()
            label = f"{on.day}.{on.month}. {_named(board, each)}"
            made.append(board.key(label, "team", abridged(each.id), on.isoformat()))
    return _paged(board, made, "team", (), given)


def _units(board: Board) -> list[Unit]:
    """Those of her area and with what she may need first."""
    needs = set(board.case.candidates[:3])

    def order(each: Unit) -> tuple[bool, bool, str]:
        return (not _reaches(board, each), not needs & set(each.services), each.id)

    return sorted(board.base.units.values(), key=order)


def _reaches(board: Board, unit: Unit) -> bool:
    area = board.case.area
    return not unit.areas or area is None or bool(set(unit.areas) & set(board.base.reaches(area)))


def _named(board: Board, unit: Unit) -> str:
    return unit.name.within(board.base.settings.desk.language)


# Together -----------------------------------------------------------------------------------------------------------


def _together(board: Board, given: tuple[str, ...]) -> list[Row]:
    case = board.case
    made: list[Row] = [(board.menu("invite"), board.menu("net"))]
    made.append((*board.move("plan", "ask", "plan"), *board.move("task", "ask", "task")))
    for task in case.plan.tasks if case.plan is not None else ():
        if task.done_at is None:
            made.append((board.key(board.words("staff.button.tick", text=task.text), "tick", task.id),))
    made += _asked(board)
    if case.team is not None and case.team.consent and case.team.outcome is None:
        made.append(board.move("outcome", "ask", "outcome"))
    return [*made, board.move("out", "out")] if case.members else made


def _open_questions(case: Case) -> bool:
    return any(not each.answers for each in case.consults)


def _asked(board: Board) -> list[Row]:
    """The questions to the network that nobody has answered."""
    return [
        (board.key(board.words("staff.button.advise", item=each.id), "ask", "advise", each.id),)
        for each in board.case.consults
        if not each.answers
    ]


def _invite(board: Board, given: tuple[str, ...]) -> list[Row]:
    others = [each for each in board.people if each[0] not in board.case.crew]
    return _paged(board, [board.key(name, "invite", worker) for worker, name in others], "invite", (), given)


def _net(board: Board, given: tuple[str, ...]) -> list[Row]:
    made = [board.key(board.words("staff.button.everybody"), "ask", "consult")]
    made += [board.key(_named(board, each), "ask", "consult", abridged(each.id)) for each in _units(board)]
    return _paged(board, made, "net", (), given)


# Times, a child's safety, words --------------------------------------------------------------------------------------


def _times(board: Board, given: tuple[str, ...]) -> list[Row]:
    case = board.case
    made = [board.move("time", "ask", "time")]
    for each in case.bookings:
        if not each.cancelled:
            at = (each.picked or each.times[0]).astimezone(board.now.tzinfo)
            label = board.words("staff.button.unbook", time=f"{at.day}.{at.month}. {at:%H:%M}")
            made.append((board.key(label, "unbook", each.id),))
    if case.snoozed_until is not None:
        return [*made, board.move("wake", "wake"), _urgency(board)]
    if presses(case):
        return [*made, _urgency(board)]
    aside = tuple(board.key(board.words(f"staff.button.aside.{name}"), "aside", ahead) for name, ahead in _ASIDE)
    return [*made, aside, board.move("aside.until", "ask", "snooze"), _urgency(board)]


def _child(board: Board, given: tuple[str, ...]) -> list[Row]:
    return [*(board.move(step, "duty", step) for step in DUTY_STEPS), (board.menu("lasta"),)]


def _lasta(board: Board, given: tuple[str, ...]) -> list[Row]:
    return [board.move("lasta", "lasta")]


def _write(board: Board, given: tuple[str, ...]) -> list[Row]:
    return [board.move(each, "ask", each) for each in ("note", "correct", "draft", "merge")]


# Ending -------------------------------------------------------------------------------------------------------------


def _end(board: Board, given: tuple[str, ...]) -> list[Row]:
    """How it ended; before that, if she likes, where she was guided, and from which wrong door."""
    verb = "end" if given else "close"
    made: list[Row] = [(board.key(name, verb, each, *given),) for each, name in outcomes(board.base)]
    more = [(board.menu("service"),), (board.menu("door", *given),), ()][min(len(given), 2)]
    return [*made, more]


def _service(board: Board, given: tuple[str, ...]) -> list[Row]:
    made = [board.key(board.name_of(each), "show", "end", abridged(each)) for each in _services(board)]
    return _paged(board, made, "service", (), given)


def _door(board: Board, given: tuple[str, ...]) -> list[Row]:
    guided, page = given[:1], given[1:]
    others = [abridged(each) for each in _services(board)]
    services = board.base.services
    made = [
        board.key(board.name_of(unabridged(services, each)), "show", "end", *guided, each)
        for each in others
        if each not in guided
    ]
    return _paged(board, made, "door", guided, page) if guided else _end(board, ())


def _services(board: Board) -> list[str]:
    """The likeliest first."""
    known = board.base.services
    first = [each for each in board.case.candidates if each in known]
    return list(dict.fromkeys([*first, *sorted(known, key=board.name_of)]))


def _paged(board: Board, keys: Sequence[Button], menu: str, kept: tuple[str, ...], page: tuple[str, ...]) -> list[Row]:
    """A button a row, so many at a time, and the way to the next ones."""
    at = int(page[0]) if page and page[0].isdecimal() and len(page[0]) < 4 else 0
    at = at if at * PAGE < len(keys) else 0
    shown: list[Row] = [(each,) for each in keys[at * PAGE : (at + 1) * PAGE]]
    if len(keys) > PAGE:
        onward = at + 1 if (at + 1) * PAGE < len(keys) else 0
        shown.append((board.key(board.words("staff.button.more"), "show", menu, *kept, onward),))
    return shown


_MENUS: Mapping[str, Callable[[Board, tuple[str, ...]], list[Row]]] = {
    "pass": _pass,
    "unit": _unit,
    "who": _who,
    "team": _team,
    "together": _together,
    "invite": _invite,
    "net": _net,
    "times": _times,
    "child": _child,
    "lasta": _lasta,
    "write": _write,
    "end": _end,
    "service": _service,
    "door": _door,
    "asked": lambda board, given: _asked(board),
}
