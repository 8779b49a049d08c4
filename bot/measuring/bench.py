"""The benchmarks themselves: what is built, what it is asked, and the figures of it, as values ready for JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.conversation.turn import Door
from bot.knowledge.model import Base
from bot.measuring import scale
from bot.measuring.apart import Job, Limits, NotRun, Run, run
from bot.measuring.figures import Outcome, figures, percentile, top3_loss
from bot.measuring.lines import Line
from bot.measuring.methods import Meant, Method, by_words_alone
from bot.measuring.parent import guided, summed
from bot.measuring.subsets import COUNTS, part
from bot.measuring.typos import slipped

Tell = Callable[[str], None]
Told = dict[str, Any]
WRONG_ANSWERS = 0.1
_TIMES = 10  # how often the catalogue is multiplied for the largest size
_SCALE_LIMITS = Limits(seconds=600, gigabytes=6)


def matching(base: Base, lines: Sequence[Line], methods: Sequence[Method], tell: Tell) -> Told:
    """Every method on the lines as they are and with typos."""
    rows: list[Told] = []
    left_out: list[Told] = []
    for method in methods:
        tell(method.title)
        why, row = _matched(base, lines, method)
        if row is None:
            left_out.append({"name": method.name, "why": why})
        else:
            rows.append(row)
    known = sum(len(base.all_worries(service)) for service in base.services)
    return {
        "lines": sum(not line.needs for line in lines),
        "with_two_needs": sum(bool(line.needs) for line in lines),
        "services": len(base.services),
        "known": known,
        "digest": base.digest,
        "methods": rows,
        "left_out": left_out,
    }


def _matched(base: Base, lines: Sequence[Line], method: Method) -> tuple[str, Told | None]:
    if method.lacking is not None:
        return method.lacking, None
    wrongly_typed = [replace(line, text=slipped(line.text)) for line in lines]
    try:
        done = run(Job(method.name, base, (*lines, *wrongly_typed)), Limits())
    except NotRun as fault:
        return f"{method.title} is left out: {fault}.", None
    clean = list(zip(lines, done.outcomes[: len(lines)], strict=True))
    typed = list(zip(wrongly_typed, done.outcomes[len(lines) :], strict=True))
    found = {**figures(clean), "typo_top3": figures(typed)["top3"], "typo_loss": top3_loss(clean, typed)}
    return "", {"name": method.name, "title": method.title, **found, **_cost(done, [each for _, each in clean])}


def _cost(done: Run, outcomes: Sequence[Outcome]) -> Told:
    took = [outcome.milliseconds for outcome in outcomes]
    return {
        "ms_p50": percentile(took, 0.5),
        "ms_p99": percentile(took, 0.99),
        "build_seconds": done.build_seconds,
        "megabytes": done.megabytes,
        "most_megabytes": done.most_megabytes,
    }


# At the size of a country -----------------------------------------------------------------------------------------


def growing(base: Base, catalogue: Path | None, lines: Sequence[Line], methods: Sequence[Method], tell: Tell) -> Told:
    """Cost at the starter's size, at the catalogue's and at ten times that; names and summaries only at all three."""
    notes = [
        "Services with their Finnish names and summaries only: the starter's own, the real ones of the catalogue, and "
        "these with nine made ones of each, in which three words in ten are other services' words. own name: of 100 "
        "names, the share that finds a service of that name among three. Asked are these names and the given lines."
    ]
    sizes = [_starter(base)]
    if catalogue is None:
        notes.append("Without --catalogue FILE only the starter's own services are measured.")
    else:
        real = scale.catalogue(catalogue)
        sizes += [real, scale.varied(real, _TIMES)]
    rows = [row for entries in sizes for row in _grown(base, entries, lines, methods, tell)]
    return {"rows": rows, "notes": [*notes, *(method.lacking for method in methods if method.lacking)]}


def _starter(base: Base) -> tuple[scale.Entry, ...]:
    return tuple(scale.Entry(name, each.name.fi, each.summary.fi) for name, each in sorted(base.services.items()))


def _grown(
    base: Base, entries: Sequence[scale.Entry], lines: Sequence[Line], methods: Sequence[Method], tell: Tell
) -> Iterator[Told]:
    large, names = scale.base_of(entries, base), scale.own_names(entries)
    for method in methods:
        if method.lacking is not None:
            continue
        tell(f"{len(entries)} services: {method.title}")
        row = {"services": len(entries), "name": method.name, "title": method.title}
        try:
            done = run(Job(method.name, large, (*names, *lines)), _SCALE_LIMITS)
        except NotRun as fault:
            yield {**row, "why": str(fault)}
            continue
        own = sum(outcome.finds(line.expected, 3) for line, outcome in zip(names, done.outcomes, strict=False))
        yield {**row, "own_name": own / len(names), **_cost(done, done.outcomes)}


# Fewer worries ----------------------------------------------------------------------------------------------------


def learning(base: Base, lines: Sequence[Line], method: Method, tell: Tell) -> Told:
    """One method with fewer and more worries a service."""
    rows: list[Told] = []
    for count in COUNTS if method.lacking is None else ():
        tell(f"{method.title}: {count or 'all'} worries a service")
        smaller = part(base, count)
        try:
            done = run(Job(method.name, smaller, tuple(lines)), Limits())
        except NotRun as fault:
            tell(str(fault))
            continue
        known = sum(len(smaller.all_worries(service)) for service in smaller.services)
        rows.append(
            {"worries": count or "all", "known": known, **figures(list(zip(lines, done.outcomes, strict=True)))}
        )
    return {"lines": len(lines), "name": method.name, "title": method.title, "rows": rows}


# A played parent --------------------------------------------------------------------------------------------------


def guiding(door: Door, lines: Sequence[Line], meant: Meant = by_words_alone) -> Told:
    """A truthful parent, and one who gives a wrong answer one time in ten; all lines, and by language."""
    doors = [replace(door, meant=meant(line.text)) for line in lines]
    rows: list[Told] = []
    for parent, wrong in (("truthful", 0.0), ("one answer in ten wrong", WRONG_ANSWERS)):
        played = [(line.language, guided(her, line, wrong)) for her, line in zip(doors, lines, strict=True)]
        rows.append({"parent": parent, "language": "all", **summed([each for _, each in played])})
        for language in dict.fromkeys(spoken for spoken, _ in played):
            some = [each for spoken, each in played if spoken == language]
            rows.append({"parent": parent, "language": language, **summed(some)})
    return {"rows": rows}
