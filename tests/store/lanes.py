"""What the tests of the inbox and the outbox do to a store: let something come in, send, take."""

from __future__ import annotations

from bot.messages import Address, Part, PartKind, Say
from bot.ports import OutboxRow, Store
from tests.store.times import NOON, after

AINO = Address("telegram", "11")
BEA = Address("telegram", "22")
STAFF = Address("telegram", "-100")
WEB = Address("web", "11")
BOTH = ("telegram", "web")


def say(text: str) -> Say:
    """A message to a parent."""
    return Say((Part(PartKind.TEXT, text),))


async def send(store: Store, to: Address, text: str, *, priority: int = 0, seconds: float = 0) -> int:
    """A message to send, added so late after noon."""
    async with store.begin() as work:
        return await work.outbox_add(to, say(text), after(seconds), priority=priority)


async def take(store: Store, seconds: float = 0, channels: tuple[str, ...] = BOTH) -> OutboxRow | None:
    """What is to be sent now, in a unit of work of its own."""
    async with store.begin() as work:
        return await work.outbox_take(after(seconds), channels)


async def taken_id(store: Store, seconds: float = 0) -> int | None:
    """Its row id."""
    row = await take(store, seconds)
    return None if row is None else row.id


async def receive(store: Store, lane: str, external: int, digest: str = "d") -> bool:
    """An update comes in."""
    async with store.begin() as work:
        return await work.inbox_add("telegram", lane, external, digest, {"update_id": external}, NOON)


async def next_update(store: Store, seconds: float = 0) -> int | None:
    """The update whose turn it is, not taken."""
    async with store.begin() as work:
        row = await work.inbox_next("telegram", after(seconds))
        return None if row is None else int(row.payload["update_id"])
