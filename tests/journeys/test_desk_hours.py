"""Journeys of the desk's hours: nobody there, another language, danger that climbs, always with the truth told."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.acts import Close, Presence, Reply
from bot.queueing import telling
from bot.queueing.assigning import Profile
from bot.queueing.case import CaseState
from tests.builders import A_NIGHT, CHRISTMAS_EVE, ZONE, starter
from tests.journeys.town import Town

AFTER_CHRISTMAS = datetime(2026, 12, 28, 8, 5, tzinfo=ZONE)


async def test_nobody_on_shift_on_christmas_eve(town: Town) -> None:
    """She hears the sign, when we open, and 112; nothing rings over the holidays; on Monday somebody comes."""
    town.at(CHRISTMAS_EVE)
    parent, aino = town.parent(), await town.worker("Aino")
    await parent.asks_for_a_person()
    parent.hears("kiinni joulun pyhinä", "Avaamme ma 28.12.", "kello 8", "112")
    await parent.taps("Jutellaan tässä")
    await parent.says("joulu on meillä raskas")
    parent.hears("Viestisi on työntekijän jonossa")
    for _ in range(3):
        await parent.looks_away()
        await town.passes(days=1)
        await parent.hears_nothing()
        await parent.asks_for_a_person()
        parent.hears("Asiasi 1 on perheneuvon jonossa", "Avaamme")
    assert (await town.case(1)).climbed == 0
    town.at(AFTER_CHRISTMAS)
    await parent.looks_away()
    await town.passes(seconds=0)
    assert await aino.claims(1)
    await parent.looks()
    parent.hears("Työntekijä on nyt täällä")
    assert ("parent", "joulu on meillä raskas") in await town.lines(1)


async def test_the_desk_is_open_but_everybody_is_away(town: Town) -> None:
    """Nothing is made up: she hears that nobody is there, and 112."""
    parent, aino = town.parent(), await town.worker("Aino")
    await aino.is_(Presence("away"))
    await parent.asks_for_a_person()
    parent.hears("juuri nyt kukaan ei ole paikalla", "112")
    await aino.is_(Presence("on"))
    await parent.asks_for_a_person()
    parent.hears("Perheneuvo on auki", "30 minuutissa")


async def test_a_danger_case_climbs_from_the_desk_to_the_lead_and_to_those_on_call(town: Town) -> None:
    """In the middle of the night, by the clock: the lead's mark, then the numbers on her own screen; it stays open."""
    town.at(A_NIGHT)
    parent, aino = town.parent(), await town.worker("Aino")
    await parent.says("hei")
    await parent.says("mieheni lyö minua ja lapset näkevät")
    assert "112" in parent.heard[0].text
    assert (await town.case(1)).danger
    await parent.looks_away()
    await town.passes(minutes=11)
    await parent.hears_nothing()
    assert (await town.case(1)).climbed == 1
    await parent.asks_for_a_person()
    parent.hears("Jonosta vastaava esihenkilö tietää asiastasi")
    await parent.looks_away()
    await town.passes(minutes=5)
    await parent.looks()
    parent.hears("eikä sitä ole unohdettu", "112", "116 117")
    assert (await town.case(1)).state is CaseState.WAITING
    assert [line.kind for line in await town.log(1)] == ["warn", "climb", "climb"]
    assert await aino.claims(1)
    assert (await town.case(1)).climbed == 0
    await parent.looks_away()
    await town.passes(minutes=45)
    await parent.looks()
    parent.hears("on taas jonossa", "eikä sitä ole unohdettu", "112")


