"""What every room of the SQL unit of work shares: the open transaction and the tables."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import CursorResult, Executable, Row, Table, Update, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

from bot.store.tables import Tables

MADE = 64
"""Statements of each kind that are kept: to make one takes longer than to run it."""


@lru_cache(MADE)
def _adding(table: Table, dialect: str, *, new: bool) -> ReturningInsert[Any]:
    """A row, giving the first column of its key; of one that is there already nothing, when ``new``."""
    add = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    return (add.on_conflict_do_nothing() if new else add).returning(next(iter(table.primary_key)))


@lru_cache(MADE)
def _changing(table: Table) -> Update:
    """The row whose key is ``of_row``."""
    return update(table).where(next(iter(table.primary_key)) == bindparam("of_row"))


class Room:
    """One transaction. It never commits; the store does when the unit of work ends, and then rings ``rings``.

    ``replica`` is this process's number among those present, None where it is alone or cut off.
    """

    def __init__(self, connection: AsyncConnection, tables: Tables, replica: int | None = None) -> None:
        self._connection = connection
        self._tables = tables
        self._replica = replica
        self.rings: set[str] = set()
        self._insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert

    async def _run(self, statement: Executable, values: Mapping[str, Any] | None = None) -> CursorResult[Any]:
        return await self._connection.execute(statement, values)

    async def _row(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Row[Any] | None:
        return (await self._run(statement, values)).first()

    async def _rows(self, statement: Executable) -> list[Row[Any]]:
        return list((await self._run(statement)).all())

    async def _add(self, table: Table, **values: Any) -> Any:
        """A new row; gives the first column of its key."""
        statement = _adding(table, self._connection.dialect.name, new=False)
        return (await self._run(statement, values)).scalar_one()

    async def _add_new(self, table: Table, **values: Any) -> Any:
        """A new row, or None when its key or a unique column is taken. Waits for one being written at this moment."""
        statement = _adding(table, self._connection.dialect.name, new=True)
        return (await self._run(statement, values)).scalar_one_or_none()

    async def _change_row(self, table: Table, row: int, values: Mapping[str, Any]) -> int:
        """How many rows that were: 1, or 0 when there is none."""
        return (await self._run(_changing(table), {"of_row": row, **values})).rowcount
