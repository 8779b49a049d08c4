"""A store around another one, for tests that make it behave badly: each overrides what it needs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.ports import Company, Store, UnitOfWork


class Around:
    """Does as the store inside. ``start`` and ``close`` are the test's own business, at the inner one."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @property
    def company(self) -> Company:
        """The inner one's."""
        return self.store.company

    async def serve(self) -> None:
        """As the inner one."""
        await self.store.serve()

    async def start(self) -> None:
        """As the inner one."""
        await self.store.start()

    async def close(self) -> None:
        """As the inner one."""
        await self.store.close()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        """One unit of work of the inner one."""
        async with self.store.begin() as work:
            yield work
