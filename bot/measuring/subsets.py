"""The same knowledge with fewer worries a service, for the learning curve. Seeded; smaller parts lie in larger ones."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

from bot.knowledge.model import LANGUAGES, Base, Language, Lines

COUNTS: tuple[int | None, ...] = (6, 12, 24, 48, 96, None)  # None: all there are


def part(base: Base, count: int | None, seed: int = 1) -> Base:
    """The base with so many worries a service, its languages in proportion; nothing else that is spoken is left.

    What sounds alike but belongs elsewhere (``not_for``) goes too, for it is worries, and so do stories. None leaves
    the base as it is.
    """
    if count is None:
        return base
    services = {
        name: service.model_copy(update={"worries": _some(base, name, count, seed), "not_for": ()})
        for name, service in base.services.items()
    }
    return replace(base, services=services, worries={}, examples=base.measures)


def _some(base: Base, service: str, count: int, seed: int) -> Lines:
    by_language: dict[Language, list[str]] = {language: [] for language in LANGUAGES}
    for language, line in base.all_worries(service):
        by_language[language].append(line)
    for language, lines in by_language.items():
        random.Random(f"{seed} {service} {language}").shuffle(lines)  # noqa: S311  # a sample, not a secret
    shares = shared(count, {language: len(lines) for language, lines in by_language.items()})
    return Lines(**{language: tuple(by_language[language][: shares[language]]) for language in LANGUAGES})


def shared(count: int, there: Mapping[Language, int]) -> dict[Language, int]:
    """``count`` divided in proportion to what there is, by largest remainder; never more than there is."""
    total = sum(there.values())
    if count >= total:
        return dict(there)
    exact = {language: count * number / total for language, number in there.items()}
    given = {language: int(share) for language, share in exact.items()}
    by_remainder = sorted(exact, key=lambda language: given[language] - exact[language])
    for language in by_remainder[: count - sum(given.values())]:
        given[language] += 1
    return given
