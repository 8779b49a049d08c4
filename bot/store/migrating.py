"""Bringing a database's tables up to date with Alembic, from inside the program: no ini file, works when installed."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData, text

HERE = Path(__file__).parent / "migrations"


def alembic_config(connection: Connection, metadata: MetaData) -> Config:
    """Alembic's settings for one open connection; ``migrations/env.py`` reads them."""
    config = Config(attributes={"connection": connection, "metadata": metadata})
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    return config


def upgrade(connection: Connection, metadata: MetaData) -> None:
    """To the newest revision, inside the open transaction; replicas that start together do it one after the other."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(742042)"))
    command.upgrade(alembic_config(connection, metadata), "head")
