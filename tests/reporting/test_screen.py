"""The leads' page in a browser."""

from __future__ import annotations

import pytest

from tests.reporting.month import keep, month
from tests.web.house import House, little_door
from tests.web.screens import PHONE, screens, sound

pytestmark = pytest.mark.browser
DESK = {"width": 1280, "height": 800}


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_report_has_no_fault_of_access(scheme: str) -> None:
    """axe finds nothing and nothing is wider than the window, on a phone and on a desk; the empty month too."""
    little_door()  # learnt before anybody waits for a page
    async with House().open() as house, screens(house) as screen:
        await keep(house.store, *month(200))
        async with house.store.begin() as work:
            lead = await work.add_worker("Leena", "lead", None, "fi", house.clock.now())
        page = await screen.opens(await house.invite(lead), color_scheme=scheme)
        await page.click("button.main")
        await page.click("a[href='/desk/report']")
        await page.click("a[href$='2026-10']")
        await page.wait_for_selector(".figures")
        for window in (PHONE, DESK):
            await page.set_viewport_size({"width": window["width"], "height": window["height"]})
            await sound(page)
        await page.goto(f"{screen.address}/desk/report?month=2026-08")
        await sound(page)
