"""Journeys of several working as one: a joint assessment, the early-support team's week, a child who may need more."""

from __future__ import annotations

from datetime import date, timedelta

from bot.acts import (
    AddTask,
    Bring,
    Close,
    Duty,
    Invite,
    Lasta,
    Note,
    Release,
    StepOut,
    TaskDone,
    TeamOutcome,
    WritePlan,
)
from bot.queueing.assigning import Profile
from bot.queueing.case import Case, CaseState
from tests.builders import A_TUESDAY
from tests.journeys.town import Parent, Town, Worker

A_WEDNESDAY = date(2026, 11, 25)
PLAN = "Tapaamme viisi kertaa kotonanne. Aino soittaa sinulle maanantaisin."


async def talking(town: Town) -> tuple[Parent, Worker]:
    """A parent with Aino of the desk."""
    parent, aino = town.parent(), await town.worker("Aino", profile=Profile(("fi",), "perheneuvo"))
    await parent.asks_for_a_person()
    await parent.taps("Jutellaan tässä")
    assert await aino.claims(1)
    await parent.looks_away()
    return parent, aino


async def test_a_joint_assessment_of_a_family_with_three_workers(town: Town) -> None:
    """She sees who comes in and who leaves, gets the one plan, comments on it, and one of them always coordinates."""
    parent, aino = await talking(town)
    sofia, timo = await town.worker("Sofia"), await town.worker("Timo", "network", Profile(unit="perheneuvola"))
    assert sofia.id is not None
    assert timo.id is not None
    await sofia.cannot(1, WritePlan(PLAN), Note("katson vain"))
    await aino.must(1, Invite(sofia.id), Invite(timo.id))
    await parent.looks()
    parent.hears("mukana myös Sofia", "mukana myös Timo")
    await aino.must(1, AddTask("sopii ajan kouluun", sofia.id, A_WEDNESDAY), AddTask("kirjaa unet viikon ajan"))
    await sofia.must(1, WritePlan(PLAN))
    await parent.looks()
    parent.hears("viisi kertaa", "Sofia: sopii ajan kouluun (ke 25.11.)", "Sinä: kirjaa unet viikon ajan")

    await parent.taps("Kommentoi suunnitelmaa")
    await parent.says("Maanantai ei käy, olen silloin töissä.")
    parent.hears("Sanasi on nyt suunnitelmassa")
    await town.shows(1, "Maanantai ei käy")
    assert await timo.replies(1, "Sovitaan tiistai.")
    await parent.asks_for_a_person()
    parent.hears("on työntekijällä", "Mukana on 2 muuta työntekijää")

    await sofia.must(1, TaskDone(task(await town.case(1), "kouluun")))
    await parent.taps_old("plan:1:show")
    parent.hears("✓", "sopii ajan kouluun")
    await sofia.cannot(1, Close("helped-here"), Release())
    await aino.cannot(1, StepOut())
    await timo.must(1, StepOut())
    await parent.looks()
    parent.hears("Timo ei ole enää mukana")
    await timo.cannot(1, Note("vielä minä"))
    case = await town.case(1)
    assert case.crew == (aino.id, sofia.id)


def task(case: Case, words: str) -> int:
    """The id of the task that says these words."""
    tasks = case.plan.tasks if case.plan is not None else ()
    return next(each.id for each in tasks if words in each.text)


async def test_a_colleague_who_is_taken_away_from_a_joint_assessment(town: Town) -> None:
    """She is out at once; the family keeps its coordinator and hears nothing of the house's changes."""
    parent, aino = await talking(town)
    sofia = await town.worker("Sofia")
    assert sofia.id is not None
    await aino.must(1, Invite(sofia.id))
    await town.leaves(sofia)
    await sofia.cannot(1, Note("vielä minä"), WritePlan(PLAN))
    await parent.looks_away()
    await town.passes(seconds=1)
    await parent.hears_nothing()
    assert (await town.case(1)).crew == (aino.id,)


async def test_a_week_with_the_early_support_team(town: Town) -> None:
    """On the list only with her yes; the outcome is told her in plain words on the day of the meeting."""
    parent, aino = await talking(town)
    await aino.must(1, Bring("vatu-askola", A_WEDNESDAY, "kolme palvelua, ei yhteistä suuntaa"))
    await parent.looks()
    parent.hears("Askolan varhaisen tuen tiimi VATU", "ke 25.11.", "Sopiiko se sinulle?")
    await aino.cannot(1, TeamOutcome("ei vielä"), Bring("vatu-askola", A_WEDNESDAY))
    await parent.taps("Kyllä")
    parent.hears("Vien asian sinne")
    assert await aino.replies(1, "Kerron huomenna, mitä mietittiin.")
    await parent.looks_away()
    town.at(A_TUESDAY + timedelta(days=1, hours=1))
    await town.passes(seconds=0)
    await parent.hears_nothing()
    await aino.must(1, TeamOutcome("Perheohjaaja tulee teille kotiin ensi viikolla."))
    await parent.looks()
    parent.hears("Näin on mietitty asiastasi", "Perheohjaaja tulee teille kotiin")
    await aino.cannot(1, TeamOutcome("toiseen kertaan"))
    await aino.must(1, Bring("vatu-askola", A_WEDNESDAY + timedelta(days=7)))


async def test_a_no_to_the_team(town: Town) -> None:
    """Her matter is not spoken of there, and nobody can write down that it was."""
    parent, aino = await talking(town)
    await aino.must(1, Bring("vatu-askola", A_WEDNESDAY))
    await parent.looks()
    await parent.taps("Ei")
    parent.hears("Asiaasi ei viedä sinne")
    await aino.cannot(1, TeamOutcome("puhuttiin silti"))


async def test_a_step_of_the_duty_to_report_is_kept_only_as_a_step(town: Town) -> None:
    """Who and when, and not a word of why; the parent is not told behind her back nor disturbed by it."""
    parent, aino = await talking(town)
    await aino.must(1, Duty("duty-shown"), Duty("duty-together"), Duty("duty-reported"))
    await aino.cannot(1, Duty("isä on juonut"))
    await parent.hears_nothing()
    case = await town.case(1)
    assert [step.kind for step in case.steps] == ["duty-shown", "duty-together", "duty-reported"]
    kept = [(line.detail, line.worker) for line in await town.log(1) if line.kind == "duty"]
    assert kept == [("duty-shown", aino.id), ("duty-together", aino.id), ("duty-reported", aino.id)]
    assert "juonut" not in str(case) + str(await town.lines(1)) + str(await town.log(1))


async def test_a_suspicion_of_a_crime_against_a_child(town: Town) -> None:
    """LASTA: nobody asks her more, she hears where to turn now, the case is danger from then on and moves up."""
    parent, aino = await talking(town)
    await aino.must(1, Lasta())
    await parent.looks()
    parent.hears("Sinun ei tarvitse kertoa tästä enempää", "112")
    case = await town.case(1)
    assert "abuse" in case.danger
    assert [step.kind for step in case.steps] == ["lasta"]
    await town.shows(1, "LASTA", "Älä kysy enempää")
    for _ in range(2):
        await town.parent().asks_for_a_person()
    await aino.must(1, Release())
    assert next(each.number for each in await town.cases() if each.state is CaseState.WAITING) == 1
