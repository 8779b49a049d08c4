"""Whatever happens to messages on their way, each chat gets its own in order, and both stores take the same next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.messages import Address, Say
from bot.ports import OutboxRow, Store, UnitOfWork
from bot.store.memory import MemoryStore
from bot.store.sql import open_store
from tests.store.times import HELSINKI, NOON

End = Literal["sent", "again", "perhaps", "undeliverable", "died"]
ENDS: tuple[End, ...] = ("sent", "again", "perhaps", "undeliverable", "died")
LANES = tuple(Address("telegram", key) for key in "abc")


@dataclass(frozen=True)
class Add:
    """A message for one of the chats."""

    lane: int
    priority: int


@dataclass(frozen=True)
class Take:
    """A try to send, and how it ends; then ``seconds`` pass."""

    end: End
    seconds: int


STEPS = st.lists(
    st.one_of(
        st.builds(Add, st.integers(0, 2), st.integers(0, 1)),
        st.builds(Take, st.sampled_from(ENDS), st.integers(0, 120)),
    ),
    max_size=40,
)


@dataclass
class Played:
    """What was added to each chat, what was taken (row, tries, repeat), what has left each lane; in order."""

    added: dict[Address, list[int]] = field(default_factory=lambda: {lane: [] for lane in LANES})
    taken: list[tuple[int, int, bool] | None] = field(default_factory=list)
    left: dict[Address, list[int]] = field(default_factory=lambda: {lane: [] for lane in LANES})


async def end(work: UnitOfWork, row: OutboxRow, how: End, now: datetime) -> bool:
    """Record an end; whether the row has left its lane."""
    match how:
        case "sent":
            await work.outbox_sent(row.id, now)
        case "undeliverable":
            await work.outbox_undeliverable(row.id, "blocked", now)
        case "again" | "perhaps":
            await work.outbox_again(row.id, now + timedelta(seconds=30), repeat=how == "perhaps", error="e")
        case "died":
            pass
    return how in ("sent", "undeliverable")


async def play(store: Store, steps: list[Add | Take]) -> Played:
    """Play the steps, then send all that is left; time goes on only by the steps."""
    played, now = Played(), NOON
    for step in (*steps, *[Take("sent", 120)] * (2 * len(steps))):
        async with store.begin() as work:
            if isinstance(step, Add):
                to = LANES[step.lane]
                played.added[to].append(await work.outbox_add(to, Say(()), now, priority=step.priority))
                continue
            row = await work.outbox_take(now, ("telegram",))
            played.taken.append(None if row is None else (row.id, row.tries, row.repeat))
            if row is not None and await end(work, row, step.end, now):
                played.left[row.to].append(row.id)
            now += timedelta(seconds=step.seconds)
    return played


@given(steps=STEPS)
@settings(max_examples=200, deadline=None)
async def test_every_chat_gets_all_its_messages_in_order(steps: list[Add | Take]) -> None:
    """None lost, none twice, none before an older one, whatever fails in between."""
    played = await play(MemoryStore(), steps)
    assert played.left == played.added


@given(steps=STEPS)
@settings(max_examples=25, deadline=None)
async def test_the_database_takes_what_the_twin_takes(steps: list[Add | Take]) -> None:
    """The same rows at the same steps, with the same tries and repeats."""
    store = open_store("sqlite+aiosqlite:///:memory:", key=None, zone=HELSINKI)
    await store.start()
    try:
        assert await play(store, steps) == await play(MemoryStore(), steps)
    finally:
        await store.close()
