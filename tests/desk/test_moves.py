"""What workers do, through the intake: what the parent hears, what is kept, who is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.acts import (
    Accept,
    AddTask,
    Advise,
    Bring,
    CancelTime,
    CaseMove,
    Claim,
    Close,
    Consulting,
    Correct,
    Decline,
    Duty,
    HandOver,
    Invite,
    Lasta,
    Merge,
    Note,
    Presence,
    Prioritise,
    Propose,
    Release,
    Reply,
    SaveDraft,
    Snooze,
    StepOut,
    TakeOver,
    TaskDone,
    TeamOutcome,
    Withdraw,
    WritePlan,
)
from bot.messages import Address
from bot.ports import UnitOfWork
from bot.queueing.assigning import Profile
from bot.queueing.case import Case, CaseState, Holder, who_has_it
from tests.desk.house import House, buttons, text

DESK, CLINIC, PARISH = Profile(unit="perheneuvo"), Profile(unit="neuvolat"), Profile(unit="seurakunta")
OTHER = Address("console", "other")


async def house_case(work: UnitOfWork) -> Case:
    """The first case."""
    found = await work.case(1)
    assert found is not None
    return found


async def test_a_hand_over_to_another_organisation_waits_for_the_parent() -> None:
    """She is asked by the unit's name; until she agrees the taker can do nothing; then the taker has it, warmly."""
    house = House()
    kaisa, timo = await house.worker("Kaisa", profile=DESK), await house.worker("Timo", "network", PARISH)
    await house.claimed(kaisa)
    asked = await house.must(kaisa, HandOver("vertaistuki", unit="seurakunta"))
    assert "Seurakunta" in text(asked)
    assert not (await house.does(timo, Accept())).done
    agreed = await house.press(next(each for each in buttons(asked) if each.endswith(":yes")))
    assert "asiasi on minulla" in text(agreed)
    assert who_has_it(await house.case()).worker == kaisa.id
    heard = await house.must(timo, Accept())
    assert "Seurakunta" in text(heard)
    case = await house.case()
    assert (case.owner, case.handed_over, case.last_owner) == (timo.id, 1, kaisa.id)
    assert (await house.does(kaisa, Reply("hei"))).done is False, "the giver has let go"


async def test_a_no_of_the_parent_leaves_the_case_where_it_is() -> None:
    """The taker is never asked."""
    house = House()
    kaisa, timo = await house.worker("Kaisa", profile=DESK), await house.worker("Timo", "network", PARISH)
    await house.claimed(kaisa)
    asked = await house.must(kaisa, HandOver("vertaistuki", unit="seurakunta"))
    await house.press(next(each for each in buttons(asked) if each.endswith(":no")))
    assert not (await house.does(timo, Accept())).done
    assert (await house.case()).offer is None
    assert "ei suostunut" in [line.text for line in await house.lines()][-1]


async def test_an_offer_declined_or_ignored_stays_with_the_giver() -> None:
    """With a reason, or by itself after its time; the parent, who knew of it, hears so."""
    house = House()
    kaisa, timo = await house.worker("Kaisa", profile=CLINIC), await house.worker("Timo", "network", CLINIC)
    await house.claimed(kaisa)
    await house.must(timo, Presence("off"), None)
    assert not (await house.does(kaisa, HandOver("osaat tämän", to=timo.id))).done, "nothing is put on the absent"
    await house.must(timo, Presence("on"), None)
    await house.must(kaisa, HandOver("osaat tämän", to=timo.id))
    assert not (await house.does(timo, Decline(" "))).done
    heard = await house.must(timo, Decline("olen lomalla"))
    assert "jatkaa kanssasi" in text(heard)
    await house.must(kaisa, Reply("Kysyn vielä"))
    await house.must(kaisa, HandOver("osaat tämän", to=timo.id))
    heard = await house.later(hours=3)
    assert "jatkaa kanssasi" in text(heard)
    case = await house.case()
    assert (case.owner, case.offer) == (kaisa.id, None)
    await house.must(kaisa, HandOver("osaat tämän", to=timo.id))
    await house.must(kaisa, Withdraw())
    assert not (await house.does(timo, Accept())).done


async def test_the_network_answers_without_knowing_the_family() -> None:
    """What plainly identifies is refused; the answer stands in the case with whose it is; nobody else could read it."""
    house = House()
    kaisa, timo = await house.worker("Kaisa"), await house.worker("Timo", "network", PARISH)
    await house.claimed(kaisa)
    refused = await house.does(kaisa, Consulting("Perhe, puh 040 123 4567, tarvitsee apua"))
    assert not refused.done
    assert "tunnistaa" in refused.text
    assert await house.must(kaisa, Consulting("Onko eroryhmissä tilaa?", ("seurakunta",))) == []
    item = (await house.case()).consults[0].id
    await house.must(timo, Advise(item, "On, alkaa maanantaina"))
    case = await house.case()
    assert case.consults[0].answers[0].worker == timo.id
    assert case.owner == kaisa.id
    assert not (await house.does(timo, Note("utelen"))).done, "advising opens nothing else"


