"""A real PostgreSQL for the tests, started and stopped by them, in a folder of its own and reached by a socket file."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PLACES = ("/usr/local/bin", "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
DURABLE = "-c listen_addresses='' -c max_connections=100"
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses='' -c max_connections=40"


class NoPostgres(Exception):
    """There is no PostgreSQL on this machine, or it does not start. The text says which."""


def _program(name: str) -> str:
    """Its path; the server's own programs are often not on PATH."""
    found = [
        path for place in PLACES for folder in sorted(Path("/").glob(place[1:])) if (path := folder / name).exists()
    ]
    on_path = shutil.which(name)
    if not found and on_path is None:
        raise NoPostgres(f"no {name} in PATH nor in {', '.join(PLACES)}")
    return on_path or str(found[-1])


def _unprivileged() -> str | None:
    """PostgreSQL refuses to run as root; None when we are not root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


@dataclass(frozen=True)
class Server:
    """A running server. ``folder`` holds its data and its socket."""

    folder: Path
    user: str | None

    def run(self, program: str, *arguments: str) -> str:
        """Run one of its programs as its user; gives what it printed. Raises NoPostgres when it fails."""
        group = None if self.user is None else pwd.getpwnam(self.user).pw_gid
        done = subprocess.run(
            [_program(program), *arguments],
            user=self.user,
            group=group,
            extra_groups=None if group is None else [],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
            check=False,
            env=os.environ | {"LC_ALL": "C"},
        )
        if done.returncode:
            raise NoPostgres(f"{program} failed: {done.stdout}")
        return done.stdout

    def sql(self, statement: str, database: str = "postgres") -> str:
        """Run one statement; gives bare rows."""
        return self.run("psql", "-XAtq", "-h", str(self.folder), "-U", "postgres", "-d", database, "-c", statement)

    def url(self, database: str) -> str:
        """As PERHENEUVO_DATABASE_URL wants it."""
        return f"postgresql+asyncpg://postgres@/{database}?host={self.folder}"


@contextmanager
def running(options: str = FAST) -> Iterator[Server]:
    """A server until the block ends. Raises NoPostgres."""
    server = Server(Path(tempfile.mkdtemp(prefix="perheneuvo-pg-")), _unprivileged())
    try:
        if server.user is not None:
            shutil.chown(server.folder, server.user)
        data = str(server.folder / "data")
        server.run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8")
        log = str(server.folder / "log")
        server.run("pg_ctl", "start", "-w", "-D", data, "-l", log, "-o", f"{options} -k {server.folder}")
        try:
            yield server
        finally:
            server.run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data)  # by the pid in its own folder
    finally:
        shutil.rmtree(server.folder, ignore_errors=True)
