"""The commands: ``perheneuvo ...`` or ``python -m bot ...``. Each reads its words, calls the rooms, and prints."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import structlog
import typer
from rich.console import Console

from bot import main as front
from bot.clock import SystemClock
from bot.conversation.guidance import Reply, first_reply
from bot.conversation.turn import Door
from bot.encoder.cache import Cache
from bot.encoder.choosing import choose
from bot.encoder.command import encode
from bot.encoder.process import EncoderProcess
from bot.encoder.recent import Recent
from bot.guiding import tree as trees
from bot.intake import Intake
from bot.judging import proposals
from bot.knowledge.faults import KnowledgeFaults, faults_as_json
from bot.knowledge.loading import check as check_folder
from bot.knowledge.model import LANGUAGES, Language
from bot.matching.matcher import Matcher
from bot.matching.measuring import Labelled, Result, accuracy
from bot.matching.why import Why
from bot.measuring.commands import bench, report_on
from bot.measuring.encoding import ProductEncoder
from bot.measuring.methods import by_words_alone
from bot.operating.doors import HOME, learnt, read_knowledge, vectors_of, zone_of
from bot.outbox.worker import Outbox
from bot.reckoning import report
from bot.safekeeping import backup, restore
from bot.settings import SettingsFault, load_settings
from bot.staffing import staff
from bot.store.memory import MemoryStore
from handlers.console.chat import ConsoleChannel
from handlers.console.chat import chat as talk

app = typer.Typer(no_args_is_help=True, add_completion=False, help="The front door to family services.")
app.add_typer(staff, name="staff")
app.add_typer(proposals, name="proposals")
app.command()(encode)
app.command("backup")(backup)
app.command("restore")(restore)
app.command("report")(report)
app.add_typer(bench, name="bench")

Folder = Annotated[
    Path | None, typer.Argument(metavar="DIR", help="A knowledge folder; without it the configured one.")
]
Spoken = Annotated[str, typer.Option("--lang", help="fi, sv or en")]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]


def main() -> None:
    """Run a command; a known fault is one sentence and exit code 1, never a traceback."""
    try:
        app()
    except SettingsFault as fault:
        _fail(str(fault))
    except KnowledgeFaults as faults:
        _fail("\n".join(str(fault) for fault in faults.faults))


def _fail(message: str) -> None:
    sys.stderr.write(message + "\n")
    raise SystemExit(1)


def _door(vectors: Cache | None = None) -> Door:
    settings = load_settings()
    base = read_knowledge(settings)
    return Door(base, Matcher(base, learnt(base, settings, vectors)))


def _language(value: str | None) -> Language | None:
    found: Language | None = next((each for each in LANGUAGES if each == value), None)
    if value is not None and found is None:
        raise typer.BadParameter(f"there is no language {value}; write fi, sv or en")
    return found


@app.command()
def run() -> None:
    """Start everything that is configured: the web pages always, Telegram when a token is set."""
    settings = load_settings()
    front.set_up_logging(settings.log)
    try:
        asyncio.run(front.run(settings))
    except OSError as fault:
        _fail(f"Could not start at {settings.bind}: {fault.strerror or fault}.")


@app.command()
def chat(lang: Spoken = "fi") -> None:
    """Be a parent in the terminal. Nothing is kept and nobody else is there."""
    encoder = choose(load_settings().encoder).encoder
    vectors = vectors_of(load_settings(), encoder.name) if isinstance(encoder, EncoderProcess) else None
    door, store, channel = _door(vectors), MemoryStore(), ConsoleChannel(Console())
    clock = SystemClock(zone_of(door.base))
    outbox = Outbox(store, clock, {"console": channel})
    intake = Intake(store, clock, lambda: door, hearing=Recent(encoder))

    async def talked() -> None:
        await encoder.start()
        try:
            await talk(intake, channel, outbox.drain, _language(lang) or "fi", _line)
        finally:
            await encoder.close()

    with _quiet():
        asyncio.run(talked())


@contextmanager
def _quiet() -> Iterator[None]:
    """Only faults are logged: the talk is on the same screen."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger("error"))
    yield
    structlog.reset_defaults()


def _line() -> str | None:
    try:
        return input("> ")
    except (EOFError, KeyboardInterrupt):
        return None


@app.command()
def check(folder: Folder = None, as_json: AsJson = False) -> None:
    """Check the knowledge; every fault with its file, line, column and mend. Exit code 1 on faults."""
    where = folder or load_settings().knowledge
    faults = check_folder(where, SystemClock(HOME).now().date())
    if as_json:
        typer.echo(faults_as_json(faults))
    else:
        for fault in faults:
            typer.echo(str(fault))
        typer.echo(f"{len(faults)} to mend." if faults else "The knowledge is in order.", err=bool(faults))
    raise typer.Exit(1 if faults else 0)