async def test_three_workers_make_one_plan_with_the_parent() -> None:
    """She sees who is in, gets the plan, comments on it by a button, and her word is in it."""
    house = House()
    kaisa, timo, liisa = [await house.worker(name) for name in ("Kaisa", "Timo", "Liisa")]
    await house.claimed(kaisa)
    assert "Timo" in text(await house.must(kaisa, Invite(timo.id)))
    await house.must(kaisa, Invite(liisa.id))
    assert not (await house.does(timo, Invite(liisa.id))).done, "the owner coordinates"
    await house.must(timo, AddTask("Soitan kouluun", timo.id, house.clock.now().date()))
    plan = await house.must(liisa, WritePlan("Tavataan kerran viikossa."))
    assert "Soitan kouluun" in text(plan)
    await house.press(next(each for each in buttons(plan) if each.endswith(":comment")))
    thanked = await house.parent("Keskiviikko sopisi paremmin")
    assert "suunnitelmassa" in text(thanked)
    kept = (await house.case()).plan
    assert kept is not None
    assert [each.text for each in kept.comments] == ["Keskiviikko sopisi paremmin"]
    await house.must(timo, TaskDone(kept.tasks[0].id))
    await house.must(timo, Reply("Moi, tässä Timo"))
    assert "Timo" in text(await house.must(timo, StepOut()))
    assert not (await house.does(timo, Reply("vielä"))).done
    status = text(await house.press("person"))
    assert "1 muuta" in status


async def test_the_team_needs_consent_and_tells_its_outcome() -> None:
    """No outcome without a yes; the outcome reaches the parent in the words written for her."""
    house = House()
    kaisa = await house.worker("Kaisa")
    await house.claimed(kaisa)
    asked = await house.must(kaisa, Bring("vatu-askola", house.clock.now().date() + timedelta(days=2)))
    assert "VATU" in text(asked)
    assert not (await house.does(kaisa, TeamOutcome("sovittu"))).done
    await house.press(next(each for each in buttons(asked) if each.endswith(":yes")))
    heard = await house.must(kaisa, TeamOutcome("Perheohjaaja soittaa maanantaina."))
    assert "Perheohjaaja soittaa maanantaina." in text(heard)


async def test_a_time_is_picked_by_button_reminded_of_and_moved() -> None:
    """The day before there is one reminder; moving it tells the worker; the old button is old."""
    house = House()
    kaisa = await house.worker("Kaisa")
    await house.claimed(kaisa)
    at = house.clock.now() + timedelta(days=3)
    asked = await house.must(kaisa, Propose((at, at + timedelta(hours=2)), "Perhekeskus"))
    second = next(each for each in buttons(asked) if each.endswith(":1"))
    picked = await house.press(second)
    assert "Perhekeskus" in text(picked)
    assert "vanha" in text(await house.press(second)), "one time is enough"
    assert "Muistutus" in text(await house.later(days=2, hours=2, minutes=1))
    assert "Muistutus" not in text(await house.later(hours=1))
    await house.press(next(each for each in buttons(picked) if each.endswith(":move")))
    case = await house.case()
    assert case.bookings[0].cancelled == "parent"
    await house.must(kaisa, Propose((house.clock.now() + timedelta(days=5),)))
    await house.must(kaisa, CancelTime((await house.case()).bookings[1].id))


async def test_lasta_marks_danger_and_asks_nothing_more() -> None:
    """The parent is told that she need not tell more; the case goes to the front; only the step is logged."""
    house = House()
    kaisa = await house.worker("Kaisa")
    await house.claimed(kaisa)
    heard = await house.must(kaisa, Lasta())
    assert "112" in text(heard)
    case = await house.case()
    assert case.danger == ("abuse",)
    await house.must(kaisa, Duty("duty-reported"))
    assert [step.kind for step in (await house.case()).steps] == ["lasta", "duty-reported"]
    async with house.store.begin() as work:
        log = await work.case_log(1)
    assert [(each.kind, each.detail) for each in log][-1] == ("duty", "duty-reported")


