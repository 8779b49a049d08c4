"""The pages in a real Chromium: what only a browser can tell."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.messages import Claim, FromWorker, Reply
from bot.ports import StoreBusy
from tests.web.house import SLEEP, VIOLENCE, House, phrase
from tests.web.screens import DESKTOP, Screen, screens, sound

pytestmark = pytest.mark.browser


@pytest_asyncio.fixture
async def screen(house: House) -> AsyncIterator[Screen]:
    """The house served, Chromium open; no script may have failed in the end."""
    async with screens(house) as found:
        yield found


async def writes(page: Page, text: str) -> None:
    """She writes and presses Enter, and the answer comes."""
    before = await page.locator(".line.bot").count()
    await page.fill("#box", text)
    await page.press("#box", "Enter")
    await expect(page.locator(".line.bot").nth(before)).to_be_visible()


async def signed_in(screen: Screen, **context: Any) -> Page:
    """A worker at the desk."""
    path = await screen.house.invite(await screen.house.worker())
    page = await screen.opens(path, **context)
    await page.click("text=" + phrase("desk.sign_in.button"))
    await expect(page.locator("#board")).to_be_visible()
    return page


async def test_enter_sends_and_the_answer_comes_without_loading(screen: Screen) -> None:
    """The box is empty again and still has the focus; Shift+Enter makes a new line."""
    page = await screen.opens()
    await page.evaluate("window.same = true")
    await page.fill("#box", "Vauva")
    await page.press("#box", "Shift+Enter")
    await page.type("#box", "valvottaa kaikki yöt")
    await page.press("#box", "Enter")
    await expect(page.locator(".line.parent .own")).to_have_text("Vauva\nvalvottaa kaikki yöt")
    await expect(page.locator(".line.bot").nth(1)).to_be_visible()
    await expect(page.locator("#box")).to_have_value("")
    await expect(page.locator("#box")).to_be_focused()
    assert await page.evaluate("window.same")


async def test_each_line_comes_once(screen: Screen) -> None:
    """The answer to the form and the stream tell of the same lines; so does the page loaded anew."""
    page = await screen.opens()
    await writes(page, SLEEP)
    await page.locator(".choices.fresh button").first.click()
    await expect(page.locator(".line.parent")).to_have_count(2)
    await page.click(".always .person")
    await expect(page.locator(".line.parent")).to_have_count(3)
    ids = await page.eval_on_selector_all(".line", "all => all.map(each => each.dataset.id)")
    await page.reload()
    assert ids == await page.eval_on_selector_all(".line", "all => all.map(each => each.dataset.id)")
    assert ids == sorted(set(ids), key=int)
    await expect(page.locator(".choices.fresh")).to_have_count(1)


async def test_a_double_click_opens_one_case(screen: Screen) -> None:
    """And what she does right after it is not lost."""
    page = await screen.opens()
    await page.dblclick(".always .person")
    await page.click(".help button")
    await expect(page.locator(".line.parent")).to_have_count(2)
    await expect(page.locator("text=" + phrase("help.title"))).to_be_visible()
    assert len(screen.house.store.state.cases) == 1


async def test_parent_and_worker_talk_live(screen: Screen) -> None:
    """Neither loads a page to hear the other."""
    hers = await screen.opens()
    desk = await signed_in(screen, viewport=DESKTOP)
    await expect(desk).to_have_title(f"(0) {phrase('desk.queue')} · {phrase('web.title')}")
    await hers.click(".always .person")
    await expect(desk).to_have_title(f"(1) {phrase('desk.queue')} · {phrase('web.title')}")
    await desk.click("a.case")
    await desk.click("text=" + phrase("staff.button.claim"))
    await expect(hers.locator("text=" + phrase("case.claimed"))).to_be_visible()
    await desk.fill("#box", "Hei, olen Aino")
    await desk.press("#box", "Control+Enter")
    await expect(hers.locator(".line.worker")).to_contain_text("Hei, olen Aino")
    await hers.fill("#box", "Kiitos, että tulit")
    await hers.press("#box", "Enter")
    await expect(desk.locator("#lines .line").last).to_contain_text("Kiitos, että tulit")


async def test_a_case_taken_by_another_does_not_wipe_what_was_written(screen: Screen) -> None:
    """The parent leaves while the worker writes: she is told, and her words stay."""
    hers = await screen.opens()
    await hers.click(".always .person")
    await expect(hers.locator(".line.parent")).to_be_visible()
    desk = await signed_in(screen)
    await desk.click("a.case")
    await desk.click("text=" + phrase("staff.button.claim"))
    await desk.fill("#box", "Pitkä vastaus")
    await hers.locator("button[value=leave]").last.click()
    await expect(desk.locator("#changed")).to_be_visible()
    await expect(desk.locator("#box")).to_have_value("Pitkä vastaus")


async def test_switching_the_language_keeps_her_words(screen: Screen) -> None:
    """The page is in Swedish, and the half-written message still there."""
    page = await screen.opens()
    await writes(page, SLEEP)
    await page.fill("#box", "Kesken")
    await page.click("button[value='l:sv']")
    await expect(page.locator("html")).to_have_attribute("lang", "sv")
    await expect(page.locator("#box")).to_have_value("Kesken")
    assert await page.evaluate("sessionStorage.length") == 0


async def test_a_lost_connection_keeps_her_words(screen: Screen) -> None:
    """She is told, and sending again sends it once."""
    page = await screen.opens()
    await page.context.set_offline(True)
    await page.fill("#box", SLEEP)
    await page.click(".send")
    await expect(page.locator("#note")).to_have_text(phrase("web.offline"))
    await expect(page.locator("#box")).to_have_value(SLEEP)
    await page.context.set_offline(False)
    await page.click(".send")
    await expect(page.locator(".line.parent")).to_have_count(1)
    await expect(page.locator("#note")).to_be_hidden()


async def test_a_busy_store_keeps_her_words(screen: Screen) -> None:
    """One sentence, and the box as it was."""
    page = await screen.opens()
    screen.house.store.fault = StoreBusy("locked")
    await page.fill("#box", SLEEP)
    await page.press("#box", "Enter")
    await expect(page.locator("#note")).to_have_text(phrase("web.busy"))
    await expect(page.locator("#box")).to_have_value(SLEEP)
    screen.house.store.fault = None


async def test_leaving_quickly_leaves_nothing_behind(screen: Screen) -> None:
    """A blank page, no cookie, and nothing to go back to."""
    page = await screen.opens()
    await writes(page, SLEEP)
    await page.click(".leave button")
    await page.wait_for_url("about:blank")
    assert not await page.context.cookies()
    await page.goto(screen.address)
    await expect(page.locator("text=" + SLEEP)).to_have_count(0)


async def test_without_scripts_everything_works(screen: Screen) -> None:
    """Plain forms: words, a button, a person, a worker's answer, the way out."""
    page = await screen.opens(java_script_enabled=False)
    await page.fill("#box", SLEEP)
    await page.click(".send")
    await expect(page.locator(".line.bot")).not_to_have_count(1)
    assert page.url.endswith("/#end")
    await page.locator(".choices.fresh button").first.click()
    await page.click(".always .person")
    await expect(page.locator(".line.parent")).to_have_count(3)
    worker = await screen.house.worker()
    for message in (Claim(), Reply("Hei, olen Aino")):
        await screen.house.intake.worker(FromWorker(message, identity=None, case=1, worker=worker.id))
    await screen.house.outbox.drain()
    await page.click(".refresh a")
    await page.reload()
    await expect(page.locator(".line.worker")).to_contain_text("Hei, olen Aino")
    await page.click(".leave button")
    assert await page.locator("body").inner_text() == ""


