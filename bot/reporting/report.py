"""The report of a period as a value: every table is a part of the same cases, and tells nothing about few. Pure.

Services stand within their theme, so that no table can be subtracted from another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.knowledge.model import Base
from bot.ports import LogLine
from bot.queueing.case import Case
from bot.reporting import counting
from bot.reporting.counting import CLOSED, UNKNOWN, Kind, Told
from bot.reporting.hiding import FEW, Cell, Hidden, shown
from bot.reporting.waiting import Wait, clock_minutes, open_minutes, wait

UNMET_OUTCOME = "wrong-place"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; ``rows`` are its own parts."""

    key: str
    cell: Cell
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Empty ``rows``: withheld, they would tell about few people."""

    id: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """The share of cases handed over at most once (0 to 1). ``at_least``: it is that or more; exactly is not told."""

    share: float
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """Of the cases opened from the first to the last day, both included. ``waits``: to ``caught`` and ``answered``, by
    the ``clock`` and in ``open`` time. Nothing but the days when there are too few cases.
    """

    since: date
    until: date
    total: Cell
    tables: tuple[Table, ...] = ()
    waits: Mapping[tuple[str, str], Wait] | None = None
    goal: Goal | None = None


def report(base: Base, cases: Iterable[Case], log: Iterable[LogLine], since: date, until: date) -> Report:
    """What is counted of these cases (opened in the period) and of the log since then. Joined cases count once."""
    lines: dict[int | None, list[LogLine]] = {}
    for line in log:
        lines.setdefault(line.case, []).append(line)
    all_told = [counting.told(case, lines.get(case.number, ())) for case in cases if case.merged_into is None]
    total = len(all_told)
    if total < FEW:
        return Report(since, until, Cell(None, Hidden.FEW))
    themes = _themes(base, all_told)
    plain = {kind.id: _table(kind, all_told) for kind in counting.PLAIN}
    closed = next((row.cell.count for row in plain["state"].rows if row.key == CLOSED), None)
    ended = [each for each in all_told if closed is not None and counting.state(each.case) == CLOSED]
    plain |= {kind.id: _table(kind, ended) for kind in counting.ENDED}
    tables = (themes, *plain.values(), _unmet(themes, plain["outcome"]))
    return Report(since, until, Cell(total), tables, _waits(base, all_told), _goal(plain["handed"], total))


def _table(kind: Kind, all_told: list[Told]) -> Table:
    """Withheld where even the number of these cases is."""
    found = Counter(kind.key(each) for each in all_told)
    if not all_told:
        cells = {}
    elif kind.rows:
        cells = shown({key: found[key] for key in (*kind.rows, *sorted(found.keys() - set(kind.rows)))})
    else:
        cells = shown(dict(_largest_first(found)), listed=True)
    return Table(kind.id, tuple(Row(key, _shared(cell, len(all_told))) for key, cell in cells.items()))


def _largest_first(found: Counter[str]) -> list[tuple[str, int]]:
    return sorted(found.items(), key=lambda pair: (pair[0] in (UNKNOWN, counting.NONE), -pair[1], pair[0]))


def _shared(cell: Cell, of: int) -> Cell:
    return replace(cell, share=round(cell.count / of, 4)) if cell.count is not None else cell


def _themes(base: Base, all_told: list[Told]) -> Table:
    within: dict[str, Counter[str]] = {}
    for each in all_told:
        within.setdefault(counting.theme(base, each.case), Counter())[counting.service(each.case)] += 1
    found = Counter({theme: services.total() for theme, services in within.items()})
    cells = shown(dict(_largest_first(found)), listed=True)
    return Table("theme", tuple(_theme(key, cell, within[key], len(all_told)) for key, cell in cells.items()))


def _theme(key: str, cell: Cell, services: Counter[str], total: int) -> Row:
    """Its services only where its own count is told: they are parts of that."""
    if cell.count is None or list(services) == [UNKNOWN]:
        return Row(key, _shared(cell, total))
    parts = shown(dict(_largest_first(services)), listed=True)
    return Row(key, _shared(cell, total), tuple(Row(each, _shared(part, total)) for each, part in parts.items()))


def _unmet(themes: Table, outcomes: Table) -> Table:
    """The very cells of the other tables, hidden where they are hidden there."""
    return Table("unmet", (_same(themes, UNKNOWN), _same(outcomes, UNMET_OUTCOME)))


def _same(table: Table, key: str) -> Row:
    none = Cell(None, Hidden.FEW if table.rows else Hidden.BESIDE)
    return Row(key, next((row.cell for row in table.rows if row.key == key), none))


def _goal(handed: Table, total: int) -> Goal | None:
    cells = {row.key: row.cell for row in handed.rows}
    if not cells:
        return None
    more = cells["more"]
    if more.count is not None:
        return Goal(round((total - more.count) / total, 4))
    return Goal(round((total - FEW + 1) / total, 4), at_least=True) if more.hidden is Hidden.FEW else None


def _waits(base: Base, all_told: list[Told]) -> dict[tuple[str, str], Wait]:
    caught = [(each.case.opened_at, each.case.caught_at) for each in all_told]
    answered = [(each.case.opened_at, each.case.answered_at) for each in all_told]
    return {**_both(base, "caught", caught), **_both(base, "answered", answered)}


def _both(base: Base, event: str, spans: list[tuple[datetime, datetime | None]]) -> dict[tuple[str, str], Wait]:
    ended = [(since, until) for since, until in spans if until is not None]
    hours = base.settings.desk.staffed()
    return {
        (event, "clock"): wait([clock_minutes(*span) for span in ended]),
        (event, "open"): wait([open_minutes(hours, *span, base.holidays) for span in ended]),
    }
