"""The tables, the same on SQLite and PostgreSQL. Columns are only what is searched; the rest is a sealed value.

Times are whole microseconds since 1970 in UTC, so both databases keep and compare them alike. What people wrote is
sealed (:mod:`bot.store.sealing`). A change here needs a revision under ``migrations/versions``; a test compares them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from bot.queueing.case import Case
from bot.store import values
from bot.store.columns import Sealed, TableMaker, counted_id, number, of_row, partial_index
from bot.store.sealing import Seal


@dataclass(frozen=True)
class Tables:
    """All of them, with the zone and the seal they were made for."""

    metadata: MetaData
    zone: ZoneInfo
    seal: Seal
    inbox: Table
    offsets: Table
    conversations: Table
    cases: Table
    case_lines: Table
    workers: Table
    invites: Table
    sign_ins: Table
    outbox: Table
    staff_links: Table
    staff_messages: Table
    web_lines: Table
    once_keys: Table
    log: Table
    proposals: Table
    key_check: Table
    known_cases: dict[int, tuple[str, Case]] = field(default_factory=dict)
    """The open cases as they were last read: by number, the kept text and what it says."""

    def sealed(self) -> tuple[Column[Any], ...]:
        """Every column that holds what people wrote."""
        tables = (getattr(self, each.name) for each in fields(self))
        return tuple(c for t in tables if isinstance(t, Table) for c in t.columns if isinstance(c.type, Sealed))


class _Maker(TableMaker):
    """Each table, told once."""

    def inbox(self) -> Table:
        """Raw updates."""
        return self.table(
            "inbox",
            counted_id(),
            Column("channel", String, nullable=False),
            Column("lane", String, nullable=False),
            Column("external", BigInteger, nullable=False),
            Column("digest", String, nullable=False),
            self.sealed("payload", values.PAYLOAD, null=True),  # emptied when done: nothing needs the raw update then
            Column("state", String, nullable=False),
            Column("tries", Integer, nullable=False),
            Column("error", String),
            self.at("not_before"),
            self.at("received_at"),
            self.at("done_at", null=True),
            UniqueConstraint("channel", "external", "digest"),
            partial_index("ix_inbox_waiting", "channel", "id", where="state IN ('waiting')"),
            partial_index("ix_inbox_lane", "channel", "lane", "id", where="state IN ('waiting')"),
            partial_index("ix_inbox_aside", "received_at", where="state IN ('quarantined')"),
        )

    def outbox(self) -> Table:
        """Messages to send."""
        unsent = "state IN ('waiting', 'sending')"
        return self.table(
            "outbox",
            counted_id(),
            Column("channel", String, nullable=False),
            Column("key", String, nullable=False),
            self.sealed("payload", values.OUTGOING, null=True),  # emptied when sent: the case has its lines
            of_row("cases.number", "case", null=True, index=True),
            of_row("conversations.id", "conversation", null=True, index=True),
            Column("priority", Integer, nullable=False),
            Column("state", String, nullable=False),
            Column("tries", Integer, nullable=False),
            Column("repeat", Boolean, nullable=False),
            Column("error", String),
            self.at("not_before"),
            self.at("created_at"),
            self.at("taken_at", null=True),
            Column("taken_by", BigInteger),  # a replica's number while it is present
            self.at("ended_at", null=True),
            partial_index("ix_outbox_unsent", "priority", "id", where=unsent),
            partial_index("ix_outbox_given_up", "created_at", where="state IN ('undeliverable')"),
            partial_index("ix_outbox_lane", "channel", "key", "id", where=unsent),
        )

    def conversations(self) -> Table:
        """One row an address."""
        return self.table(
            "conversations",
            counted_id(),
            Column("channel", String, nullable=False),
            Column("key", String, nullable=False),
            self.sealed("value", values.CONVERSATION),
            self.at("saved_at", null=True),
            UniqueConstraint("channel", "key"),
        )

    def cases(self) -> Table:
        """One row a case."""
        return self.table(
            "cases",
            counted_id("number"),
            Column("conversation", number(), ForeignKey("conversations.id"), nullable=False, index=True),
            Column("state", String, nullable=False),
            Column("owner", number(), ForeignKey("workers.id"), index=True),
            self.at("waiting_since"),
            self.at("closed_at", null=True),
            self.at("due_at", null=True),
            self.sealed("value", values.CASE),
            Index("ix_cases_state", "state", "waiting_since"),
            Index("ix_cases_closed", "state", "closed_at"),
            Index("ix_cases_due", "due_at"),
        )

    def case_lines(self) -> Table:
        """What was said in a case."""
        return self.table(
            "case_lines",
            counted_id(),
            of_row("cases.number", "case", index=True),
            Column("by", String, nullable=False),
            Column("worker", number(), ForeignKey("workers.id")),
            self.sealed("text", values.TEXT),
            self.at("at"),
        )

    def workers(self) -> Table:
        """Who may work at the desk."""
        return self.table(
            "workers",
            counted_id(),
            Column("name", String, nullable=False, unique=True),
            Column("role", String, nullable=False),
            Column("telegram", String, unique=True),
            Column("language", String, nullable=False),
            Column("active", Boolean, nullable=False),
            self.at("added_at"),
            self.sealed("profile", values.PROFILE, null=True),
        )

    def tokens(self, name: str, *more: Column[Any]) -> Table:
        """Only hashes are kept, so a copy of the database opens no door."""
        held = of_row("workers.id", "worker", index=True)
        return self.table(name, Column("token_hash", String, primary_key=True), held, self.at("until"), *more)

    def staff_links(self) -> Table:
        """Where a case lives in a group."""
        return self.table(
            "staff_links",
            Column(
                "case", number(), ForeignKey("cases.number", ondelete="CASCADE"), primary_key=True, autoincrement=False
            ),
            Column("chat", String, primary_key=True),
            Column("thread", BigInteger),
            Column("card", BigInteger),
            Index("ix_staff_links_thread", "chat", "thread"),
        )

    def staff_messages(self) -> Table:
        """Which case a group's message belongs to."""
        return self.table(
            "staff_messages",
            Column("chat", String, primary_key=True),
            Column("message", BigInteger, primary_key=True, autoincrement=False),
            of_row("cases.number", "case", index=True),
        )

    def web_lines(self) -> Table:
        """What a parent's page shows."""
        return self.table(
            "web_lines",
            counted_id(),
            of_row("conversations.id", "conversation", index=True),
            Column("by", String, nullable=False),
            self.sealed("payload", values.PAYLOAD),
            self.at("at"),
            Column("outbox", number(), unique=True),
        )

    def log(self) -> Table:
        """No foreign keys: what was done stays known when a worker or a case is erased."""
        return self.table(
            "log",
            counted_id(),
            Column("kind", String, nullable=False),
            self.at("at"),
            Column("worker", number()),
            Column("case", number()),
            Column("detail", String),
            Index("ix_log_case", "case"),
        )

    def proposals(self) -> Table:
        """Wrong doors."""
        return self.table(
            "proposals",
            counted_id(),
            of_row("cases.number", "case", index=True),
            Column("asked_for", String, nullable=False),
            Column("belonged_to", String, nullable=False),
            Column("language", String, nullable=False),
            self.sealed("words", values.TEXT, null=True),
            self.at("at"),
            self.at("judged_at", null=True),
        )


def make_tables(zone: ZoneInfo, seal: Seal) -> Tables:
    """The tables for one store: its zone for times, its seal for content."""
    make = _Maker(zone, seal)
    keys = (Column("key", String, primary_key=True), make.at("at"))
    return Tables(
        metadata=make.metadata,
        zone=zone,
        seal=seal,
        conversations=make.conversations(),
        workers=make.workers(),
        cases=make.cases(),
        case_lines=make.case_lines(),
        inbox=make.inbox(),
        offsets=make.table(
            "offsets", Column("channel", String, primary_key=True), Column("value", BigInteger, nullable=False)
        ),
        invites=make.tokens("invites", make.at("used_at", null=True)),
        sign_ins=make.tokens("sign_ins"),
        outbox=make.outbox(),
        staff_links=make.staff_links(),
        staff_messages=make.staff_messages(),
        web_lines=make.web_lines(),
        once_keys=make.table("once_keys", *keys),
        log=make.log(),
        proposals=make.proposals(),
        key_check=make.table(
            "key_check", Column("id", Integer, primary_key=True, autoincrement=False), make.sealed("value", values.TEXT)
        ),
    )
