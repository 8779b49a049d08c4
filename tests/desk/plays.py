"""Every move of a case as a small play, in English: what must come before it, and the act itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta

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
from bot.conversation.turn import Door
from bot.messages import Say
from bot.ports import Worker
from bot.queueing.assigning import Profile
from bot.queueing.case import CaseState, Move
from tests.builders import front_door, starter
from tests.desk.house import House, buttons


def _english() -> Door:
    """The starter's door with the desk speaking English."""
    desk = starter().settings.desk.model_copy(update={"language": "en"})
    settings = starter().settings.model_copy(update={"desk": desk})
    return replace(front_door(), base=replace(starter(), settings=settings))


class Stage:
    """A case that Kaisa has, Timo of the parish, and Johanna who leads."""

    def __init__(self) -> None:
        self.house = House(door=_english)
        self.kaisa: Worker
        self.timo: Worker

    async def set(self, *, claimed: bool = True) -> None:
        """Everybody is in her place; the parent has asked for a person."""
        self.kaisa = await self.house.worker("Kaisa", profile=Profile(unit="perheneuvo"))
        self.timo = await self.house.worker("Timo", "network", Profile(unit="seurakunta"))
        for data in ("l:en", "person", "reach:chat"):
            await self.house.press(data)
        if claimed:
            await self.does(Claim())

    async def does(self, act: CaseMove, who: Worker | None = None) -> list[Say]:
        """Kaisa's act, or another's."""
        return await self.house.must(who or self.kaisa, act)

    async def item(self, act: CaseMove) -> int:
        """An act of Kaisa's that makes an item; its id."""
        await self.does(act)
        return (await self.house.case()).counter

    async def pressed(self, act: CaseMove, ending: str) -> list[Say]:
        """The parent presses a button of what she hears of an act."""
        asked = await self.does(act)
        return await self.house.press(next(each for each in buttons(asked) if each.endswith(ending)))


Play = Callable[[Stage], Awaitable[list[Say]]]


def _act(act: CaseMove) -> Play:
    async def play(stage: Stage) -> list[Say]:
        return await stage.does(act)

    return play


def _after(first: CaseMove, act: CaseMove, *, timo: bool = False) -> Play:
    async def play(stage: Stage) -> list[Say]:
        await stage.does(first)
        return await stage.does(act, stage.timo if timo else None)

    return play


def _item(first: CaseMove, act: Callable[[int], CaseMove], *, timo: bool = False) -> Play:
    async def play(stage: Stage) -> list[Say]:
        item = await stage.item(first)
        stage.house.heard()
        return await stage.does(act(item), stage.timo if timo else None)

    return play


def _pressed(act: CaseMove, ending: str) -> Play:
    async def play(stage: Stage) -> list[Say]:
        return await stage.pressed(act, ending)

    return play


def _agreed(act: CaseMove, then: CaseMove, *, timo: bool = False) -> Play:
    async def play(stage: Stage) -> list[Say]:
        await stage.pressed(act, ":yes")
        return await stage.does(then, stage.timo if timo else None)

    return play


async def _take_over(stage: Stage) -> list[Say]:
    return await stage.does(TakeOver("she is ill"), stage.timo)


async def _step_out(stage: Stage) -> list[Say]:
    await stage.does(Invite(stage.timo.id))
    return await stage.does(StepOut(), stage.timo)


async def _invite(stage: Stage) -> list[Say]:
    return await stage.does(Invite(stage.timo.id))


async def _merge(stage: Stage) -> list[Say]:
    async with stage.house.store.begin() as work:
        found = await work.case(1)
        assert found is not None
        second = await work.add_case(replace(found, state=CaseState.WAITING, owner=None))
    return await stage.does(Merge(second.number))


async def _comment(stage: Stage) -> list[Say]:
    await stage.pressed(WritePlan("We meet once a week."), ":comment")
    return await stage.house.parent("Could we meet on Wednesdays?")


async def _answer(stage: Stage) -> list[Say]:
    await stage.does(Close("helped-here"))
    await stage.house.later(seconds=1)
    return await stage.house.press("did:1:yes")


async def _reopen(stage: Stage) -> list[Say]:
    await stage.does(Close("helped-here"))
    return await stage.house.press("open")


async def _say(stage: Stage) -> list[Say]:
    return await stage.house.parent("There is one more thing")


async def _leave(stage: Stage) -> list[Say]:
    return await stage.house.press("leave")


async def _tell(stage: Stage) -> list[Say]:
    await stage.house.press("reach:call")
    return await stage.house.parent("040 123 4567")


