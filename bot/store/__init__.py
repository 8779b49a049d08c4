"""The store: what must not be lost, on SQLite, PostgreSQL or in memory. Keeps values and decides nothing."""
