"""A worker's first way to the desk: a link that opens it once."""

from __future__ import annotations

import secrets
from contextlib import suppress
from datetime import timedelta

from bot.intake import hashed
from bot.knowledge.model import Base
from bot.ports import Clock, Store

INVITE_HOURS = 24


async def invite(store: Store, clock: Clock, name: str) -> str | None:
    """A one-time token for a worker's sign-in, good for a day; None when there is no such active worker."""
    async with store.begin() as work:
        worker = await work.worker_by_name(name)
        if worker is None or not worker.active:
            return None
        token = secrets.token_urlsafe(32)
        await work.add_invite(hashed(token), worker.id, clock.now() + timedelta(hours=INVITE_HOURS))
    return token


async def first_worker(store: Store, clock: Clock, base: Base) -> str:
    """The name of a worker to try the desk with; one is added when there is none."""
    with suppress(ValueError):  # a replica that started at the same moment added her
        async with store.begin() as work:
            active = [worker for worker in await work.workers() if worker.active]
            if active:
                return active[0].name
            added = await work.add_worker("Perheneuvo", "lead", None, base.settings.desk.language, clock.now())
            return added.name
    async with store.begin() as work:
        return next(worker.name for worker in await work.workers() if worker.active)
