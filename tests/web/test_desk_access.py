"""Who sees and does what at the desk: forms that are not hers, keys, the log, languages, a busy store."""

from __future__ import annotations

import re

from bot.ports import StoreBusy
from tests.web.house import SLEEP, House, Visitor, at_the_desk, phrase
from tests.web.rooms import TOMORROW, room
from tests.web.test_desk import CASE

_FORMS: tuple[dict[str, str], ...] = (
    {"act": "release"},
    {"act": "snooze", "for": "hour"},
    {"act": "reply", "text": "Hei"},
    {"act": "correct", "text": "Hei"},
    {"act": "note", "text": "Hei"},
    {"act": "draft", "text": "Hei"},
    {"act": "insert", "text": "Hei", "ready": "hello"},
    {"act": "consult", "text": "Hei"},
    {"act": "offer", "reason": "syy", "to": "unit:neuvolat"},
    {"act": "accept"},
    {"act": "decline", "reason": "syy"},
    {"act": "withdraw"},
    {"act": "invite", "colleague": "2"},
    {"act": "step_out"},
    {"act": "plan", "text": "Hei"},
    {"act": "task", "text": "Hei"},
    {"act": "task_done", "item": "1"},
    {"act": "team", "unit": "vatu-askola", "on": TOMORROW},
    {"act": "team_outcome", "text": "Hei"},
    {"act": "propose", "time1": f"{TOMORROW}T12:00"},
    {"act": "unbook", "item": "1"},
    {"act": "duty", "step": "duty-shown"},
    {"act": "lasta"},
    {"act": "merge", "other": "2"},
    {"act": "close", "outcome": "helped-here"},
    {"act": "nonsense"},
    {},
)


async def test_a_forged_form_of_another_worker_is_refused_kindly(house: House) -> None:
    """Whatever the form: nothing changes, nothing of the talk is shown, and there is a sentence."""
    here = await room(house)
    before = here.case
    for key, form in enumerate(_FORMS):
        page = await here.eero.sends(CASE, {**form, "once": str(key)})
        assert here.eero.answer.status_code == 409 and 'role="alert"' in page.text, form
        assert here.case == before and SLEEP not in page.text, form


async def test_a_form_without_a_sign_in_does_nothing(house: House) -> None:
    """Only how to get in."""
    here = await room(house)
    before, stranger = here.case, Visitor(house)
    for form in _FORMS:
        await stranger.sends(CASE, {**form, "once": "1"})
        assert stranger.answer.status_code == 401 and here.case == before, form
        assert "perheneuvo staff invite" in stranger.page.text, form


async def test_every_form_has_its_own_key(house: House) -> None:
    """So that a double click counts once and two different notes count twice."""
    here = await room(house)
    page = await here.aino.opens(CASE)
    keys = [knob.fields["once"] for knob in page.knobs if "once" in knob.fields]
    assert len(set(keys)) > 10
    knob = next(each for each in page.knobs if each.fields.get("act") == "note")
    for _ in range(2):
        await here.aino.sends(CASE, {**knob.fields, "text": "Kerran"})
    await here.aino.sends(CASE, {**knob.fields, "text": "Toisin"})
    assert [line.text for _, line in house.store.state.case_lines.values() if line.by == "note"] == ["Kerran", "Toisin"]


async def test_a_form_of_another_site_changes_nothing(house: House) -> None:
    """Whatever the act."""
    here = await room(house)
    before = here.case
    await here.aino.sends(CASE, {"act": "release", "once": "1"}, sec_fetch_site="cross-site")
    assert here.aino.answer.status_code == 403 and here.case == before


async def test_who_saw_and_did_what_is_on_the_page(house: House) -> None:
    """A look is logged, and the crew and a lead read it; others do not."""
    here = await room(house)
    await here.eero.opens(CASE)
    assert phrase("desk.log.saw") not in here.eero.page.text
    page = await here.aino.opens(CASE)
    log = page.text[page.text.index(phrase("desk.group.log")) :]
    assert re.search(rf"Eero</strong> {phrase('desk.log.saw')}", log)
    assert re.search(rf"Aino</strong> {phrase('desk.log.claim')}", log)
    async with here.house.store.begin() as work:
        await work.set_worker_role(here.workers["Eero"].id, "lead")
    page = await here.eero.opens(CASE)
    assert phrase("desk.log.claim") in page.text and SLEEP not in page.text


async def test_her_word_to_the_developers_is_not_shown_in_the_case(house: House) -> None:
    """It was not for the workers."""
    here = await room(house)
    async with here.house.store.begin() as work:
        await work.add_case_line(1, "word", None, "Kehittäjille vain", here.house.clock.now())
    assert "Kehittäjille vain" not in (await here.aino.opens(CASE)).text


async def test_a_refusal_is_in_the_workers_language(house: House) -> None:
    """As the rest of her page."""
    await room(house)
    saga = await at_the_desk(house, await house.worker("Saga", "sv"), "saga")
    page = await saga.sends(CASE, {"act": "claim", "once": "1"})
    assert phrase("case.taken", "sv") in page.text


async def test_a_removed_worker_has_no_form_left(house: House) -> None:
    """In mid-case, at once."""
    here = await room(house)
    await here.aino.opens(CASE)
    await here.house.remove(here.workers["Aino"])
    await here.aino.taps(phrase("web.send"), text="Hei")
    assert here.aino.answer.status_code == 401 and SLEEP not in here.aino.page.text


async def test_a_busy_store_keeps_every_field(house: House) -> None:
    """To send once more, whatever the form."""
    here = await room(house)
    house.store.fault = StoreBusy("locked")
    form = {"act": "offer", "reason": "Tunnet alueen", "to": "unit:neuvolat", "once": "7"}
    page = await here.aino.sends(CASE, form)
    assert here.aino.answer.status_code == 503
    house.store.fault = None
    knob = page.knob(phrase("web.send"))
    await here.aino.sends(knob.action, knob.fields)
    assert here.case.offer is not None and here.case.offer.reason == "Tunnet alueen"


async def test_a_refused_form_sent_twice_is_not_called_done(house: House) -> None:
    """The second click of a double click shows the case as it is, and claims nothing."""
    here = await room(house)
    for status in (409, 200):
        page = await here.eero.sends(CASE, {"act": "claim", "once": "1"})
        assert here.eero.answer.status_code == status
    assert phrase("staff.done.claim") not in page.text and here.case.owner == here.workers["Aino"].id
