"""The queue and the network as pages: presence, tabs, flags, who is there."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.queueing.assigning import Profile
from tests.web.house import SLEEP, VIOLENCE, House, Visitor, at_the_desk, phrase
from tests.web.rooms import changed, does, room
from tests.web.test_desk import CASE, asks_for_a_person


async def test_presence_is_one_tap(house: House) -> None:
    """On, away, off; the page says which."""
    worker = await house.worker()
    desk = await at_the_desk(house, worker)
    assert phrase("desk.presence.unsaid") in desk.page.text
    for each in ("on", "away", "off"):
        await desk.taps(phrase(f"staff.presence.{each}").capitalize())
        assert house.store.state.workers[worker.id].profile.presence == each
        assert re.search(rf'value="{each}" aria-pressed="true"', desk.page.text)
    assert phrase("desk.empty.off") in desk.page.text
    page = await desk.sends("/desk", {"presence": "sleeping", "once": "2"})
    assert desk.answer.status_code == 200 and house.store.state.workers[worker.id].profile.presence == "off"
    assert "/desk/network" in page.links


@pytest.mark.parametrize(
    ("until", "at"), [("16:00", "2026-11-24T16:00"), ("09:30", "2026-11-25T09:30"), ("", None), ("soon", None)]
)
async def test_presence_may_end_at_a_time(house: House, until: str, at: str | None) -> None:
    """The next time the clock says so; what is no time changes nothing."""
    worker = await house.worker()
    desk = await at_the_desk(house, worker)
    await desk.taps(phrase("staff.presence.on").capitalize(), until=until)
    profile = house.store.state.workers[worker.id].profile
    assert profile.presence == (None if until == "soon" else "on")
    assert (profile.until.isoformat()[:16] if profile.until else None) == at


async def test_an_empty_queue_tells_what_to_do_next(house: House) -> None:
    """Her own cases first; when there is nothing at all, rest."""
    desk = await at_the_desk(house, await house.worker("Outi"))
    assert phrase("desk.empty.rest") in desk.page.text
    here = await room(house)
    assert phrase("desk.empty.mine").format(case=1) in (await here.aino.opens("/desk")).text
    await does(here.aino, "consult", text="Kuka auttaa?", unit="")
    assert phrase("desk.empty.asked") in (await here.eero.opens("/desk")).text


async def test_the_tabs_show_what_they_say(house: House) -> None:
    """Mine, asked of me, all open, closed lately; an unknown one is the queue."""
    here = await room(house)
    await asks_for_a_person(house)
    shown = {}
    for tab in ("waiting", "mine", "asked", "open", "closed", "else"):
        page = await here.aino.opens(f"/desk?show={tab}")
        assert page.title.startswith("(1)")
        shown[tab] = {href for href in page.links if href.startswith("/desk/case/")}
    assert shown["mine"] == {CASE} and shown["open"] == {CASE, "/desk/case/2"}
    assert shown["closed"] == shown["asked"] == set() and shown["else"] == shown["waiting"]
    await does(here.aino, "close", outcome="helped-here")
    assert "Asia selvisi tässä" in (await here.eero.opens("/desk?show=closed")).text


async def test_a_line_tells_age_owner_and_that_an_answer_is_owed(house: House) -> None:
    """The parent has waited for half of what a worker may be silent."""
    here = await room(house)
    here.house.store.state.cases[1] = changed(here.case, path=(("age", "toddler"),))
    house.clock.time += timedelta(minutes=40)
    page = await here.eero.opens("/desk?show=open")
    assert "1–2 vuotta" in page.text and "Hoitaa: Aino" in page.text
    assert re.search(r'flag now">' + phrase("desk.flag.owed").format(time="40 min"), page.text)


async def test_a_climbed_case_says_so(house: House) -> None:
    """To the lead first, then on call."""
    await asks_for_a_person(house, VIOLENCE)
    desk = await at_the_desk(house, await house.worker())
    for step, key in ((1, "desk.flag.lead"), (2, "desk.flag.on_call")):
        house.store.state.cases[1] = changed(house.store.state.cases[1], climbed=step)
        assert phrase(key) in (await desk.opens("/desk")).text


async def test_what_she_chose_when_nobody_spoke_her_language_is_flagged(house: House) -> None:
    """Whoever takes the case knows whether she waits for her language; of others nothing is said."""
    here = await room(house)
    assert phrase("staff.card.gap.any") not in (await here.aino.opens("/desk")).text
    house.store.state.cases[1] = changed(house.store.state.cases[1], any_language=True)
    assert phrase("staff.card.gap.any") in (await here.aino.opens("/desk")).text


async def test_what_did_not_reach_the_parent_is_flagged_until_somebody_writes(house: House) -> None:
    """For whose case it is."""
    here = await room(house)
    async with house.store.begin() as work:
        await work.add_case_line(1, "desk", None, phrase("staff.undelivered"), house.clock.now())
    assert phrase("desk.flag.undelivered") in (await here.aino.opens("/desk")).text
    assert phrase("desk.flag.undelivered") in (await here.aino.opens(CASE)).text
    assert phrase("desk.flag.undelivered") not in (await here.eero.opens("/desk?show=open")).text
    await does(here.aino, "reply", text="Kokeilen uudelleen")
    assert phrase("desk.flag.undelivered") not in (await here.aino.opens("/desk")).text


async def test_the_next_case_is_one_step_away(house: House) -> None:
    """In the list it stands in."""
    here = await room(house)
    for _ in range(2):
        await asks_for_a_person(house)
    page = await here.eero.opens("/desk/case/2")
    assert "/desk/case/3" in page.links
    assert "/desk/case/2" in (await here.eero.opens("/desk/case/3")).links


# The network ------------------------------------------------------------------------------------------------------


async def test_the_network_shows_units_people_and_who_is_there(house: House) -> None:
    """With what they take, and the questions that wait for her."""
    here = await room(house, eero=Profile(unit="neuvolat", presence="away", services=("neuvola",)))
    await does(here.aino, "consult", text="Kuka auttaa?", unit="neuvolat")
    page = await here.eero.opens("/desk/network")
    base = house.intake.door().base
    assert base.units["vatu-askola"].name.fi in page.text and "Eero" in page.text
    assert phrase("desk.there.away") in page.text and SLEEP not in page.text
    await here.eero.taps(phrase("desk.question.button"), text="Minä autan")
    assert str(here.eero.answer.url).endswith("/desk/network?done=advise")
    assert here.case.consults[0].answers[0].text == "Minä autan"


async def test_an_outsider_sees_no_network(house: House) -> None:
    """Nor the help pages."""
    for path in ("/desk/network", f"{CASE}/help/report"):
        stranger = Visitor(house)
        await stranger.opens(path)
        assert stranger.answer.status_code == 401
