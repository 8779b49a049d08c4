"""Journeys of a matter that is passed on: warmly, and never around. On every channel."""

from __future__ import annotations

import asyncio

from bot.acts import Accept, Advise, Claim, Close, Consulting, Decline, HandOver, Merge, Note, Release, Reply, TakeOver
from bot.queueing.assigning import Profile
from bot.queueing.case import CaseState
from tests.journeys.town import Parent, Town, Worker

DESK = Profile(("fi",), "perheneuvo")
PARISH = Profile(("fi",), "seurakunta")
OFFER = HandOver("vertaistuki olisi lähempänä", unit="seurakunta")


async def talking(town: Town) -> tuple[Parent, Worker, Worker]:
    """A parent with Aino of the desk; Timo works in the parish."""
    parent, aino = town.parent(), await town.worker("Aino", profile=DESK)
    timo = await town.worker("Timo", "network", PARISH)
    await parent.asks_for_a_person()
    await parent.taps("Jutellaan tässä")
    await parent.says("olen ihan yksin kaksosten kanssa")
    assert await aino.claims(1)
    await parent.looks_away()
    return parent, aino, timo


async def test_a_warm_hand_over_that_is_accepted(town: Town) -> None:
    """She is asked, agrees, and stays with Aino until Timo has taken it; then every word reaches Timo."""
    parent, aino, timo = await talking(town)
    await aino.must(1, OFFER)
    await parent.looks()
    parent.hears("Seurakunta ja järjestöt", "Saanko kertoa heille", "toinen organisaatio")
    await timo.cannot(1, Accept())
    await parent.taps("Kyllä")
    parent.hears("Siihen asti asiasi on minulla")
    assert await aino.replies(1, "Olen tässä, kunnes he vastaavat.")
    await parent.looks_away()

    await timo.must(1, Accept())
    await parent.looks()
    parent.hears("on nyt täällä: Seurakunta ja järjestöt")
    case = await town.case(1)
    assert (case.owner, case.handed_over) == (timo.id, 1)
    await parent.says("hei, kuka siellä?")
    await parent.hears_nothing()
    assert await timo.replies(1, "Timo täällä, hei.")
    await aino.cannot(1, Reply("vielä minäkin"), Note("vielä minäkin"), Close("helped-here"))
    await parent.looks()
    parent.hears("Timo täällä")


async def test_a_warm_hand_over_that_is_declined(town: Town) -> None:
    """Timo says why he cannot; Aino goes on, and the parent hears that she does."""
    parent, aino, timo = await talking(town)
    await aino.must(1, OFFER)
    await parent.looks()
    await parent.taps("Kyllä")
    await timo.cannot(1, Decline("  "))
    await timo.must(1, Decline("ryhmä on täynnä tammikuuhun"))
    await parent.looks()
    parent.hears("ei nyt voinut ottaa", "Työntekijäsi jatkaa kanssasi")
    await town.shows(1, "ryhmä on täynnä tammikuuhun")
    assert (await town.case(1)).owner == aino.id
    assert await aino.replies(1, "Etsitään toinen ryhmä.")
    await timo.cannot(1, Accept())


async def test_a_warm_hand_over_that_nobody_answers(town: Town) -> None:
    """Silence gives it back to the giver, who never let go of it; the parent and the case hear so."""
    parent, aino, timo = await talking(town)
    await aino.must(1, OFFER)
    await parent.looks()
    await parent.taps("Kyllä")
    assert await aino.replies(1, "Kysyin heiltä.")
    await parent.looks_away()
    await town.passes(minutes=75)
    await parent.looks()
    parent.hears("ei nyt voinut ottaa", "Työntekijäsi jatkaa kanssasi")
    case = await town.case(1)
    assert (case.owner, case.offer, case.handed_over) == (aino.id, None, 0)
    await timo.cannot(1, Accept())
    await town.shows(1, "⏰")


async def test_a_no_keeps_her_matter_where_it_is(town: Town) -> None:
    """She does not want another organisation: it is never told, and Aino goes on."""
    parent, aino, timo = await talking(town)
    await aino.must(1, OFFER)
    await parent.looks()
    await parent.taps("Ei")
    parent.hears("En kerro asiastasi heille")
    await timo.cannot(1, Accept())
    assert (await town.case(1)).owner == aino.id
    old = next(data for seen in parent.all for label, data in seen.buttons if label == "Kyllä" and "ok:1" in data)
    await parent.taps_old(old)
    parent.hears("Tämä nappi on jo vanha")
    await timo.cannot(1, Accept())


async def test_the_network_is_asked_without_giving_the_case_away(town: Town) -> None:
    """A question that tells who she is is refused; a good one is answered, by name; the parent hears none of it."""
    parent, aino, timo = await talking(town)
    await aino.cannot(1, Consulting("Soita äidille 040 123 4567", ("seurakunta",)))
    await aino.must(1, Consulting("Onko kaksosperheille ryhmää?", ("seurakunta",)))
    item = (await town.case(1)).consults[0].id
    await timo.must(1, Advise(item, "On, torstaisin kello kymmenen."))
    await parent.hears_nothing()
    await town.shows(1, "Timo vastaa", "torstaisin kello kymmenen")
    await timo.cannot(1, Reply("otan itse yhteyttä"))
    assert (await town.case(1)).owner == aino.id


