"""``perheneuvo bench ...``: the product measured beside what could be picked instead. Reads words, calls, prints."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.conversation.turn import Door
from bot.knowledge.model import Base
from bot.matching.matcher import Matcher
from bot.measuring import bench as benches
from bot.measuring import lines as reading
from bot.measuring import mending, telling
from bot.measuring.apart import asked
from bot.measuring.encoding import ProductEncoder
from bot.measuring.lines import DataFault, Line
from bot.measuring.methods import METHODS, Meant, Method, by_words_alone, ours_of
from bot.measuring.report import report
from bot.measuring.starting import starts
from bot.operating.doors import read_knowledge
from bot.settings import load_settings

bench = typer.Typer(no_args_is_help=True, help="Measure the matching, beside what could be used instead.")

Data = Annotated[
    Path | None, typer.Option(metavar="FILE", help='Lines like {"text", "lang", "expected"}; default: the examples.')
]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]
Markdown = Annotated[bool, typer.Option("--markdown", help="As Markdown.")]
Only = Annotated[list[str] | None, typer.Option(metavar="NAME", help="This method only; may be given several times.")]
NoEncoder = Annotated[bool, typer.Option("--no-encoder", help="Leave out the methods with the sentence encoder.")]
Catalogue = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Services with the columns ptv_id, name_fi, summary_fi.")
]


def _lines(data: Path | None, base: Base) -> tuple[tuple[Line, ...], str]:
    """The lines, and what to call them."""
    try:
        found = reading.of_file(data, base) if data is not None else reading.of_base(base)
    except DataFault as fault:
        _stop(str(fault))
    if not found:
        _stop("There are no lines: give --data FILE, or write some into examples/ of the knowledge.")
    return found, data.name if data is not None else "examples"


def _stop(message: str) -> Any:
    sys.stderr.write(message + "\n")
    raise typer.Exit(1)


def _chosen(only: Sequence[str] | None, no_encoder: bool) -> tuple[Method, ...]:
    unknown = set(only or ()) - {method.name for method in METHODS}
    if unknown:
        names = ", ".join(method.name for method in METHODS)
        raise typer.BadParameter(f"there is no method {', '.join(sorted(unknown))}; write one of {names}")
    return tuple(
        method for method in METHODS if (not only or method.name in only) and not (no_encoder and method.encodes)
    )


def _say(what: str) -> None:
    sys.stderr.write(f"{what} ...\n")


def _print(
    told: Mapping[str, Any], as_json: bool, markdown: bool, *tables: Callable[[Mapping[str, Any]], telling.Table]
) -> None:
    whole = {**told, "machine": _machine()}
    if as_json:
        typer.echo(json.dumps(whole, ensure_ascii=False))
        return
    write = telling.as_markdown if markdown else telling.as_text
    typer.echo("\n".join(write(table(whole)) for table in tables))


def _machine() -> dict[str, Any]:
    return {"python": platform.python_version(), "system": platform.system(), "cores": os.cpu_count()}


@bench.command("match")
def match(
    data: Data = None,
    as_json: AsJson = False,
    markdown: Markdown = False,
    only: Only = None,
    no_encoder: NoEncoder = False,
) -> None:
    """Ours and the other methods on the same lines and the same knowledge.

    Where no line has two needs, the examples that have are asked as well.
    """
    base = read_knowledge(load_settings())
    lines, name = _lines(data, base)
    if not any(line.needs for line in lines):
        lines += tuple(line for line in reading.of_base(base) if line.needs)
    told = benches.matching(base, lines, _chosen(only, no_encoder), _say)
    tables = (telling.accuracy, telling.languages, telling.costs)
    _print({"file": name, **told}, as_json, markdown, *tables)


@bench.command("scale")
def scale(
    catalogue: Catalogue = None,
    data: Data = None,
    as_json: AsJson = False,
    markdown: Markdown = False,
    only: Only = None,
    no_encoder: NoEncoder = False,
) -> None:
    """What each method costs at the size of a country."""
    base = read_knowledge(load_settings())
    lines, _ = _lines(data, base)
    try:
        told = benches.growing(base, catalogue, lines, _chosen(only, no_encoder), _say)
    except DataFault as fault:
        _stop(str(fault))
    _print(told, as_json, markdown, telling.scale)


@bench.command("learning")
def learning(
    data: Data = None,
    as_json: AsJson = False,
    markdown: Markdown = False,
    only: Only = None,
) -> None:
    """How right a method is with fewer worries a service."""
    base = read_knowledge(load_settings())
    lines, name = _lines(data, base)
    chosen = _chosen(only or ["perheneuvo"], no_encoder=False)
    for method in chosen:
        told = benches.learning(base, lines, method, _say)
        _print({"file": name, **told}, as_json, markdown, telling.learning)


@bench.command("guide")
def guide(
    data: Data = None, as_json: AsJson = False, markdown: Markdown = False, no_encoder: NoEncoder = False
) -> None:
    """A played parent: how many messages until a service of hers is shown."""
    base = read_knowledge(load_settings())
    lines, name = _lines(data, base)
    encoder = None if no_encoder else ProductEncoder.or_none()
    door = Door(base, Matcher(base, Matcher.trained(base, encoder.cache.vectors_for if encoder else None)))
    meant = encoder.meant if encoder else by_words_alone
    told = benches.guiding(door, [line for line in lines if line.expected], meant)
    _print({"file": name, **told}, as_json, markdown, telling.guiding)


@bench.command("start")
def start(as_json: AsJson = False, markdown: Markdown = False) -> None:
    """How long perheneuvo run takes until it is ready, and its memory."""
    found = starts(load_settings().knowledge)
    rows = [{"when": each.when, "seconds": each.seconds, "megabytes": each.megabytes} for each in found]
    _print({"rows": rows}, as_json, markdown, telling.starting)


def report_on(door: Door, meant: Meant = by_words_alone) -> str:
    """What goes wrong with the examples of a base, and what to edit, in plain words."""
    lines = reading.of_base(door.base)
    if not lines:
        return "There are no examples. Write some into examples/ of the knowledge, such as examples/everyday.yaml.\n"
    pairs = list(zip(lines, asked(ours_of(door, meant), lines), strict=True))
    return mending.told(report(pairs, door.base), door.base)