async def _reminded(stage: Stage) -> list[Say]:
    await stage.pressed(Propose((stage.house.clock.now() + timedelta(days=3),)), ":0")
    return await stage.house.later(days=2, minutes=1)


async def _returned(stage: Stage) -> list[Say]:
    await stage.house.parent("Are you there?")
    return await stage.house.later(hours=3)


async def _followed_up(stage: Stage) -> list[Say]:
    await stage.does(Close("helped-here"))
    return await stage.house.later(seconds=1)


async def _climbed(stage: Stage) -> list[Say]:
    await stage.house.later(minutes=20)
    return await stage.house.later(hours=2)


async def _warned(stage: Stage) -> list[Say]:
    return await stage.house.later(minutes=20)


async def _snoozed(stage: Stage) -> list[Say]:
    return await stage.does(Snooze(stage.house.clock.now() + timedelta(hours=2)))


async def _woken(stage: Stage) -> list[Say]:
    await _snoozed(stage)
    return await stage.does(Snooze(None))


async def _brought(stage: Stage) -> list[Say]:
    return await stage.does(_bring(stage))


def _bring(stage: Stage) -> Bring:
    return Bring("vatu-askola", stage.house.clock.now().date() + timedelta(days=2))


async def _team_outcome(stage: Stage) -> list[Say]:
    await stage.pressed(_bring(stage), ":yes")
    return await stage.does(TeamOutcome("A family worker calls you on Monday."))


async def _proposed(stage: Stage) -> list[Say]:
    return await stage.does(_times(stage))


def _times(stage: Stage) -> Propose:
    return Propose((stage.house.clock.now() + timedelta(days=3),), "Family centre")


async def _picked(stage: Stage) -> list[Say]:
    return await stage.pressed(_times(stage), ":0")


async def _unbooked(stage: Stage) -> list[Say]:
    item = await stage.item(_times(stage))
    stage.house.heard()
    return await stage.does(CancelTime(item))


OFFER = HandOver("peer support", unit="seurakunta")


async def _lapsed(stage: Stage) -> list[Say]:
    await stage.pressed(OFFER, ":yes")
    await stage.does(Reply("I asked them."))
    return await stage.house.later(hours=3)


PLAYS: Mapping[Move, Play] = {
    Move.CLAIM: _act(Claim()),
    Move.RELEASE: _act(Release()),
    Move.TAKE_OVER: _take_over,
    Move.SNOOZE: _snoozed,
    Move.WAKE: _woken,
    Move.PRIORITISE: _act(Prioritise()),
    Move.REPLY: _act(Reply("Hello, I am Kaisa.")),
    Move.CORRECT: _act(Correct("I call at one, not at twelve.")),
    Move.NOTE: _act(Note("sounded tired")),
    Move.DRAFT: _act(SaveDraft("Hello")),
    Move.CONSULT: _act(Consulting("Is there room in the groups?", ("seurakunta",))),
    Move.ADVISE: _item(Consulting("Is there room?"), lambda item: Advise(item, "Yes, from Monday"), timo=True),
    Move.OFFER: _act(OFFER),
    Move.WITHDRAW: _after(OFFER, Withdraw()),
    Move.ACCEPT: _agreed(OFFER, Accept(), timo=True),
    Move.DECLINE: _agreed(OFFER, Decline("the group is full"), timo=True),
    Move.INVITE: _invite,
    Move.STEP_OUT: _step_out,
    Move.PLAN: _act(WritePlan("We meet once a week.")),
    Move.TASK: _act(AddTask("calls the school")),
    Move.TASK_DONE: _item(AddTask("calls the school"), TaskDone),
    Move.TEAM: _brought,
    Move.TEAM_OUTCOME: _team_outcome,
    Move.PROPOSE: _proposed,
    Move.UNBOOK: _unbooked,
    Move.DUTY: _act(Duty("duty-reported")),
    Move.LASTA: _act(Lasta()),
    Move.MERGE: _merge,
    Move.MERGED: _merge,
    Move.CLOSE: _act(Close("guided-on", "neuvola", "perheneuvola", "neuvola")),
    Move.SAY: _say,
    Move.TELL: _tell,
    Move.AGREE: _pressed(OFFER, ":yes"),
    Move.PICK: _picked,
    Move.COMMENT: _comment,
    Move.ANSWER: _answer,
    Move.LEAVE: _leave,
    Move.REOPEN: _reopen,
    Move.WARN: _warned,
    Move.CLIMB: _climbed,
    Move.RETURN: _returned,
    Move.LAPSE: _lapsed,
    Move.REMIND: _reminded,
    Move.FOLLOW_UP: _followed_up,
}
