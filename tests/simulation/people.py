"""Who comes to the desk in the simulation, and who works there: everything is drawn from one seed.

What people do is made up; the hours, the holidays and every rule of the queue are the product's own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random

from bot.knowledge.model import Language

BY_HOUR = (3, 2, 1, 1, 1, 2, 4, 8, 12, 14, 14, 13, 12, 13, 13, 13, 14, 16, 19, 22, 24, 22, 14, 7)
"""How many of a day's parents come in each hour, as weights: mornings, and evenings when the children sleep."""
WEEKEND = 0.7
DANGER = 0.03
SWEDISH = 0.06
ENGLISH = 0.04
LEAVES = 0.05
SILENT = 0.03
HANDED_OVER = 0.12


@dataclass(frozen=True)
class Comes:
    """A parent: when she comes, how many answers her matter takes, and when she looks where it is (minutes later)."""

    number: int
    at: datetime
    language: Language
    danger: bool
    answers: int
    looks: float
    leaves: float | None


@dataclass(frozen=True)
class Shift:
    """A worker's day: from, lunch, until."""

    since: time
    lunch: time
    until: time


@dataclass
class Hands:
    """A worker and what she has begun. ``row`` is her id; ``forgotten`` the cases she will not get back to."""

    name: str
    row: int
    shift: Shift
    there: bool = False
    free_at: datetime | None = None
    forgotten: set[int] = field(default_factory=set)
    said: dict[int, int] = field(default_factory=dict)


SHIFTS = {
    "Aino": Shift(time(8), time(11), time(16)),
    "Sofia": Shift(time(8), time(11, 30), time(14)),
    "Timo": Shift(time(9, 30), time(12), time(16)),
}
LUNCH = timedelta(minutes=30)


def poisson(random: Random, mean: float) -> int:
    """Knuth's way: how many exponential gaps fit."""
    limit, product, count = math.exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        count += 1
    return count


def arrivals(random: Random, first: datetime, days: int, a_day: float) -> Iterator[Comes]:
    """The parents of some days in order; ``first`` is a midnight, ``a_day`` how many on a working day."""
    number = 0
    for hour in range(days * 24):
        since = first + timedelta(hours=hour)
        share = BY_HOUR[since.hour] / sum(BY_HOUR) * (WEEKEND if since.weekday() >= 5 else 1)
        moments = sorted(random.uniform(0, 60) for _ in range(poisson(random, a_day * share)))
        for minutes in moments:
            number += 1
            yield _comes(random, number, since + timedelta(minutes=minutes))


def _comes(random: Random, number: int, at: datetime) -> Comes:
    draw = random.random()
    language: Language = "sv" if draw < SWEDISH else "en" if draw < SWEDISH + ENGLISH else "fi"
    leaves = random.uniform(30, 240) if random.random() < LEAVES else None
    answers = random.choice((1, 2, 2, 3, 4))
    return Comes(number, at, language, random.random() < DANGER, answers, random.uniform(1, 600), leaves)
