"""``perheneuvo staff``: adding, inviting, listing and removing workers, on the configured database."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, NoReturn

import typer

from bot import main as front
from bot.clock import SystemClock
from bot.knowledge.model import LANGUAGES, Language
from bot.operating.inviting import INVITE_HOURS
from bot.operating.inviting import invite as one_time
from bot.operating.starting import opened
from bot.ports import Clock, Store
from bot.settings import Settings, load_settings

staff = typer.Typer(no_args_is_help=True, help="The workers of the desk and the network.")
Name = Annotated[str, typer.Argument(help="What the desk calls her.")]
ROLES = ("desk", "network", "lead")


@asynccontextmanager
async def _opened() -> AsyncIterator[tuple[Store, Clock, Settings]]:
    """The configured store with the clock and the settings; closed when the block ends."""
    settings = load_settings()
    async with opened(settings, front.HOME) as store:
        yield store, SystemClock(front.HOME), settings


def _refuse(message: str) -> NoReturn:
    sys.stderr.write(message + "\n")
    raise typer.Exit(1)


@staff.command("add")
def add(
    name: Name,
    telegram: Annotated[str | None, typer.Option(help="Her numeric Telegram user id.")] = None,
    role: Annotated[str, typer.Option(help="desk, network or lead")] = "desk",
    lang: Annotated[str, typer.Option(help="fi, sv or en")] = "fi",
) -> None:
    """Add a worker."""
    language: Language | None = next((each for each in LANGUAGES if each == lang), None)
    if language is None:
        raise typer.BadParameter(f"there is no language {lang}; write fi, sv or en")
    if role not in ROLES:
        raise typer.BadParameter(f"there is no role {role}; write desk, network or lead")
    if telegram is not None and not telegram.isdigit():
        raise typer.BadParameter("a Telegram user id is digits only, such as 123456789; a user name will not do")
    asyncio.run(_add(name, role, telegram, language))


async def _add(name: str, role: str, telegram: str | None, language: Language) -> None:
    async with _opened() as (store, clock, _):
        try:
            async with store.begin() as work:
                worker = await work.add_worker(name, role, telegram, language, clock.now())
        except ValueError as fault:
            _refuse(str(fault))
    typer.echo(f'Added {worker.name} ({worker.role}). A link to the desk for her: perheneuvo staff invite "{name}"')


@staff.command("invite")
def invite(name: Name) -> None:
    """A one-time link to the desk for a worker."""
    asyncio.run(_invite(name))


async def _invite(name: str) -> None:
    async with _opened() as (store, clock, settings):
        token = await one_time(store, clock, name)
    if token is None:
        _refuse(f"There is no worker called {name}. perheneuvo staff list shows them; perheneuvo staff add adds one.")
    typer.echo(f"http://{settings.bind}/desk/in/{token}")
    typer.echo(f"Good once, within {INVITE_HOURS} hours.", err=True)


@staff.command("list")
def list_() -> None:
    """The workers."""
    asyncio.run(_list())


async def _list() -> None:
    async with _opened() as (store, _, __), store.begin() as work:
        workers = await work.workers()
    if not workers:
        typer.echo("No workers yet. Add one: perheneuvo staff add NAME")
    for worker in workers:
        reached = "Telegram and web" if worker.telegram else "web"
        removed = "" if worker.active else "  (removed)"
        typer.echo(f"{worker.name}  {worker.role}  {worker.language}  {reached}{removed}")


@staff.command("remove")
def remove(name: Name) -> None:
    """Take a worker's rights away at once."""
    asyncio.run(_remove(name))


async def _remove(name: str) -> None:
    async with _opened() as (store, _, __), store.begin() as work:
        worker = await work.worker_by_name(name)
        if worker is not None:
            await work.set_worker_active(worker.id, False)
    if worker is None:
        _refuse(f"There is no worker called {name}. perheneuvo staff list shows them.")
    typer.echo(f"{name} can no longer act or sign in.")
