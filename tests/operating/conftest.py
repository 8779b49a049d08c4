"""A PostgreSQL of the tests' own, as the store's tests have it."""

from __future__ import annotations

from tests.store.conftest import database, server

__all__ = ["database", "server"]
