"""The report as lines of CSV and as JSON, with everything hidden that is hidden in it. Pure."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from bot.conversation.wording import Wording
from bot.reporting.naming import counted, named
from bot.reporting.report import Report, Row
from bot.reporting.waiting import Wait

HEAD = ("table", "within", "key", "name", "value", "unit", "share")
Line = tuple[str, str, str, str, str, str, str]


class _Told:
    """Takes what the writer writes."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        """One more line."""
        self.text += text
        return len(text)


def as_csv(report: Report, words: Wording) -> str:
    """One line for each figure, with a head."""
    told = _Told()
    csv.writer(told, lineterminator="\n").writerows([HEAD, *lines(report, words)])
    return told.text


def lines(report: Report, words: Wording) -> Iterator[Line]:
    """All figures, in order."""
    days = f"{report.since}..{report.until}"
    yield ("cases", "", "all", days, counted(report.total), "cases", "")
    for table in report.tables:
        for row in table.rows:
            yield _line(words, table.id, "", row)
            for part in row.rows:
                yield _line(words, "service", row.key, part)
    for (event, clock), found in (report.waits or {}).items():
        for rank, value in (("median", found.median), ("90", found.ninety)):
            name = f"{words(f'report.wait.{event}')}, {words(f'report.clock.{clock}')}"
            yield ("wait", event, f"{clock}.{rank}", name, "–" if value is None else str(value), "minutes", "")
    if report.goal is not None:
        sign = ">= " if report.goal.at_least else ""
        yield ("goal", "", "at-most-once", words("report.goal"), f"{sign}{report.goal.share}", "share", "")


def _line(words: Wording, table: str, within: str, row: Row) -> Line:
    share = "" if row.cell.share is None else str(row.cell.share)
    return (table, within, row.key, named(words, table, row.key), counted(row.cell), "cases", share)


def as_json(report: Report, words: Wording) -> dict[str, Any]:
    """``count`` null and ``hidden`` "few" (under 5) or "beside" (it would give such a one away)."""
    return {
        "since": report.since.isoformat(),
        "until": report.until.isoformat(),
        "cases": report.total.count,
        "tables": {table.id: [_row(words, table.id, row) for row in table.rows] for table in report.tables},
        "waits": {f"{event}.{clock}": _wait(found) for (event, clock), found in (report.waits or {}).items()},
        "handed_over_at_most_once": (
            None if report.goal is None else {"share": report.goal.share, "at_least": report.goal.at_least}
        ),
    }


def _row(words: Wording, table: str, row: Row) -> dict[str, Any]:
    line = _line(words, table, "", row)
    found: dict[str, Any] = {"key": row.key, "name": line[3], "count": row.cell.count, "share": row.cell.share}
    if row.cell.hidden is not None:
        found["hidden"] = str(row.cell.hidden)
    if row.rows:
        found["services"] = [_row(words, "service", part) for part in row.rows]
    return found


def _wait(found: Wait) -> dict[str, int | None]:
    return {"median": found.median, "ninety": found.ninety}
