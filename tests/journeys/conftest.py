"""A town on each of the streets."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.journeys.pages import Web
from tests.journeys.streets import Plain, Telegram
from tests.journeys.town import Town
from tests.telegram.server import BotApi


@pytest.fixture(params=["plain", "telegram", "telegram group", "web"])
async def town(request: pytest.FixtureRequest) -> AsyncIterator[Town]:
    """The product on one channel after the other; a staff group with topics and one without."""
    if request.param.startswith("telegram"):
        async with BotApi() as server:
            telegram = Telegram(server, forum=request.param == "telegram")
            yield Town(telegram)
            await telegram.close()
        return
    street = Plain() if request.param == "plain" else Web()
    yield Town(street)
    await street.close()


@pytest.fixture
async def plain_town() -> AsyncIterator[Town]:
    """The product with no channel in between: for what no channel changes, or what a page has no form for."""
    street = Plain()
    yield Town(street)
    await street.close()


@pytest.fixture(params=["plain", "telegram"])
async def telephone_town(request: pytest.FixtureRequest) -> AsyncIterator[Town]:
    """Where stickers, edits and shared numbers exist."""
    if request.param == "telegram":
        async with BotApi() as server:
            telegram = Telegram(server)
            yield Town(telegram)
            await telegram.close()
        return
    street = Plain()
    yield Town(street)
    await street.close()
