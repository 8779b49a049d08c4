"""The moves of one worker by the forms of the case, without any script: each does what it says."""

from __future__ import annotations

import pytest

from tests.web.house import SLEEP, House, phrase
from tests.web.rooms import TOMORROW, changed, does, offers, room
from tests.web.test_desk import CASE


async def test_a_release_puts_it_back_and_the_parent_hears(house: House) -> None:
    """With its history."""
    here = await room(house)
    assert await does(here.aino, "release") == 200
    assert here.case.state == "waiting" and phrase("desk.flag.again").format(worker="Aino") in here.aino.page.text
    assert await here.hears(phrase("care.released").format(case=1))


async def test_taking_over_needs_a_reason(house: House) -> None:
    """Refused without one, done with it; the first one sees the words no more."""
    here = await room(house)
    assert await does(here.eero, "take_over", reason=" ") == 409
    assert phrase("case.reason_needed") in here.eero.page.text and here.case.owner == here.workers["Aino"].id
    assert await does(here.eero, "take_over", reason="Aino sairastui") == 200
    assert here.case.owner == here.workers["Eero"].id and SLEEP in here.eero.page.text
    assert SLEEP not in (await here.aino.opens(CASE)).text


@pytest.mark.parametrize(
    ("fields", "until"),
    [
        ({"for": "hour"}, "2026-11-24T11:00"),
        ({"for": "tomorrow"}, "2026-11-25T09:00"),
        ({"for": "", "at": "2026-11-30T08:15"}, "2026-11-30T08:15"),
    ],
)
async def test_a_case_is_put_aside_and_woken(house: House, fields: dict[str, str], until: str) -> None:
    """For an hour, till tomorrow, or till a time; the queue shows it."""
    here = await room(house)
    assert await does(here.aino, "snooze", **fields) == 200
    assert here.case.snoozed_until is not None
    assert here.case.snoozed_until.isoformat().startswith(until)
    assert "Myöhemmäksi" in (await here.aino.opens("/desk")).text
    assert await does(here.aino, "wake") == 200
    assert here.case.snoozed_until is None


@pytest.mark.parametrize(("at", "said"), [("", "desk.time.wrong"), ("eilen", "desk.time.wrong")])
async def test_a_time_nobody_can_read_is_told(house: House, at: str, said: str) -> None:
    """Nothing is changed."""
    here = await room(house)
    assert await does(here.aino, "snooze", **{"for": "", "at": at}) == 409
    assert phrase(said) in here.aino.page.text and here.case.snoozed_until is None


async def test_a_past_time_is_told(house: House) -> None:
    """By the desk itself."""
    here = await room(house)
    assert await does(here.aino, "snooze", **{"for": "", "at": "2026-11-20T08:00"}) == 409
    assert phrase("case.time_past") in here.aino.page.text


async def test_urgency_goes_on_and_off(house: House) -> None:
    """By anybody of the desk; it is seen in the queue."""
    here = await room(house)
    await does(here.eero, "prioritise")
    assert here.case.priority == 1 and phrase("desk.flag.first") in (await here.eero.opens("/desk?show=open")).text
    await does(here.eero, "prioritise")
    assert here.case.priority == 0


async def test_a_note_is_for_the_workers_only(house: House) -> None:
    """The parent's page never has it."""
    here = await room(house)
    await does(here.aino, "note", text="Soitan neuvolaan")
    assert "Soitan neuvolaan" in here.aino.page.said("inner")[0]
    assert not await here.hears("Soitan neuvolaan")
    assert "Soitan neuvolaan" not in (await here.eero.opens(CASE)).text


async def test_a_reply_is_corrected(house: House) -> None:
    """There is nothing to correct before; the parent hears that it is one."""
    here = await room(house)
    await here.aino.opens(CASE)
    assert not offers(here.aino, "correct")
    await does(here.aino, "reply", text="Aika on maanantaina")
    await does(here.aino, "correct", text="Aika on tiistaina")
    assert await here.hears("Aika on tiistaina")
    assert phrase("care.corrected") in here.mother.page.text


async def test_a_draft_waits_in_the_box(house: House) -> None:
    """For her alone; nothing is sent."""
    here = await room(house)
    await does(here.aino, "draft", text="Ehkä näin")
    assert (await here.aino.opens(CASE)).draft == "Ehkä näin"
    assert not await here.hears("Ehkä näin")


async def test_ready_words_go_behind_what_she_wrote(house: House) -> None:
    """A reply and a service's card, in the parent's language, into the draft."""
    here = await room(house)
    await does(here.aino, "insert", text="Hei taas", ready="hello", card="neuvola")
    draft = (await here.aino.opens(CASE)).draft
    base = here.house.intake.door().base
    reply = base.reply("hello")
    assert reply is not None
    assert draft.startswith("Hei taas\n\n" + reply.text.fi) and base.services["neuvola"].name.fi in draft
    assert not await here.hears(reply.text.fi)


