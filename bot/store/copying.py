"""A copy of a whole database in one file, and back: as of one moment, while it is in use, whole or not at all.

What was sealed stays sealed in the copy, so the key (PERHENEUVO_KEY) must be kept apart from it. Knows no table.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import URL, make_url

from bot.ports import SecondProcess
from bot.store.alone import OneProcess
from bot.store.replicas import Replica

_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/libpq/bin")
_OLD = "perheneuvo_before_restore"
_TABLE = "alembic_version"  # what every database of ours has


class CopyFault(Exception):
    """It could not be copied; the text is one sentence. What there was before is as it was."""


async def back_up(url: str, file: Path) -> None:
    """Everything in the database, as of one moment, into a new file. Raises CopyFault."""
    with _whole(file) as part:
        if make_url(url).drivername.startswith("sqlite"):
            await asyncio.to_thread(_sqlite_out, _sqlite_path(url), part)
        else:
            await _run(make_url(url), "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={part}")


async def restore(url: str, file: Path, *, force: bool) -> None:
    """The database as it was then. ``force`` gives up what is in it now. Raises CopyFault."""
    if make_url(url).drivername.startswith("sqlite"):
        await asyncio.to_thread(_sqlite_back, _sqlite_path(url), file, force)
    else:
        await _postgresql_back(make_url(url), file, force)


@contextmanager
def _whole(file: Path) -> Iterator[Path]:
    """A file beside it that becomes it when the block ends well, readable by its owner only."""
    if file.exists():
        raise CopyFault(f"{file} is there already: name a file that is not.")
    part = file.with_name(file.name + ".part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600))
        yield part
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(file)
    except OSError as fault:
        raise CopyFault(f"{file} cannot be written: {fault.strerror}.") from fault
    finally:
        part.unlink(missing_ok=True)


def _is_there(file: Path) -> None:
    if not file.is_file():
        raise CopyFault(f"There is no file {file}.")


# SQLite


def _sqlite_path(url: str) -> Path:
    return Path(str(make_url(url).database))


def _sqlite_out(database: Path, part: Path) -> None:
    """In one step: a reader of a WAL database holds nobody up and sees one moment."""
    if not database.is_file():
        raise CopyFault(f"There is no database {database} (PERHENEUVO_DATABASE_URL).")
    try:
        with closing(sqlite3.connect(database, timeout=30)) as source, closing(sqlite3.connect(part)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a journal beside it
            _check(copy, part)
    except sqlite3.Error as fault:
        raise CopyFault(f"{database} could not be copied: {fault}.") from fault


def _check(copy: sqlite3.Connection, file: Path) -> None:
    ours = copy.execute("SELECT count(*) FROM sqlite_master WHERE name = ?", (_TABLE,)).fetchone()[0]
    if not ours or copy.execute("PRAGMA quick_check").fetchone()[0] != "ok":
        raise CopyFault(f"{file} is no whole database of perheneuvo.")


def _sqlite_back(database: Path, file: Path, force: bool) -> None:
    _is_there(file)
    if database.is_file() and database.stat().st_size and not force:
        raise CopyFault(f"There is a database at {database} already: with --force it is given up for the copy.")
    only = OneProcess(database)
    try:
        database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        only.take()
        os.close(os.open(database, os.O_CREAT | os.O_RDWR, 0o600))
        with closing(sqlite3.connect(file)) as copy, closing(sqlite3.connect(database, timeout=30)) as target:
            _check(copy, file)
            copy.backup(target)
    except SecondProcess as fault:
        raise CopyFault("The database is in use: stop perheneuvo first.") from fault
    except (sqlite3.Error, OSError) as fault:
        raise CopyFault(f"{file} could not be brought back: {fault}.") from fault
    finally:
        only.free()


# PostgreSQL


def _program(name: str) -> str:
    found = [path for place in _PLACES for folder in Path("/").glob(place[1:]) if (path := folder / name).exists()]
    program = shutil.which(name) or (str(sorted(found)[-1]) if found else None)
    if program is None:
        raise CopyFault(
            f"{name} was not found: install PostgreSQL's own programs (on Debian and Ubuntu postgresql-client), "
            "or use the copies of whoever runs the server."
        )
    return program


async def _run(url: URL, name: str, *arguments: str) -> None:
    """One of PostgreSQL's own programs; who and where by the environment, so that no password is seen in a list."""
    process = await asyncio.create_subprocess_exec(
        _program(name),
        *arguments,
        env=_environment(url),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    if process.returncode:
        first = said.decode("utf-8", "replace").strip().splitlines() or ["no reason given"]
        raise CopyFault(f"{name} did not do it: {first[0]}")


def _environment(url: URL) -> dict[str, str]:
    def asked(name: str) -> str | None:
        value = url.query.get(name)
        return value if isinstance(value, str) else None

    known = {
        "PGHOST": url.host or asked("host"),
        "PGPORT": str(url.port) if url.port else asked("port"),
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGSSLMODE": asked("ssl") or asked("sslmode"),
    }
    return {**os.environ, **{name: str(value) for name, value in known.items() if value}, "LC_ALL": "C"}


async def _postgresql_back(url: URL, file: Path, force: bool) -> None:
    """The tables of now are put aside, those of the copy made, and only then the old ones dropped."""
    _is_there(file)
    try:
        connection = await asyncpg.connect(**Replica(url).options, timeout=10)
    except (OSError, asyncpg.PostgresError, TimeoutError) as fault:
        raise CopyFault(f"The database of PERHENEUVO_DATABASE_URL cannot be reached: {fault}.") from fault
    try:
        await _may(connection, url, force)
        await _run(url, "pg_restore", "--list", str(file))
        await connection.execute(f"ALTER SCHEMA public RENAME TO {_OLD}; CREATE SCHEMA public")
        await _fill(connection, url, file)
    except asyncpg.PostgresError as fault:
        raise CopyFault(f"The database did not allow it: {fault}.") from fault
    finally:
        await connection.close()


async def _may(connection: Any, url: URL, force: bool) -> None:
    users = "SELECT count(*) FROM pg_stat_activity WHERE datname = $1 AND application_name = 'perheneuvo'"
    if await connection.fetchval(users, url.database):
        raise CopyFault("The database is in use: stop every replica of perheneuvo first.")
    tables = await connection.fetchval("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
    if tables and not force:
        raise CopyFault("The database is not empty: with --force what is in it is given up for the copy.")


async def _fill(connection: Any, url: URL, file: Path) -> None:
    try:
        whole = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
        await _run(url, "pg_restore", *whole, f"--dbname={url.database}", "--schema=public", str(file))
    except CopyFault:
        await connection.execute(f"DROP SCHEMA public CASCADE; ALTER SCHEMA {_OLD} RENAME TO public")
        raise
    await connection.execute(f"DROP SCHEMA {_OLD} CASCADE")
