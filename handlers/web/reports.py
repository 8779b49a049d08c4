"""``/desk/report``: a month of the desk's work in counts. Only leads see it; whole months, so that none overlap."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.ports import Worker
from bot.reporting.gathering import gather
from bot.reporting.naming import counted, named, percent
from bot.reporting.report import Report, Row
from handlers.web.signing import signed_out, worker_of
from handlers.web.site import Site


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month, and those beside it as an address writes them (``after`` None: it has not begun)."""

    since: date
    until: date
    before: str
    after: str | None


def month_of(written: str, today: date) -> Month:
    """The month of an address such as 2026-11; this one when it is none, or has not begun."""
    try:
        since = min(date.fromisoformat(f"{written}-01"), today.replace(day=1))
        before = since - timedelta(days=1)
    except (ValueError, OverflowError):
        return month_of(f"{today:%Y-%m}", today)
    until = since.replace(day=calendar.monthrange(since.year, since.month)[1])
    follows = f"{until + timedelta(days=1):%Y-%m}" if until < today.replace(day=1) else None
    return Month(since, until, f"{before:%Y-%m}", follows)


@dataclass(frozen=True, slots=True)
class Bar:
    """A row as it is drawn: ``length`` is of the longest one in a hundred; ``within``: a part of the row above."""

    name: str
    count: str
    share: str
    length: int
    within: bool


class Reports:
    """The page."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def page(self, request: Request) -> Response:
        """The month of the address."""
        async with self._site.store.begin() as work:
            worker = await worker_of(work, self._site, request)
        if worker is None:
            return signed_out(self._site)
        if not worker.leads:
            refused = self._site.wording(worker.language)("report.leads")
            return self._site.page("no_case.html", worker.language, 403, worker=worker, refused=refused)
        month = month_of(request.query_params.get("month", ""), self._site.clock.now().date())
        base = self._site.door().base
        found = await gather(self._site.store, self._site.clock, base, month.since, month.until)
        return self._shown(worker, month, found)

    def _shown(self, worker: Worker, month: Month, found: Report) -> HTMLResponse:
        tables = [(table.id, self._bars(worker, table.id, table.rows)) for table in found.tables]
        return self._site.page(
            "report.html",
            worker.language,
            worker=worker,
            month=month,
            report=found,
            tables=tables,
            total=counted(found.total),
            percent=percent,
        )

    def _bars(self, worker: Worker, table: str, rows: tuple[Row, ...]) -> list[Bar]:
        words, most = self._site.wording(worker.language), max((row.cell.count or 0 for row in rows), default=0)

        def bar(kind: str, row: Row, *, within: bool) -> Bar:
            length = round(100 * (row.cell.count or 0) / most) if most else 0
            return Bar(named(words, kind, row.key), counted(row.cell), percent(row.cell.share), length, within)

        found = []
        for row in rows:
            found.append(bar(table, row, within=False))
            found += [bar("service", part, within=True) for part in row.rows]
        return found
