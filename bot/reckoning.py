"""``perheneuvo report``: what the desk's work amounts to in a period, for leads and decision makers."""

from __future__ import annotations

import asyncio
import json
from datetime import date, timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table as Grid

from bot.clock import SystemClock
from bot.conversation.wording import Wording
from bot.knowledge.model import LANGUAGES, Language
from bot.operating.doors import HOME, read_knowledge, zone_of
from bot.operating.starting import opened
from bot.reporting.gathering import gather
from bot.reporting.naming import counted, named, percent
from bot.reporting.report import Report, Row
from bot.reporting.writing import as_csv, as_json
from bot.settings import load_settings

_BAR = 24  # letters of the longest bar


def report(
    since: Annotated[
        str | None, typer.Option("--from", help="The first day, such as 2026-11-01; else 30 days.")
    ] = None,
    until: Annotated[str | None, typer.Option("--to", help="The last day; else yesterday.")] = None,
    as_table: Annotated[bool, typer.Option("--csv", help="As CSV.")] = False,
    json_: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
    lang: Annotated[str, typer.Option("--lang", help="The language of the names: fi, sv or en")] = "",
) -> None:
    """Demand, waiting times, hand-overs, wrong doors, unmet needs, help received. Counts under 5 are hidden."""
    settings = load_settings()
    base = read_knowledge(settings)
    clock = SystemClock(zone_of(base))
    last = _day(until) or clock.now().date() - timedelta(days=1)
    first = _day(since) or last - timedelta(days=29)
    if first > last:
        raise typer.BadParameter("the first day is after the last one")
    words = Wording(base, _spoken(lang, base.settings.desk.language))

    async def gathered() -> Report:
        async with opened(settings, HOME) as store:
            return await gather(store, clock, base, first, last)

    found = asyncio.run(gathered())
    if json_:
        typer.echo(json.dumps(as_json(found, words), ensure_ascii=False, indent=1))
    elif as_table:
        typer.echo(as_csv(found, words), nl=False)
    else:
        show(found, words, Console())


def _day(written: str | None) -> date | None:
    try:
        return None if written is None else date.fromisoformat(written)
    except ValueError as fault:
        raise typer.BadParameter(f"{written} is no day; write it such as 2026-11-01") from fault


def _spoken(lang: str, usual: Language) -> Language:
    found: Language | None = next((each for each in LANGUAGES if each == lang), None)
    if lang and found is None:
        raise typer.BadParameter(f"there is no language {lang}; write fi, sv or en")
    return found or usual


def show(found: Report, words: Wording, console: Console) -> None:
    """As tables with small bars."""
    console.print(f"{words('report.title')} {found.since} – {found.until}", style="bold", highlight=False)
    if not found.tables:
        console.print(words("report.empty"))
        return
    console.print(f"{words('report.total')}: {counted(found.total)}", highlight=False)
    for table in found.tables:
        grid = _grid(words(f"report.table.{table.id}"))
        most = max((row.cell.count or 0 for row in table.rows), default=0)
        for row in table.rows:
            _add(grid, named(words, table.id, row.key), row, most)
            for part in row.rows:
                _add(grid, f"  {named(words, 'service', part.key)}", part, most)
        console.print(grid if table.rows else f"\n{words(f'report.table.{table.id}')}: {words('report.withheld')}")
    _waits(found, words, console)
    console.print(f"\n{words('report.fine')}")


def _grid(title: str) -> Grid:
    grid = Grid(title=title, title_justify="left", title_style="bold", show_header=False, box=None, padding=(0, 1))
    grid.add_column(max_width=52)
    for _ in range(2):
        grid.add_column(justify="right", no_wrap=True)
    grid.add_column(style="cyan", no_wrap=True)
    return grid


def _add(grid: Grid, name: str, row: Row, most: int) -> None:
    bar = "█" * round(_BAR * (row.cell.count or 0) / most) if most else ""
    grid.add_row(name, counted(row.cell), percent(row.cell.share), bar)


def _waits(found: Report, words: Wording, console: Console) -> None:
    grid = _grid(words("report.table.wait"))
    grid.add_row("", words("report.median"), words("report.ninety"), style="dim")
    for (event, clock), each in (found.waits or {}).items():
        name = f"{words(f'report.wait.{event}')}, {words(f'report.clock.{clock}')}"
        grid.add_row(name, *("–" if value is None else f"{value} min" for value in (each.median, each.ninety)))
    console.print(grid)
    if found.goal is not None:
        sign = "≥ " if found.goal.at_least else ""
        console.print(f"{words('report.goal')}: {sign}{percent(found.goal.share)}", highlight=False)
