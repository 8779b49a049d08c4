"""Opening the configured database, and saying in one sentence which setting is wrong when that cannot be done."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from zoneinfo import ZoneInfo

from bot.ports import SecondProcess, Store, StoreBusy, StoreUnusable
from bot.settings import Settings, SettingsFault
from bot.store.sealing import WrongKey
from bot.store.sql import open_store, shown


def store_of(settings: Settings, zone: ZoneInfo) -> Store:
    """The configured database, not yet started. Raises SettingsFault."""
    key = settings.key.get_secret_value() if settings.key else None
    try:
        return open_store(settings.database_url, key=key, zone=zone)
    except WrongKey as fault:
        raise SettingsFault(f"{fault}.") from fault


@asynccontextmanager
async def opened(settings: Settings, zone: ZoneInfo, *, serve: bool = False) -> AsyncIterator[Store]:
    """The database, started; closed when the block ends. ``serve``: for the front door itself. Raises SettingsFault."""
    store = store_of(settings, zone)
    try:
        await _start(store, settings, serve=serve)
        yield store
    finally:
        await store.close()


async def _start(store: Store, settings: Settings, *, serve: bool) -> None:
    where = shown(settings.database_url)
    try:
        if serve:
            await store.serve()
        await store.start()
    except SecondProcess as fault:
        raise SettingsFault(str(fault)) from fault
    except WrongKey as fault:
        raise SettingsFault(f"{fault}.") from fault
    except (StoreBusy, StoreUnusable, OSError) as fault:
        why = _cause(fault)
        raise SettingsFault(f"The database of PERHENEUVO_DATABASE_URL cannot be used ({where}): {why}.") from fault


def _cause(fault: BaseException) -> str:
    """The innermost reason, in its first line; a driver's words about a connection hold no content."""
    while fault.__cause__ is not None:
        fault = fault.__cause__
    said = (fault.strerror if isinstance(fault, OSError) else None) or str(fault) or type(fault).__name__
    return said.splitlines()[0].rstrip(".")
