"""The kinds of columns: aware times, sealed values, counted rows. Knows no table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    literal_column,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine

from bot.store.sealing import Seal

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """An aware time. A naive one is refused; what comes back is told in the zone."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, zone: ZoneInfo) -> None:
        super().__init__()
        self.zone = zone

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Microseconds since 1970."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """The moment in the zone."""
        return None if value is None else (_EPOCH + value * _MICROSECOND).astimezone(self.zone)


class Misshapen(Exception):
    """A kept value is not of the shape this version knows. The text says where, never what it held."""


class Sealed(TypeDecorator[Any]):
    """A value as JSON, sealed when there is a key. Raises WrongKey when it cannot be opened, else Misshapen."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: TypeAdapter[Any], seal: Seal) -> None:
        super().__init__()
        self.kind = kind
        self.seal = seal

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """The text to keep."""
        return None if value is None else self.seal.shut(self.kind.dump_json(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """The value."""
        return self.read(value)

    def read(self, value: str | None) -> Any:
        """What a kept text says."""
        if value is None:
            return None
        try:
            return self.kind.validate_json(self.seal.open(value))
        except ValidationError as error:
            places = sorted({".".join(map(str, fault["loc"])) for fault in error.errors(include_input=False)})
            raise Misshapen(f"a kept value does not fit at {', '.join(places) or 'its beginning'}") from None


def read_kept(column: Column[Any], kept: str | None) -> Any:
    """The value of a sealed column that was asked for as it is kept. Raises as :class:`Sealed` does."""
    if not isinstance(column.type, Sealed):
        raise TypeError(f"{column} is not sealed")
    return column.type.read(kept)


def number() -> TypeEngine[int]:
    """SQLite counts rows itself only in a column that is exactly INTEGER."""
    return BigInteger().with_variant(Integer, "sqlite")


def counted_id(name: str = "id") -> Column[int]:
    """A row id the database gives."""
    return Column(name, number(), primary_key=True, autoincrement=True)


def of_row(column: str, name: str, *, null: bool = False, index: bool = False) -> Column[int]:
    """A row that belongs to another and goes with it."""
    return Column(name, number(), ForeignKey(column, ondelete="CASCADE"), nullable=null, index=index)


def partial_index(name: str, *columns: str, where: str | None = None) -> Index:
    """An index of only those rows that are searched by it."""
    chosen = None if where is None else text(where)
    return Index(name, *columns, sqlite_where=chosen, postgresql_where=chosen)


def in_words(column: ColumnElement[str], words: tuple[str, ...]) -> ColumnElement[bool]:
    """``column IN (words)`` with our own words spelled out: with bound values no database uses a partial index."""
    return column.in_([literal_column(f"'{word}'", String) for word in words])


class TableMaker:
    """Makes tables in one metadata. A number once given is never given again, also when its row is erased."""

    def __init__(self, zone: ZoneInfo, seal: Seal) -> None:
        self.metadata = MetaData(naming_convention=NAMES)
        self._zone, self._seal = zone, seal

    def table(self, name: str, *parts: Any) -> Table:
        """A table; its first column is the key or its beginning."""
        counted = parts[0].autoincrement is True
        options: dict[str, Any] = {"sqlite_autoincrement": True} if counted else {}
        table: Table = Table(name, self.metadata, *parts, **options)
        return table

    def at(self, name: str, *, null: bool = False) -> Column[datetime]:
        """A time."""
        return Column(name, Moment(self._zone), nullable=null)

    def sealed(self, name: str, kind: TypeAdapter[Any], *, null: bool = False) -> Column[Any]:
        """What people wrote, or what was made of it."""
        return Column(name, Sealed(kind, self._seal), nullable=null)
