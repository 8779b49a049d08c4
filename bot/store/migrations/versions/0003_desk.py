"""The desk and the network: when a case is due, what workers take on, details in the log, wrong doors to judge.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("due_at", sa.BigInteger(), nullable=True))
    op.create_index("ix_cases_due", "cases", ["due_at"])
    op.add_column("workers", sa.Column("profile", sa.Text(), nullable=True))
    op.add_column("log", sa.Column("detail", sa.String(), nullable=True))
    op.create_index("ix_log_case", "log", ["case"])
    _proposals()


def _proposals() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    words = ("asked_for", "belonged_to", "language")
    op.create_table(
        "proposals",
        sa.Column("id", number, nullable=False, autoincrement=True),
        sa.Column("case", number, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in words),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("judged_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.ForeignKeyConstraint(["case"], ["cases.number"], name=op.f("fk_proposals_case_cases"), ondelete="CASCADE"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_proposals_case", "proposals", ["case"])


def downgrade() -> None:
    op.drop_table("proposals")
    op.drop_index("ix_log_case", "log")
    op.drop_column("log", "detail")
    op.drop_column("workers", "profile")
    op.drop_index("ix_cases_due", "cases")
    op.drop_column("cases", "due_at")