async def test_a_swedish_parent_while_only_finnish_is_spoken(town: Town) -> None:
    """She is told so in Swedish and chooses; the choice is in the case; a Swedish speaker makes it unnecessary."""
    aino = await town.worker("Aino", profile=Profile(("fi",)))
    parent = town.parent("sv")
    await parent.asks_for_a_person()
    parent.hears("ingen på plats som betjänar på svenska")
    await parent.taps("Jag väntar")
    parent.hears("väntar på någon som talar ditt språk")
    assert (await town.case(1)).any_language is False
    assert "odottaa palvelua omalla kielellään" in await card(town)
    older = next(data for seen in parent.all for label, data in seen.buttons if label == "Annat språk går bra")
    await parent.taps_old(older)
    parent.hears("Den första lediga arbetstagaren svarar")
    assert (await town.case(1)).any_language is True
    assert "mikä kieli vain käy" in await card(town)
    assert await aino.claims(1)
    assert "mikä kieli vain käy" in telling.about(starter(), await town.case(1))
    assert await aino.replies(1, "Hej, jag skriver med ordbok.")
    await parent.looks()
    parent.hears("jag skriver med ordbok")
    await town.worker("Siv", profile=Profile(("sv", "fi")))
    other = town.parent("sv")
    await other.asks_for_a_person()
    assert "betjänar på svenska" not in other.text


async def card(town: Town) -> str:
    """What the desk sees of case 1 before anybody takes it."""
    return telling.card(starter(), await town.case(1), None, town.street.clock.now()).text


async def test_a_parent_who_comes_back_after_a_month(town: Town) -> None:
    """To her own worker, if she is there; all they said is still there, and nothing must be told again."""
    parent, aino = town.parent(), await town.worker("Aino")
    await town.worker("Sofia")
    await parent.asks_for_a_person()
    await parent.taps("Jutellaan tässä")
    await parent.says("poika ei suostu kouluun")
    assert await aino.claims(1)
    assert await aino.replies(1, "Sovitaan koulun kanssa palaveri.")
    assert await aino.closes(1)
    await town.passes(days=34)
    await aino.is_(Presence("on"))
    await parent.says("nyt hän on taas ollut kotona kaksi viikkoa")
    parent.hears("Jatketaanko samaa asiaa")
    await parent.taps("Jatka samaa asiaa")
    parent.hears("Sama työntekijä jatkaa kanssasi")
    assert "Olet jonossa" not in parent.text
    case = await town.case(1)
    assert (case.state, case.owner) == (CaseState.CLAIMED, aino.id)
    said = [text for by, text in await town.lines(1) if by in ("parent", "worker")]
    assert said == [
        "poika ei suostu kouluun",
        "Sovitaan koulun kanssa palaveri.",
        "nyt hän on taas ollut kotona kaksi viikkoa",
    ]
    await aino.must(1, Reply("Katsotaan uudestaan."), Close("helped-here"))


async def test_a_parent_who_comes_back_when_her_worker_is_off(town: Town) -> None:
    """To the queue, with the history, and with a true word on when."""
    parent, aino, sofia = town.parent(), await town.worker("Aino"), await town.worker("Sofia")
    await parent.asks_for_a_person()
    assert await aino.claims(1)
    assert await aino.replies(1, "Hei.")
    assert await aino.closes(1)
    await town.passes(days=34)
    await aino.is_(Presence("off"))
    await sofia.is_(Presence("on"))
    await parent.says("sama asia kuin viimeksi")
    await parent.taps("Jatka samaa asiaa")
    parent.hears("on taas auki", "Olet jonossa seuraavana", "30 minuutissa")
    case = await town.case(1)
    assert (case.state, case.last_owner) == (CaseState.WAITING, aino.id)
    assert await sofia.claims(1)
    assert ("worker", "Hei.") in await town.lines(1)


async def test_times_of_day_are_the_desks_wherever_the_clock_is(town: Town) -> None:
    """On a Friday evening she hears of Monday, not of an hour."""
    town.at(datetime(2026, 11, 27, 16, 0, tzinfo=ZONE) + timedelta(minutes=1))
    parent = town.parent()
    await town.worker("Aino")
    await parent.asks_for_a_person()
    parent.hears("kiinni", "Avaamme ma 30.11.", "112")
