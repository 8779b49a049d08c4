"""Writes docs/conversation.md and docs/desk.md from the tables in the code: ``python -m tests.docs``."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.conversation.transitions import diagram, rows
from tests.desk import told

HEAD = """# The conversation, as its table has it

Made from `bot/conversation/transitions.py` by `python -m tests.docs`; a test compares. An arrow's words are the rules
that may lead that way. Every event has a rule in every stage; what stays within its group is not drawn.

```mermaid
"""

if __name__ == "__main__":
    where = Path(__file__).resolve().parents[2] / "docs" / "conversation.md"
    where.write_text(f"{HEAD}{diagram()}```\n\n{rows()}", encoding="utf-8")
    moves = where.with_name("desk.md")
    moves.write_text(told.HEAD + asyncio.run(told.rows()) + told.TAIL, encoding="utf-8")
