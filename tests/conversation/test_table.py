"""The table of the conversation, and that nothing a parent may do falls out of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.calling import claimed, closed, opened, replied
from bot.conversation.reading import Event
from bot.conversation.states import Conversation, Stage
from bot.conversation.step import RULES, step
from bot.conversation.transitions import TABLE
from bot.conversation.turn import (
    Agree,
    CommentPlan,
    DidHelp,
    Leave,
    Moment,
    Open,
    PickTime,
    Reopen,
    Speak,
    Tell,
    Turn,
    WordToDevelopers,
)
from bot.desk.parent import cared
from bot.messages import Command, Edited, ParentMessage, PhoneShared, Press, Say, Text, Unreadable
from bot.queueing import case as moves
from bot.queueing.case import Case, CaseState
from bot.queueing.meeting import propose
from bot.queueing.passing import offer
from bot.queueing.promising import Opening, Promise
from bot.queueing.together import plan
from tests.builders import A_TUESDAY, front_door, starter

PROMISE = Promise(Opening(True, A_TUESDAY.replace(hour=16)))


def test_every_event_has_a_rule_in_every_stage() -> None:
    """Whatever she does, wherever she is, something answers; every rule named exists and every rule is used."""
    assert set(TABLE) == {(stage, event) for stage in Stage for event in Event}
    assert {rule.name for rule in TABLE.values()} == set(RULES)


CARE = [
    ("ok", "yes"),
    ("ok", "no"),
    ("time", "0"),
    ("time", "7"),
    ("time", "none"),
    ("time", "cancel"),
    ("time", "move"),
]


def _buttons() -> list[str]:
    base = starter()
    plain = [
        "gap:any",
        "gap:wait",
        "none",
        "back",
        "again",
        "person",
        "help",
        "lang",
        "week",
        "leave",
        "open",
        "new",
        "tell:yes",
        "tell:no",
    ]
    carrying = [f"a:{question.id}:{answer.id}" for question in base.questions for answer in question.answers]
    unknown = [f"a:{question.id}:?" for question in base.questions]
    services = [f"s:{service}" for service in sorted(base.services)]
    areas = [f"r:{area}" for area in sorted(base.areas)] + ["r:?"]
    care = [f"{name}:{case}.{item}:{said}" for name, said in CARE for case in (1, 2) for item in (1, 2, 3)]
    care += [
        f"{name}:1:{said}" for name in ("plan", "did") for said in ("show", "comment", "yes", "notyet", "stop", "word")
    ]
    odd = ["a:gone:x", "s:gone", "r:gone", "g:gone", "l:de", "", "a:", "::", "reach:x", "l:sv", "l:en", "l:fi"]
    return (
        plain + care + carrying + unknown + services + areas + odd + ["reach:chat", "reach:call", "g:koulupoissaolot"]
    )


WORDS = [
    "meidän 4v ei nuku ja oon ihan poikki",
    "rahat loppu",
    "mies löi minua",
    "en jaksa enää elää",
    "min son vill inte gå till skolan",
    "my baby cries all night",
    "kiitos",
    "joo",
    "ei",
    "Askola",
    "040 1234567",
    "En tiedä",
    "2",
    "asdf qwer",
    "Ihminen",
    "🙂",
    "",
]

MESSAGES: st.SearchStrategy[ParentMessage] = st.one_of(
    st.sampled_from(_buttons()).map(Press),
    st.sampled_from(WORDS).map(Text),
    st.text(max_size=80).map(Text),
    st.sampled_from(["start", "help", "language", "person", "again", "stop", "weather"]).map(Command),
    st.sampled_from(["photo", "sticker", "voice", "venue"]).map(Unreadable),
    st.sampled_from(WORDS).map(Edited),
    st.sampled_from(["+358401234567", "1", ""]).map(PhoneShared),
)
WORKER = st.sampled_from(["claim", "reply", "close", "offer", "times", "plan"])


class Play:
    """A parent, her case, and whoever answers: a small stand-in for the intake that only applies what turns ask for."""

    def __init__(self) -> None:
        self.conversation, self.case = Conversation(), None  # type: tuple[Conversation, Case | None]

    @property
    def moment(self) -> Moment:
        """Now."""
        return Moment(A_TUESDAY, PROMISE, self.case, "notice.telegram")

    def parent(self, message: ParentMessage) -> list[Say]:
        """She does something."""
        turn = step(self.conversation, message, front_door(), self.moment)
        self.conversation = turn.conversation
        says = list(turn.says)
        for act in turn.acts:
            says += self._apply(act)
        return says

    def _apply(self, act: object) -> tuple[Say, ...]:
        if isinstance(act, Open):
            assert self.case is None or self.case.state is CaseState.CLOSED, "two cases at once"
            number = self.case.number + 1 if self.case else 1
            self.case = Case(1, "fi", A_TUESDAY, number, danger=act.danger)
            return self._take(opened(front_door(), self.conversation, self.moment))
        assert self.case is not None, "an act on no case"
        if isinstance(act, Tell):
            self.case = moves.tell(self.case, tells=act.tells, phone=act.phone, danger=act.danger)
        elif isinstance(act, Leave):
            self.case = moves.leave(self.case, A_TUESDAY)
        elif isinstance(act, Reopen):
            self.case = moves.reopen(self.case, A_TUESDAY)
        elif isinstance(act, Speak):
            self.case = moves.say(self.case, A_TUESDAY)
        else:
            assert isinstance(act, Agree | PickTime | CommentPlan | DidHelp | WordToDevelopers)
            self.case = cared(starter(), self.case, act, A_TUESDAY).case
        return ()

    def worker(self, act: str) -> list[Say]:
        """A worker does something that the case allows now."""
        if self.case is None:
            return []
        if act == "claim" and self.case.state is CaseState.WAITING:
            self.case = moves.claim(self.case, 1, A_TUESDAY)
            return list(self._take(claimed(front_door(), self.conversation, self.moment)))
        if self.case.state is CaseState.CLAIMED and act in ("offer", "times", "plan"):
            self._offers(act, self.case)
            return []
        if act == "reply" and self.case.state is CaseState.CLAIMED:
            return list(self._take(replied(self.conversation, "hei")))
        if act == "close" and self.case.state is CaseState.CLAIMED:
            self.case = moves.close(self.case, 1, "helped-here", A_TUESDAY)
            return list(self._take(closed(front_door(), self.conversation, self.moment)))
        return []

    def _offers(self, act: str, case: Case) -> None:
        """Something she may answer by a button, now or much later."""
        if act == "offer" and case.offer is None:
            self.case = offer(case, 1, "x", A_TUESDAY, unit="neuvolat", to=None, asks_consent=True)
        elif act == "times":
            self.case = propose(case, 1, [A_TUESDAY + timedelta(days=3)], "", A_TUESDAY)
        elif act == "plan":
            self.case = plan(case, 1, "suunnitelma", A_TUESDAY)

    def _take(self, turn: Turn) -> tuple[Say, ...]:
        self.conversation = turn.conversation
        return turn.says


@settings(max_examples=120, deadline=None)
@given(st.lists(st.one_of(MESSAGES, WORKER), max_size=14))
def test_no_dead_end_whatever_she_does(acts: list[ParentMessage | str]) -> None:
    """Every act of hers is answered with a way to a person, except words to a worker who is there and has them."""
    stage = Play()
    for act in acts:
        if isinstance(act, str):
            stage.worker(act)
            continue
        before = stage.conversation.stage
        says = stage.parent(act)
        if before is Stage.HELD and not says:
            continue
        assert says, f"silence on {act} in {before}"
        for say in says:
            data = [button.data for row in say.buttons for button in row]
            assert "person" in data, f"no way to a person after {act} in {before}: {say}"
            assert all(1 <= len(each.encode()) <= 64 for each in data)
            assert all(part.text.strip() for part in say.parts)


@pytest.mark.parametrize("stage", Stage)
def test_a_broken_rule_is_noticed(stage: Stage) -> None:
    """Every stage survives a look at help, and stays where it was."""
    conversation = replace(Conversation(), stage=stage)
    turn = step(conversation, Command("help"), front_door(), Moment(A_TUESDAY, PROMISE))
    assert turn.conversation.stage is stage
