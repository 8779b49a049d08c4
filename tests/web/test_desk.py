"""The workers' pages without any script."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.knowledge.model import LANGUAGES, Language
from bot.ports import StoreBusy
from tests.web.house import SLEEP, VIOLENCE, House, Visitor, at_the_desk, parent, phrase

CASE = "/desk/case/1"


async def asks_for_a_person(house: House, words: str = SLEEP, *, tells: bool = True) -> Visitor:
    """A parent with a worry and an open case."""
    visitor = await parent(house)
    await visitor.writes(words)
    if words != VIOLENCE:
        await visitor.taps(phrase("button.person"))
    await visitor.taps(phrase("button.yes" if tells else "button.no"))
    return visitor


@pytest.mark.parametrize("path", ["/desk", CASE, f"{CASE}/live", "/desk/live"])
async def test_an_outsider_sees_nothing(house: House, path: str) -> None:
    """Only how to get in."""
    await asks_for_a_person(house)
    visitor = Visitor(house)
    page = await visitor.opens(path)
    assert visitor.answer.status_code == 401
    assert "perheneuvo staff invite" in page.text
    assert not page.links and SLEEP not in page.text


async def test_an_outsider_does_nothing(house: House) -> None:
    """A form without a sign-in changes no case."""
    await asks_for_a_person(house)
    visitor = Visitor(house)
    await visitor.sends(CASE, {"act": "claim", "once": "1"})
    assert visitor.answer.status_code == 401
    assert house.store.state.cases[1].state == "waiting"


async def test_a_preview_of_the_link_does_not_use_it_up(house: House) -> None:
    """Only the button does."""
    path = await house.invite(await house.worker())
    for _ in range(3):
        await Visitor(house).opens(path)
    visitor = Visitor(house)
    await visitor.opens(path)
    page = await visitor.taps(phrase("desk.sign_in.button"))
    assert str(visitor.answer.url).endswith("/desk") and "Aino" in page.text


async def test_a_link_works_once(house: House) -> None:
    """The second one to come is not let in."""
    path = await house.invite(await house.worker())
    first, second = Visitor(house), Visitor(house)
    for each in (first, second):
        await each.opens(path)
    await first.taps(phrase("desk.sign_in.button"))
    page = await second.taps(phrase("desk.sign_in.button"))
    assert second.answer.status_code == 410 and phrase("desk.sign_in.used") in page.text
    await second.opens("/desk")
    assert second.answer.status_code == 401


async def test_an_old_link_does_not_work(house: House) -> None:
    """It has run out."""
    path = await house.invite(await house.worker(), hours=1)
    house.clock.time += timedelta(hours=2)
    visitor = Visitor(house)
    await visitor.opens(path)
    await visitor.taps(phrase("desk.sign_in.button"))
    assert visitor.answer.status_code == 410


async def test_a_sign_in_ends_after_twelve_hours(house: House) -> None:
    """And by signing out."""
    desk = await at_the_desk(house, await house.worker())
    house.clock.time += timedelta(hours=11, minutes=59)
    await desk.opens("/desk")
    assert desk.answer.status_code == 200
    house.clock.time += timedelta(minutes=2)
    await desk.opens("/desk")
    assert desk.answer.status_code == 401


async def test_signing_out_ends_it(house: House) -> None:
    """Even for somebody who kept the cookie."""
    desk = await at_the_desk(house, await house.worker())
    cookie = desk.client.cookies["desk"]
    await desk.taps(phrase("desk.sign_out"))
    assert desk.answer.status_code == 401
    desk.client.cookies.set("desk", cookie)
    await desk.opens("/desk")
    assert desk.answer.status_code == 401


async def test_an_empty_queue_says_what_comes_next(house: House) -> None:
    """No empty space without a word."""
    desk = await at_the_desk(house, await house.worker())
    assert phrase("staff.queue.empty") in desk.page.text
    assert desk.page.title.startswith("(0)")


async def test_the_queue_has_danger_first_and_nothing_the_parent_wrote(house: House) -> None:
    """The later one is in danger, so it stands first."""
    await asks_for_a_person(house)
    await asks_for_a_person(house, VIOLENCE)
    desk = await at_the_desk(house, await house.worker())
    text = desk.page.text
    assert text.index("/desk/case/2") < text.index("/desk/case/1")
    assert SLEEP not in text and VIOLENCE not in text
    assert desk.page.title.startswith("(2)")


async def test_before_the_claim_only_the_facts_show(house: House) -> None:
    """Not her words, however she allowed them."""
    visitor = await asks_for_a_person(house)
    await visitor.writes("Olen vielä tässä")
    desk = await at_the_desk(house, await house.worker())
    page = await desk.opens(CASE)
    assert phrase("desk.lines.hidden") in page.text
    assert SLEEP not in page.text and "Olen vielä" not in page.text


async def test_a_case_goes_from_the_queue_to_its_end(house: House) -> None:
    """Claim, read, answer, close; the parent hears all of it."""
    visitor = await asks_for_a_person(house)
    desk = await at_the_desk(house, await house.worker())
    await desk.opens(CASE)
    page = await desk.taps(phrase("staff.button.claim"))
    assert phrase("staff.done.claim") in page.text and SLEEP in page.text
    page = await desk.taps(phrase("web.send"), text="Hei, olen Aino")
    assert phrase("staff.done.reply") in page.text and "Hei, olen Aino" in page.said("parent")[0]
    await house.outbox.drain()
    await visitor.opens()
    assert "Hei, olen Aino" in visitor.page.said("worker")[0]
    await visitor.writes("Kiitos, Aino")
    page = await desk.opens(CASE)
    assert "Kiitos, Aino" in page.said("bot")[-1]
    page = await desk.taps(phrase("desk.close.button"), outcome="helped-here")
    assert house.store.state.cases[1].outcome == "helped-here"
    page = await desk.opens("/desk")
    assert "Asia selvisi tässä" in page.text


async def test_what_she_does_not_allow_is_not_shown(house: House) -> None:
    """She said no; the holder sees that, not her words."""
    await asks_for_a_person(house, tells=False)
    desk = await at_the_desk(house, await house.worker())
    await desk.opens(CASE)
    page = await desk.taps(phrase("staff.button.claim"))
    assert phrase("staff.untold") in page.text and SLEEP not in page.text


async def test_the_second_to_claim_is_told_so(house: House) -> None:
    """And sees nothing of the talk, nor the closed case afterwards."""
    await asks_for_a_person(house)
    one = await at_the_desk(house, await house.worker("Aino"))
    two = await at_the_desk(house, await house.worker("Eero"))
    for each in (one, two):
        await each.opens(CASE)
    await one.taps(phrase("staff.button.claim"))
    page = await two.taps(phrase("staff.button.claim"))
    assert two.answer.status_code == 409 and phrase("case.taken") in page.text
    await one.taps(phrase("desk.close.button"), outcome="helped-here")
    page = await two.opens(CASE)
    assert SLEEP not in page.text and phrase("desk.lines.others") in page.text
    assert SLEEP in (await one.opens(CASE)).text


async def test_a_refused_answer_keeps_its_words(house: House) -> None:
    """The parent ended the case while the worker wrote."""
    visitor = await asks_for_a_person(house)
    desk = await at_the_desk(house, await house.worker())
    await desk.opens(CASE)
    await desk.taps(phrase("staff.button.claim"))
    await visitor.opens()
    await visitor.taps(phrase("button.leave"))
    page = await desk.taps(phrase("web.send"), text="Pitkä ja huolellinen vastaus")
    assert desk.answer.status_code == 409
    assert "Pitkä ja huolellinen vastaus" in page.text and phrase("case.not_open") in page.text


async def test_a_busy_store_keeps_the_answer_to_send_again(house: House) -> None:
    """Nothing was sent, nothing of the case is shown, and her words are there."""
    await asks_for_a_person(house)
    desk = await at_the_desk(house, await house.worker())
    await desk.opens(CASE)
    await desk.taps(phrase("staff.button.claim"))
    house.store.fault = StoreBusy("locked")
    page = await desk.taps(phrase("web.send"), text="Hei, olen Aino")
    assert desk.answer.status_code == 503 and page.draft == "Hei, olen Aino"
    assert SLEEP not in page.text
    house.store.fault = None
    page = await desk.taps(phrase("web.send"), text=page.draft)
    assert "Hei, olen Aino" in page.said("parent")[0]


async def test_an_answer_sent_twice_goes_once(house: House) -> None:
    """A double click is one reply."""
    await asks_for_a_person(house)
    desk = await at_the_desk(house, await house.worker())
    await desk.opens(CASE)
    await desk.taps(phrase("staff.button.claim"))
    knob = desk.page.knob(phrase("web.send"))
    for _ in range(2):
        await desk.sends(CASE, {**knob.fields, "text": "Hei"})
    assert [line.text for _, line in house.store.state.case_lines.values() if line.by == "worker"] == ["Hei"]


async def test_an_empty_answer_is_not_sent(house: House) -> None:
    """One sentence instead."""
    await asks_for_a_person(house)
    desk = await at_the_desk(house, await house.worker())
    await desk.opens(CASE)
    await desk.taps(phrase("staff.button.claim"))
    page = await desk.taps(phrase("web.send"), text="  ")
    assert phrase("desk.reply.blank") in page.text


async def test_a_removed_worker_is_out_at_once(house: House) -> None:
    """Her next look and her next act give nothing."""
    await asks_for_a_person(house)
    worker = await house.worker()
    desk = await at_the_desk(house, worker)
    await desk.opens(CASE)
    await house.remove(worker)
    await desk.taps(phrase("staff.button.claim"))
    assert desk.answer.status_code == 401
    assert house.store.state.cases[1].state == "waiting"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_desk_speaks_the_workers_language(house: House, language: Language) -> None:
    """Frame, facts and refusals."""
    await asks_for_a_person(house)
    desk = await at_the_desk(house, await house.worker("Saga", language))
    assert desk.page.attributes["html"]["lang"] == language
    page = await desk.opens(CASE)
    page.knob(phrase("staff.button.claim", language))
    assert phrase("staff.area.unknown", language) in page.text


async def test_a_case_that_is_not_there_leads_back(house: House) -> None:
    """Not a dead end."""
    desk = await at_the_desk(house, await house.worker())
    page = await desk.opens("/desk/case/99")
    assert desk.answer.status_code == 404 and "/desk" in page.links
