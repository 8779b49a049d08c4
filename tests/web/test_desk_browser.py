"""The workers' pages in a real Chromium: a hand-over by keyboard and mouse, shortcuts, access."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.acts import TakeOver
from bot.messages import FromWorker
from bot.ports import Worker
from bot.queueing.assigning import Profile
from tests.web.house import SLEEP, VIOLENCE, House, phrase
from tests.web.screens import DESKTOP, PHONE, Screen, screens, sound
from tests.web.test_desk import asks_for_a_person

pytestmark = pytest.mark.browser


@pytest_asyncio.fixture
async def screen(house: House) -> AsyncIterator[Screen]:
    """The house served, Chromium open; no script may have failed in the end."""
    async with screens(house) as found:
        yield found


async def at_work(screen: Screen, name: str, unit: str = "neuvolat", **context: Any) -> tuple[Page, Worker]:
    """A worker on shift, signed in."""
    worker = await screen.house.worker(name)
    async with screen.house.store.begin() as work:
        await work.set_worker_profile(worker.id, Profile(unit=unit, presence="on"))
    page = await screen.opens(await screen.house.invite(worker, f"token-{name}"), **{"viewport": DESKTOP, **context})
    await page.click("text=" + phrase("desk.sign_in.button"))
    await expect(page.locator("#board")).to_be_visible()
    await page.wait_for_load_state("load")  # the keys work from then on
    return page, worker


async def opens(page: Page, key: str) -> None:
    """One of the groups of forms."""
    await page.locator("summary", has_text=phrase(key)).first.click()


_OPEN = "all => all.forEach(each => { each.removeAttribute('name'); each.open = true; })"


async def test_a_warm_hand_over_by_keyboard_and_mouse(screen: Screen) -> None:
    """Aino takes, writes a note, offers; Eero sees it come by itself, reads the summary and accepts; she is told."""
    await asks_for_a_person(screen.house)
    aino, _ = await at_work(screen, "Aino")
    eero, taker = await at_work(screen, "Eero")
    await aino.keyboard.press("j")
    await expect(aino.locator("a.case").first).to_be_focused()
    await aino.keyboard.press("Enter")
    await expect(aino.locator("button[value=claim]")).to_be_visible()
    await aino.keyboard.press("c")
    await expect(aino.locator("#box")).to_be_focused()
    await aino.locator("h1").click()
    await aino.keyboard.press("n")
    await aino.keyboard.type("Soitettu neuvolaan")
    await aino.keyboard.press("Tab")
    await aino.keyboard.press("Enter")
    await expect(aino.locator(".line.inner")).to_contain_text("Soitettu neuvolaan")
    await opens(aino, "desk.group.pass")
    await aino.select_option("select[name=to]", f"worker:{taker.id}")
    await aino.fill("form:has(input[value=offer]) textarea", "Tunnet alueen")
    await aino.click("text=" + phrase("desk.pass.button"))
    await eero.click("a.asks")
    await expect(eero.locator("#offer")).to_contain_text("Tunnet alueen")
    assert SLEEP not in await eero.content()
    await eero.click("text=" + phrase("desk.offer.accept"))
    await expect(eero.locator("#lines")).to_contain_text("Soitettu neuvolaan")
    await expect(aino.locator("#lines")).to_have_count(0)
    assert SLEEP not in await aino.content()
    assert screen.house.store.state.cases[1].owner == taker.id


async def test_what_she_has_begun_is_not_loaded_over(screen: Screen) -> None:
    """Somebody answers her question while she writes a reason: she is told, and keeps her words."""
    await asks_for_a_person(screen.house)
    aino, _ = await at_work(screen, "Aino")
    eero, _ = await at_work(screen, "Eero")
    await aino.click("a.case")
    await aino.click("button[value=claim]")
    await opens(aino, "desk.group.together")
    await opens(aino, "desk.consult")
    await aino.fill("form:has(input[value=consult]) textarea", "Kuka auttaa?")
    await aino.click("form:has(input[value=consult]) button")
    await eero.click("a.asks")
    await opens(aino, "desk.note")
    await aino.fill("#note textarea", "Kesken")
    await eero.fill("form:has(input[value=advise]) textarea", "Perheohjaus")
    await eero.click("text=" + phrase("desk.question.button"))
    await expect(aino.locator("#changed")).to_be_visible()
    await expect(aino.locator("#note textarea")).to_have_value("Kesken")


async def test_words_that_are_no_longer_hers_leave_the_screen(screen: Screen) -> None:
    """A colleague takes the case over while she writes: the talk is gone at once, her own words stay."""
    await asks_for_a_person(screen.house)
    aino, _ = await at_work(screen, "Aino")
    _, taker = await at_work(screen, "Eero")
    await aino.click("a.case")
    await aino.click("button[value=claim]")
    await expect(aino.locator("#facts")).to_contain_text(SLEEP)
    await aino.fill("#box", "Kesken")
    await screen.house.intake.worker(FromWorker(TakeOver("syy"), identity=None, case=1, worker=taker.id))
    await expect(aino.locator("#changed")).to_be_visible()
    await expect(aino.locator("#box")).to_have_value("Kesken")
    await expect(aino.locator("#lines .line")).to_have_count(0)
    assert SLEEP not in await aino.content()


async def test_shortcuts_are_listed_and_can_be_turned_off(screen: Screen) -> None:
    """A letter typed into a box is a letter; turned off, a letter outside does nothing."""
    await asks_for_a_person(screen.house)
    page, _ = await at_work(screen, "Aino")
    await page.keyboard.press("?")
    await expect(page.locator("#keys")).to_be_visible()
    await sound(page)
    await page.click("#keys-on")
    await page.click("#keys button")
    await expect(page.locator("#keys")).to_be_hidden()
    await page.keyboard.press("j")
    await expect(page.locator("a.case").first).not_to_be_focused()
    await page.reload()
    await page.click("#keys-open")
    await page.click("#keys-on")
    await page.click("#keys button")
    await page.keyboard.press("j")
    await expect(page.locator("a.case").first).to_be_focused()


async def test_the_case_works_without_scripts(screen: Screen) -> None:
    """Groups open, forms are sent, the talk is read."""
    await asks_for_a_person(screen.house)
    page, _ = await at_work(screen, "Aino", java_script_enabled=False)
    await page.click("a.case")
    await page.click("button[value=claim]")
    await opens(page, "desk.ready")
    await page.fill("#box", "Hei taas")
    await page.select_option("select[name=ready]", "hello")
    await page.click("text=" + phrase("desk.ready.button"))
    assert (await page.input_value("#box")).startswith("Hei taas\n\nHei! ")
    await opens(page, "desk.group.close")
    await page.select_option("#outcome", "helped-here")
    await page.click("button:has-text('" + phrase("desk.close.button") + "')")
    await expect(page.locator("#facts")).to_contain_text("Asia selvisi tässä")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_no_page_of_the_desk_has_a_fault_of_access(screen: Screen, scheme: str) -> None:
    """With every group open, at 360 pixels."""
    for words in (VIOLENCE, SLEEP):
        await asks_for_a_person(screen.house, words)
    page, _ = await at_work(screen, "Aino", viewport=PHONE, color_scheme=scheme, reduced_motion="reduce")
    await at_work(screen, "Eero")
    for tab in ("waiting", "mine", "asked", "open", "closed"):
        await page.goto(f"{screen.address}/desk?show={tab}")
        await sound(page)
    await page.goto(screen.address + "/desk/case/1")
    await page.click("button[value=claim]")
    await expect(page.locator("#box")).to_be_visible()
    await page.eval_on_selector_all(
        "details", "all => all.forEach(each => { each.removeAttribute('name'); each.open = true; })"
    )
    await sound(page)
    for path in ("/desk/case/1/help/report", "/desk/case/1/help/lasta", "/desk/network"):
        await page.goto(screen.address + path)
        await sound(page)
