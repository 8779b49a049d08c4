"""What is offered to a worker is what she may do: no button that is refused, none missing that would be done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

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
from bot.desk.knowing import age
from bot.desk.offering import allowed, offered
from bot.ports import Worker
from bot.queueing.assigning import Profile
from bot.queueing.case import Case, Move
from tests.builders import A_TUESDAY, starter
from tests.desk.house import House

_ALWAYS_OWNERS = {Move.RELEASE, Move.SNOOZE, Move.REPLY, Move.CORRECT, Move.NOTE, Move.DRAFT, Move.CONSULT, Move.OFFER}


async def test_a_waiting_case_is_offered_to_be_taken() -> None:
    """By anybody; nothing else of hers is."""
    house = House()
    eero = await house.worker("Eero")
    await house.press("person")
    assert allowed(await house.case(), eero) == {Move.CLAIM, Move.PRIORITISE}


async def test_the_owner_has_it_all_and_another_may_take_over() -> None:
    """Buttons that make no sense yet (cancel what is not there) are not there."""
    house = House()
    aino, eero = await house.worker("Aino"), await house.worker("Eero")
    case = await house.claimed(aino)
    hers = allowed(case, aino)
    assert hers >= _ALWAYS_OWNERS and Move.CLOSE in hers
    assert not hers & {Move.TAKE_OVER, Move.WAKE, Move.WITHDRAW, Move.UNBOOK, Move.TASK_DONE, Move.STEP_OUT}
    assert allowed(case, eero) == {Move.TAKE_OVER, Move.PRIORITISE}
    lead = await house.worker("Leena", role="lead")
    assert Move.RELEASE in allowed(case, lead)


@pytest.mark.parametrize(
    ("act", "appears"),
    [
        (Snooze(A_TUESDAY + timedelta(hours=1)), Move.WAKE),
        (AddTask("Soitan"), Move.TASK_DONE),
        (Propose((A_TUESDAY + timedelta(days=1),)), Move.UNBOOK),
        (HandOver("syy", to=2), Move.WITHDRAW),
    ],
)
async def test_a_move_appears_with_what_it_needs(act: Snooze | AddTask | Propose | HandOver, appears: Move) -> None:
    """And not before."""
    house = House()
    aino = await house.worker("Aino", profile=Profile(unit="neuvolat"))
    await house.worker("Eero", profile=Profile(unit="neuvolat"))
    before = allowed(await house.claimed(aino), aino)
    await house.must(aino, act)
    assert appears not in before and appears in allowed(await house.case(), aino)


async def test_a_taker_is_asked_only_once_the_parent_has_agreed() -> None:
    """Another organisation sees nothing until then."""
    house = House()
    aino = await house.worker("Aino", profile=Profile(unit="perheneuvo"))
    eero = await house.worker("Eero", profile=Profile(unit="perhekeskus-silta"))
    await house.claimed(aino)
    await house.must(aino, HandOver("Lähempänä", unit="perhekeskus-silta"))
    assert not offered(await house.case(), eero)
    made = (await house.case()).offer
    assert made is not None
    await house.press(f"ok:1.{made.id}:yes")
    case = await house.case()
    assert offered(case, eero) and allowed(case, eero) >= {Move.ACCEPT, Move.DECLINE}
    assert not offered(case, aino)


async def test_a_member_may_answer_but_not_close() -> None:
    """She works on it; the owner coordinates."""
    house = House()
    aino, eero = await house.worker("Aino"), await house.worker("Eero")
    await house.claimed(aino)
    await house.must(aino, Invite(eero.id))
    hers = allowed(await house.case(), eero)
    assert hers >= {Move.REPLY, Move.NOTE, Move.STEP_OUT, Move.PLAN}
    assert not hers & {Move.CLOSE, Move.OFFER, Move.SNOOZE, Move.INVITE}


async def test_who_is_asked_may_advise_and_the_team_is_offered_once() -> None:
    """Anybody may answer a question; a second list is not offered while one waits."""
    house = House()
    aino, sari = await house.worker("Aino"), await house.worker("Sari", role="network")
    before = allowed(await house.claimed(aino), sari)
    await house.must(aino, Consulting("Miten tämä tehdään?"))
    await house.must(aino, Bring("vatu-askola", date(2026, 11, 25)))
    case = await house.case()
    assert Move.ADVISE not in before and Move.ADVISE in allowed(case, sari)
    assert Move.TEAM not in allowed(case, aino) and Move.TEAM_OUTCOME not in allowed(case, aino)


_TOMORROW = A_TUESDAY + timedelta(days=1)
_ACTS: tuple[CaseMove, ...] = (
    Claim(),
    Release(),
    TakeOver("syy"),
    Snooze(_TOMORROW),
    Snooze(None),
    Prioritise(),
    Reply("Hei"),
    Correct("Hei"),
    Note("Muistiin"),
    SaveDraft("Ehkä"),
    Consulting("Miten?"),
    Advise(1, "Näin"),
    HandOver("syy", unit="neuvolat"),
    Accept(),
    Decline("syy"),
    Withdraw(),
    Invite(4),
    StepOut(),
    WritePlan("Näin"),
    AddTask("Soitan"),
    TaskDone(1),
    Bring("vatu-askola", _TOMORROW.date()),
    TeamOutcome("Näin"),
    Propose((_TOMORROW,)),
    CancelTime(1),
    Duty("duty-shown"),
    Lasta(),
    Close("helped-here"),
)


async def _played(stage: str) -> tuple[House, dict[str, Worker]]:
    """A case at a stage, with its owner, a member, somebody else and a lead."""
    house = House()
    names = {"owner": "desk", "member": "desk", "other": "desk", "fourth": "desk", "lead": "lead"}
    workers = {name: await house.worker(name, role) for name, role in names.items()}
    if stage == "waiting":
        await house.press("person")
    else:
        await house.claimed(workers["owner"])
        await house.must(workers["owner"], Invite(workers["member"].id))
    if stage == "closed":
        await house.must(workers["owner"], Close("helped-here"))
    return house, workers


@pytest.mark.parametrize("stage", ["waiting", "claimed", "closed"])
@pytest.mark.parametrize("act", _ACTS, ids=lambda act: f"{act.type}{'' if act != Snooze(None) else '-wake'}")
async def test_what_is_offered_is_done_and_what_is_not_is_refused(stage: str, act: CaseMove) -> None:
    """For each act, whoever asks for it: the buttons and the desk agree."""
    move = Move.WAKE if act == Snooze(None) else Move(act.type)
    for name in ("owner", "member", "other", "lead"):
        house, workers = await _played(stage)
        expected = move in allowed(await house.case(), workers[name])
        answer = await house.does(workers[name], act)
        idle = move is Move.WAKE and answer.done  # waking what is awake changes nothing, and is not offered
        assert answer.done == expected or idle, f"{name}: {answer.text}"


_CASE = Case(1, "fi", A_TUESDAY)


@pytest.mark.parametrize(
    ("case", "known"),
    [
        (replace(_CASE, path=(("age", "toddler"),)), "1–2 vuotta"),
        (replace(_CASE, said=("4-vuotias ei nuku",)), "3–6 vuotta"),
        (replace(_CASE, path=(("age", "teen"),), said=("4-vuotias ei nuku",)), "13–17 vuotta"),
        (replace(_CASE, said=("4-vuotias ja vauva",)), ""),
        (replace(_CASE, said=("Olen 38 v äiti",)), ""),
        (_CASE, ""),
    ],
)
def test_the_childs_age_is_told_only_where_it_is_known(case: Case, known: str) -> None:
    """Her answer first, then the only age in her words."""
    assert age(starter(), case) == known
