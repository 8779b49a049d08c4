"""What happens by itself: nobody is forgotten, nothing rings twice, the parent always knows who has her matter."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.acts import Claim, Close, Presence, Reply
from bot.messages import Address, Press
from bot.queueing.assigning import Profile
from bot.queueing.case import CaseState, Holder, who_has_it
from tests.builders import A_NIGHT, CHRISTMAS_EVE
from tests.desk.house import House, buttons, text


async def test_a_case_nobody_answers_climbs_and_is_never_forgotten() -> None:
    """A warning, the lead, then the area's on-call numbers on her own screen; each is in the case and in the log."""
    house = House()
    await house.worker("Kaisa")
    await house.press("person")
    assert await house.later(minutes=20) == []
    assert (await house.case()).warned_at is not None
    assert await house.later(minutes=26) == []
    assert who_has_it(await house.case()).holder is Holder.LEAD
    assert "esihenkilö" in text(await house.press("person"))
    heard = await house.later(minutes=60)
    assert "eikä sitä ole unohdettu" in text(heard)
    assert (await house.case()).climbed == 2
    assert await house.kinds() == ["warn", "climb", "climb"]
    assert await house.later(days=3) == [], "she is told once"


async def test_nothing_climbs_while_the_desk_is_closed() -> None:
    """A night's case is warned of in the morning's open time, not at four."""
    house = House()
    house.clock.time = A_NIGHT
    await house.worker("Kaisa")
    await house.press("person")
    assert await house.later(hours=4) == []
    assert (await house.case()).warned_at is None
    await house.later(hours=1, minutes=10)
    assert (await house.case()).warned_at is not None


async def test_danger_climbs_by_the_clock_on_any_night() -> None:
    """Within a quarter of an hour the on-call numbers are on her screen, though everybody sleeps."""
    house = House()
    house.clock.time = A_NIGHT
    await house.worker("Kaisa")
    await house.parent("mieheni lyö minua")
    assert (await house.case()).danger
    assert "112" in text(await house.later(minutes=16))


async def test_a_silent_worker_gives_the_case_back() -> None:
    """With a notice to the parent and to the desk; what was said stays; another one can take it."""
    house = House()
    kaisa, timo = await house.worker("Kaisa"), await house.worker("Timo")
    await house.claimed(kaisa)
    await house.must(kaisa, Reply("Moi"))
    assert await house.later(days=1) == [], "nobody owes anybody an answer"
    await house.parent("Kiitos, entä nyt?")
    heard = await house.later(hours=2)
    assert "jonossa" in text(heard)
    case = await house.case()
    assert (case.state, case.last_owner) == (CaseState.WAITING, kaisa.id)
    await house.must(timo, Claim())
    assert "Kiitos, entä nyt?" in [line.text for line in await house.lines()]


async def test_a_worker_taken_away_loses_her_cases_at_once() -> None:
    """The case is back in the queue, the parent knows, and the one who is gone can do nothing."""
    house = House()
    kaisa = await house.worker("Kaisa")
    await house.claimed(kaisa)
    async with house.store.begin() as work:
        await work.set_worker_active(kaisa.id, False)
    assert not (await house.does(kaisa, Reply("vielä yksi"))).done
    assert "jonossa" in text(await house.later(seconds=1))
    assert (await house.case()).state is CaseState.WAITING


async def test_the_parent_is_asked_twice_whether_she_got_help() -> None:
    """At once and after two weeks, and never again; yes opens a free word to the developers."""
    house = House()
    kaisa = await house.worker("Kaisa")
    await house.claimed(kaisa)
    await house.must(kaisa, Close("helped-here"))
    asked = await house.later(seconds=1)
    assert "Saitko apua" in text(asked)
    thanked = await house.press("did:1:yes")
    await house.press(next(each for each in buttons(thanked) if each.endswith(":word")))
    await house.parent("Chat oli hyvä, odotus pitkä")
    async with house.store.begin() as work:
        words = await work.words_to_developers(house.clock.now() - timedelta(days=1))
    assert [each.text for each in words] == ["Chat oli hyvä, odotus pitkä"]
    assert "Saitko apua" in text(await house.later(days=14))
    assert await house.later(days=60) == []


async def test_who_wants_no_more_questions_gets_none() -> None:
    """Opting out holds."""
    house = House()
    kaisa = await house.worker("Kaisa")
    await house.claimed(kaisa)
    await house.must(kaisa, Close("helped-here"))
    await house.later(seconds=1)
    await house.press("did:1:stop")
    assert await house.later(days=30) == []


async def test_not_yet_brings_her_worker_back_after_a_month() -> None:
    """To the same one if she has said that she is on; else it waits in the queue with its history."""
    house = House()
    kaisa = await house.worker("Kaisa")
    await house.claimed(kaisa)
    await house.must(kaisa, Close("helped-here"))
    await house.later(days=30)
    await house.must(kaisa, Presence("on"), None)
    assert "Sama työntekijä" in text(await house.press("did:1:notyet"))
    assert (await house.case()).owner == kaisa.id
    await house.must(kaisa, Close("helped-here"))
    await house.must(kaisa, Presence("off"), None)
    await house.press("did:1:notyet")
    case = await house.case()
    assert (case.state, case.last_owner) == (CaseState.WAITING, kaisa.id)


async def test_on_christmas_eve_she_hears_when_we_open() -> None:
    """Closed: the truth, and 112; the case waits and nothing climbs over the holidays."""
    house = House()
    house.clock.time = CHRISTMAS_EVE
    await house.worker("Kaisa")
    heard = text(await house.press("person"))
    assert "kiinni" in heard
    assert "112" in heard
    assert await house.later(days=3) == []
    assert (await house.case()).climbed == 0


async def test_nobody_there_is_said_and_so_is_the_language() -> None:
    """All away: the truth. Only Finnish speakers on: a Swedish-speaking parent is told, and chooses."""
    house = House()
    kaisa = await house.worker("Kaisa", profile=Profile(languages=("fi",)))
    await house.must(kaisa, Presence("off"), None)
    assert "kukaan ei ole paikalla" in text(await house.press("person"))
    await house.must(kaisa, Presence("on"), None)
    bengt = Address("console", "bengt")
    await house.parent("Hej, jag behöver hjälp med mitt barn", bengt)
    house.heard()
    asked = await house.parent(Press("person"), bengt)
    assert "svenska" in text(asked)
    assert {"gap:any", "gap:wait"} <= set(buttons(asked))
    await house.parent(Press("gap:any"), bengt)
    assert (await house.case(2)).any_language is True


async def test_two_who_claim_at_once_get_one_case() -> None:
    """Two hundred times: exactly one has it, the other is told so."""
    house = House()
    kaisa, timo = await house.worker("Kaisa"), await house.worker("Timo")
    for number in range(1, 201):
        who = Address("console", f"parent {number}")
        await house.parent(Press("person"), who)
        first, second = await asyncio.gather(house.does(kaisa, Claim(), number), house.does(timo, Claim(), number))
        assert first.done != second.done
        assert (await house.case(number)).owner == (kaisa.id if first.done else timo.id)


async def test_a_case_kept_before_there_were_alarms_climbs_too() -> None:
    """The first look after an upgrade reckons when it is due."""
    house = House()
    await house.press("person")
    async with house.store.begin() as work:
        await work.save_case(replace(await house.case_in(work), due_at=None))
    await house.later(minutes=50)
    assert who_has_it(await house.case()).holder is Holder.LEAD
