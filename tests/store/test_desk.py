"""What the desk needs kept: when a case is due, profiles, who did what, wrong doors. On every store."""

from __future__ import annotations

import asyncio

import pytest

from bot.messages import Address
from bot.ports import Proposal, Store, UnitOfWork
from bot.queueing.assigning import Profile
from bot.queueing.case import Case, CaseState
from bot.queueing.values import Booking, Offer, Plan, Task
from bot.store.sql import open_store
from tests.store.cast import new_case, new_worker
from tests.store.times import HELSINKI, NOON, after


async def _case_of(work: UnitOfWork, name: str, due: int) -> Case:
    conversation, _ = await work.conversation(Address("web", name))
    return await work.add_case(Case(conversation, "fi", NOON, due_at=after(due)))


async def test_a_case_with_all_it_may_hold_comes_back_as_it_was(store: Store) -> None:
    """Nested times keep their zone, a date stays a date."""
    offer = Offer(1, 7, "neuvolat", None, "syy", NOON, True, since=after(5))
    plan = Plan("Tavataan", NOON, tasks=(Task(2, "Soitan", None, NOON.date(), after(1)),))
    booking = Booking(3, 7, (after(60), after(120)), "Perhekeskus", NOON, picked=after(60))
    async with store.begin() as work:
        case = await new_case(work, offer=offer, plan=plan, bookings=(booking,), state=CaseState.CLAIMED, counter=3)
    async with store.begin() as work:
        kept = await work.case(case.number)
    assert kept == case
    assert kept is not None
    assert kept.bookings[0].times[0].tzinfo is NOON.tzinfo


async def test_the_case_longest_past_its_time_is_due_first(store: Store) -> None:
    """Closed ones too; what is not due yet waits; saving another time moves it."""
    async with store.begin() as work:
        late = await _case_of(work, "a", 2)
        later = await _case_of(work, "b", 5)
        await new_case(work)
        assert await work.next_due() == late.due_at
        assert await work.due_case(after(1)) is None
        assert await work.due_case(after(9)) == late
    async with store.begin() as work:
        await work.save_case(Case(late.conversation, "fi", NOON, number=late.number))
        assert await work.due_case(after(9)) == later
        assert await work.next_due() == later.due_at


@pytest.mark.postgresql
async def test_two_processes_ring_no_case_twice(database: str) -> None:
    """What one has in hand the other passes over."""
    store = open_store(database, key=None, zone=HELSINKI)
    await store.start()
    async with store.begin() as work:
        first, second = await _case_of(work, "a", 1), await _case_of(work, "b", 2)
    held, go = asyncio.Event(), asyncio.Event()

    async def hold() -> Case | None:
        async with store.begin() as work:
            mine = await work.due_case(after(9))
            held.set()
            await go.wait()
            return mine

    other = asyncio.create_task(hold())
    await held.wait()
    async with store.begin() as work:
        assert await work.due_case(after(9)) == second
    go.set()
    assert await other == first
    await store.close()


async def test_a_parents_cases_are_found_newest_first(store: Store) -> None:
    """Only hers."""
    async with store.begin() as work:
        first, second = await new_case(work), await new_case(work)
        await _case_of(work, "other", 1)
        found = await work.cases_of(first.conversation)
    assert [case.number for case in found] == [second.number, first.number]


async def test_a_worker_keeps_her_profile(store: Store) -> None:
    """The plain one at first; later as it was told, times in the zone."""
    profile = Profile(("fi", "sv"), "neuvolat", ("kokkola",), ("neuvola",), "on", after(60), NOON)
    async with store.begin() as work:
        kaisa = await new_worker(work)
        added = await work.worker(kaisa)
        assert added is not None
        assert (added.profile, added.languages) == (Profile(), ("fi",))
        await work.set_worker_profile(kaisa, profile)
    async with store.begin() as work:
        found = await work.worker(kaisa)
    assert found is not None
    assert found.profile == profile


async def test_who_saw_and_did_what_in_a_case_is_known(store: Store) -> None:
    """In order, and of this case only."""
    async with store.begin() as work:
        case, kaisa = await new_case(work), await new_worker(work)
        await work.log("saw", NOON, worker=kaisa, case=case.number)
        await work.log("duty", after(1), worker=kaisa, case=case.number, detail="duty-shown")
        await work.log("refused", NOON)
        log = await work.case_log(case.number)
    assert [(each.kind, each.worker, each.detail) for each in log] == [
        ("saw", kaisa, None),
        ("duty", kaisa, "duty-shown"),
    ]
    assert log[1].at == after(1)


async def test_a_wrong_door_waits_to_be_judged(store: Store) -> None:
    """As it was told; once judged it is out of the list."""
    async with store.begin() as work:
        case = await new_case(work)
        row = await work.add_proposal(case.number, "perheneuvola", "neuvola", "sv", "Barnet äter inte", NOON)
        other = await work.add_proposal(case.number, "nepsy", "neuvola", "fi", None, NOON)
    async with store.begin() as work:
        found = await work.proposals()
        assert found[0] == Proposal(row, case.number, "perheneuvola", "neuvola", "sv", "Barnet äter inte", NOON)
        assert found[1].words is None
        await work.judge_proposal(row, NOON)
    async with store.begin() as work:
        assert [each.id for each in await work.proposals()] == [other]


async def test_a_word_to_the_developers_is_found_by_its_time(store: Store) -> None:
    """Other lines are none of theirs."""
    async with store.begin() as work:
        case = await new_case(work)
        await work.add_case_line(case.number, "word", None, "vanha sana", NOON)
        await work.add_case_line(case.number, "word", None, "uusi sana", after(60))
        await work.add_case_line(case.number, "parent", None, "ei tämä", after(60))
        found = await work.words_to_developers(after(30))
    assert [line.text for line in found] == ["uusi sana"]


async def test_the_cases_opened_in_a_period_are_found_by_number(store: Store) -> None:
    """From its first moment on and before its end; also those that are closed or have waited anew since."""
    async with store.begin() as work:
        await new_case(work, opened_at=after(-1))
        first = await new_case(work, state=CaseState.CLOSED, waiting_since=after(3), closed_at=after(50))
        second = await new_case(work, opened_at=after(29), waiting_since=after(500))
        await new_case(work, opened_at=after(30))
        await new_case(work, opened_at=after(-9), waiting_since=after(10))
    async with store.begin() as work:
        found = await work.cases_between(NOON, after(30))
    assert found == (first, second)


async def test_the_log_is_found_by_time_and_kind(store: Store) -> None:
    """Of all cases, oldest first; what is of no case is none of it."""
    async with store.begin() as work:
        case, other = await new_case(work), await new_case(work)
        await work.log("climb", after(-1), case=case.number)
        await work.log("climb", NOON, case=other.number, detail="lead")
        await work.log("saw", after(1), case=case.number)
        await work.log("answer", after(2), case=case.number, detail="yes")
        await work.log("answer", after(2))
        found = await work.log_since(NOON, ("climb", "answer"))
    told = [(line.kind, line.case, line.detail) for line in found]
    assert told == [("climb", other.number, "lead"), ("answer", case.number, "yes")]
