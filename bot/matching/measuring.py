"""How right the matcher is on labelled lines: pure counting, for ``perheneuvo match``, the benchmarks and the tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict


@dataclass(frozen=True, slots=True)
class Labelled:
    """A line with what is right: ``expected`` best first (none = no worry at all), ``acceptable`` not wrong."""

    language: str
    expected: tuple[str, ...]
    acceptable: tuple[str, ...]
    danger: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a line: the ranking, and what the parent would be given."""

    decision: str
    danger: bool
    language: str
    services: tuple[str, ...]


class Share(TypedDict):
    """A part of a whole, as counts; ``share`` is None when there was nothing to count."""

    right: int
    of: int
    share: float | None


def accuracy(lines: Sequence[Labelled], results: Sequence[Result]) -> Mapping[str, Share]:
    """Shares by name.

    ``top1``: the first service is expected; ``top1_acceptable``: or acceptable; ``top3``: one of the first three is
    expected; these also by language (``top1_fi``). ``danger_recall``; ``false_alarms`` (fewer is better). ``rejected``:
    no service shown for what is no worry; ``wrongly_rejected``: a person called at once for a worry (fewer is better).
    """
    pairs = list(zip(lines, results, strict=True))
    worries = [(line, result) for line, result in pairs if line.expected]
    shares = _ranking(worries, "")
    for language in sorted({line.language for line, _ in worries}):
        shares |= _ranking([pair for pair in worries if pair[0].language == language], f"_{language}")
    shares["danger_recall"] = _share(result.danger for line, result in pairs if line.danger)
    shares["false_alarms"] = _share(result.danger for line, result in pairs if not line.danger)
    shares["rejected"] = _share(result.decision in ("ask", "person") for line, result in pairs if not line.expected)
    shares["wrongly_rejected"] = _share(result.decision == "person" for _, result in worries)
    shares["language"] = _share(line.language == result.language for line, result in pairs)
    return shares


def _ranking(pairs: Sequence[tuple[Labelled, Result]], ending: str) -> dict[str, Share]:
    return {
        f"top1{ending}": _share(bool(set(result.services[:1]) & set(line.expected)) for line, result in pairs),
        f"top1_acceptable{ending}": _share(
            bool(set(result.services[:1]) & {*line.expected, *line.acceptable}) for line, result in pairs
        ),
        f"top3{ending}": _share(bool(set(result.services[:3]) & set(line.expected)) for line, result in pairs),
    }


def _share(hits: Iterable[bool]) -> Share:
    counted = list(hits)
    right = sum(counted)
    return {"right": right, "of": len(counted), "share": right / len(counted) if counted else None}
