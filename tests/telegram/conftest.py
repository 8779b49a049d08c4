"""What the Telegram tests share: the loopback server, a clock told by the test, and the channel under test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from aiohttp import ClientSession

from bot.ports import Store
from bot.store.sql import open_store
from handlers.telegram.api import Api
from handlers.telegram.sending import TelegramChannel
from tests.telegram.client import Client
from tests.telegram.server import BotApi
from tests.telegram.watching import on_disk, watch

HELSINKI = ZoneInfo("Europe/Helsinki")


@dataclass
class ToldClock:
    """The time is what the test says it is."""

    moment: datetime = datetime(2026, 11, 21, 12, 0, tzinfo=HELSINKI)

    def now(self) -> datetime:
        """The told moment."""
        return self.moment

    def advance(self, seconds: float) -> None:
        """Time passes."""
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> ToldClock:
    """A clock that stands still until it is moved."""
    return ToldClock()


@pytest.fixture
async def server() -> AsyncIterator[BotApi]:
    """A Bot API server; the test fails when its contract was broken."""
    async with BotApi() as found:
        yield found


@pytest.fixture
async def client(server: BotApi) -> AsyncIterator[Client]:
    """A client of the server."""
    async with ClientSession() as session:
        yield Client(server, session)


@pytest.fixture
async def api(server: BotApi) -> AsyncIterator[Api]:
    """Our connection to it."""
    connection = Api(server.token, server.base)
    yield connection
    await connection.close()


@pytest.fixture
def channel(api: Api, clock: ToldClock) -> TelegramChannel:
    """The channel under test."""
    return TelegramChannel(api, clock)


@pytest.fixture
async def store(tmp_path: Path, server: BotApi) -> AsyncIterator[Store]:
    """A fresh SQLite database. Nothing may be confirmed that is not in it."""
    watch(server, on_disk(tmp_path / "test.db"))
    found = open_store(f"sqlite+aiosqlite:///{tmp_path / 'test.db'}", key=None, zone=HELSINKI)
    await found.start()
    yield found
    await found.close()
