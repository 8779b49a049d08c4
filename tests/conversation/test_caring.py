"""The buttons under what workers do: answered in every state, never a dead end, and never about another case."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation.states import Conversation, Stage
from bot.conversation.step import step
from bot.conversation.turn import Agree, CommentPlan, DidHelp, Moment, PickTime, Reopen, Tell, Turn
from bot.messages import Press, Text
from bot.queueing.case import Case, claim, close
from bot.queueing.meeting import propose
from bot.queueing.passing import offer
from bot.queueing.promising import Opening, Promise
from bot.queueing.together import plan
from tests.builders import A_TUESDAY, front_door

PROMISE = Promise(Opening(True, A_TUESDAY.replace(hour=16)))
BEGUN = claim(Case(1, "fi", A_TUESDAY, number=7), 1, A_TUESDAY)
OFFERED = offer(BEGUN, 1, "x", A_TUESDAY, unit="neuvolat", to=None, asks_consent=True)
FULL = plan(propose(OFFERED, 1, [A_TUESDAY + timedelta(days=3)], "", A_TUESDAY), 1, "Tavataan.", A_TUESDAY)
ENDED = close(FULL, 1, "helped-here", A_TUESDAY)
DATA = ["ok:7.1:yes", "ok:7.1:no", "time:7.2:0", "time:7.2:none", "time:7.2:move", "plan:7:show", "plan:7:comment"]
DATA += ["did:7:yes", "did:7:notyet", "did:7:stop", "did:7:word", "gap:any", "gap:wait"]


def _turn(data: str, case: Case | None, stage: Stage = Stage.HELD) -> Turn:
    conversation = replace(Conversation(), stage=stage, case=case.number if case else None)
    return step(conversation, Press(data), front_door(), Moment(A_TUESDAY, PROMISE, case))


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("case", [FULL, ENDED, None], ids=["open", "ended", "none"])
def test_every_button_is_answered_in_every_state(stage: Stage, case: Case | None) -> None:
    """With words and a way to a person, also where there is nothing to be done any more."""
    for data in [
        *DATA,
        "ok:8.1:yes",
        "ok:7.9:yes",
        "time:7.2:99",
        "time:x:0",
        "did:7:perhaps",
        "plan:0:show",
        "ok:7.1",
    ]:
        turn = _turn(data, case, stage)
        assert turn.says, data
        for say in turn.says:
            shown = [button.data for row in say.buttons for button in row]
            assert "person" in shown, (data, stage)
            assert all(len(each.encode()) <= 64 for each in shown)


@pytest.mark.parametrize(
    ("data", "act"),
    [
        ("ok:7.1:yes", Agree(1, True)),
        ("ok:7.1:no", Agree(1, False)),
        ("time:7.2:0", PickTime(2, 0)),
        ("time:7.2:none", PickTime(2, "none")),
        ("gap:any", Tell(any_language=True)),
    ],
)
def test_each_button_does_its_one_thing(data: str, act: object) -> None:
    """While the case is open."""
    assert _turn(data, FULL).acts == (act,)


@pytest.mark.parametrize(
    "data", ["ok:8.1:yes", "ok:7.2:yes", "time:7.1:0", "time:7.2:1", "did:7:yes", "plan:8:comment"]
)
def test_a_button_of_something_else_changes_nothing(data: str) -> None:
    """Another case's, another item's, one whose time has not come."""
    assert _turn(data, FULL).acts == ()


def test_not_yet_brings_a_person_back() -> None:
    """The case is open again, and she is told an honest time."""
    turn = _turn("did:7:notyet", ENDED, Stage.ENDED)
    assert turn.acts == (DidHelp("notyet"), Reopen())
    assert turn.conversation.stage is Stage.WAITING
    assert _turn("did:7:stop", ENDED, Stage.ENDED).acts == (DidHelp("stop"),)


@pytest.mark.parametrize(("words", "act"), [("Keskiviikko sopii", CommentPlan("Keskiviikko sopii")), ("Ihminen", None)])
def test_her_next_words_are_the_comment_she_was_asked_for(words: str, act: object) -> None:
    """Once; but a word that is a button's is that button."""
    moment = Moment(A_TUESDAY, PROMISE, FULL)
    asked = _turn("plan:7:comment", FULL)
    turn = step(asked.conversation, Text(words), front_door(), moment)
    assert turn.acts == ((act,) if act else ())
    assert turn.conversation.expects == ""


def test_danger_goes_first_also_in_a_comment() -> None:
    """Her words reach the worker as hers, and she sees where to turn."""
    asked = _turn("plan:7:comment", FULL)
    words = Text("mieheni uhkaa tappaa minut")
    turn = step(asked.conversation, words, front_door(), Moment(A_TUESDAY, PROMISE, FULL))
    assert any(isinstance(act, Tell) and act.danger for act in turn.acts)
    assert "112" in " ".join(part.value + part.text for say in turn.says for part in say.parts)