async def test_ready_words_are_in_the_parents_language(house: House) -> None:
    """Whatever the worker's own."""
    here = await room(house)
    here.house.store.state.cases[1] = changed(here.case, language="sv")
    await does(here.aino, "insert", text="", ready="hello", card="")
    reply = here.house.intake.door().base.reply("hello")
    assert reply is not None and here.case.drafts[0].text == reply.text.sv


async def test_nothing_chosen_inserts_nothing_and_keeps_the_words(house: House) -> None:
    """They are back in the box."""
    here = await room(house)
    assert await does(here.aino, "insert", text="Kesken", ready="", card="") == 409
    assert here.aino.page.draft == "Kesken" and phrase("desk.choose") in here.aino.page.text


async def test_times_are_proposed_picked_and_cancelled(house: House) -> None:
    """Each a button of the parent's."""
    here = await room(house)
    times = {"time1": f"{TOMORROW}T12:00", "time2": f"{TOMORROW}T14:30"}
    await does(here.aino, "propose", place="Perhekeskus", **times)
    await here.house.outbox.drain()
    page = await here.mother.opens()
    knob = next(each for each in page.knobs if each.value.startswith("time:1.") and each.value.endswith(":1"))
    await here.mother.sends(knob.action, {**knob.fields, knob.name: knob.value})
    assert phrase("desk.time.agreed") in (await here.aino.opens(CASE)).text
    assert await does(here.aino, "unbook") == 200
    assert here.case.bookings[0].cancelled == "worker"


async def test_no_time_is_no_proposal(house: House) -> None:
    """One sentence instead."""
    here = await room(house)
    assert await does(here.aino, "propose", place="Perhekeskus") == 409
    assert phrase("desk.time.wrong") in here.aino.page.text and not here.case.bookings


async def test_the_duty_to_report_shows_steps_numbers_and_words(house: House) -> None:
    """And keeps only that a step was taken."""
    here = await room(house)
    page = await here.aino.opens(f"{CASE}/help/report")
    duties = here.house.intake.door().base.duties
    assert duties is not None
    assert duties.report.steps[1].text.fi in page.text and "tel:112" in page.text
    await here.aino.taps(phrase("desk.step.duty-reported"))
    assert [each.kind for each in here.case.steps] == ["duty-reported"]
    await here.aino.opens(f"{CASE}/help/report")
    await here.aino.taps(phrase("desk.help.insert"))
    assert duties.report.ask.fi in here.case.drafts[0].text


async def test_lasta_marks_danger_and_asks_no_more(house: House) -> None:
    """The parent is told that she need not tell more here."""
    here = await room(house)
    page = await here.aino.opens(f"{CASE}/help/lasta")
    duties = here.house.intake.door().base.duties
    assert duties is not None and duties.lasta.never[0].fi in page.text
    await here.aino.taps(phrase("desk.help.lasta.button"))
    assert "abuse" in here.case.danger and await here.hears(phrase("care.lasta"))


async def test_help_is_there_for_everybody_but_its_forms_are_the_crews(house: House) -> None:
    """Reading is free."""
    here = await room(house)
    page = await here.eero.opens(f"{CASE}/help/lasta")
    assert here.eero.answer.status_code == 200 and not any(each.fields.get("act") for each in page.knobs)
    await here.eero.opens(f"{CASE}/help/else")
    assert here.eero.answer.status_code == 200 and "/desk" in here.eero.page.links


async def test_two_cases_of_one_parent_become_one(house: House) -> None:
    """Offered only where they may be one parent's."""
    here = await room(house)
    await here.aino.opens(CASE)
    assert not offers(here.aino, "merge")
    async with here.house.store.begin() as work:
        await work.add_case(
            changed(here.case, number=0, state="waiting", owner=None, waiting_since=here.case.opened_at)
        )
    await does(here.aino, "merge", other="2")
    assert here.case.merged == (2,) and here.house.store.state.cases[2].merged_into == 1


async def test_the_closing_form_tells_of_a_wrong_door(house: House) -> None:
    """The outcome, the service, and a proposal for the admins."""
    here = await room(house)
    fields = {"guided": "perheneuvo", "asked_for": "puheterapia", "belonged_to": "neuvola"}
    assert await does(here.aino, "close", outcome="guided-on", **fields) == 200
    assert (here.case.outcome, here.case.guided) == ("guided-on", "perheneuvo")
    async with here.house.store.begin() as work:
        proposals = await work.proposals()
    assert [(each.asked_for, each.belonged_to) for each in proposals] == [("puheterapia", "neuvola")]


async def test_a_case_is_not_closed_without_an_outcome(house: House) -> None:
    """She is asked to choose."""
    here = await room(house)
    assert await does(here.aino, "close", outcome="") == 409
    assert phrase("desk.choose") in here.aino.page.text and here.case.state == "claimed"
