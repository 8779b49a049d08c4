"""``perheneuvo encode``: make the vectors that are missing, so that nobody waits for them later.

For the starter they go into the file that travels with the project, for any other knowledge beside the database.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from typing import Annotated, NoReturn
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import Progress

from bot import settings as settings_room
from bot.caching import cache_folder
from bot.clock import SystemClock
from bot.encoder.cache import STARTER, Cache
from bot.encoder.choosing import BUNDLED, choose
from bot.encoder.lines import lines_of
from bot.encoder.process import EncoderProcess, Limits, NoEncoder
from bot.knowledge.loading import load
from bot.settings import Settings, load_settings

UNHURRIED = Limits(patience=5.0, hang=60.0)
LOADING = 120.0  # seconds
_ANY_ZONE = ZoneInfo("UTC")  # the lines are the same on every day


def encode(
    check: Annotated[bool, typer.Option("--check", help="Only tell how many are missing; 1 when any is.")] = False,
) -> None:
    """Make the vectors of all lines of the knowledge that have none yet. Ctrl+C loses little; the next run goes on."""
    settings = load_settings()
    chosen = choose(settings.encoder, UNHURRIED)
    if isinstance(chosen.encoder, NoEncoder):
        _end(f"There is no sentence encoder: {chosen.said}.")
    lines = lines_of(load(settings.knowledge, SystemClock(_ANY_ZONE).now().date()))
    cache = cache_for(settings, chosen.encoder.name)
    if not check:
        asyncio.run(_fill(chosen.encoder, cache, lines))
    missing = len(cache.missing(lines))
    sys.stdout.write(f"{len(lines) - missing} of {len(lines)} lines have their vector ({chosen.encoder.name}).\n")
    if missing:
        _end(f"{missing} have none; write: perheneuvo encode")


def cache_for(settings: Settings, name: str) -> Cache:
    """Where the vectors of this knowledge are kept: the starter's with the project, others beside the database."""
    ours = settings.knowledge.resolve() == settings_room.STARTER and name.startswith(BUNDLED)
    return Cache(name, STARTER, starter=None) if ours else Cache.within(name, cache_folder(settings.database_url))


async def _fill(encoder: EncoderProcess, cache: Cache, lines: Sequence[str]) -> None:
    await encoder.start()
    try:
        if not await encoder.ready(LOADING):
            _end("The sentence encoder does not start.")
        with Progress(console=Console(stderr=True), transient=True) as shown:
            bar = shown.add_task("Encoding", total=None)
            await cache.fill(encoder, lines, told=lambda done, of: shown.update(bar, completed=done, total=of))
    finally:
        await encoder.close()


def _end(message: str) -> NoReturn:
    sys.stderr.write(message + "\n")
    raise typer.Exit(1)
