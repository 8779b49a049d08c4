"""The report on the examples in plain words, for somebody who edits the knowledge. Counts nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from bot.knowledge.model import Base
from bot.measuring.lines import Line
from bot.measuring.report import Pull, Report

_PULLS_A_PAIR = 3


def told(found: Report, base: Base) -> str:
    """The whole report."""
    parts = [
        [f"{found.right} of {found.lines} worries find a right service first."],
        list(_confusions(found)),
        list(_never(found)),
        list(_pulls(found, base)),
        list(_lines("Danger that was not seen (danger.yaml: add a sign)", found.missed_danger)),
        list(_lines('Danger seen where there is none (danger.yaml: add to "unless")', found.false_alarms)),
        list(_lines("No worry, yet a service was shown (add to examples/off-topic.yaml)", found.shown_for_nothing)),
        list(_lines("A worry taken for none (add more like it to the worries)", found.turned_away)),
        [f"Services no example asks for: {', '.join(found.unasked)}."] if found.unasked else [],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _confusions(found: Report) -> Iterator[str]:
    if found.confusions:
        yield "Confusions (wanted -> given, how often):"
    for wanted, got, count in found.confusions:
        yield f"  {wanted} -> {got}  {count}"


def _never(found: Report) -> Iterator[str]:
    if found.never_found:
        yield "Services never found among three:"
    for service, count in found.never_found:
        yield f"  {service} ({_times(count)}): write worries of these kinds into worries/{service}.yaml"


def _times(count: int) -> str:
    return "1 line" if count == 1 else f"{count} lines"


def _pulls(found: Report, base: Base) -> Iterator[str]:
    if found.pulls:
        yield "What pulls to the wrong one, and what to edit:"
    in_order = sorted(found.pulls, key=lambda pull: (pull.wanted, pull.got, pull.line.id))
    for (wanted, got), pulls in groupby(in_order, key=lambda pull: (pull.wanted, pull.got)):
        yield f"  {wanted} -> {got}"
        some = list(pulls)
        for pull in some[:_PULLS_A_PAIR]:
            yield from _pull(pull)
        if len(some) > _PULLS_A_PAIR:
            yield f"    ... and {len(some) - _PULLS_A_PAIR} more"
        yield f"    Edit: {_mend(some[0], base)}"


def _pull(pull: Pull) -> Iterator[str]:
    place = "among three" if pull.among_three else "not among three"
    yield f'    {pull.line.id} "{pull.line.text}" ({place})'
    for line in pull.nearest:
        yield f'      like: "{line}"'


def _mend(pull: Pull, base: Base) -> str:
    """Where to put a hand first: a line that stands in the wrong place, or lines that are lacking."""
    there = sum(language == pull.line.language for language, _ in base.all_worries(pull.wanted))
    lack = f"worries/{pull.wanted}.yaml has {there} in {pull.line.language}; write more of this kind in your own words"
    if not pull.nearest:
        return lack
    return f'{lack}; a line "like" it that is really for {pull.wanted} belongs there, or under not_for of {pull.got}'


def _lines(title: str, lines: Iterable[Line]) -> Iterator[str]:
    listed = [f'  {line.id} "{line.text}"' for line in lines]
    if listed:
        yield f"{title}:"
    yield from listed