async def test_a_reply_can_be_corrected_kept_back_or_noted() -> None:
    """A correction says that it is one; a draft and a note never reach the parent; sending clears the draft."""
    house = House()
    kaisa = await house.worker("Kaisa")
    await house.claimed(kaisa)
    assert await house.must(kaisa, SaveDraft("Hei, ehkä")) == []
    assert await house.must(kaisa, Note("Äiti kuulosti väsyneeltä")) == []
    assert (await house.case()).drafts[0].text == "Hei, ehkä"
    await house.must(kaisa, Reply("Soitan kello 12"))
    assert (await house.case()).drafts == ()
    assert "Korjaus" in text(await house.must(kaisa, Correct("Soitan kello 13")))
    assert [line.by for line in await house.lines() if line.by != "desk"] == ["note", "worker", "worker"]


async def test_release_take_over_snooze_and_priority() -> None:
    """Taking over needs a reason; a snoozed case wakes by itself or by the parent's word; a lead may release it."""
    house = House()
    kaisa, timo, lead = await house.worker("Kaisa"), await house.worker("Timo"), await house.worker("Johanna", "lead")
    await house.claimed(kaisa)
    assert not (await house.does(timo, TakeOver(""))).done
    assert "toinen työntekijä" in text(await house.must(timo, TakeOver("Kaisa on sairaana")))
    await house.must(timo, Reply("Moi"))
    await house.must(timo, Snooze(house.clock.now() + timedelta(hours=2)))
    await house.later(hours=2, minutes=1)
    assert (await house.case()).snoozed_until is None
    await house.must(timo, Snooze(house.clock.now() + timedelta(days=1)))
    await house.parent("Unohdin vielä sanoa")
    assert (await house.case()).snoozed_until is None
    assert not (await house.does(kaisa, Release())).done
    await house.must(kaisa, Prioritise())
    assert "jonossa" in text(await house.must(lead, Release()))
    assert who_has_it(await house.case()).holder is Holder.QUEUE


async def test_the_closing_form_proposes_the_wrong_door_to_the_admins() -> None:
    """Never learnt silently: a line for somebody to judge."""
    house = House()
    kaisa = await house.worker("Kaisa")
    await house.claimed(kaisa)
    await house.must(kaisa, Close("guided-on", "neuvola", asked_for="perheneuvola", belonged_to="neuvola"))
    async with house.store.begin() as work:
        found = await work.proposals()
        assert [(each.asked_for, each.belonged_to) for each in found] == [("perheneuvola", "neuvola")]
        await work.judge_proposal(found[0].id, house.clock.now())
        assert await work.proposals() == ()
    assert "Väärä ovi" in (await house.lines())[-1].text


async def test_two_cases_of_one_parent_become_one() -> None:
    """Lines go along; a case of somebody else is never joined."""
    house = House()
    kaisa = await house.worker("Kaisa")
    await house.claimed(kaisa)
    await house.parent("ensimmäinen asia")
    async with house.store.begin() as work:
        second = await work.add_case(replace(await house_case(work), number=0, state=CaseState.WAITING, owner=None))
        await work.add_case_line(second.number, "parent", None, "toinen asia", house.clock.now())
        stranger = await work.add_case(replace(second, conversation=(await work.conversation(OTHER))[0]))
    assert not (await house.does(kaisa, Merge(stranger.number))).done
    await house.must(kaisa, Merge(second.number))
    assert {"ensimmäinen asia", "toinen asia"} <= {line.text for line in await house.lines()}
    assert (await house.case(second.number)).merged_into == 1


async def test_whoever_only_watches_can_do_nothing_with_a_case() -> None:
    """Every move but those anybody may make is refused to a worker who is not in it, and changes nothing."""
    house = House()
    kaisa, timo = await house.worker("Kaisa"), await house.worker("Timo")
    await house.claimed(kaisa)
    before = await house.case()
    day = house.clock.now() + timedelta(days=1)
    acts: list[CaseMove] = [Claim(), Release(), Snooze(day), Reply("x"), Correct("x"), Note("x"), SaveDraft("x")]
    acts += [Consulting("x"), HandOver("x", unit="neuvolat"), Accept(), Decline("x"), Withdraw(), Invite(timo.id)]
    acts += [StepOut(), WritePlan("x"), AddTask("x"), TaskDone(1), Bring("vatu-askola", day.date()), TeamOutcome("x")]
    acts += [Propose((day,)), CancelTime(1), Duty("duty-shown"), Lasta(), Merge(2), Close("helped-here")]
    for act in acts:
        assert not (await house.does(timo, act)).done, act
    assert await house.case() == before
    assert house.heard() == []


@pytest.mark.parametrize("kind", ["on", "away", "off"])
async def test_presence_is_kept_and_answered(kind: str) -> None:
    """She hears how she is seen now."""
    house = House()
    kaisa = await house.worker("Kaisa")
    answer = await house.does(kaisa, Presence(kind), None)  # type: ignore[arg-type]  # the three kinds there are
    assert answer.done
    async with house.store.begin() as work:
        found = await work.worker(kaisa.id)
    assert found is not None
    assert found.profile.presence == kind
