"""Journeys of cases: a person is asked for, comes, answers, and the matter ends, or goes on."""

from __future__ import annotations

import asyncio

from bot.messages import Address, Incoming, Text
from tests.journeys.town import Town


async def test_a_case_from_the_first_word_to_the_last(town: Town) -> None:
    """Asked for, told, claimed, answered both ways with the front door silent, closed, and reopened by writing."""
    parent, worker = town.parent(), await town.worker("Aino")
    await parent.says("vuokra on rästissä kaksi kuukautta ja häätö tulossa")
    await parent.taps("Haluan puhua ihmiselle")
    parent.hears("Asiasi numero on 1", "Olet jonossa seuraavana", "30 minuutissa", "Saanko kertoa")
    await parent.taps("Kyllä")
    parent.hears("Työntekijä näkee", "soitetaan")
    await parent.taps("Jutellaan tässä")
    await parent.says("onko teillä tulkkia?")
    parent.hears("Viestisi on työntekijän jonossa")

    await parent.looks_away()
    assert await worker.claims(1)
    await parent.looks()
    parent.hears("Työntekijä on nyt täällä")
    assert await worker.replies(1, "Hei, kyllä löytyy tulkki. Mitä kieltä puhut?")
    await parent.looks()
    parent.hears("Mitä kieltä puhut?")
    await parent.says("arabiaa")
    await parent.hears_nothing()
    assert ("parent", "arabiaa") in await town.lines(1)
    assert ("parent", "onko teillä tulkkia?") in await town.lines(1)

    await parent.looks_away()
    assert await worker.closes(1)
    await parent.looks()
    parent.hears("Työntekijä päätti asian 1")
    await parent.says("vielä yksi asia vuokrasta jäi")
    parent.hears("Jatketaanko samaa asiaa")
    await parent.taps("Jatka samaa asiaa")
    parent.hears("taas auki")
    assert ("parent", "vielä yksi asia vuokrasta jäi") in await town.lines(1)
    assert [case.number for case in await town.cases()] == [1]


async def test_a_case_claimed_by_two_workers_at_once_is_given_to_one(town: Town) -> None:
    """One wins; the other is told so and cannot answer."""
    parent = town.parent()
    first, second = await town.worker("Aino"), await town.worker("Eila")
    await parent.asks_for_a_person()
    won = await asyncio.gather(first.claims(1), second.claims(1))
    owner = (await town.case(1)).owner
    assert owner in (first.id, second.id)
    assert any(won)
    loser = second if owner == first.id else first
    await parent.looks_away()
    assert not await loser.replies(1, "Hei!")
    await parent.hears_nothing()


async def test_an_outsider_who_tries_to_answer_a_case_is_refused(town: Town) -> None:
    """Somebody who is no worker can neither claim, answer nor close; the parent hears nothing of it, the log does."""
    parent, worker = town.parent(), await town.worker("Aino")
    await parent.asks_for_a_person()
    await worker.claims(1)
    outsider = town.outsider()
    await parent.looks_away()
    assert not await outsider.claims(1)
    assert not await outsider.replies(1, "anna osoitteesi")
    assert not await outsider.closes(1)
    await parent.hears_nothing()
    assert (await town.case(1)).owner == worker.id
    assert "anna osoitteesi" not in str(await town.lines(1))


async def test_a_worker_taken_away_loses_all_access_at_once(town: Town) -> None:
    """A removed worker is an outsider from that moment on."""
    parent, worker = town.parent(), await town.worker("Aino")
    await parent.asks_for_a_person()
    await worker.claims(1)
    assert worker.id is not None
    async with town.store.begin() as work:
        await work.set_worker_active(worker.id, False)
    await parent.looks_away()
    assert not await worker.replies(1, "Hei")
    await parent.hears_nothing()


async def test_what_she_did_not_allow_is_not_shown(town: Town) -> None:
    """With "no", her earlier words stay with her; what she writes to the worker after that arrives."""
    parent, worker = town.parent(), await town.worker("Aino")
    await parent.says("mies jätti meidät ja rahat on loppu, en kehtaa kertoa kenellekään")
    await parent.taps("Haluan puhua ihmiselle")
    await parent.taps("Ei")
    parent.hears("ei näe aiempia")
    await worker.claims(1)
    case = await town.case(1)
    assert case.said == ()
    assert "kehtaa" not in str(await town.lines(1))


async def test_she_gives_a_number_to_call(town: Town) -> None:
    """A number is checked kindly, kept with the case, and the chat stays open."""
    parent = town.parent()
    await parent.asks_for_a_person()
    await parent.taps("Soittakaa minulle")
    await parent.says("123")
    parent.hears("ei näytä puhelinnumerolta")
    await parent.says("040 123 4567")
    parent.hears("Soitamme numeroon 040 123 4567")
    assert (await town.case(1)).phone == "040 123 4567"


async def test_she_may_go_back_to_the_guide_and_end_the_case_herself(town: Town) -> None:
    """While the case waits she may look for a service, ask where her case is, and end it."""
    parent = town.parent()
    await parent.asks_for_a_person()
    await parent.taps("Palveluopastus")
    parent.hears("Aloitetaan alusta")
    await parent.taps("Raha, työ, asuminen")
    await parent.taps("Missä asiani on?")
    parent.hears("Asiasi 1 on perheneuvon jonossa")
    await parent.taps("Lopeta tämä asia")
    parent.hears("Asia 1 on nyt päätetty")
    assert await town.cases() == ()
    await parent.taps("Kerron uuden asian")
    parent.can_reach_a_person()


async def test_danger_in_a_waiting_case_is_shown_first_and_marked(town: Town) -> None:
    """Words of danger while she waits: where to turn now comes first, and the case moves up."""
    early, parent = town.parent(), town.parent()
    await early.asks_for_a_person()
    await parent.asks_for_a_person()
    await parent.taps("Jutellaan tässä")
    await parent.says("en jaksa enää elää")
    assert "112" in parent.heard[0].text
    assert [case.number for case in await town.cases()] == [2, 1]
    assert ("parent", "en jaksa enää elää") in await town.lines(2)


async def test_the_same_message_sent_twice_counts_once(plain_town: Town) -> None:
    """A form sent twice is one turn."""
    parent = plain_town.parent()
    incoming = Incoming(Address("console", str(parent.number)), Text("hei onko siellä ketään"), hint="fi")
    taken = [await plain_town.street.intake.parent(incoming, once="same") for _ in range(3)]
    assert taken == [True, False, False]
    await parent.looks()
    once = len(parent.all)
    await parent.says("hei onko siellä ketään")
    assert len(parent.all) > once
