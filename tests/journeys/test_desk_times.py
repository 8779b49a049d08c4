"""Journeys of a time: proposed, picked by a button, remembered the day before, moved, cancelled by either."""

from __future__ import annotations

from datetime import timedelta

from bot.acts import CancelTime, Claim, Close, Propose
from tests.builders import A_TUESDAY
from tests.journeys.town import Parent, Town, Worker

FRIDAY, MONDAY = A_TUESDAY + timedelta(days=3, hours=2), A_TUESDAY + timedelta(days=6, hours=3)
TIMES = Propose((FRIDAY, MONDAY), "Perhekeskus, Maaherrankatu 1")


async def talking(town: Town) -> tuple[Parent, Worker]:
    """A parent with Aino of the desk, who has answered."""
    parent, aino = town.parent(), await town.worker("Aino")
    await parent.asks_for_a_person()
    await aino.must(1, Claim())
    assert await aino.replies(1, "Hei, etsitään aika.")
    await parent.looks_away()
    return parent, aino


async def test_a_time_from_the_proposal_to_the_day_before(town: Town) -> None:
    """Two buttons and "none"; the one she picks holds, and she is reminded of it once, a day before."""
    parent, aino = await talking(town)
    await aino.cannot(1, Propose((A_TUESDAY - timedelta(hours=1),)))
    await aino.must(1, TIMES)
    await parent.looks()
    parent.hears("Mikä näistä ajoista", "Perhekeskus, Maaherrankatu 1")
    assert {"pe 27.11. kello 12", "ma 30.11. kello 13", "Mikään ei sovi"} <= set(parent.buttons)
    await parent.taps("ma 30.11.")
    parent.hears("Sovittu: ma 30.11. kello 13", "Muistutan sinua päivää ennen", "Perhekeskus")
    await town.shows(1, "ma 30.11. kello 13")
    await town.passes(days=4)
    await parent.looks_away()
    town.at(MONDAY - timedelta(days=1))
    await town.passes(minutes=1)
    await parent.looks()
    parent.hears("Muistutus", "huomenna kello 13", "Perhekeskus")
    await parent.looks_away()
    await town.passes(hours=12)
    await parent.hears_nothing()


async def test_a_time_that_is_moved(town: Town) -> None:
    """The old one is off for both, no reminder of it comes, and the new one holds."""
    parent, aino = await talking(town)
    await aino.must(1, TIMES)
    await parent.looks()
    await parent.taps("ma 30.11.")
    await parent.taps("Siirrä aika")
    parent.hears("Aika on peruttu", "ehdottaa uusia aikoja")
    await aino.must(1, Propose((MONDAY + timedelta(days=1),)))
    await parent.looks()
    await parent.taps("ti 1.12.")
    parent.hears("Sovittu: ti 1.12.")
    stands = [each.picked for each in (await town.case(1)).bookings if each.stands]
    assert stands == [MONDAY + timedelta(days=1)]
    await parent.looks_away()
    town.at(MONDAY - timedelta(days=1))
    await town.passes(minutes=1)
    await parent.hears_nothing()


async def test_a_time_she_cancels_and_one_her_worker_cancels(town: Town) -> None:
    """Either is told of the other's; a button of a time that is off says that it is old."""
    parent, aino = await talking(town)
    await aino.must(1, TIMES)
    await parent.looks()
    await parent.taps("pe 27.11.")
    await parent.taps("Peru aika")
    parent.hears("Aika on peruttu. Kerroin työntekijälle")
    await parent.taps("ma 30.11.")
    parent.hears("Tämä nappi on jo vanha")
    await aino.must(1, TIMES)
    item = (await town.case(1)).bookings[-1].id
    await aino.must(1, CancelTime(item))
    await parent.looks()
    parent.hears("on peruttu", "Työntekijäsi kertoo")
    await aino.cannot(1, CancelTime(item))
    await parent.taps("ma 30.11.")
    parent.hears("Tämä nappi on jo vanha")


async def test_a_time_outlives_the_case(town: Town) -> None:
    """Closed with a time agreed: she is still reminded, and may still cancel it."""
    parent, aino = await talking(town)
    await aino.must(1, TIMES)
    await parent.looks()
    await parent.taps("ma 30.11.")
    await aino.must(1, Close("called-back"))
    await town.passes(seconds=1)
    town.at(MONDAY - timedelta(days=1))
    await parent.looks_away()
    await town.passes(minutes=1)
    await parent.looks()
    parent.hears("Muistutus", "huomenna kello 13")
    await parent.taps("Peru aika")
    parent.hears("Aika on peruttu")
    await town.shows(1, "perui")
