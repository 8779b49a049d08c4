"""What a worker may choose from on a case's page: units, colleagues, services, ready replies, outcomes. Names only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.knowledge.model import Base
from bot.ports import Worker
from bot.queueing import telling
from bot.queueing.assigning import is_on
from handlers.web.cases import Looking
from handlers.web.sights import Sight

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """Pairs of an id and a name. ``near`` are units that serve the case's area; ``there`` the colleagues at work now.

    ``replies`` are groups of ready replies; ``teams`` early-support teams with their next meeting's day.
    """

    near: Pairs
    units: Pairs
    there: Pairs
    away: Pairs
    services: Pairs
    likely: Pairs
    replies: tuple[tuple[str, Pairs], ...]
    outcomes: Pairs
    teams: tuple[tuple[str, str, date], ...]


def choices(look: Looking, seen: Sight, *, desk_open: bool) -> Choices:
    """For a case that is hers."""
    base, language = look.base, look.worker.language
    near = {unit.id for unit in base.serving(None, seen.area) if seen.area is not None}
    units = _sorted((unit.id, unit.name.within(language)) for unit in base.units.values())
    there = [each for each in seen.colleagues if is_on(each.profile, look.now, desk_open=desk_open)]
    likely = seen.case.candidates[:5] if seen.case is not None else ()
    services = _sorted((service.id, service.name.within(language)) for service in base.services.values())
    names = dict(services)
    return Choices(
        tuple(each for each in units if each[0] in near),
        tuple(each for each in units if each[0] not in near),
        tuple(_worker(base, each) for each in there),
        tuple(_worker(base, each) for each in seen.colleagues if each not in there),
        services,
        tuple((each, names[each]) for each in likely if each in names),
        tuple(_replies(base)),
        telling.outcomes(base),
        tuple(_teams(look)),
    )


def _sorted(pairs: Iterator[tuple[str, str]]) -> Pairs:
    return tuple(sorted(pairs, key=lambda pair: pair[1].casefold()))


def _worker(base: Base, worker: Worker) -> tuple[str, str]:
    unit = base.units.get(worker.profile.unit or "")
    place = f" ({unit.name.within(base.settings.desk.language)})" if unit is not None else ""
    return str(worker.id), f"{worker.name}{place}"


def _replies(base: Base) -> Iterator[tuple[str, Pairs]]:
    desk = base.settings.desk.language
    for group in base.replies:
        yield group.title.within(desk), tuple((each.id, each.title.within(desk)) for each in group.replies)


def _teams(look: Looking) -> Iterator[tuple[str, str, date]]:
    for unit in look.base.units.values():
        if unit.team is not None:
            yield unit.id, unit.name.within(look.worker.language), unit.team.next_meeting(look.now).date()
