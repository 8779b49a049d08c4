"""The moves that bring others in, by the forms of the case: the network, hand-over, colleagues, plan, team."""

from __future__ import annotations

import pytest

from bot.queueing.assigning import Profile
from tests.web.house import SLEEP, House, phrase
from tests.web.rooms import TOMORROW, does, offers, room
from tests.web.test_desk import CASE


async def test_the_network_is_asked_and_answers(house: House) -> None:
    """The one who answers sees the question and nothing of the family; the answer comes to the case."""
    here = await room(house)
    await does(here.aino, "consult", text="Kuka auttaa valvomisessa?", unit="")
    assert phrase("desk.consult.waits") in here.aino.page.text
    page = await here.eero.opens("/desk?show=asked")
    assert "Kuka auttaa valvomisessa?" in page.text
    assert await does(here.eero, "advise", text="Neuvolan perheohjaus") == 200
    assert SLEEP not in here.eero.page.text
    assert "Neuvolan perheohjaus" in (await here.aino.opens(CASE)).text
    assert phrase("desk.asked.empty") in (await here.eero.opens("/desk?show=asked")).text


async def test_a_question_that_tells_who_the_family_is_is_refused(house: House) -> None:
    """And her words are kept, to be changed."""
    here = await room(house)
    assert await does(here.aino, "consult", text="Soita 040 123 4567", unit="") == 409
    assert phrase("case.identifies") in here.aino.page.text and "040 123 4567" in here.aino.page.text
    assert not here.case.consults


async def test_a_question_to_another_unit_is_not_asked_of_her(house: House) -> None:
    """Only of whom it was asked."""
    here = await room(house)
    await does(here.aino, "consult", text="Kuka auttaa?", unit="perhekeskus-silta")
    assert "Kuka auttaa?" not in (await here.eero.opens("/desk?show=asked")).text
    await here.eero.opens(CASE)
    assert not offers(here.eero, "advise")


async def test_a_warm_hand_over_is_accepted(house: House) -> None:
    """Until then the giver has it; the taker sees a summary first, and then the talk."""
    here = await room(house)
    assert await does(here.aino, "offer", reason="Tunnet alueen", to=f"worker:{here.workers['Eero'].id}") == 200
    assert here.case.owner == here.workers["Aino"].id
    assert phrase("desk.flag.offered") in (await here.eero.opens("/desk?show=open")).text
    page = await here.eero.opens(CASE)
    assert "Tunnet alueen" in page.text and SLEEP not in page.text
    assert await does(here.eero, "accept") == 200
    assert here.case.owner == here.workers["Eero"].id and SLEEP in here.eero.page.text
    assert SLEEP not in (await here.aino.opens(CASE)).text


async def test_a_hand_over_is_declined_with_a_reason(house: House) -> None:
    """Without one it is refused; the giver goes on."""
    here = await room(house)
    await does(here.aino, "offer", reason="Tunnet alueen", to="unit:neuvolat")
    assert await does(here.eero, "decline", reason="") == 409
    assert await does(here.eero, "decline", reason="Olen lomalla huomenna") == 200
    assert here.case.offer is None and here.case.owner == here.workers["Aino"].id
    assert "Olen lomalla huomenna" in (await here.aino.opens(CASE)).text


async def test_a_hand_over_is_withdrawn(house: House) -> None:
    """Nobody is asked any more."""
    here = await room(house)
    await does(here.aino, "offer", reason="Tunnet alueen", to="unit:neuvolat")
    assert await does(here.aino, "withdraw") == 200
    await here.eero.opens(CASE)
    assert here.case.offer is None and not offers(here.eero, "accept")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": "", "to": "unit:neuvolat"}, "case.reason_needed"),
        ({"reason": "syy", "to": ""}, "case.offer_to_whom"),
        ({"reason": "syy", "to": "unit:nowhere"}, "case.no_unit"),
        ({"reason": "syy", "to": "worker:999"}, "case.no_worker"),
        ({"reason": "syy", "to": "worker:x"}, "desk.choose"),
    ],
)
async def test_an_offer_to_nobody_is_told(house: House, fields: dict[str, str], said: str) -> None:
    """And nothing is offered."""
    here = await room(house)
    assert await does(here.aino, "offer", **fields) == 409
    assert phrase(said) in here.aino.page.text and here.case.offer is None


async def test_another_organisation_sees_nothing_before_the_parents_word(house: House) -> None:
    """She agrees by her button; then the offer stands before the taker."""
    here = await room(house, aino=Profile(unit="perheneuvo"), eero=Profile(unit="perhekeskus-silta"))
    await does(here.aino, "offer", reason="Lähellä perhettä", to="unit:perhekeskus-silta")
    assert phrase("desk.pass.consent") in here.aino.page.text
    assert "Lähellä perhettä" not in (await here.eero.opens(CASE)).text
    await here.house.outbox.drain()
    await here.mother.opens()
    await here.mother.taps(phrase("button.yes"))
    assert "Lähellä perhettä" in (await here.eero.opens(CASE)).text


async def test_a_colleague_comes_in_and_steps_out(house: House) -> None:
    """The parent hears both; only while she is in she sees the talk."""
    here = await room(house)
    await does(here.aino, "invite", colleague=str(here.workers["Eero"].id))
    assert await here.hears(phrase("care.joined").format(case=1, worker="Eero"))
    assert SLEEP in (await here.eero.opens(CASE)).text and offers(here.eero, "reply")
    assert not offers(here.eero, "close")
    assert await does(here.eero, "step_out") == 200
    assert SLEEP not in here.eero.page.text


async def test_one_plan_with_tasks(house: House) -> None:
    """The parent gets the plan; a task is done."""
    here = await room(house)
    await does(here.aino, "plan", text="Soitto neuvolaan")
    assert await here.hears("Soitto neuvolaan")
    await does(here.aino, "task", text="Varaan ajan", who=str(here.workers["Aino"].id), until=TOMORROW)
    await does(here.aino, "task", text="Lepoa", who="", until="")
    assert here.case.plan is not None
    assert [each.worker for each in here.case.plan.tasks] == [here.workers["Aino"].id, None]
    await does(here.aino, "task_done")
    assert here.case.plan.tasks[0].done_at is not None


async def test_the_team_is_asked_with_the_parents_consent(house: House) -> None:
    """The outcome can be told only once she agreed."""
    here = await room(house)
    await does(here.aino, "team", unit="vatu-askola", on=TOMORROW, reason="Jaksaminen")
    assert phrase("desk.team.asked") in here.aino.page.text and not offers(here.aino, "team_outcome")
    await here.house.outbox.drain()
    await here.mother.opens()
    await here.mother.taps(phrase("button.yes"))
    await does(here.aino, "team_outcome", text="Perheohjaus alkaa")
    assert await here.hears("Perheohjaus alkaa")
