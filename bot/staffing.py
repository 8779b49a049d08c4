"""``perheneuvo staff``: adding, changing, inviting, listing and removing workers, on the configured database."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Literal, NoReturn, get_args

import typer

from bot.clock import SystemClock
from bot.knowledge.model import Base
from bot.operating.doors import HOME, read_knowledge
from bot.operating.inviting import INVITE_HOURS
from bot.operating.inviting import invite as one_time
from bot.operating.starting import opened
from bot.ports import Clock, Store
from bot.profiling import Told, line, profiled
from bot.queueing.assigning import Profile
from bot.settings import Settings, load_settings

staff = typer.Typer(no_args_is_help=True, help="The workers of the desk and the network.")
Name = Annotated[str, typer.Argument(help="What the desk calls her.")]
Role = Literal["desk", "network", "lead"]
ROLES: tuple[Role, ...] = get_args(Role)
Spoken = Annotated[list[str] | None, typer.Option("--lang", help="What she serves in: fi, sv, en; several times.")]
At = Annotated[str | None, typer.Option("--unit", help="The id of her unit, as in units.yaml; - = none.")]
Areas = Annotated[list[str] | None, typer.Option("--area", help="An area she serves; several times; - = all.")]
Services = Annotated[list[str] | None, typer.Option("--service", help="A service she knows; several times; - = all.")]
Shift = Annotated[str | None, typer.Option("--hours", help='When she works: "mon-fri 8-16, sat 10-14"; - = any time.')]


@asynccontextmanager
async def _opened() -> AsyncIterator[tuple[Store, Clock, Settings]]:
    """The configured store with the clock and the settings; closed when the block ends."""
    settings = load_settings()
    async with opened(settings, HOME) as store:
        yield store, SystemClock(HOME), settings


def _refuse(message: str) -> NoReturn:
    sys.stderr.write(message + "\n")
    raise typer.Exit(1)


def _role(value: str) -> Role:
    found = next((each for each in ROLES if each == value), None)
    if found is None:
        raise typer.BadParameter(f"there is no role {value}; write desk, network or lead")
    return found


def _told(
    lang: list[str] | None, unit: str | None, area: list[str] | None, service: list[str] | None, hours: str | None
) -> Told:
    return Told(tuple(lang or ()), unit, tuple(area or ()), tuple(service or ()), hours)


def _profile(told: Told, before: Profile, base: Base) -> Profile:
    try:
        return profiled(told, before, base)
    except ValueError as fault:
        raise typer.BadParameter(str(fault)) from fault


@staff.command("add")
def add(
    name: Name,
    telegram: Annotated[str | None, typer.Option(help="Her numeric Telegram user id.")] = None,
    role: Annotated[str, typer.Option(help="desk, network or lead")] = "desk",
    lang: Spoken = None,
    unit: At = None,
    area: Areas = None,
    service: Services = None,
    hours: Shift = None,
) -> None:
    """Add a worker. The first --lang is also the language in which the desk speaks to her."""
    kind = _role(role)
    if telegram is not None and not telegram.isdigit():
        raise typer.BadParameter("a Telegram user id is digits only, such as 123456789; a user name will not do")
    told = _told(lang, unit, area, service, hours)
    asyncio.run(_add(name, kind, telegram, told))


async def _add(name: str, role: Role, telegram: str | None, told: Told) -> None:
    profile = _profile(told, Profile(), read_knowledge(load_settings()))
    async with _opened() as (store, clock, _):
        try:
            async with store.begin() as work:
                worker = await work.add_worker(name, role, telegram, (*profile.languages, "fi")[0], clock.now())
                await work.set_worker_profile(worker.id, profile)
        except ValueError as fault:
            _refuse(str(fault))
    typer.echo(f'Added {worker.name} ({worker.role}). A link to the desk for her: perheneuvo staff invite "{name}"')


@staff.command("set")
def set_(
    name: Name,
    role: Annotated[str | None, typer.Option(help="desk, network or lead")] = None,
    lang: Spoken = None,
    unit: At = None,
    area: Areas = None,
    service: Services = None,
    hours: Shift = None,
) -> None:
    """Change what a worker takes on; what is not named stays as it is."""
    told = _told(lang, unit, area, service, hours)
    asyncio.run(_set(name, None if role is None else _role(role), told))


async def _set(name: str, role: Role | None, told: Told) -> None:
    base = read_knowledge(load_settings())
    async with _opened() as (store, clock, _):
        async with store.begin() as work:
            worker = await work.worker_by_name(name)
            if worker is None:
                _refuse(f"There is no worker called {name}. perheneuvo staff list shows them.")
            await work.set_worker_profile(worker.id, _profile(told, worker.profile, base))
            if role is not None:
                await work.set_worker_role(worker.id, role)
            changed = await work.worker(worker.id)
        typer.echo("" if changed is None else line(changed, clock.now()))


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
    """The workers: what they are, whether they are there, what they take on."""
    asyncio.run(_list())


async def _list() -> None:
    async with _opened() as (store, clock, _), store.begin() as work:
        workers, now = await work.workers(), clock.now()
    if not workers:
        typer.echo("No workers yet. Add one: perheneuvo staff add NAME")
    for worker in workers:
        typer.echo(line(worker, now))


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
    typer.echo(f"{name} can no longer act or sign in. Her cases go back into the queue.")
