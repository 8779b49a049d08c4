"""Browsers in front of the house, and what every page must stand up to in them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Page

from tests.web.house import House
from tests.web.serving import chromium, served

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}


@dataclass
class Screen:
    """A browser in front of the house. ``faults`` are what pages complained of."""

    house: House
    browser: Browser
    address: str
    faults: list[str]

    async def opens(self, path: str = "/", **context: Any) -> Page:
        """A new person's browser at an address."""
        options = {"viewport": PHONE, "locale": "fi-FI", **context}
        made: BrowserContext = await self.browser.new_context(**options)
        made.set_default_timeout(10_000)
        page = await made.new_page()
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.on("console", lambda told: self.faults.append(told.text) if "Policy" in told.text else None)
        await page.goto(self.address + path)
        return page


@asynccontextmanager
async def screens(house: House) -> AsyncIterator[Screen]:
    """The house served, Chromium open; no script may have failed in the end."""
    async with served(house) as address, chromium() as browser:
        found = Screen(house, browser, address, [])
        yield found
        assert not found.faults


_SMALL = """() => [...document.querySelectorAll("button, a, select, textarea, summary")]
    .filter(each => each.checkVisibility() && !each.matches(".skip, p.note a"))
    .map(each => [each.textContent.trim().slice(0, 30), each.getBoundingClientRect().height])
    .filter(([, height]) => height && height < 43.5)"""


async def sound(page: Page) -> None:
    """One page: axe finds nothing, nothing is wider than the window, what is tapped is large enough."""
    found = (await Axe().run(page)).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    assert await page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert await page.evaluate(_SMALL) == []
