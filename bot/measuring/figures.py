"""What came of the lines, counted. Pure: labelled lines and outcomes in, figures out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.matching.measuring import Labelled, Result, accuracy
from bot.measuring.lines import Line

BINS = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a method made of a line. ``decision`` and ``danger`` are None where it cannot say."""

    services: tuple[str, ...]
    p: float | None = None
    decision: str | None = None
    danger: bool | None = None
    milliseconds: float = 0.0

    def finds(self, services: Sequence[str], among: int) -> bool:
        """Whether one of these is among the first."""
        return bool(set(self.services[:among]) & set(services))


Pairs = Sequence[tuple[Line, Outcome]]


def figures(pairs: Pairs) -> dict[str, Any]:
    """Shares from 0 to 1, or None where there was nothing to count; ``by_language`` holds the same for each language.

    ``top1``, ``top3``: an expected service first, among three. ``macro``: top-1 averaged over the services that are
    expected first. ``calibration``: expected error of p of the first service, 10 bins. ``both_needs``: of lines with
    two needs, both among three. ``rejected``: no service shown for what is no worry; ``wrongly_rejected``: a person
    called for a worry at once. ``danger_recall``, ``false_alarms``: of lines with danger and without.
    """
    languages = dict.fromkeys(line.language for line, _ in pairs if not line.needs)
    return {
        **_shares(pairs),
        "by_language": {
            language: {"lines": sum(not line.needs for line, _ in some), **_shares(some)}
            for language in languages
            for some in [[pair for pair in pairs if pair[0].language == language]]
        },
    }


def _shares(pairs: Pairs) -> dict[str, float | None]:
    single = [(line, outcome) for line, outcome in pairs if line.expected]
    labels = [
        Labelled(line.language, line.expected, line.acceptable, line.danger) for line, _ in pairs if not line.needs
    ]
    results = [
        Result(outcome.decision or "", bool(outcome.danger), line.language, outcome.services)
        for line, outcome in pairs
        if not line.needs
    ]
    counted = accuracy(labels, results)
    judged = any(outcome.decision is not None for _, outcome in pairs)
    names = ("rejected", "wrongly_rejected", "danger_recall", "false_alarms")
    return {
        "top1": counted["top1"]["share"],
        "top3": counted["top3"]["share"],
        "macro": macro(single),
        "calibration": calibration_error(single),
        "both_needs": both_needs(pairs),
        **{name: counted[name]["share"] if judged else None for name in names},
    }


def macro(pairs: Pairs) -> float | None:
    """Top-1 by the service that is expected first, averaged over these services."""
    by_service: dict[str, list[bool]] = defaultdict(list)
    for line, outcome in pairs:
        by_service[line.expected[0]].append(outcome.finds(line.expected, 1))
    return _mean([sum(hits) / len(hits) for hits in by_service.values()])


def calibration_error(pairs: Pairs) -> float | None:
    """Expected calibration error (Naeini and others, 2015) of ``p`` in bins of equal width."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for line, outcome in pairs:
        if outcome.p is not None:
            bins[min(int(outcome.p * BINS), BINS - 1)].append((outcome.p, outcome.finds(line.expected, 1)))
    total = sum(map(len, bins.values()))
    gaps = (abs(sum(p for p, _ in some) - sum(hit for _, hit in some)) for some in bins.values())
    return sum(gaps) / total if total else None


def both_needs(pairs: Pairs) -> float | None:
    """Of lines with two needs, the share with both among the first three."""
    return _mean([float(set(line.needs) <= set(outcome.services[:3])) for line, outcome in pairs if line.needs])


def top3_loss(clean: Pairs, slipped: Pairs) -> float | None:
    """How much of top-3 the typos cost."""
    before, after = _shares(clean)["top3"], _shares(slipped)["top3"]
    return None if before is None or after is None else before - after


def percentile(values: Sequence[float], share: float) -> float:
    """The value under which this share lies (nearest rank). Of no values 0."""
    ordered = sorted(values)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