async def test_a_worker_removed_in_mid_case(town: Town) -> None:
    """From that moment nothing she does is done; her case is in the queue, the parent knows, another goes on."""
    parent, aino, timo = await talking(town)
    await town.leaves(aino)
    await aino.cannot(1, Reply("vielä yksi"), Note("vielä yksi"), Close("helped-here"), TakeOver("oma asiani"))
    await town.passes(seconds=1)
    await parent.looks()
    parent.hears("on taas jonossa", "Sinun ei tarvitse kertoa kaikkea uudelleen")
    case = await town.case(1)
    assert (case.state, case.owner, case.last_owner) == (CaseState.WAITING, None, aino.id)
    await aino.cannot(1, Claim())
    assert await timo.claims(1)
    assert ("parent", "olen ihan yksin kaksosten kanssa") in await town.lines(1)


async def test_a_reply_while_the_case_is_closed(town: Town) -> None:
    """Her word crosses with the closing: it is kept, she is asked whether to go on, and it goes along."""
    parent, aino, _ = await talking(town)
    seen = parent.all
    await asyncio.gather(aino.closes(1), aino.does(1, Reply("Vielä tämä numero: 015 000 0000")))
    assert (await town.case(1)).state is CaseState.CLOSED
    await parent.looks()
    told = sum("Vielä tämä numero" in each.text for each in parent.all[len(seen) :])
    kept = [text for by, text in await town.lines(1) if by == "worker"]
    assert told == len(kept), "a reply is in the case and on her screen, or in neither"
    await parent.says("odota, yksi kysymys vielä")
    parent.hears("Jatketaanko samaa asiaa")
    await parent.taps("Jatka samaa asiaa")
    assert ("parent", "odota, yksi kysymys vielä") in await town.lines(1)
    assert (await town.case(1)).state is CaseState.WAITING


async def test_two_cases_of_one_parent_become_one(town: Town) -> None:
    """She asked twice and gave the same number: one worker, one place, nothing lost, both screens go there."""
    aino, (parent, again) = await town.worker("Aino", profile=DESK), (town.parent(), town.parent())
    for each in (parent, again):
        await each.asks_for_a_person()
        await each.taps("Soittakaa minulle")
        await each.says("040 765 4321")
    assert await aino.claims(1)
    await again.says("sama asia, eri laite")
    await aino.must(1, Merge(2))
    await again.looks()
    merged = await town.case(2)
    assert (merged.state, merged.merged_into) == (CaseState.CLOSED, 1)
    assert ("parent", "sama asia, eri laite") in await town.lines(1)
    await again.says("näkyykö tämä?")
    assert ("parent", "näkyykö tämä?") in await town.lines(1)
    assert await aino.replies(1, "Näkyy.")
    await again.looks()
    again.hears("Näkyy.")
    await aino.must(1, Release())
    for each in (parent, again):
        await each.says("lapsi itkee taas")
        each.hears("Viestisi on työntekijän jonossa")
    assert await aino.claims(1)
    for each in (parent, again):
        await each.looks_away()
        await each.says("hyvä")
        await each.hears_nothing()
    stranger = town.parent()
    await stranger.asks_for_a_person()
    await aino.cannot(1, Merge(3))
    await aino.must(1, Close("helped-here"))
    for each in (parent, again):
        await each.says("vielä yksi asia siitä")
        each.hears("Jatketaanko samaa asiaa")


async def test_a_silent_workers_case_goes_back(town: Town) -> None:
    """She waits for an answer too long: the queue has it again, she is told, and somebody else can take it."""
    parent, aino, timo = await talking(town)
    assert await aino.replies(1, "Hei, selvitän.")
    await parent.says("löytyikö mitään?")
    await town.passes(minutes=50)
    await parent.hears_nothing()
    await town.passes(minutes=20)
    await parent.looks()
    parent.hears("ei ole ehtinyt vastata", "on taas jonossa")
    assert (await town.case(1)).state is CaseState.WAITING
    await aino.cannot(1, Reply("anteeksi, vasta nyt"))
    assert await timo.claims(1)
    assert await timo.replies(1, "Timo jatkaa.")
    await parent.looks()
    parent.hears("Timo jatkaa.")


async def test_a_silent_worker_costs_the_parent_no_place(town: Town) -> None:
    """Taken and never answered: back in the queue she is before those who came after her."""
    first, aino = town.parent(), await town.worker("Aino")
    await first.asks_for_a_person()
    assert await aino.claims(1)
    await town.passes(minutes=20)
    await town.parent().asks_for_a_person()
    await town.passes(minutes=45)
    assert [case.number for case in await town.cases()] == [1, 2]
    assert all(case.state is CaseState.WAITING for case in await town.cases())
    await first.asks_for_a_person()
    first.hears("Asiasi 1 on perheneuvon jonossa", "Olet jonossa seuraavana")