async def test_a_fresh_answer_is_in_sight_on_a_phone(screen: Screen) -> None:
    """After a long talk the page stands at her own last words, with the answer below them."""
    page = await screen.opens(reduced_motion="reduce")
    await writes(page, SLEEP)
    await writes(page, VIOLENCE)
    await expect(page.locator(".line.parent").last).to_be_in_viewport()
    await expect(page.locator(".alarm").last).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_no_page_has_a_fault_of_access(screen: Screen, scheme: str) -> None:
    """axe finds nothing, nothing is wider than the narrowest phone, and what is tapped is large enough."""
    hers = await screen.opens(color_scheme=scheme, reduced_motion="reduce")
    await sound(hers)
    await writes(hers, SLEEP)
    await writes(hers, VIOLENCE)
    await sound(hers)
    desk = await signed_in(screen, color_scheme=scheme, reduced_motion="reduce")
    await expect(desk.locator("a.case")).to_be_visible()
    await sound(desk)
    await desk.click("a.case")
    await sound(desk)
    await desk.click("text=" + phrase("staff.button.claim"))
    await expect(desk.locator("#box")).to_be_visible()
    await sound(desk)
    await hers.goto(screen.address + "/nowhere")
    await sound(hers)
    await hers.goto(screen.address + "/desk")
    await sound(hers)
