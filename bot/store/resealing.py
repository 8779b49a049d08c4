"""Trying the key at start, and sealing everything anew when it has changed. Knows tables and seals, not what they hold.

A new key goes in front of the old one in PERHENEUVO_KEY; after one start everything is under the new one and the old
one can be dropped. In the same way the first key seals what was plain.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Table, Text, select, type_coerce, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.tables import Tables

_BATCH = 500


async def try_key(connection: AsyncConnection, tables: Tables) -> None:
    """A kept word is opened first, so that a wrong key is told at start and not at some parent's message. WrongKey."""
    check = tables.key_check
    kept = (await connection.execute(select(type_coerce(check.c.value, Text)))).scalar_one_or_none()
    if kept is None:
        await connection.execute(check.insert().values(id=1, value="perheneuvo"))
    elif not tables.seal.is_newest(kept):
        tables.seal.open(kept)
        for column in tables.sealed():
            await _reseal(connection, tables, column)


async def _reseal(connection: AsyncConnection, tables: Tables, column: Column[Any]) -> None:
    """One column, some rows at a time by their key."""
    table = column.table
    assert isinstance(table, Table)  # noqa: S101  # a column of a table, not of a query
    key = next(iter(table.primary_key))
    raw = select(key, type_coerce(column, Text)).where(column.is_not(None)).order_by(key).limit(_BATCH)
    rows = (await connection.execute(raw)).all()
    while rows:
        for number, kept in rows:
            sealed = type_coerce(tables.seal.shut(tables.seal.open(kept)), Text)
            await connection.execute(update(table).where(key == number).values({column: sealed}))
        rows = (await connection.execute(raw.where(key > rows[-1][0]))).all()
