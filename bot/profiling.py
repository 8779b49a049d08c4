"""What ``perheneuvo staff`` is told of a worker, read against the knowledge, and told again. Knows no store.

Raises :class:`ValueError` with one sentence that names the mend.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import ValidationError

from bot.knowledge.faults import suggest
from bot.knowledge.model import DAYS, LANGUAGES, Base, Hours, Language, Span
from bot.ports import Worker
from bot.queueing.assigning import Profile, is_on

NOTHING = "-"  # what takes a told thing away again
_HOURS = 'write each day once, such as "mon-fri 8-16, sat 10-12 13-15"'


@dataclass(frozen=True, slots=True)
class Told:
    """The options as typed. None or empty = not told, :data:`NOTHING` = any, or none."""

    languages: tuple[str, ...] = ()
    unit: str | None = None
    areas: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    hours: str | None = None


def profiled(told: Told, before: Profile, base: Base) -> Profile:
    """What a worker takes on, with what is told in place of what was."""
    return replace(
        before,
        languages=languages(told.languages) or before.languages,
        unit=_one(told.unit, before.unit, base.units),
        areas=_several("area", told.areas, before.areas, base.areas),
        services=_several("service", told.services, before.services, base.services),
        hours=before.hours if told.hours is None else read_hours(told.hours),
    )


def languages(told: Collection[str]) -> tuple[Language, ...]:
    """The languages of these codes, each once, as told."""
    known = {str(each): each for each in LANGUAGES}
    unknown = next((each for each in told if each not in known), None)
    if unknown is not None:
        raise ValueError(f"there is no language {unknown}; write fi, sv or en")
    return tuple(known[each] for each in dict.fromkeys(told))


def _one(told: str | None, before: str | None, known: Collection[str]) -> str | None:
    return before if told is None else next(iter(_several("unit", (told,), (), known)), None)


def _several(kind: str, told: tuple[str, ...], before: tuple[str, ...], known: Collection[str]) -> tuple[str, ...]:
    if not told:
        return before
    if NOTHING in told:
        return ()
    unknown = next((each for each in told if each not in known), None)
    if unknown is not None:
        raise ValueError(f'there is no {kind} "{unknown}"; {suggest(unknown, known)}')
    return tuple(dict.fromkeys(told))


# Hours ------------------------------------------------------------------------------------------------------------


def read_hours(told: str) -> Hours | None:
    """``mon-fri 8-16, sat 10-12 13-15`` as hours; :data:`NOTHING` as none."""
    if told.strip() == NOTHING:
        return None
    parts = [part.split() for part in told.split(",")]
    week = {days: spans for days, *spans in filter(None, parts)}
    if len(week) < len(parts) or not all(week.values()):
        raise ValueError(f'"{told}" tells no hours; {_HOURS}')
    try:
        return Hours.model_validate({"week": week})
    except ValidationError as fault:
        wrong = fault.errors(include_url=False)[0].get("ctx", {}).get("error", _HOURS)
        raise ValueError(f'"{told}" tells no hours; {wrong}') from fault


def told_hours(hours: Hours) -> str:
    """The hours as they are typed, days with the same times together."""
    runs: list[tuple[list[str], tuple[Span, ...]]] = []
    for day in DAYS:
        spans = tuple(hours.week.get(day, ()))
        if runs and runs[-1][1] == spans:
            runs[-1][0].append(day)
        else:
            runs.append(([day], spans))
    return ", ".join(f"{_days(days)} {' '.join(map(_span, spans))}" for days, spans in runs if spans)


def _days(days: list[str]) -> str:
    return days[0] if len(days) == 1 else f"{days[0]}-{days[-1]}"


def _span(span: Span) -> str:
    return f"{span.since.hour}:{span.since:%M}-{span.until.hour or 24}:{span.until:%M}"


# A line of the list -----------------------------------------------------------------------------------------------


def line(worker: Worker, now: datetime) -> str:
    """One worker in one line: what she is, how she is reached, whether she is there, what she takes on."""
    profile = worker.profile
    told = {
        "unit": profile.unit or "",
        "areas": ", ".join(profile.areas),
        "services": ", ".join(profile.services),
        "hours": told_hours(profile.hours) if profile.hours is not None else "",
    }
    reached = "Telegram and web" if worker.telegram else "web"
    there = presence(profile, now) if worker.active else "(removed)"
    parts = [worker.name, worker.role, ", ".join(worker.languages), reached, there]
    return "  ".join([*parts, *(f"{name}: {value}" for name, value in told.items() if value)])


def presence(profile: Profile, now: datetime) -> str:
    """Whether she is there, and until when that holds."""
    if profile.presence is None:
        return "by her hours" if profile.hours is not None else "by the desk's hours"
    if profile.until is None or profile.until <= now:
        return profile.presence if profile.until is None else ("on" if is_on(profile, now, desk_open=True) else "off")
    return f"{profile.presence} until {profile.until:%H:%M}"
