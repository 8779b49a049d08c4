"""The loop over kept updates, alone: one that cannot be read, one whose turn fails, a busy store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from bot.inbox import MOST_TRIES, ChatMoved, Inbox, Read
from bot.intake import Intake
from bot.messages import Address, Incoming, Part, PartKind, Say, Text
from bot.ports import Json, Store, StoreBusy, UnitOfWork
from bot.store.memory import MemoryStore
from tests.outbox.playing import SetClock
from tests.stores import Around
from tests.web.house import little_door

MOVED = "the group has moved"


class Turns(Intake):
    """Answers every message with its own words; a turn over words that are told to fail does so at its end."""

    def __init__(self, store: Store, clock: SetClock) -> None:
        super().__init__(store, clock, little_door)
        self.failing: dict[str, Exception] = {}
        self.taken: list[str] = []

    async def parent_in(
        self, work: UnitOfWork, incoming: Incoming, *, once: str | None = None, press: str | None = None
    ) -> bool:
        """The effect first, then the fault."""
        assert isinstance(incoming.message, Text)
        words = incoming.message.text
        self.taken.append(words)
        await work.outbox_add(incoming.address, Say((Part(PartKind.TEXT, words),)), self.clock.now())
        if words in self.failing:
            raise self.failing[words]
        return True


def read(payload: Json) -> Read:
    """As a channel reads its own; what has no words cannot be read."""
    if payload["words"] == MOVED:
        return Read(ChatMoved("old", "new"))
    return Read(Incoming(Address("telegram", payload["chat"]), Text(payload["words"])))


class Post:
    """An inbox with its store, clock and turns."""

    def __init__(self, store: Store | None = None) -> None:
        self.store = store or MemoryStore()
        self.clock = SetClock()
        self.turns = Turns(self.store, self.clock)
        self.inbox = Inbox(self.store, self.clock, self.turns, "telegram", read)
        self._next = 1

    async def brings(self, chat: str, words: str | None) -> None:
        """One update; without words it is one that nobody can read."""
        payload = {"chat": chat} if words is None else {"chat": chat, "words": words}
        async with self.store.begin() as work:
            await work.inbox_add("telegram", chat, self._next, f"{self._next}", payload, self.clock.now())
        self._next += 1

    async def taken(self) -> int:
        """All that is due; how many that were."""
        found = 0
        while many := await self.inbox.take():
            found += many
        return found

    async def said(self) -> list[str]:
        """What is on its way out."""
        found = []
        async with self.store.begin() as work:
            while (row := await work.outbox_take(self.clock.now(), ("telegram",))) is not None:
                assert isinstance(row.payload, Say)
                found.append(row.payload.parts[0].text)
                await work.outbox_sent(row.id, self.clock.now())
        return found

    async def aside(self) -> int:
        """How many were put aside."""
        async with self.store.begin() as work:
            return (await work.backlog()).quarantined


async def test_what_nobody_can_read_is_put_aside_at_once() -> None:
    """Its own chat goes on at once, too: reading it again would give nothing else."""
    post = Post()
    for chat, words in (("1", None), ("1", "a"), ("2", "b")):
        await post.brings(chat, words)
    assert await post.taken() == 3
    assert (post.turns.taken, await post.aside()) == (["a", "b"], 1)


async def test_a_turn_that_fails_holds_its_own_chat_and_no_other() -> None:
    """What it did before it failed is undone; it is tried again, later each time, before anything newer of its chat."""
    post = Post()
    post.turns.failing["a1"] = KeyError("x")
    for chat, words in (("1", "a1"), ("1", "a2"), ("2", "b1")):
        await post.brings(chat, words)
    await post.taken()
    assert (post.turns.taken, await post.said()) == (["a1", "b1"], ["b1"])
    assert await post.taken() == 0
    del post.turns.failing["a1"]
    post.clock.go_on(2)
    assert await post.taken() == 2
    assert await post.said() == ["a1", "a2"]


async def test_a_turn_that_always_fails_is_put_aside_in_the_end() -> None:
    """After its tries, which take less than two minutes; then its chat goes on."""
    post = Post()
    post.turns.failing["a1"] = KeyError("x")
    for words in ("a1", "a2"):
        await post.brings("1", words)
    seconds = 0
    while await post.aside() == 0:
        await post.taken()
        post.clock.go_on(1)
        seconds += 1
        assert seconds < 120
    await post.taken()
    assert post.turns.taken == ["a1"] * MOST_TRIES + ["a2"]
    assert await post.said() == ["a2"]


async def test_a_busy_store_is_no_failed_try() -> None:
    """However often: the update is handled when the store can be had, and is never put aside for that."""
    post = Post()
    post.turns.failing["a1"] = StoreBusy("told to be")
    await post.brings("1", "a1")
    for _ in range(2 * MOST_TRIES):
        with pytest.raises(StoreBusy):
            await post.taken()
    del post.turns.failing["a1"]
    assert await post.taken() == 1
    assert (await post.said(), await post.aside()) == (["a1"], 0)


class Breaking(Around):
    """A store that cannot keep one unit of work, the ``fails``-th from when it is told."""

    fails = 0

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        """Fails where all of it is to be kept, as a machine does that loses its power."""
        async with self.store.begin() as work:
            yield work
            self.fails -= 1
            if self.fails == 0:
                raise StoreBusy("told to be")


@pytest.mark.parametrize("number", [1, 2, 3])
async def test_the_effect_and_done_are_kept_together_or_not_at_all(number: int) -> None:
    """Whatever unit of work is lost, she is answered once."""
    store = Breaking(MemoryStore())
    post = Post(store)
    await post.brings("1", "a1")
    store.fails = number
    for _ in range(3):
        with suppress(StoreBusy):
            await post.taken()
    assert store.fails <= 0
    assert await post.said() == ["a1"]


class Counting(Around):
    """Counts units of work."""

    begun = 0

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        """One more."""
        self.begun += 1
        async with self.store.begin() as work:
            yield work


async def test_parents_who_write_at_once_share_a_unit_of_work() -> None:
    """And several messages of one of them, in order; what is the staff's, and may lock what is others', is alone."""
    store = Counting(MemoryStore())
    post = Post(store)
    for chat, words in (("1", "a1"), ("1", "a2"), ("2", "b"), ("staff", MOVED), ("3", "c")):
        await post.brings(chat, words)
    store.begun = 0
    assert [await post.inbox.take() for _ in range(4)] == [3, 1, 1, 0]
    assert store.begun == 4
    assert post.turns.taken == ["a1", "a2", "b", "c"]


async def test_one_that_fails_costs_those_beside_it_nothing_but_time() -> None:
    """All are undone and taken again, each alone; only the one that failed waits for its next try."""
    post = Post()
    post.turns.failing["b"] = KeyError("x")
    for chat, words in (("1", "a"), ("2", "b"), ("3", "c")):
        await post.brings(chat, words)
    assert await post.taken() == 3
    assert (post.turns.taken, await post.said()) == (["a", "b", "a", "b", "c"], ["a", "c"])
    del post.turns.failing["b"]
    post.clock.go_on(2)
    assert await post.taken() == 1
    assert await post.said() == ["b"]
