"""The first tables. Times are microseconds (BigInteger), sealed content is Text; see bot.store.tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WAITING = sa.text("state IN ('waiting')")
UNSENT = sa.text("state IN ('waiting', 'sending')")
COUNTED = {"sqlite_autoincrement": True}


def _number(name: str, *, null: bool = False, key: bool = False) -> sa.Column[Any]:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, nullable=null, autoincrement=key)


def _big(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=null, autoincrement=False)


def _words(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=null)


def _sealed(name: str, *, null: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=null)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _belongs(table: str, column: str, to: str, *, goes_with: bool = True) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], [to], name=name, ondelete="CASCADE" if goes_with else None)


def _index(table: str, name: str, *columns: str, where: sa.TextClause | None = None) -> None:
    op.create_index(op.f(f"ix_{table}_{name}"), table, list(columns), sqlite_where=where, postgresql_where=where)


def upgrade() -> None:
    _people()
    _cases()
    _staff()
    _inbox()
    _outbox()
    _small()


def _people() -> None:
    op.create_table(
        "conversations",
        _number("id", key=True),
        _words("channel"),
        _words("key"),
        _sealed("value"),
        _big("saved_at", null=True),
        _key("conversations", "id"),
        _unique("conversations", "channel", "key"),
        **COUNTED,
    )
    op.create_table(
        "workers",
        _number("id", key=True),
        _words("name"),
        _words("role"),
        _words("telegram", null=True),
        _words("language"),
        sa.Column("active", sa.Boolean(), nullable=False),
        _big("added_at"),
        _key("workers", "id"),
        _unique("workers", "name"),
        _unique("workers", "telegram"),
        **COUNTED,
    )
    for table, more in (("invites", [_big("used_at", null=True)]), ("sign_ins", [])):
        columns = (_words("token_hash"), _number("worker"), _big("until"), *more)
        op.create_table(table, *columns, _key(table, "token_hash"), _belongs(table, "worker", "workers.id"))
        _index(table, "worker", "worker")


def _cases() -> None:
    op.create_table(
        "cases",
        _number("number", key=True),
        _number("conversation"),
        _words("state"),
        _number("owner", null=True),
        _big("waiting_since"),
        _big("closed_at", null=True),
        _sealed("value"),
        _key("cases", "number"),
        _belongs("cases", "conversation", "conversations.id", goes_with=False),
        _belongs("cases", "owner", "workers.id", goes_with=False),
        **COUNTED,
    )
    op.create_table(
        "case_lines",
        _number("id", key=True),
        _number("case"),
        _words("by"),
        _number("worker", null=True),
        _sealed("text"),
        _big("at"),
        _key("case_lines", "id"),
        _belongs("case_lines", "case", "cases.number"),
        _belongs("case_lines", "worker", "workers.id", goes_with=False),
        **COUNTED,
    )
    _index("cases", "conversation", "conversation")
    _index("cases", "owner", "owner")
    _index("cases", "state", "state", "waiting_since")
    _index("cases", "closed", "state", "closed_at")
    _index("case_lines", "case", "case")


def _staff() -> None:
    op.create_table(
        "staff_links",
        _number("case"),
        _words("chat"),
        _big("thread", null=True),
        _big("card", null=True),
        _key("staff_links", "case", "chat"),
        _belongs("staff_links", "case", "cases.number"),
    )
    op.create_table(
        "staff_messages",
        _words("chat"),
        _big("message"),
        _number("case"),
        _key("staff_messages", "chat", "message"),
        _belongs("staff_messages", "case", "cases.number"),
    )
    _index("staff_links", "thread", "chat", "thread")
    _index("staff_messages", "case", "case")


def _inbox() -> None:
    op.create_table(
        "inbox",
        _number("id", key=True),
        _words("channel"),
        _words("lane"),
        _big("external"),
        _words("digest"),
        _sealed("payload", null=True),
        _words("state"),
        sa.Column("tries", sa.Integer(), nullable=False),
        _words("error", null=True),
        _big("not_before"),
        _big("received_at"),
        _big("done_at", null=True),
        _key("inbox", "id"),
        _unique("inbox", "channel", "external", "digest"),
        **COUNTED,
    )
    _index("inbox", "waiting", "channel", "id", where=WAITING)
    _index("inbox", "lane", "channel", "lane", "id", where=WAITING)
    op.create_table("offsets", _words("channel"), _big("value"), _key("offsets", "channel"))


def _outbox() -> None:
    op.create_table(
        "outbox",
        _number("id", key=True),
        _words("channel"),
        _words("key"),
        _sealed("payload", null=True),
        _number("case", null=True),
        _number("conversation", null=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        _words("state"),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("repeat", sa.Boolean(), nullable=False),
        _words("error", null=True),
        _big("not_before"),
        _big("created_at"),
        _big("taken_at", null=True),
        _big("ended_at", null=True),
        _key("outbox", "id"),
        _belongs("outbox", "case", "cases.number"),
        _belongs("outbox", "conversation", "conversations.id"),
        **COUNTED,
    )
    _index("outbox", "case", "case")
    _index("outbox", "conversation", "conversation")
    _index("outbox", "unsent", "priority", "id", where=UNSENT)
    _index("outbox", "lane", "channel", "key", "id", where=UNSENT)


def _small() -> None:
    op.create_table(
        "web_lines",
        _number("id", key=True),
        _number("conversation"),
        _words("by"),
        _sealed("payload"),
        _big("at"),
        _number("outbox", null=True),
        _key("web_lines", "id"),
        _belongs("web_lines", "conversation", "conversations.id"),
        _unique("web_lines", "outbox"),
        **COUNTED,
    )
    _index("web_lines", "conversation", "conversation")
    op.create_table("once_keys", _words("key"), _big("at"), _key("once_keys", "key"))
    op.create_table(
        "log",
        _number("id", key=True),
        _words("kind"),
        _big("at"),
        _number("worker", null=True),
        _number("case", null=True),
        _key("log", "id"),
        **COUNTED,
    )
    id_column = sa.Column("id", sa.Integer(), nullable=False, autoincrement=False)
    op.create_table("key_check", id_column, _sealed("value"), _key("key_check", "id"))


def downgrade() -> None:
    children = ("web_lines", "outbox", "staff_messages", "staff_links", "case_lines", "cases", "sign_ins", "invites")
    for table in (*children, "inbox", "offsets", "once_keys", "log", "key_check", "workers", "conversations"):
        op.drop_table(table)
