"""What is measured, each as the processes it runs as: the bare echo bot, and the product on its databases."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import postgres
from tests.builders import STARTER
from tests.journeys.test_process import free_port
from tests.reliability.product import Nursery, Running
from tests.telegram.server import BotApi

ENDED = 20.0  # seconds a process may take to end


@dataclass(frozen=True)
class House:
    """One way of answering parents. ``replicas`` 0 is the echo bot, which keeps nothing.

    ``first``: messages a new parent gets at first; the product tells what it is and what it keeps before it answers.
    """

    title: str
    replicas: int = 1
    on: str = "sqlite"
    encoder: str = "off"
    first: int = 2


HOUSES = (
    House("bare echo bot, nothing kept", replicas=0, first=1),
    House("SQLite"),
    House("SQLite, with the encoder", encoder="auto"),
    House("PostgreSQL, 1 replica", 1, "postgresql"),
    House("PostgreSQL, 2 replicas", 2, "postgresql"),
    House("PostgreSQL, 3 replicas", 3, "postgresql"),
)


@asynccontextmanager
async def echo(server: BotApi) -> AsyncIterator[None]:
    """The echo bot as a process."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.load.echo", server.base, server.token, cwd=STARTER.parent
    )
    try:
        yield
    finally:
        process.terminate()
        async with asyncio.timeout(ENDED):
            await process.wait()


@contextmanager
def database(house: House, folder: Path) -> Iterator[str]:
    """The address of an empty database that keeps what it says it kept: PostgreSQL writes to the disk here, too."""
    if house.on == "sqlite":
        yield f"sqlite+aiosqlite:///{folder / 'perheneuvo.db'}"
        return
    with postgres.running(postgres.DURABLE) as server:
        server.sql("CREATE DATABASE load")
        yield server.url("load")


@asynccontextmanager
async def product(house: House, server: BotApi, nursery: Nursery, folder: Path) -> AsyncIterator[list[Running]]:
    """The product's processes, without Telegram's pace: the limits are Telegram's, what is measured is ours."""
    with database(house, folder) as url:
        running = [nursery.start(folder, _settings(house, server, url)) for _ in range(house.replicas)]
        try:
            yield running
        finally:
            for each in running:
                await each.stop()


def _settings(house: House, server: BotApi, url: str) -> dict[str, str]:
    return {
        "PERHENEUVO_TELEGRAM_TOKEN": server.token,
        "PERHENEUVO_TELEGRAM_API_BASE": server.base,
        "PERHENEUVO_DATABASE_URL": url,
        "PERHENEUVO_KNOWLEDGE": str(STARTER),
        "PERHENEUVO_BIND": f"127.0.0.1:{free_port()}",
        "PERHENEUVO_ENCODER": house.encoder,
        "PERHENEUVO_LOG": "error",
    }
