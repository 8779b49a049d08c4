"""Journeys after the end: did she get help, the wrong door told to the admins, and silence otherwise."""

from __future__ import annotations

from datetime import timedelta

from bot.acts import Close
from bot.queueing.case import CaseState
from tests.journeys.town import Parent, Town, Worker


async def closed(town: Town) -> tuple[Parent, Worker]:
    """A parent whose case Aino has answered and closed; the question has just come."""
    parent, aino = town.parent(), await town.worker("Aino")
    await parent.says("vauva valvoo yöt, emme jaksa")
    await parent.asks_for_a_person()
    await parent.taps("Kyllä")
    assert await aino.claims(1)
    assert await aino.replies(1, "Hei, tässä neuvolan numero.")
    await parent.looks_away()
    await aino.must(1, Close("guided-on", "neuvola"))
    await town.passes(seconds=1)
    await parent.looks()
    return parent, aino


async def test_did_you_get_help_now_and_after_two_weeks(town: Town) -> None:
    """One short question at the end and one after a fortnight; a yes opens a free word to the developers."""
    parent, _ = await closed(town)
    parent.hears("päätti asian 1", "Saitko apua?")
    await parent.taps("Sain apua")
    await parent.taps("Kirjoita kehittäjille")
    await parent.says("Numero olisi pitänyt löytyä jo etusivulta.")
    parent.hears("Välitän sanasi eteenpäin")
    async with town.store.begin() as work:
        words = await work.words_to_developers(town.street.clock.now() - timedelta(days=1))
    assert [each.text for each in words] == ["Numero olisi pitänyt löytyä jo etusivulta."]
    await parent.looks_away()
    await town.passes(days=13)
    await parent.hears_nothing()
    await town.passes(days=1, minutes=10)
    await parent.looks()
    parent.hears("Saitko apua?")
    await parent.looks_away()
    await town.passes(days=60)
    await parent.hears_nothing()


async def test_she_wants_no_more_questions(town: Town) -> None:
    """One tap, and none ever comes again."""
    parent, _ = await closed(town)
    await parent.taps("Älä kysy enää")
    parent.hears("En kysy tästä enää")
    await parent.looks_away()
    await town.passes(days=40)
    await parent.hears_nothing()


async def test_not_yet_brings_a_person_back(town: Town) -> None:
    """The case is open again with all its history, and a worker takes it."""
    parent, aino = await closed(town)
    await town.passes(days=14, minutes=10)
    await parent.looks()
    await parent.says("neuvolassa ei vastata")
    await parent.taps("En vielä")
    parent.hears("Avasin asiasi 1 uudelleen", "ihminen jatkaa kanssasi")
    assert (await town.case(1)).state is CaseState.WAITING
    assert ("parent", "neuvolassa ei vastata") in await town.lines(1)
    assert await aino.claims(1)
    assert await aino.replies(1, "Soitan neuvolaan puolestasi.")
    await parent.looks()
    parent.hears("Soitan neuvolaan")


async def test_a_wrong_door_becomes_a_proposal(town: Town) -> None:
    """What she asked for and what she needed goes to the admins, with her words as she allowed; nothing is learnt."""
    parent, aino = town.parent(), await town.worker("Aino")
    await parent.says("vauva valvoo yöt, emme jaksa")
    await parent.asks_for_a_person()
    await parent.taps("Kyllä")
    assert await aino.claims(1)
    await aino.must(1, Close("wrong-place", "neuvola", "perheneuvola", "neuvola"))
    async with town.store.begin() as work:
        proposed = await work.proposals()
    assert [(each.asked_for, each.belonged_to, each.case) for each in proposed] == [("perheneuvola", "neuvola", 1)]
    assert proposed[0].words is not None
    assert "valvoo" in proposed[0].words
    await town.shows(1, "Väärä ovi")
    again = town.parent()
    await again.says("vauva valvoo yöt, emme jaksa")
    assert again.heard[0].text == parent.all[0].text


async def test_nothing_else_is_ever_sent_unasked(town: Town) -> None:
    """Sixty quiet days: one case closed and asked about, one left by its parent, one talk without any. No word more."""
    parent, _ = await closed(town)
    await parent.taps("Sain apua")
    left, guided = town.parent(), town.parent()
    await left.asks_for_a_person()
    await left.taps("Lopeta tämä asia")
    await guided.says("mistä löydän perhekahvilan")
    for each in (left, guided):
        await each.looks_away()
    await town.passes(days=14, minutes=10)
    for each in (left, guided):
        await each.hears_nothing()
    await parent.looks_away()
    for _ in range(60):
        await town.passes(days=1)
    for each in (parent, left, guided):
        await each.hears_nothing()
    async with town.store.begin() as work:
        assert (await work.outbox_unsent())[0] == 0
        assert await work.next_due() is None
