"""``make load``: whole turns through the product's own process, beside a bare echo bot, in one run on this machine.

A turn is: an update is pushed, fetched, kept, matched, answered, and the answer has come. The server, the parents and
what is measured share the machine, so only the ratios mean something elsewhere.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.knowledge.loading import load
from bot.measuring.telling import Cell, Table, as_markdown, as_text
from tests.builders import STARTER
from tests.load.driving import THINKS, Driven, arrived, rush, talk
from tests.load.houses import HOUSES, House, echo, product
from tests.load.server import Measured
from tests.reliability.product import Nursery, Running, nursery

WARM, TURNS, PARENTS, SECONDS = 50, 1000, (10, 100, 1000), 30.0


def worries() -> list[str]:
    """What a parent may write: the labelled everyday examples, which nothing has learnt."""
    base = load(STARTER, date.today())  # noqa: DTZ011  # only the day
    return [example.text for example in base.examples["everyday"]][:500]


def resident(running: Sequence[Running]) -> float:
    """Megabytes of memory held by the processes of the product."""
    return sum(_resident(each.pid) for each in running) / 1024


def _resident(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


@dataclass(frozen=True)
class Measures:
    """Of one house: a rush of 100 parents, and talks with each number of parents."""

    rush: Driven
    talks: Sequence[Driven]


async def measured(house: House, nurse: Nursery, texts: Sequence[str]) -> Measures:
    """One house, from its start to its end."""
    async with AsyncExitStack() as stack:
        server = Measured()
        await stack.enter_async_context(server)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="perheneuvo-load-")))
        if house.replicas:
            await stack.enter_async_context(product(house, server, nurse, folder))
        else:
            await stack.enter_async_context(echo(server))
        await rush(server, await arrived(server, 10, house.first), WARM, texts)
        rushed = await rush(server, await arrived(server, 100, house.first), TURNS, texts)
        talks = [await talk(server, await arrived(server, parents, house.first), SECONDS, texts) for parents in PARENTS]
        return Measures(rushed, talks)


async def remembered(nurse: Nursery, texts: Sequence[str], conversations: int) -> Table:
    """Memory and disk before and after so many conversations of two turns each, on SQLite."""
    async with AsyncExitStack() as stack:
        server = Measured()
        await stack.enter_async_context(server)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="perheneuvo-load-")))
        running = await stack.enter_async_context(product(HOUSES[1], server, nurse, folder))
        await rush(server, await arrived(server, 10, HOUSES[1].first), WARM, texts)
        before, disk = resident(running), _disk(folder)
        done = 0
        while done < conversations:
            many = min(100, conversations - done)
            await rush(server, await arrived(server, many, HOUSES[1].first), many, texts)
            done += many
            sys.stderr.write(f"\r{done} of {conversations} conversations")
        after, grown = resident(running), _disk(folder) - disk
    sys.stderr.write("\n")
    rows = (
        ("memory at rest, MB", before),
        (f"memory after {conversations} conversations, MB", after),
        ("bytes on disk for a conversation", grown // max(conversations, 1)),
    )
    return Table("What is held", ("", "SQLite, one process"), rows)


def _disk(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("perheneuvo.db*"))


def table(found: Sequence[tuple[House, Measures]]) -> Table:
    """One row a house."""
    bare = found[0][1].rush.pace
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            house.title,
            round(measures.rush.pace),
            round(measures.rush.pace / bare, 2),
            *(f"{each.wait(0.5):.0f} / {each.wait(0.99):.0f}" for each in measures.talks),
        )
        for house, measures in found
    )
    waits = tuple(f"{parents} parents, ms p50 / p99" for parents in PARENTS)
    notes = (
        "turns a second: 100 parents, each writing again the moment she is answered. ms: from push to answer, while "
        f"so many parents talk at once, each writing every {THINKS:.0f} seconds on average, for {SECONDS:.0f} seconds.",
    )
    return Table("Whole turns", ("house", "turns a second", "of the echo bot's", *waits), rows, notes)


async def main(form: str, conversations: int, only: Sequence[str]) -> None:
    """Measure everything and print it."""
    texts = worries()
    tell = as_markdown if form == "markdown" else as_text
    houses = [house for house in HOUSES if not only or not house.replicas or house.title in only]
    with nursery(STARTER) as nurse:
        found = []
        for house in houses:
            sys.stderr.write(f"{house.title} ...\n")
            found.append((house, await measured(house, nurse, texts)))
        sys.stdout.write(tell(table(found)) + "\n")
        sys.stdout.write(tell(await remembered(nurse, texts, conversations)) + "\n")


if __name__ == "__main__":
    asking = argparse.ArgumentParser(description=__doc__)
    asking.add_argument("--markdown", action="store_const", const="markdown", default="text", dest="form")
    asking.add_argument("--conversations", type=int, default=50_000)
    asking.add_argument("--only", nargs="*", default=[], help="titles of the houses to measure; the echo bot always is")
    asked = asking.parse_args()
    asyncio.run(main(asked.form, asked.conversations, asked.only))
