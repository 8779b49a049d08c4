"""The same store three times: in memory, on an SQLite file, on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.ports import Store
from bot.store.memory import MemoryStore
from bot.store.sql import open_store
from tests import postgres
from tests.store.times import HELSINKI

_numbers = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL; where there is none the tests are skipped, but never on the build machine."""
    try:
        with postgres.running() as running:
            yield running
    except postgres.NoPostgres as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))


@pytest.fixture
def database(server: postgres.Server) -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    name = f"t{next(_numbers)}"
    server.sql(f"CREATE DATABASE {name} TEMPLATE template0")
    yield server.url(name)
    server.sql(f"DROP DATABASE {name} WITH (FORCE)")


SQL = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))


@pytest.fixture(params=SQL)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("database"))
    return f"sqlite+aiosqlite:///{tmp_path}/kept/here.sqlite"


@pytest_asyncio.fixture
async def sql_store(url: str) -> AsyncIterator[Store]:
    """A store on a database, started, closed afterwards."""
    opened = open_store(url, key=None, zone=HELSINKI)
    await opened.start()
    yield opened
    await opened.close()


@pytest.fixture(params=("memory", *SQL))
def store_kind(request: pytest.FixtureRequest) -> str:
    """Which store."""
    return str(request.param)


@pytest_asyncio.fixture
async def store(request: pytest.FixtureRequest, store_kind: str, tmp_path: Path) -> AsyncIterator[Store]:
    """Each store in turn, started."""
    if store_kind == "memory":
        yield MemoryStore()
        return
    database = request.getfixturevalue("database") if store_kind == "postgresql" else None
    opened = open_store(database or f"sqlite+aiosqlite:///{tmp_path}/here.sqlite", key=None, zone=HELSINKI)
    await opened.start()
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def engine(url: str) -> AsyncIterator[AsyncEngine]:
    """A second way into the same database."""
    made = create_async_engine(url)
    yield made
    await made.dispose()
