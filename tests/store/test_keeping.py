"""Conversations and cases: what is kept comes back, what fails leaves nothing. On every store."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.conversation.states import Conversation, Stage, View
from bot.messages import Address, Say
from bot.ports import Store
from bot.queueing.case import CaseState, NotAllowed, claim, close
from tests.store.cast import AINO, new_case, new_worker
from tests.store.times import NOON, after

# All or nothing


async def test_a_failed_unit_of_work_leaves_nothing(store: Store) -> None:
    """Conversation, case, line, message, worker, key: all undone together."""
    with pytest.raises(RuntimeError):
        async with store.begin() as work:
            case = await new_case(work)
            await work.save_conversation(case.conversation, Conversation(stage=Stage.WAITING), NOON)
            await work.add_case_line(case.number, "parent", None, "hei", NOON)
            await work.outbox_add(AINO, Say(()), NOON)
            await new_worker(work)
            await work.once("k", NOON)
            raise RuntimeError
    async with store.begin() as work:
        assert (await work.conversation(AINO))[1] == Conversation()
        assert await work.open_cases() == ()
        assert await work.outbox_unsent() == (0, None)
        assert await work.workers() == ()
        assert await work.once("k", NOON)


async def test_a_cancelled_unit_of_work_leaves_nothing_and_blocks_nobody(store: Store) -> None:
    """A turn that is cut off half-way is undone, and the next one begins at once."""
    inside = asyncio.Event()

    async def cut_off() -> None:
        async with store.begin() as work:
            await work.once("k", NOON)
            inside.set()
            await asyncio.Event().wait()

    turn = asyncio.create_task(cut_off())
    await inside.wait()
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    async with store.begin() as work:
        assert await work.once("k", NOON)


# Conversations


async def test_a_conversation_comes_back_as_it_was(store: Store) -> None:
    """Every field, also None among the answers and the screens she has been on."""
    value = Conversation(
        language="sv",
        stage=Stage.OFFER,
        worries=("Barnet sover inte", "💤"),
        answers=(("age", "toddler"), ("about", None)),
        shown=("neuvola",),
        past=(View(Stage.QUESTION, question="age", answers=(("age", None),)),),
    )
    async with store.begin() as work:
        number, begun = await work.conversation(AINO)
        assert begun == Conversation()
        await work.save_conversation(number, value, NOON)
    async with store.begin() as work:
        assert await work.conversation(AINO) == (number, value)
        assert await work.conversation_by_id(number) == (AINO, value)


async def test_each_address_has_its_own_conversation(store: Store) -> None:
    """Channel and key together."""
    async with store.begin() as work:
        numbers = {
            (await work.conversation(Address(channel, key)))[0] for channel in ("web", "telegram") for key in "ab"
        }
    assert len(numbers) == 4


async def test_two_first_messages_at_once_begin_one_conversation(store: Store) -> None:
    """Both get the same number, and what the first saved the second sees."""

    async def say(word: str) -> int:
        async with store.begin() as work:
            number, value = await work.conversation(AINO)
            await work.save_conversation(number, replace(value, worries=(*value.worries, word)), NOON)
            return number

    first, second = await asyncio.gather(say("a"), say("b"))
    assert first == second
    async with store.begin() as work:
        assert set((await work.conversation(AINO))[1].worries) == {"a", "b"}


async def test_an_unknown_conversation_is_told(store: Store) -> None:
    """LookupError, reading or saving."""
    async with store.begin() as work:
        with pytest.raises(LookupError):
            await work.conversation_by_id(99)
        with pytest.raises(LookupError):
            await work.save_conversation(99, Conversation(), NOON)


# Cases


async def test_a_case_comes_back_as_it_was_in_our_own_time(store: Store) -> None:
    """Its number is given, its times are aware and told in Helsinki."""
    async with store.begin() as work:
        added = await new_case(
            work, said=("auttakaa",), path=(("age", "baby"),), danger=("violence",), waiting_since=after(1)
        )
    assert added.number > 0
    async with store.begin() as work:
        case = await work.case(added.number)
    assert case == added
    assert case is not None
    assert case.opened_at.tzinfo is NOON.tzinfo
    assert case.waiting_since is not None
    assert case.waiting_since.tzinfo is NOON.tzinfo


async def test_of_two_claims_at_once_one_wins(store: Store) -> None:
    """The loser is told that the case is taken, and the case has one owner."""
    async with store.begin() as work:
        number = (await new_case(work)).number
        workers = [await new_worker(work, name) for name in ("Kaisa", "Lotta")]

    async def take(worker: int) -> bool:
        async with store.begin() as work:
            case = await work.case(number)
            assert case is not None
            await asyncio.sleep(0)
            try:
                await work.save_case(claim(case, worker, NOON))
            except NotAllowed:
                return False
            return True

    won = await asyncio.gather(*(take(worker) for worker in workers))
    assert sorted(won) == [False, True]
    async with store.begin() as work:
        case = await work.case(number)
    assert case is not None
    assert case.owner == workers[won.index(True)]


async def test_open_cases_are_read_as_they_are_kept_now(store: Store) -> None:
    """Also right after one was changed, and after a change was undone that had been read already."""
    async with store.begin() as work:
        case = await new_case(work)
        assert [each.priority for each in await work.open_cases()] == [0]
        await work.save_case(replace(case, priority=1))
        assert [each.priority for each in await work.open_cases()] == [1]
    with pytest.raises(RuntimeError):
        async with store.begin() as work:
            await work.save_case(replace(case, priority=2))
            assert [each.priority for each in await work.open_cases()] == [2]
            raise RuntimeError
    async with store.begin() as work:
        assert [each.priority for each in await work.open_cases()] == [1]
        await work.save_case(replace(case, state=CaseState.CLOSED, closed_at=NOON))
        assert await work.open_cases() == ()


async def test_open_cases_stand_in_the_queues_order(store: Store) -> None:
    """Danger first, then the longest wait; closed ones are not in it."""
    async with store.begin() as work:
        worker = await new_worker(work)
        late = await new_case(work, waiting_since=after(9))
        early = await new_case(work, waiting_since=after(5))
        danger = await new_case(work, waiting_since=after(20), danger=("violence",))
        gone = await new_case(work, waiting_since=after(1))
        await work.save_case(close(claim(gone, worker, NOON), worker, "guided", NOON))
    async with store.begin() as work:
        assert [case.number for case in await work.open_cases()] == [danger.number, early.number, late.number]


async def test_closed_cases_come_newest_first(store: Store) -> None:
    """As many as asked for."""
    async with store.begin() as work:
        worker = await new_worker(work)
        numbers = []
        for seconds in (1, 3, 2):
            case = claim(await new_case(work), worker, NOON)
            await work.save_case(close(case, worker, "guided", after(seconds)))
            numbers.append(case.number)
    async with store.begin() as work:
        found = await work.closed_cases(2)
    assert [case.number for case in found] == [numbers[1], numbers[2]]
    assert {case.state for case in found} == {CaseState.CLOSED}


async def test_an_unknown_case_is_none_and_cannot_be_saved(store: Store) -> None:
    """Saving what is not there is a fault, not a silence."""
    async with store.begin() as work:
        assert await work.case(99) is None
        case = await new_case(work)
        with pytest.raises(LookupError):
            await work.save_case(replace(case, number=99))


async def test_the_lines_of_a_case_stand_oldest_first(store: Store) -> None:
    """Each with its author, and no other case's among them."""
    async with store.begin() as work:
        worker = await new_worker(work)
        case, other = await new_case(work), await new_case(work)
        await work.add_case_line(case.number, "parent", None, "hei", after(1))
        await work.add_case_line(other.number, "parent", None, "toinen", after(2))
        await work.add_case_line(case.number, "worker", worker, "päivää", after(3))
    async with store.begin() as work:
        lines = await work.case_lines(case.number)
    assert [(line.by, line.worker, line.text, line.at) for line in lines] == [
        ("parent", None, "hei", after(1)),
        ("worker", worker, "päivää", after(3)),
    ]
