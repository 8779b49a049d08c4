"""One replica among several on PostgreSQL: it hears what the others ring, shows that it lives, and may lead.

All of it hangs on ONE connection of its own: LISTEN, and two advisory locks the server frees when that connection ends,
however it ends. So whoever dies is known to be dead, and no clock is compared. Not through a pooler that shares
connections: it must be a session.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import asyncpg
import structlog
from sqlalchemy import URL
from sqlalchemy.dialects.postgresql.asyncpg import dialect

BELL = "perheneuvo"
"""The channel of LISTEN and NOTIFY."""
LIVING = 742043
"""The first number of the lock each living replica holds; the second is its own."""
LEADING = 742044
BEAT = 2.0
"""Seconds between two signs of life, and between two tries to lead: a dead leader is followed within a few seconds."""
AGAIN = 0.5
SHORT = 3.0
"""Seconds after which an answer that did not come is a lost connection."""
_OURS = ("prepared_statement_cache_size", "prepared_statement_name_func", "async_fallback", "async_creator_fn")
# A machine that vanished without a word is noticed by the server within some ten seconds.
_NOTICED = {"tcp_keepalives_idle": "4", "tcp_keepalives_interval": "2", "tcp_keepalives_count": "2"}
log = structlog.get_logger("bot.store")


class Replica:
    """:class:`bot.ports.Company` on PostgreSQL. ``number`` is its name among the living, None while it is cut off;
    ``options`` is how the driver connects.
    """

    def __init__(self, url: URL) -> None:
        _, options = dialect().create_connect_args(url)  # type: ignore[no-untyped-call]  # SQLAlchemy's own
        self.options: dict[str, Any] = {name: value for name, value in options.items() if name not in _OURS}
        self._name = secrets.randbelow(2**31 - 1) + 1
        self._ears: list[Callable[[str], None]] = []
        self._stopping = self._stands = False
        self._moved = asyncio.Event()
        self.number: int | None = None
        self.leads = False

    @property
    def deaf(self) -> bool:
        """Cut off from the others; everybody looks for himself then."""
        return self.number is None

    def stand(self) -> None:
        """It wants to lead."""
        self._stands = True

    def listen(self, ear: Callable[[str], None]) -> None:
        """From now on."""
        self._ears.append(ear)

    def tell(self, what: str) -> None:
        """Here, at once; the others hear it by the transaction that rang."""
        for ear in self._ears:
            ear(what)

    async def ring(self, what: str) -> None:
        """On a connection of the moment. When it fails the others look by themselves a little later."""
        self.tell(what)
        with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError):
            connection = await self._connect()
            try:
                await connection.execute("SELECT pg_notify($1, $2)", BELL, what)
            finally:
                await self._close(connection)

    async def run(self) -> None:
        """Until :meth:`stop`; a lost connection is made anew."""
        while not self._stopping:
            try:
                await self._attend()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError) as error:
                log.warning("replica.cut_off", error=type(error).__name__)
            await self._rest(AGAIN)

    def stop(self) -> None:
        """End soon; what it held is free then."""
        self._stopping = True
        self._moved.set()

    async def _connect(self) -> asyncpg.Connection[asyncpg.Record]:
        known = {"application_name": "perheneuvo", **_NOTICED}
        return await asyncpg.connect(**self.options, timeout=SHORT, command_timeout=SHORT, server_settings=known)

    async def _close(self, connection: asyncpg.Connection[asyncpg.Record]) -> None:
        try:
            await connection.close(timeout=1)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, TimeoutError):
            connection.terminate()

    async def _attend(self) -> None:
        connection = await self._connect()
        try:
            connection.add_termination_listener(lambda _: self._moved.set())
            await connection.add_listener(BELL, self._rung)
            await connection.execute("SELECT pg_advisory_lock($1, $2)", LIVING, self._name)
            self.number = self._name
            log.info("replica.present", replica=self._name)
            self.tell("")  # whatever was rung before is not known
            while not self._stopping and not connection.is_closed():
                await self._look(connection)
                await self._rest(BEAT)
        finally:
            self._cut_off()  # before the server gives its place to another
            await self._close(connection)

    async def _look(self, connection: asyncpg.Connection[asyncpg.Record]) -> None:
        """A sign of life, and the place of the leader if it is free."""
        if self.leads or not self._stands:
            await connection.fetchval("SELECT 1")
        elif await connection.fetchval("SELECT pg_try_advisory_lock($1, 0)", LEADING):
            self.leads = True
            log.info("replica.leads", replica=self._name)
            self.tell("lead")

    def _rung(self, _connection: object, _process: int, _channel: str, what: object) -> None:
        self.tell(str(what))

    def _cut_off(self) -> None:
        led, self.leads, self.number = self.leads, False, None
        if led:
            self.tell("lead")

    async def _rest(self, seconds: float) -> None:
        self._moved.clear()
        if not self._stopping:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._moved.wait()