@app.command()
def match(
    text: Annotated[str | None, typer.Argument(help="A worry in a parent's own words.")] = None,
    jsonl: Annotated[str | None, typer.Option(help='A file of {"id", "text", "lang"?, "area"?}; - = stdin.')] = None,
    area: Annotated[str | None, typer.Option(help="The id of an area, such as askola.")] = None,
    why: Annotated[bool, typer.Option("--why", help="Instead, which words and lines spoke for what.")] = False,
    report: Annotated[bool, typer.Option("--report", help="What goes wrong with the examples, what to edit.")] = False,
    no_encoder: Annotated[bool, typer.Option("--no-encoder", help="By words alone.")] = False,
) -> None:
    """What a parent would be given for a worry: one JSON line each. Labelled lines are counted on standard error."""
    if [text is not None, jsonl is not None, report].count(True) != 1 or (why and text is None):
        raise typer.BadParameter("give either a text (also with --why), --jsonl FILE or --report")
    ears = None if no_encoder else ProductEncoder.or_none()
    door = _door(ears.cache if ears else None)
    meant = ears.meant if ears else by_words_alone
    if report:
        typer.echo(report_on(door, meant), nl=False)
        return
    if why:
        _tell_why(door.matcher.why(text or "", vector=meant(text or "").get(text or "")))
        return
    lines = [{"id": None, "text": text}] if jsonl is None else list(_read_lines(jsonl))
    results = []
    for line in lines:
        words = str(line["text"])
        heard = replace(door, meant=meant(words))
        told = first_reply(heard, words, _language(line.get("lang")), line.get("area") or area)
        results.append(_as_json(line.get("id"), told))
        typer.echo(json.dumps(results[-1], ensure_ascii=False))
    if lines and all("expected" in line for line in lines):
        _count(lines, results)


def _tell_why(why: Why) -> None:
    typer.echo(f"language: {why.language}")
    for each in why.reasons:
        typer.echo(f"{each.p:5.2f}  {each.service}")
        for spoke in each.words:
            about = f"  ({', '.join(spoke.concepts)})" if spoke.concepts else ""
            typer.echo(f"       {spoke.nats:+.2f}  {spoke.word}{about}")
        if each.meaning:
            typer.echo(f"       {each.meaning:+.2f}  what it means, by the sentence encoder")
        typer.echo(f"       {each.usual:+.2f}  how often the service is needed")
        for example in each.examples:
            typer.echo(f"       like: {example}")
    for kind, sign in () if why.danger is None else zip(why.danger.kinds, why.danger.signs, strict=True):
        typer.echo(f"danger: {kind}, by {sign}")
    typer.echo(f"sounds like danger: {why.alarm:+.2f}, limit {why.limit:+.2f}")


def _read_lines(name: str) -> Iterator[dict[str, Any]]:
    text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                found = json.loads(line)
                found["text"]
            except (ValueError, KeyError, TypeError):
                _fail(f'{name}:{number}:1: not a line like {{"id": ..., "text": ...}}')
            yield found


def _as_json(line: object, told: Reply) -> dict[str, Any]:
    services = [{"id": each.id, "p": round(each.p, 4)} for each in told.match.services[:5]]
    return {
        "id": line,
        "decision": told.kind,
        "danger": told.match.danger is not None,
        "lang": told.match.language,
        "services": services,
        "ask": told.ask,
    }


def _count(lines: list[dict[str, Any]], results: list[dict[str, Any]]) -> None:
    labels = [
        Labelled(
            each.get("lang", "fi"), tuple(each["expected"]), tuple(each.get("acceptable", ())), bool(each["danger"])
        )
        for each in lines
    ]
    told = [
        Result(each["decision"], each["danger"], each["lang"], tuple(service["id"] for service in each["services"]))
        for each in results
    ]
    for name, share in accuracy(labels, told).items():
        value = "-" if share["share"] is None else f"{share['share']:.3f}"
        typer.echo(f"{name:>20}  {value}  ({share['right']} of {share['of']})", err=True)


@app.command()
def tree(
    stats: Annotated[bool, typer.Option("--stats", help="Figures of the tree.")] = False,
    as_json: AsJson = False,
    mermaid: Annotated[bool, typer.Option("--mermaid", help="The tree as a Mermaid diagram.")] = False,
    lang: Spoken = "fi",
    area: Annotated[str | None, typer.Option(help="The tree of one area.")] = None,
) -> None:
    """The whole question tree, built from the service descriptions."""
    whole = trees.build(read_knowledge(load_settings()), area)
    if mermaid:
        typer.echo(trees.mermaid(whole, _language(lang) or "fi"))
    figures = trees.stats(whole)
    if as_json:
        typer.echo(json.dumps(figures))
    elif stats or not mermaid:
        for name, value in figures.items():
            typer.echo(f"{name:>14}  {value}")


if __name__ == "__main__":
    main()
