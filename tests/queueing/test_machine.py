"""Whatever is done to a case, by whomever and whenever: exactly one owner, nothing lost, always an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.knowledge.model import Desk, Hours
from bot.queueing import case as moves
from bot.queueing import ending, holding, meeting, passing, together
from bot.queueing.case import Case, CaseState, Holder, NotAllowed, who_has_it
from bot.queueing.timing import Targets, due, ring
from bot.store.values import CASE
from tests.builders import A_TUESDAY

WORKERS = st.integers(1, 3)
CREW = st.integers(0, 3)  # 0 = whoever has it, so that much of what is tried is allowed
UNITS = st.sampled_from([None, "neuvolat", "seurakunta"])
WORDS = st.sampled_from(["hei", "", "  ", "040 1234567"])
ITEMS = st.integers(0, 3)  # how many items back
MINUTES = st.sampled_from([1, 7, 45, 400, 1500, 30_000])
AIMS = Targets(Desk(hours=Hours.model_validate({"week": {"mon-fri": ["8-16"]}})), frozenset())


def _kept(case: Case) -> tuple[int, ...]:
    """What may only grow: what was said, asked, answered, agreed and done."""
    plan = case.plan
    return (
        len(case.said),
        len(case.consults),
        sum(len(each.answers) for each in case.consults),
        len(plan.comments) if plan else 0,
        len(plan.tasks) if plan else 0,
        len(case.bookings),
        len(case.steps),
        len(case.danger),
        len(case.merged),
        case.handed_over,
        case.counter,
    )


def _answers(case: Case) -> set[tuple[int, int, datetime, str]]:
    """What the network has answered: to which question, who, when, what."""
    return {(asked.id, each.worker, each.at, each.text) for asked in case.consults for each in asked.answers}


class AnyMoves(RuleBasedStateMachine):
    """Four workers, two units, a parent and the clock."""

    def __init__(self) -> None:
        super().__init__()
        self.now = A_TUESDAY
        self.case = Case(1, "fi", A_TUESDAY, number=1, waiting_since=A_TUESDAY)

    def _who(self, worker: int) -> int:
        if self.case.state is CaseState.WAITING and worker != 3:  # else most of what is tried would only be refused
            self.case = moves.claim(self.case, worker or 1, self.now)
        return worker or self.case.owner or 1

    def _try(self, change: Callable[[Case, datetime], Case]) -> None:
        before = self.case
        try:
            self.case = change(before, self.now)
        except NotAllowed as refused:
            assert refused.reason
            return
        grown = [now >= then for now, then in zip(_kept(self.case), _kept(before), strict=True)]
        assert all(grown), "something was lost"
        assert _answers(before) <= _answers(self.case), "an answer was lost"

    @rule(worker=CREW, text=WORDS)
    def hold(self, worker: int, text: str) -> None:
        """Claim, answer, note, draft, correct."""
        worker = self._who(worker)
        self._try(lambda case, now: moves.claim(case, worker, now))
        self._try(lambda case, now: moves.reply(case, worker, now))
        self._try(lambda case, now: holding.note(case, worker, now))
        self._try(lambda case, now: holding.draft(case, worker, text, now))
        self._try(lambda case, now: holding.correct(case, worker, now))

    @rule(worker=CREW, lead=st.booleans())
    def release(self, worker: int, lead: bool) -> None:
        """Back into the queue."""
        worker = self._who(worker)
        self._try(lambda case, now: holding.release(case, worker, now, lead=lead))

    @rule(worker=CREW, text=WORDS)
    def take_over(self, worker: int, text: str) -> None:
        """From somebody else."""
        worker = self._who(worker)
        self._try(lambda case, now: holding.take_over(case, worker, text, now))

    @rule(worker=CREW, ahead=MINUTES, high=st.booleans())
    def put_aside(self, worker: int, ahead: int, high: bool) -> None:
        """Snooze and priority."""
        worker = self._who(worker)
        self._try(lambda case, now: holding.snooze(case, worker, now + timedelta(minutes=ahead), now))
        self._try(lambda case, now: holding.prioritise(case, worker, high))

    @rule(worker=CREW, unit=UNITS, to=st.one_of(st.none(), WORKERS), asks=st.booleans())
    def offer(self, worker: int, unit: str | None, to: int | None, asks: bool) -> None:
        """A warm hand-over begins."""
        worker = self._who(worker)
        self._try(lambda case, now: passing.offer(case, worker, "syy", now, unit=unit, to=to, asks_consent=asks))

    @rule(worker=WORKERS, unit=UNITS, act=st.sampled_from(["accept", "decline", "withdraw"]))
    def answer_offer(self, worker: int, unit: str | None, act: str) -> None:
        """Taken, refused or taken back; mostly by whom it was offered to."""
        made = self.case.offer
        if made is not None:
            worker, unit = made.worker or worker, unit or made.unit
        if act == "accept":
            self._try(lambda case, now: passing.accept(case, worker, unit, now))
        elif act == "decline":
            self._try(lambda case, now: passing.decline(case, worker, unit, "ei nyt", now))
        else:
            self._try(lambda case, now: passing.withdraw(case, worker))

    @rule(item=ITEMS, yes=st.booleans())
    def agree(self, item: int, yes: bool) -> None:
        """The parent's consent."""
        item = self.case.counter - item
        self._try(lambda case, now: passing.agree(case, item, yes, now))

    @rule(worker=CREW, other=WORKERS, item=ITEMS, text=WORDS)
    def together(self, worker: int, other: int, item: int, text: str) -> None:
        """The network, colleagues, the plan."""
        item = self.case.counter - item
        worker = self._who(worker)
        self._try(lambda case, now: together.consult(case, worker, text, (), now))
        self._try(lambda case, now: together.advise(case, other, item, text, now))
        self._try(lambda case, now: together.invite(case, worker, other, now))
        self._try(lambda case, now: together.plan(case, worker, text, now))
        self._try(lambda case, now: together.task(case, worker, text, other, now.date(), now))
        self._try(lambda case, now: together.task_done(case, other, item, now))
        self._try(lambda case, now: together.comment(case, text, now))

    @rule(worker=CREW)
    def step_out(self, worker: int) -> None:
        """A member goes."""
        worker = self._who(worker)
        self._try(lambda case, now: together.step_out(case, worker))

    @rule(worker=CREW, days=st.integers(-1, 7))
    def team(self, worker: int, days: int) -> None:
        """The early-support team."""
        worker = self._who(worker)
        on = self.now.date() + timedelta(days=days)
        self._try(lambda case, now: together.bring(case, worker, "vatu-askola", on, "", now))
        self._try(lambda case, now: together.team_outcome(case, worker, "sovittu", now))

    @rule(worker=CREW, ahead=MINUTES, item=ITEMS, place=st.integers(0, 2))
    def times(self, worker: int, ahead: int, item: int, place: int) -> None:
        """Proposed, picked."""
        item = self.case.counter - item
        worker = self._who(worker)
        chosen = [self.now + timedelta(minutes=ahead), self.now + timedelta(minutes=ahead + 60)]
        self._try(lambda case, now: meeting.propose(case, worker, chosen, "", now))
        self._try(lambda case, now: meeting.pick(case, item, place, now))

    @rule(worker=CREW, item=ITEMS, by_parent=st.booleans())
    def unbook(self, worker: int, item: int, by_parent: bool) -> None:
        """Cancelled by either."""
        item = self.case.counter - item
        worker = self._who(worker)
        if by_parent:
            self._try(lambda case, now: meeting.refuse(case, item, now))
        else:
            self._try(lambda case, now: meeting.unbook(case, worker, item, now))

    @rule(worker=CREW, kind=st.sampled_from([*holding.DUTY_STEPS, "other"]))
    def danger(self, worker: int, kind: str) -> None:
        """Duty to report, LASTA."""
        worker = self._who(worker)
        self._try(lambda case, now: holding.duty(case, worker, kind, now))
        self._try(lambda case, now: holding.lasta(case, worker, now))

    @rule(worker=CREW)
    def merge(self, worker: int) -> None:
        """Another case of hers becomes part of this one."""
        worker = self._who(worker)
        gone = Case(1, "fi", A_TUESDAY, number=self.case.counter + 100, waiting_since=A_TUESDAY, said=("x",))
        self._try(lambda case, now: ending.merge(case, gone, worker, now)[0])

    @rule(worker=CREW)
    def close(self, worker: int) -> None:
        """The end, by a worker."""
        worker = self._who(worker)
        self._try(lambda case, now: moves.close(case, worker, "helped-here", now))

    @rule(said=st.sampled_from(["yes", "notyet", "stop", "x"]))
    def follow_up(self, said: str) -> None:
        """Did she get help?"""
        self._try(lambda case, now: ending.answer(case, said))

    @rule(act=st.sampled_from(["say", "leave", "reopen"]))
    def parent(self, act: str) -> None:
        """She writes, ends it, comes back."""
        if act == "say":
            self._try(moves.say)
        elif act == "leave":
            self._try(moves.leave)
        else:
            self._try(moves.reopen)

    @rule(worker=WORKERS)
    def taken_away(self, worker: int) -> None:
        """A worker is no worker any more."""
        self._try(lambda case, now: holding.orphaned(case, worker, now))
        assert worker not in self.case.crew or self.case.state is CaseState.CLOSED

    @rule(minutes=MINUTES)
    def time_passes(self, minutes: int) -> None:
        """And what is due happens, each thing once."""
        self.now += timedelta(minutes=minutes)
        before = self.case
        self.case, happened = ring(before, AIMS, self.now)
        next_at = due(self.case, AIMS)
        assert next_at is None or next_at > self.now, f"{happened} left something undone"

    @invariant()
    def one_owner(self) -> None:
        """The queue or a lead while it waits, one worker while it is claimed, nobody once it has ended."""
        case, has = self.case, who_has_it(self.case)
        if case.state is CaseState.WAITING:
            assert case.owner is None
            assert has.holder in (Holder.QUEUE, Holder.LEAD)
        elif case.state is CaseState.CLAIMED:
            assert case.owner is not None
            assert (has.holder, has.worker) == (Holder.WORKER, case.owner)
            assert case.owner not in case.members
        else:
            assert has.holder is Holder.NOBODY
            assert case.outcome is not None
        assert (case.closed_at is not None) == (case.state is CaseState.CLOSED)

    @invariant()
    def an_offer_is_the_givers(self) -> None:
        """Until it is taken the giver has the case; once it waits or has ended nobody is asked any more."""
        if self.case.offer is not None:
            assert self.case.state is CaseState.CLAIMED
            assert self.case.owner == self.case.offer.by

    @invariant()
    def something_will_happen(self) -> None:
        """No case waits for ever: while it waits below the last step, or owes an answer, there is a next moment."""
        case = self.case
        owed = case.waits_since is not None or case.snoozed_until is not None
        if (case.state is CaseState.WAITING and case.climbed < 2) or (case.state is CaseState.CLAIMED and owed):
            assert due(case, AIMS) is not None

    @invariant()
    def nothing_puts_danger_to_sleep(self) -> None:
        """However it was put aside or joined: while she is in danger and waits, the silence of her worker is timed."""
        case = self.case
        if case.state is CaseState.CLAIMED and case.danger and case.waits_since is not None:
            at, late = due(case, AIMS), case.waits_since + timedelta(minutes=AIMS.desk.silent_minutes)
            assert at is not None and at <= late

    @invariant()
    def it_can_be_kept(self) -> None:
        """As JSON and back."""
        assert CASE.validate_json(CASE.dump_json(self.case)) == self.case


AnyMoves.TestCase.settings = settings(max_examples=200, stateful_step_count=50, deadline=None)
TestAnyMoves = AnyMoves.TestCase


def test_a_case_kept_before_there_were_these_moves_still_reads() -> None:
    """What an older version wrote has none of the new fields."""
    begun = b'"conversation": 1, "language": "fi", "opened_at": "2026-11-24T10:00:00+02:00"'
    old = b"{" + begun + b', "state": "claimed", "owner": 3}'
    case = CASE.validate_json(old)
    assert case == replace(Case(1, "fi", case.opened_at), state=CaseState.CLAIMED, owner=3)
