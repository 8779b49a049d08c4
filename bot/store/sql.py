"""The store on a database: SQLite for one process, PostgreSQL for many. Opens, migrates, begins and ends transactions.

Knows the two databases' settings and nothing of what is kept; that is in :mod:`bot.store.rooms`.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.ports import Store, StoreBusy, UnitOfWork
from bot.store.busy import means_busy
from bot.store.migrating import upgrade
from bot.store.resealing import try_key
from bot.store.rooms import SqlUnit
from bot.store.sealing import Seal
from bot.store.tables import Tables, make_tables

WAIT = 10.0
"""Seconds to wait for a lock or a free connection before saying StoreBusy."""


def open_store(url: str, *, key: str | None, zone: ZoneInfo) -> Store:
    """A store, not yet started. ``url`` is ``sqlite+aiosqlite:///PATH`` or ``postgresql+asyncpg://...``.

    ``key`` seals content (PERHENEUVO_KEY; several, parted by commas, newest first). Raises ValueError for another kind
    of database and WrongKey for what is no key. Nothing is opened before ``start``.
    """
    parsed = make_url(url)
    makers = {"sqlite+aiosqlite": _sqlite_engine, "postgresql+asyncpg": _postgresql_engine}
    if parsed.drivername not in makers:
        raise ValueError(f"PERHENEUVO_DATABASE_URL must begin with one of {', '.join(sorted(makers))}")
    return SqlStore(makers[parsed.drivername](parsed), make_tables(zone, Seal(key)))


# hide_parameters: an error's text must never carry what a parent wrote into a log.


def _sqlite_engine(url: URL) -> AsyncEngine:
    """One connection, for one unit of work at a time; see ``SqlStore._wait_in_line``."""
    engine = create_async_engine(
        url,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=WAIT,
        hide_parameters=True,
        connect_args={} if "timeout" in url.query else {"timeout": WAIT},  # sqlite3's own name for busy_timeout
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # sqlite3 must not open transactions on its own; see _begin_immediate
    cursor = connection.cursor()
    # secure_delete: what is erased is overwritten, not only forgotten
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin_immediate(connection: Any) -> None:
    """A transaction that reads first cannot become a writer while another writes, so every one begins as a writer."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _postgresql_engine(url: URL) -> AsyncEngine:
    limits = {"lock_timeout": f"{int(WAIT)}s", "idle_in_transaction_session_timeout": "60s"}
    return create_async_engine(
        url,
        pool_pre_ping=True,
        pool_timeout=WAIT,
        hide_parameters=True,
        connect_args={"server_settings": limits | {"application_name": "perheneuvo"}, "timeout": WAIT},
    )


def _make_private_file(path: Path) -> None:
    """Only the owner may look into the database and the folder made for it."""
    if not path.parent.exists():
        path.parent.mkdir(parents=True, mode=0o700)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


class SqlStore:
    """:class:`bot.ports.Store` on an engine."""

    def __init__(self, engine: AsyncEngine, tables: Tables) -> None:
        self._engine = engine
        self._tables = tables
        self._line = asyncio.Lock() if engine.dialect.name == "sqlite" else None

    async def start(self) -> None:
        """Make the file, bring the tables up to date, try the key. Raises StoreBusy and WrongKey."""
        url = self._engine.url
        if url.drivername.startswith("sqlite") and url.database and url.database != ":memory:":
            await asyncio.to_thread(_make_private_file, Path(url.database))
        async with self._transaction() as connection:
            await connection.run_sync(upgrade, self._tables.metadata)
            await try_key(connection, self._tables)

    async def close(self) -> None:
        """Nothing stays open."""
        await self._engine.dispose()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        """One transaction, kept when the block ends and undone on any exception."""
        async with self._transaction() as connection:
            yield SqlUnit(connection, self._tables)

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with AsyncExitStack() as open_till_end:
                await self._wait_in_line(open_till_end)
                connection = await self._connect(open_till_end)
                async with connection.begin():
                    yield connection
        except DBAPIError as error:
            if means_busy(error):
                raise StoreBusy("the database could not take it now") from error
            raise

    async def _wait_in_line(self, open_till_end: AsyncExitStack) -> None:
        """Within this process SQLite's writers come one by one, in order, instead of spinning on its file lock."""
        if self._line is None:
            return
        try:
            async with asyncio.timeout(WAIT):
                await self._line.acquire()
        except TimeoutError as error:
            raise StoreBusy("another unit of work does not end") from error
        open_till_end.callback(self._line.release)

    async def _connect(self, open_till_end: AsyncExitStack) -> AsyncConnection:
        """Raises StoreBusy when there is no connection to be had, whatever the driver calls that."""
        try:
            return await open_till_end.enter_async_context(self._engine.connect())
        except PoolTimeout as error:
            raise StoreBusy("no free connection") from error
        except Exception as error:
            if means_busy(error):
                raise StoreBusy("no connection to the database") from error
            raise
