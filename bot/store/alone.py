"""Being the only process on a database: the lock file that says so, and the company of one. Knows no table."""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import Callable
from pathlib import Path

from bot.ports import SecondProcess


class OneProcess:
    """A lock the kernel frees when its process dies, however it dies; so a file left behind never shuts anybody out."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self._file: int | None = None

    def take(self) -> None:
        """Hold it till :meth:`free`. Raises SecondProcess, and OSError where no file can be made."""
        if self._file is not None:
            return
        name = self.database.with_name(self.database.name + ".lock")
        opened = os.open(name, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(opened, 20).decode("ascii", "replace").strip() or "unknown"
            os.close(opened)
            raise SecondProcess(self._told(holder)) from error
        os.ftruncate(opened, 0)
        os.write(opened, f"{os.getpid()}\n".encode())
        self._file = opened

    def _told(self, holder: str) -> str:
        return (
            f"Another perheneuvo (process {holder}) uses the database {self.database} already, and SQLite is for one "
            "process: stop that one first, or set PERHENEUVO_DATABASE_URL to PostgreSQL to run several."
        )

    def free(self) -> None:
        """The file stays: taking it away could take another's lock away."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


class Alone:
    """:class:`bot.ports.Company` of one process: it leads, and hears what it rings itself."""

    number: int | None = None
    leads = True
    deaf = False

    def __init__(self) -> None:
        self._ears: list[Callable[[str], None]] = []
        self._stopped = asyncio.Event()

    def stand(self) -> None:
        """Nobody else does."""

    def listen(self, ear: Callable[[str], None]) -> None:
        """From now on."""
        self._ears.append(ear)

    def tell(self, what: str) -> None:
        """At once."""
        for ear in self._ears:
            ear(what)

    async def ring(self, what: str) -> None:
        """Heard here only."""
        self.tell(what)

    async def run(self) -> None:
        """There is nothing to do."""
        await self._stopped.wait()

    def stop(self) -> None:
        """End ``run``."""
        self._stopped.set()
