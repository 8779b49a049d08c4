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

from asyncpg import PostgresError
from sqlalchemy import URL, event, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.ports import Store, StoreBusy, StoreUnusable, UnitOfWork
from bot.store.alone import Alone, OneProcess
from bot.store.busy import means_busy
from bot.store.migrating import upgrade
from bot.store.replicas import BELL, Replica
from bot.store.resealing import try_key
from bot.store.rooms import SqlUnit
from bot.store.sealing import Seal
from bot.store.tables import Tables, make_tables
from bot.store.within import DRIVER

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


def shown(url: str) -> str:
    """The address of a database without its password."""
    return make_url(url).render_as_string(hide_password=True)


# hide_parameters: an error's text must never carry what a parent wrote into a log.


def _sqlite_engine(url: URL) -> AsyncEngine:
    """One connection, for one unit of work at a time; see ``SqlStore._wait_in_line``."""
    engine = create_async_engine(
        url.set(drivername=DRIVER),
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
        pool_size=8,  # a unit of work takes milliseconds; with the replica's own connection three need 27
        max_overflow=0,
        pool_pre_ping=True,
        pool_timeout=WAIT,
        hide_parameters=True,
        connect_args={"server_settings": limits | {"application_name": "perheneuvo"}, "timeout": WAIT},
    )


def _make_private_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)  # two may start at once


def _make_private_file(path: Path) -> None:
    """Only the owner may look into the database and the folder made for it."""
    _make_private_folder(path.parent)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


class SqlStore:
    """:class:`bot.ports.Store` on an engine."""

    def __init__(self, engine: AsyncEngine, tables: Tables) -> None:
        self._engine = engine
        self._tables = tables
        alone = engine.dialect.name == "sqlite"
        self._line = asyncio.Lock() if alone else None
        self.company: Alone | Replica = Alone() if alone else Replica(engine.url)
        self._only: OneProcess | None = None

    async def start(self) -> None:
        """Make the file, bring the tables up to date, try the key. Raises StoreBusy, StoreUnusable and WrongKey."""
        if self._file is not None:
            await asyncio.to_thread(_make_private_file, self._file)
        try:
            async with self._transaction() as connection:
                await connection.run_sync(upgrade, self._tables.metadata)
                await try_key(connection, self._tables)
        except (DBAPIError, PostgresError) as error:
            raise StoreUnusable("the database cannot be used as it is set") from error

    @property
    def _file(self) -> Path | None:
        """Where it is kept, when that is a file."""
        name = self._engine.url.database
        kept = self._engine.dialect.name == "sqlite" and name and name != ":memory:"
        return Path(str(name)) if kept else None

    async def serve(self) -> None:
        """On SQLite the lock beside the file is held from now on. Raises SecondProcess."""
        if self._file is not None:
            await asyncio.to_thread(_make_private_folder, self._file.parent)
            self._only = OneProcess(self._file)
            self._only.take()

    async def close(self) -> None:
        """Nothing stays open."""
        await self._engine.dispose()
        if self._only is not None:
            self._only.free()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        """One transaction, kept when the block ends and undone on any exception."""
        async with self._transaction() as connection:
            unit = SqlUnit(connection, self._tables, self.company.number)
            yield unit
            await self._announce(connection, unit.rings)
        for what in sorted(unit.rings):
            self.company.tell(what)

    async def _announce(self, connection: AsyncConnection, rings: set[str]) -> None:
        """To the other replicas; they hear it when, and only if, this is kept."""
        if rings and isinstance(self.company, Replica):
            ring = text("SELECT pg_notify(:bell, what) FROM unnest(CAST(:rings AS text[])) AS what")
            await connection.execute(ring, {"bell": BELL, "rings": sorted(rings)})

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
