"""Reads what a report counts: the cases opened on some days, and their log since then. One short unit of work each."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.knowledge.model import Base
from bot.ports import Clock, Store
from bot.reporting.counting import KINDS
from bot.reporting.report import Report, report


async def gather(store: Store, clock: Clock, base: Base, since: date, until: date) -> Report:
    """The report of these days, both included, as things stand now. May raise StoreBusy."""
    zone = clock.now().tzinfo
    begins = datetime.combine(since, time(), zone)
    ends = datetime.combine(until + timedelta(days=1), time(), zone)
    async with store.begin() as work:
        cases = await work.cases_between(begins, ends)
    async with store.begin() as work:
        log = await work.log_since(begins, KINDS)
    return report(base, cases, log, since, until)
