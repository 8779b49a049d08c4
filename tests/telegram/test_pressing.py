"""The buttons on a case's card: every move has one, every one is understood, and menus live on the card alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.acts import Ask, Close, Prompt, Show
from bot.queueing import menus
from bot.queueing.case import Case, CaseState
from bot.queueing.menus import Board, abridged, unabridged
from bot.queueing.values import Booking, Consult, Offer, Plan, Task, TeamItem
from handlers.telegram.pressing import pressed
from tests.builders import A_TUESDAY, starter
from tests.telegram.server import BotApi
from tests.telegram.stage import Stage, desk, said

LONG = 123456
NOW = A_TUESDAY
FULL = Case(
    conversation=1,
    language="fi",
    opened_at=NOW,
    number=LONG,
    state=CaseState.CLAIMED,
    owner=1,
    members=(2,),
    candidates=("perheneuvola", "lasten-mielenterveys"),
    bookings=(Booking(3, 1, (NOW + timedelta(days=1),), "Silta", NOW),),
    consults=(Consult(4, 1, "Onko tilaa?", NOW),),
    plan=Plan("Suunnitelma", NOW, tasks=(Task(5, "soittaa kouluun", None, None),)),
    team=TeamItem(6, 1, "vatu-askola", "", NOW.date(), NOW, consent=True),
)
CASES = {
    "full": FULL,
    "offered": replace(FULL, offer=Offer(7, 1, "vatu-askola", None, "syy", NOW, since=NOW), snoozed_until=NOW),
    "waiting": replace(FULL, state=CaseState.WAITING, owner=None, members=()),
    "closed": replace(FULL, state=CaseState.CLOSED),
}
PEOPLE = tuple((number, f"Työntekijä {number}") for number in range(1, 20))


def reachable(case: Case) -> Iterator[str]:
    """The data of every button that can be reached from the card."""
    board, seen, ahead = Board(starter(), case, NOW, PEOPLE), set[str](), [("", ())]
    while ahead:
        menu, given = ahead.pop()
        for row in menus.rows(board, str(menu), tuple(given)):
            for button in row:
                if button.data not in seen:
                    seen.add(button.data)
                    act, _ = pressed(button.data)
                    if isinstance(act, Show):
                        ahead.append((act.menu, act.given))  # type: ignore[arg-type]  # a list of pairs
    yield from seen


@pytest.mark.parametrize("name", CASES)
def test_every_button_is_understood_and_fits(name: str) -> None:
    """Wherever one comes by pressing: 64 bytes at most, the case's number, and an act that is no call for help."""
    found = list(reachable(CASES[name]))
    assert bool(found) == (name != "closed")
    for data in found:
        assert len(data.encode()) <= 64, data
        act, case = pressed(data)
        assert case == LONG
        assert not isinstance(act, Ask), data


def test_every_move_of_a_worker_has_its_button() -> None:
    """By a button alone, or by one that asks for the words."""
    acts = [pressed(data)[0] for name in CASES for data in reachable(CASES[name])]
    kinds = {act.type for act in acts} | {act.move for act in acts if isinstance(act, Prompt)}
    moves = {"claim", "release", "take", "prioritise", "snooze", "written", "note", "correct", "draft", "consult"}
    moves |= {"advise", "offer", "withdraw", "accept", "decline", "invite", "step_out", "plan", "task", "task_done"}
    moves |= {"team", "outcome", "time", "unbook", "duty", "lasta", "merge", "close"}
    assert moves <= kinds, moves - kinds


def test_every_unit_and_service_can_be_chosen() -> None:
    """Page by page; the wrong door's three ids fit in one button."""
    found = list(reachable(FULL))
    units = {data.rsplit(":", 1)[1] for data in found if ":offer:u:" in data}
    assert {unabridged(starter().units, each) for each in units} == set(starter().units)
    ends = [pressed(data)[0] for data in found if data.startswith("end:") and data.count(":") == 4]
    services = set(starter().services)
    assert {unabridged(services, act.guided or "") for act in ends if isinstance(act, Close)} == services


def test_abridged_ids_mean_one_thing() -> None:
    """No two services or units share a short form."""
    for ids in (starter().services, starter().units):
        assert len({abridged(each) for each in ids}) == len(ids)
        assert all(unabridged(ids, abridged(each)) == each for each in ids)


@pytest.mark.parametrize(
    "data", ["", "x", "claim:x", "show:1", "team:1:vatu:eilen", "invite:1:x", "claim:1:2:3", "ask:9"]
)
def test_what_no_button_ever_carried_asks_for_help(data: str) -> None:
    """And is answered like any other press."""
    assert pressed(data) == (Ask("help"), None)


# On the card --------------------------------------------------------------------------------------------------------


@pytest.fixture(params=["topics", "plain group"])
async def stage(request: pytest.FixtureRequest, server: BotApi) -> AsyncIterator[Stage]:
    """A desk in a group with topics and in one without."""
    async with desk(server, forum=request.param == "topics") as found:
        yield found


