"""Who is sending a row, so that a dead replica's rows are taken over soon; what was put aside is counted fast.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _only(state: str) -> dict[str, Any]:
    rows = sa.text(f"state IN ('{state}')")
    return {"sqlite_where": rows, "postgresql_where": rows}


def upgrade() -> None:
    op.add_column("outbox", sa.Column("taken_by", sa.BigInteger(), nullable=True))
    op.create_index("ix_inbox_aside", "inbox", ["received_at"], **_only("quarantined"))
    op.create_index("ix_outbox_given_up", "outbox", ["created_at"], **_only("undeliverable"))


def downgrade() -> None:
    op.drop_index("ix_outbox_given_up", "outbox")
    op.drop_index("ix_inbox_aside", "inbox")
    op.drop_column("outbox", "taken_by")
