"""``perheneuvo proposals``: wrong doors that workers told of, for the admins to judge. Nothing is learnt by itself."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.clock import SystemClock
from bot.knowledge.editing import CannotEdit, line_of, with_worry
from bot.knowledge.loading import check
from bot.knowledge.model import Base
from bot.operating.doors import HOME, read_knowledge
from bot.operating.starting import opened
from bot.ports import Proposal, UnitOfWork
from bot.settings import load_settings

proposals = typer.Typer(no_args_is_help=True, help="Wrong doors, for the admins to judge.")
Id = Annotated[int, typer.Argument(metavar="ID", help="As perheneuvo proposals list shows it.")]


@asynccontextmanager
async def _work() -> AsyncIterator[UnitOfWork]:
    async with opened(load_settings(), HOME) as store, store.begin() as work:
        yield work


def _refuse(message: str) -> NoReturn:
    sys.stderr.write(message + "\n")
    raise typer.Exit(1)


@proposals.command("list")
def list_() -> None:
    """Those nobody has judged: what was asked for, where it belonged, and her words where she let them be shown."""
    base = read_knowledge(load_settings())
    found = asyncio.run(_waiting())
    for each in found:
        typer.echo(told(base, each))
    typer.echo(f"{len(found)} to judge: perheneuvo proposals accept ID, or refuse ID." if found else "None to judge.")


async def _waiting() -> tuple[Proposal, ...]:
    async with _work() as work:
        return await work.proposals()


def told(base: Base, proposal: Proposal) -> str:
    """A proposal in two lines."""
    names = [
        base.services[each].name.within(proposal.language) if each in base.services else each
        for each in (proposal.asked_for, proposal.belonged_to)
    ]
    words = proposal.words or "(her words are not known: she did not let them be shown)"
    return f"{proposal.id}  {proposal.at:%Y-%m-%d}  {names[0]} -> {names[1]}  ({proposal.language})\n    {words}"


@proposals.command("accept")
def accept(
    proposal: Id,
    words: Annotated[str | None, typer.Option("--words", help="The line in your words: no names, no places.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Write it into the file of worries.")] = False,
) -> None:
    """Take it into the knowledge: prints the lines with the files they belong in, or writes the worry itself."""
    asyncio.run(_accept(proposal, words, write=write))


async def _accept(number: int, words: str | None, *, write: bool) -> None:
    settings = load_settings()
    base = read_knowledge(settings)
    async with _work() as work:
        found = await _one(work, number)
    said = words or found.words
    if not said or not said.strip():
        _refuse('Her words are not known. Write a line as a parent would: --words "..."')
    if found.belonged_to not in base.services or found.asked_for not in base.services:
        _refuse("One of its services is no longer in the knowledge. perheneuvo proposals refuse takes it off the list.")
    typer.echo(_written(settings.knowledge, found, said) if write else lines(settings.knowledge, found, said))
    await _judged(number, "accepted")


async def _one(work: UnitOfWork, number: int) -> Proposal:
    found = next((each for each in await work.proposals() if each.id == number), None)
    if found is None:
        _refuse(f"There is no proposal {number} to judge. perheneuvo proposals list shows them.")
    return found


async def _judged(number: int, how: str) -> None:
    """Kept in the log too: the proposal's id and how it was judged."""
    now = SystemClock(HOME).now()
    async with _work() as work:
        await work.judge_proposal(number, now)
        await work.log(f"proposal.{how}", now, detail=str(number))


def lines(folder: Path, proposal: Proposal, words: str) -> str:
    """What to write where, as YAML: the worry where it belongs, and what only sounds alike where it does not."""
    line = line_of(words)
    return "\n".join(
        [
            f"{folder / 'worries' / proposal.belonged_to}.yaml, under {proposal.language}:",
            f"  {line}",
            f"{folder / 'services' / proposal.asked_for}.yaml, when the two sound alike:",
            "not_for:",
            f"  - service: {proposal.belonged_to}",
            "    worries:",
            f"      {proposal.language}:",
            f"        {line}",
        ]
    )


def _written(folder: Path, proposal: Proposal, words: str) -> str:
    """The worry is in its file. Where the knowledge has faults by it that it had not before, nothing is changed."""
    file = folder / "worries" / f"{proposal.belonged_to}.yaml"
    today = SystemClock(HOME).now().date()
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    known = {fault.wrong for fault in check(folder, today)}
    try:
        _replace(file, with_worry(before, proposal.language, words))
    except CannotEdit as fault:
        _refuse(f"{file}: {fault}.\n{lines(folder, proposal, words)}")
    except OSError as fault:
        _refuse(f"{file}: {fault.strerror}.\n{lines(folder, proposal, words)}")
    new = [fault for fault in check(folder, today) if fault.wrong not in known]
    if new:
        _replace(file, before)
        _refuse("\n".join(["Nothing was changed:", *(str(fault) for fault in new)]))
    return f"Written into {file}. A running front door takes it by itself."


def _replace(file: Path, text: str) -> None:
    """Whole or not at all: a running front door may be reading it."""
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(text, encoding="utf-8")
    if file.exists():
        shutil.copymode(file, beside)
    beside.replace(file)


@proposals.command("refuse")
def refuse(proposal: Id) -> None:
    """Take it off the list; nothing is learnt from it."""
    asyncio.run(_refused(proposal))
    typer.echo(f"Proposal {proposal} is off the list.")


async def _refused(number: int) -> None:
    async with _work() as work:
        await _one(work, number)
    await _judged(number, "refused")
