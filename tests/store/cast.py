"""Who plays in the tests of the store."""

from __future__ import annotations

from dataclasses import replace

from bot.messages import Address
from bot.ports import UnitOfWork
from bot.queueing.case import Case
from tests.store.times import NOON

AINO = Address("web", "aino")


async def new_case(work: UnitOfWork, **changes: object) -> Case:
    """A kept case of the parent's."""
    conversation, _ = await work.conversation(AINO)
    case = Case(conversation=conversation, language="fi", opened_at=NOON)
    return await work.add_case(replace(case, **changes))  # type: ignore[arg-type]  # the tests name real fields


async def new_worker(work: UnitOfWork, name: str = "Kaisa", telegram: str | None = None) -> int:
    """A kept worker's row id."""
    return (await work.add_worker(name, "desk", telegram, "fi", NOON)).id
