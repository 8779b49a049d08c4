"""The leads' page of a month."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date

import pytest
import pytest_asyncio

from bot.knowledge.model import LANGUAGES, Language
from bot.ports import Worker
from handlers.web.reports import month_of
from tests.builders import A_TUESDAY
from tests.reporting.month import keep, month
from tests.web.house import House, Visitor, at_the_desk, phrase

OCTOBER = "/desk/report?month=2026-10"


@pytest_asyncio.fixture(name="house")
async def the_house() -> AsyncIterator[House]:
    """A house after a month of work."""
    async with House().open() as house:
        await keep(house.store, *month())
        yield house


async def somebody(house: House, role: str = "lead", language: Language = "fi") -> Worker:
    """A worker."""
    async with house.store.begin() as work:
        return await work.add_worker("Leena", role, None, language, A_TUESDAY)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_lead_sees_a_month_in_her_language(house: House, language: Language) -> None:
    """Its tables, with no count under five."""
    visitor = await at_the_desk(house, await somebody(house, language=language))
    page = await visitor.opens(OCTOBER)
    assert visitor.answer.status_code == 200
    assert phrase("report.table.theme", language) in page.text
    assert phrase("report.goal", language) in page.text
    cells = re.findall(r"<td>([^<]*)</td>", page.text)
    assert "&lt; 5" in cells
    assert not {"0", "1", "2", "3", "4"} & set(cells)


@pytest.mark.parametrize("role", ["desk", "network"])
async def test_who_is_no_lead_sees_no_figures(house: House, role: str) -> None:
    """Neither a way there."""
    visitor = await at_the_desk(house, await somebody(house, role))
    assert "/desk/report" not in visitor.page.links
    page = await visitor.opens(OCTOBER)
    assert visitor.answer.status_code == 403
    assert phrase("report.leads") in page.text
    assert phrase("report.table.theme") not in page.text


async def test_an_outsider_sees_only_how_to_get_in(house: House) -> None:
    """No figure."""
    visitor = Visitor(house)
    page = await visitor.opens(OCTOBER)
    assert visitor.answer.status_code == 401
    assert phrase("report.title") not in page.text


async def test_a_month_without_work_says_so(house: House) -> None:
    """And leads on to the others."""
    visitor = await at_the_desk(house, await somebody(house))
    assert "/desk/report" in visitor.page.links
    page = await visitor.opens("/desk/report?month=2026-08")
    assert phrase("report.empty") in page.text
    assert {"/desk/report?month=2026-07", "/desk/report?month=2026-09"} <= page.links.keys()


@pytest.mark.parametrize(
    ("written", "since", "until", "after"),
    [
        ("2026-10", date(2026, 10, 1), date(2026, 10, 31), "2026-11"),
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30), None),
        ("2027-05", date(2026, 11, 1), date(2026, 11, 30), None),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024-03"),
        ("0001-01", date(2026, 11, 1), date(2026, 11, 30), None),
        ("nonsense", date(2026, 11, 1), date(2026, 11, 30), None),
        ("", date(2026, 11, 1), date(2026, 11, 30), None),
    ],
)
def test_any_address_is_a_whole_month(written: str, since: date, until: date, after: str | None) -> None:
    """What is no month, or has not begun, is this one."""
    found = month_of(written, A_TUESDAY.date())
    assert (found.since, found.until, found.after) == (since, until, after)
