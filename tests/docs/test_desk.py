"""docs/desk.md says what every move does."""

from __future__ import annotations

from pathlib import Path

from bot.queueing.case import Move
from tests.desk import told
from tests.desk.plays import PLAYS

DOC = Path(__file__).resolve().parents[2] / "docs" / "desk.md"


def test_every_move_is_played() -> None:
    """None is left out of the table."""
    assert set(PLAYS) == set(Move)


async def test_the_table_of_moves_is_what_is_seen() -> None:
    """``python -m tests.docs`` makes it anew."""
    assert await told.rows() in DOC.read_text(encoding="utf-8")
