"""SQLite's driver for SQLAlchemy: what may wait, a thread does; what cannot, is done at once.

Beginning waits for another program's lock, and keeping waits for the disk; so both go to the driver's own thread. In
between the lock is held and a statement takes some microseconds: to hand each to the thread and back would take longer
than the statement, several times over. Knows no table.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_dbapi,
    SQLiteDialect_aiosqlite,
)
from sqlalchemy.util import await_only

DRIVER = "sqlite+within"
registry.register("sqlite.within", __name__, "Dialect")


async def _at_once() -> None:
    """SQLAlchemy wants to see something waited for."""


class Here(sqlite3.Cursor):
    """A cursor used where it is asked."""

    def execute(self, *statement: Any) -> Here:
        """No lock is waited for here, it is held."""
        await_only(_at_once())
        super().execute(*statement)
        return self

    def executemany(self, *statement: Any) -> Here:
        """The same for many rows."""
        await_only(_at_once())
        super().executemany(*statement)
        return self

    async def _async_soft_close(self) -> None:
        """SQLAlchemy asks for it; all rows stay to be had."""


class Connection(AsyncAdapt_aiosqlite_connection):
    """aiosqlite's, and what lies under it where a transaction is open."""

    __slots__ = ()

    @property
    def _held(self) -> sqlite3.Connection | None:
        under: sqlite3.Connection | None = self._connection._connection
        return under if under is not None and under.in_transaction else None

    def cursor(self, server_side: bool = False) -> Any:
        """One of the thread's as long as no transaction is open."""
        held = self._held
        return super().cursor(server_side) if held is None or server_side else held.cursor(Here)

    def rollback(self) -> None:
        """The pool asks for it after every unit of work; nearly always there is nothing to undo."""
        if self._held is not None:
            super().rollback()


class Driver(AsyncAdapt_aiosqlite_dbapi):
    """Its connections are used from both threads, and never at once: each waits for what it asked of the other."""

    def connect(self, *arg: Any, **kw: Any) -> Connection:
        """In the thread."""
        made = super().connect(*arg, **kw | {"check_same_thread": False})
        return Connection(self, made._connection)


class Dialect(SQLiteDialect_aiosqlite):
    """As SQLAlchemy's own in all else."""

    driver = "within"
    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> Driver:
        """aiosqlite."""
        return Driver(__import__("aiosqlite"), sqlite3)
