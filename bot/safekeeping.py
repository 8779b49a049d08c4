"""``perheneuvo backup`` and ``perheneuvo restore``: a whole copy of the configured database, while it is in use."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.settings import load_settings
from bot.store.copying import CopyFault, back_up
from bot.store.copying import restore as bring_back

Copy = Annotated[Path, typer.Argument(metavar="FILE", help="The copy.")]


def backup(file: Copy) -> None:
    """Copy the whole database into a new file, while everything goes on. The key (PERHENEUVO_KEY) is not in it."""
    try:
        asyncio.run(back_up(load_settings().database_url, file))
    except CopyFault as fault:
        _refuse(fault)
    typer.echo(f"Copied to {file}. Keep PERHENEUVO_KEY in another place: without it the copy cannot be read.")


def restore(
    file: Copy, force: Annotated[bool, typer.Option("--force", help="Give up what the database holds now.")] = False
) -> None:
    """Bring a copy back, while nothing runs on the database. It is refused where there is something already."""
    try:
        asyncio.run(bring_back(load_settings().database_url, file, force=force))
    except CopyFault as fault:
        _refuse(fault)
    typer.echo("Brought back. Start with the PERHENEUVO_KEY of that time.")


def _refuse(fault: CopyFault) -> None:
    sys.stderr.write(f"{fault}\n")
    raise typer.Exit(1)