async def test_a_menu_is_the_same_card_with_other_buttons(stage: Stage) -> None:
    """Edited in place, and back again; nothing new is posted, and every press gets its sign."""
    wilma = await stage.hires()
    await stage.claimed(wilma)
    cards = [shown for shown in stage.group.chat.said if "Siirrä…" in shown.labels]
    assert len(cards) == 1
    before = len(stage.group.chat.said)
    await stage.taps(wilma, "Siirrä…")
    assert "Palauta jonoon" in cards[0].labels
    assert "▸ Siirrä…" in cards[0].text
    await stage.taps(wilma, "‹ Takaisin")
    assert "Siirrä…" in cards[0].labels
    assert len(stage.group.chat.said) == before


async def test_a_case_is_passed_on_by_buttons_and_a_reason(stage: Stage) -> None:
    """To a colleague; the reason is the reply to the question, and the colleague accepts by button."""
    wilma, timo = await stage.hires(), await stage.hires(502, "Timo")
    await stage.says(timo, "/on", case=None)
    await stage.claimed(wilma)
    await stage.taps(wilma, "Siirrä…", "Työntekijälle…", "Timo")
    question = stage.group.chat.said[-1]
    assert question.text.startswith("Wilma: miksi tarjoat")
    asked = stage.server.calls("sendMessage")[-1]
    assert asked["reply_markup"] == {"force_reply": True, "selective": True}
    assert asked["entities"][0]["user"]["id"] == 501
    await stage.says(wilma, "Timo tuntee koulut", reply_to=question.message)
    assert (await stage.case()).offer is not None
    await stage.taps(timo, "Otan vastaan")
    async with stage.store.begin() as work:
        her = await work.worker_by_telegram("502")
    assert her is not None
    assert (await stage.case()).owner == her.id
    assert "Timo tuntee koulut" in "\n".join(line.text for line in await stage.lines())


async def test_a_wrong_door_is_told_when_closing(stage: Stage) -> None:
    """Guided to one service, asked for another, ended: three ids in one button, and a proposal for the admins."""
    wilma = await stage.hires()
    await stage.claimed(wilma)
    await stage.taps(wilma, "Päätä…", "Mihin ohjattiin…")
    page = next(shown for shown in stage.group.chat.said if "▸ Mihin" in shown.text)
    guided = page.labels[0]
    await stage.taps(wilma, guided, "Väärä ovi")
    asked = page.labels[0]
    await stage.taps(wilma, asked, "Ohjattu palveluun")
    case = await stage.case()
    assert (case.state, case.outcome) == ("closed", "guided-on")
    assert case.wrong_door is not None
    assert case.guided == case.wrong_door.belonged_to
    async with stage.store.begin() as work:
        assert len(await work.proposals()) == 1


async def test_others_may_look_but_the_move_is_refused_in_the_sign(stage: Stage) -> None:
    """A menu is open to all who work there; whose case it is, the move knows."""
    wilma, timo = await stage.hires(), await stage.hires(502, "Timo")
    await stage.claimed(wilma)
    assert await stage.taps(timo, "Siirrä…", "Palauta jonoon") == "Ota asia ensin itsellesi."
    assert (await stage.case()).state == "claimed"


async def test_an_old_button_is_answered(stage: Stage) -> None:
    """A menu of a case that waits again shows the card as it is; the first buttons ever made still end a case."""
    wilma = await stage.hires()
    mother = await stage.claimed(wilma)
    await stage.taps(wilma, "Siirrä…", "Palauta jonoon")
    card = next(shown for shown in stage.group.chat.said if "Otan tämän" in shown.labels)
    card.buttons = [[("Ajat…", "show:1:times")]]
    await stage.taps(wilma, "Ajat…")
    assert "Otan tämän" in card.labels
    await stage.taps(wilma, "Otan tämän")
    card.buttons = [[("Asia selvisi tässä", "close:1:helped-here")]]
    await stage.taps(wilma, "Asia selvisi tässä")
    assert (await stage.case()).state == "closed"
    assert said(mother.chat, "päätti asian 1")


async def test_times_are_put_aside_and_a_child_s_safety_noted(stage: Stage) -> None:
    """By buttons alone."""
    wilma = await stage.hires()
    await stage.claimed(wilma)
    await stage.taps(wilma, "Ajat…", "⏸ 1 h")
    assert (await stage.case()).snoozed_until is not None
    await stage.taps(wilma, "Lapsen turva…", "Ilmoitus on tehty")
    await stage.taps(wilma, "Lapsen turva…", "Epäily rikoksesta")
    assert [step.kind for step in (await stage.case()).steps] == ["duty-reported"], "it is asked once more"
    await stage.taps(wilma, "Kyllä, epäilen")
    assert "abuse" in (await stage.case()).danger


async def test_a_parent_cannot_write_a_question_of_the_desk(stage: Stage) -> None:
    """Words that look like a question's code are only words: a reply to them is a reply to her."""
    wilma = await stage.hires()
    mother = await stage.claimed(wilma)
    await mother.write("hei\n↩ note:1")
    await stage.settle()
    hers = stage.group.chat.said[-1]
    assert "note:1" in hers.text
    await stage.says(wilma, "Kuulen sinua", reply_to=hers.message)
    assert mother.screen.text == "Kuulen sinua"
