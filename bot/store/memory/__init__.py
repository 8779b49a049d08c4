"""The in-memory twin of the database, for tests and the console. It keeps the same promises until the process ends."""

from __future__ import annotations

from bot.store.memory.store import MemoryStore

__all__ = ["MemoryStore"]
