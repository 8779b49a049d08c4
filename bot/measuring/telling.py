"""Figures as tables, for a terminal and for Markdown. Counts nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Cell = str | float | int | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with what is said above and below it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


def cell(value: Cell) -> str:
    """A value as it is written: shares with two decimals, nothing to count as a dash."""
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.2f}" if abs(value) < 10 else f"{value:.0f}"
    return str(value)


def as_text(table: Table) -> str:
    """For a terminal: columns as wide as they need."""
    rows = [table.columns, *([cell(value) for value in row] for row in table.rows)]
    wide = [max(len(row[place]) for row in rows) for place in range(len(table.columns))]
    lines = ["  ".join(value.ljust(width) for value, width in zip(row, wide, strict=True)).rstrip() for row in rows]
    return "\n".join([table.title, "", *lines, *(["", *table.notes] if table.notes else []), ""])


def as_markdown(table: Table) -> str:
    """For a document."""
    rows = [table.columns, ["---"] * len(table.columns), *([cell(value) for value in row] for row in table.rows)]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    notes = [line for note in table.notes for line in ("", note)]
    return "\n".join([f"## {table.title}", "", *lines, *notes, ""])


COLUMNS = ("top1", "top3", "macro", "both_needs", "rejected", "wrongly_rejected", "danger_recall", "false_alarms")
_HEADS = ("first", "in three", "macro", "both needs", "rejected", "wrongly", "danger", "false alarm")


def accuracy(told: Mapping[str, Any]) -> Table:
    """What each method finds, and what it says no to."""
    rows = tuple(
        (row["title"], *(row[name] for name in COLUMNS), row["calibration"], row["typo_loss"])
        for row in told["methods"]
    )
    notes = (
        "first: an expected service first; in three: among three; macro: first, averaged over services; both needs: "
        "of worries about two things, both among three; rejected: no service shown for what is no worry; wrongly: a "
        "person called at once for a worry; danger, false alarm: danger found where there is some, and where there is "
        "none; p off: expected calibration error of p of the first service; typos: loss in three by one typo in every "
        "word of four letters or more.",
        *(str(left["why"]) for left in told["left_out"]),
    )
    title = f"Matching: {told['lines']} lines of {told['file']}, {told['services']} services, {told['known']} worries"
    return Table(title, ("method", *_HEADS, "p off", "typos"), rows, notes)


def languages(told: Mapping[str, Any]) -> Table:
    """First / among three, by language."""
    spoken = list(told["methods"][0]["by_language"]) if told["methods"] else []
    rows = tuple(
        (row["title"], *(f"{cell(by['top1'])} / {cell(by['top3'])}" for by in row["by_language"].values()))
        for row in told["methods"]
    )
    return Table("By language, as written (first / in three)", ("method", *spoken), rows)


def costs(told: Mapping[str, Any]) -> Table:
    """Time and memory of each method."""
    rows = tuple(
        (row["title"], row["ms_p50"], row["ms_p99"], row["build_seconds"], row["megabytes"], row["most_megabytes"])
        for row in told["methods"]
    )
    machine = told["machine"]
    note = (
        "Each in a process of its own: its memory grows by what it imports and keeps; at most, while it is built. "
        f"Python {machine['python']}, {machine['system']}, {machine['cores']} cores."
    )
    return Table("Cost", ("method", "ms p50", "ms p99", "build s", "MB kept", "MB at most"), rows, (note,))


def scale(told: Mapping[str, Any]) -> Table:
    """Cost by the number of services."""
    rows = tuple(
        (row["services"], row["title"], row.get("why") or "", *(row.get(name) for name in _SCALED))
        for row in told["rows"]
    )
    columns = ("services", "method", "", "own name", "ms p50", "ms p99", "build s", "MB kept", "MB at most")
    return Table("Growth", columns, rows, tuple(told["notes"]))


_SCALED = ("own_name", "ms_p50", "ms_p99", "build_seconds", "megabytes", "most_megabytes")


def learning(told: Mapping[str, Any]) -> Table:
    """First and among three by the number of worries a service."""
    rows = tuple((row["worries"], row["known"], row["top1"], row["top3"], row["macro"]) for row in told["rows"])
    title = f"Learning curve: {told['title']}, {told['lines']} lines of {told['file']}"
    note = (
        "Worries a service drawn with a fixed seed, languages in proportion; the smaller lots lie in the larger ones."
    )
    return Table(title, ("worries a service", "in all", "first", "in three", "macro"), rows, (note,))


def guiding(told: Mapping[str, Any]) -> Table:
    """How a played parent fares."""
    names = ("lines", "messages", "spent", "at_once", "found", "person", "gave_up")
    rows = tuple((row["parent"], row["language"], *(row[name] for name in names)) for row in told["rows"])
    note = (
        "She types her worry and taps truthfully by the facets of the service expected first, refusing what is not "
        "hers. messages: hers until an expected service is shown, where one is; spent: over all lines; at once: after "
        "the first message; person: a person was called or offered instead."
    )
    heads = ("parent", "language", "lines", "messages", "spent", "at once", "found", "person", "gave up")
    return Table(f"A played parent: {told['file']}", heads, rows, (note,))


def starting(told: Mapping[str, Any]) -> Table:
    """How long a start takes."""
    rows: Sequence[tuple[Cell, ...]] = [(row["when"], row["seconds"], row["megabytes"]) for row in told["rows"]]
    note = "perheneuvo run until it is ready: for the first time, once more, and after one worry was added."
    return Table("Starting", ("start", "seconds", "MB"), tuple(rows), (note,))
