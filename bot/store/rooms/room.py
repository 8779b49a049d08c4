"""What every room of the SQL unit of work shares: the open transaction and the tables."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CursorResult, Executable, Row, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import Tables


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

    async def _run(self, statement: Executable) -> CursorResult[Any]:
        return await self._connection.execute(statement)

    async def _row(self, statement: Executable) -> Row[Any] | None:
        return (await self._run(statement)).first()

    async def _rows(self, statement: Executable) -> list[Row[Any]]:
        return list((await self._run(statement)).all())

    async def _add(self, table: Table, **values: Any) -> Any:
        """A new row; gives the first column of its key."""
        statement = self._insert(table).values(**values).returning(next(iter(table.primary_key)))
        return (await self._run(statement)).scalar_one()

    async def _add_new(self, table: Table, **values: Any) -> Any:
        """A new row, or None when its key or a unique column is taken. Waits for one being written at this moment."""
        statement = (
            self._insert(table).values(**values).on_conflict_do_nothing().returning(next(iter(table.primary_key)))
        )
        return (await self._run(statement)).scalar_one_or_none()
