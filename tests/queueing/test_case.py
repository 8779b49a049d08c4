"""The case as a table of moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.knowledge.desk import Desk
from bot.knowledge.parts import Hours
from bot.queueing import case as moves
from bot.queueing import holding, meeting
from bot.queueing.case import TABLE, Case, CaseState, Move, NotAllowed, waiting_order
from bot.queueing.timing import Targets, ring
from tests.builders import A_TUESDAY

AIMS = Targets(Desk(hours=Hours.model_validate({"week": {"mon-fri": ["8-16"]}})), frozenset())
NEW = Case(conversation=1, language="fi", opened_at=A_TUESDAY, waiting_since=A_TUESDAY, number=1)


@pytest.mark.parametrize("state", CaseState)
@pytest.mark.parametrize("move", Move)
def test_a_move_the_table_does_not_have_is_refused(state: CaseState, move: Move) -> None:
    """Every pair is either in the table or raises with the name of a phrase."""
    case = replace(NEW, state=state)
    if (state, move) in TABLE:
        assert moves.moved(case, move) is TABLE[state, move]
    else:
        with pytest.raises(NotAllowed) as refused:
            moves.moved(case, move)
        assert refused.value.reason == f"case.not_allowed.{state}.{move}"


def test_a_second_worker_cannot_claim() -> None:
    """The first keeps it, and each is told her own sentence."""
    held = moves.claim(NEW, 7, A_TUESDAY)
    for worker, reason in ((8, "case.taken"), (7, "case.yours_already")):
        with pytest.raises(NotAllowed) as refused:
            moves.claim(held, worker, A_TUESDAY)
        assert refused.value.reason == reason
    assert held.owner == 7


def test_only_the_holder_answers_and_closes() -> None:
    """Another worker changes nothing."""
    held = moves.claim(NEW, 7, A_TUESDAY)
    with pytest.raises(NotAllowed):
        moves.reply(held, 8, A_TUESDAY)
    with pytest.raises(NotAllowed):
        moves.close(held, 8, "helped-here", A_TUESDAY)
    assert moves.close(held, 7, "helped-here", A_TUESDAY).state is CaseState.CLOSED


def test_the_first_answer_is_kept() -> None:
    """Later answers do not move its time."""
    first = moves.reply(moves.claim(NEW, 7, A_TUESDAY), 7, A_TUESDAY)
    second = moves.reply(first, 7, A_TUESDAY + timedelta(minutes=9))
    assert second.answered_at == A_TUESDAY


def test_what_is_owed_in_danger_is_not_put_aside() -> None:
    """First the answer, then the pause; where there is no danger, whenever the worker likes."""
    held, until = moves.claim(replace(NEW, danger=("violence",)), 7, A_TUESDAY), A_TUESDAY + timedelta(days=30)
    with pytest.raises(NotAllowed) as refused:
        holding.snooze(held, 7, until, A_TUESDAY)
    assert refused.value.reason == "case.answer_first"
    assert holding.snooze(moves.reply(held, 7, A_TUESDAY), 7, until, A_TUESDAY).snoozed_until == until
    assert holding.snooze(moves.claim(NEW, 7, A_TUESDAY), 7, until, A_TUESDAY).snoozed_until == until


def test_danger_found_in_a_case_put_aside_is_timed_again() -> None:
    """A suspected crime marked while it rests: the worker's silence sends it back, as in any danger."""
    held = moves.claim(NEW, 7, A_TUESDAY)
    aside = holding.snooze(held, 7, A_TUESDAY + timedelta(days=30), A_TUESDAY)
    after, _ = ring(holding.lasta(aside, 7, A_TUESDAY), AIMS, A_TUESDAY + timedelta(hours=2))
    assert after.state is CaseState.WAITING and after.snoozed_until is None


def test_a_time_she_gives_back_wakes_the_case() -> None:
    """It is her word, too: her worker owes her an answer from then on."""
    later = A_TUESDAY + timedelta(days=3)
    case = meeting.propose(moves.claim(NEW, 7, A_TUESDAY), 7, [later], "", A_TUESDAY)
    aside = holding.snooze(case, 7, later, A_TUESDAY)
    woken = meeting.refuse(aside, case.bookings[0].id, A_TUESDAY)
    assert (woken.snoozed_until, woken.waits_since) == (None, A_TUESDAY)


def test_danger_goes_first_then_the_longest_wait() -> None:
    """The queue's order."""
    early = replace(NEW, number=1)
    late = replace(NEW, number=2, waiting_since=A_TUESDAY + timedelta(minutes=5))
    danger = replace(NEW, number=3, waiting_since=A_TUESDAY + timedelta(minutes=9), danger=("suicide",))
    assert sorted([late, danger, early], key=waiting_order) == [danger, early, late]


class AnyMoves(RuleBasedStateMachine):
    """Whatever is tried, in whatever order, the case has exactly one owner."""

    def __init__(self) -> None:
        super().__init__()
        self.case = NEW

    def _try(self, change: object) -> None:
        before = self.case
        try:
            self.case = change()  # type: ignore[operator]  # each rule hands in a function of no arguments
        except NotAllowed:
            assert self.case is before

    @rule(worker=st.integers(1, 3))
    def claim(self, worker: int) -> None:
        """Somebody claims."""
        self._try(lambda: moves.claim(self.case, worker, A_TUESDAY))

    @rule(worker=st.integers(1, 3))
    def reply(self, worker: int) -> None:
        """Somebody answers."""
        self._try(lambda: moves.reply(self.case, worker, A_TUESDAY))

    @rule(worker=st.integers(1, 3))
    def close(self, worker: int) -> None:
        """Somebody closes."""
        self._try(lambda: moves.close(self.case, worker, "helped-here", A_TUESDAY))

    @rule()
    def leave(self) -> None:
        """The parent ends it."""
        self._try(lambda: moves.leave(self.case, A_TUESDAY))

    @rule()
    def reopen(self) -> None:
        """The parent comes back."""
        self._try(lambda: moves.reopen(self.case, A_TUESDAY))

    @rule(danger=st.sampled_from([(), ("violence",), ("suicide",)]))
    def tell(self, danger: tuple[str, ...]) -> None:
        """The parent tells more."""
        self._try(lambda: moves.tell(self.case, danger=danger))

    @invariant()
    def one_owner(self) -> None:
        """A worker holds it exactly while it is claimed; an ended case has an outcome and an end."""
        if self.case.state is not CaseState.CLOSED:
            assert (self.case.owner is not None) == (self.case.state is CaseState.CLAIMED)
        assert (self.case.closed_at is not None) == (self.case.state is CaseState.CLOSED)
        assert (self.case.outcome is not None) == (self.case.state is CaseState.CLOSED)


AnyMoves.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestAnyMoves = AnyMoves.TestCase
