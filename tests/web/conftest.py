"""What the tests of the pages share."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.web.house import House


@pytest_asyncio.fixture
async def house() -> AsyncIterator[House]:
    """A house with its outbox running."""
    async with House().open() as opened:
        yield opened
