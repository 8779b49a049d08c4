"""The network as a worker sees it: the units, who works there, who is there now, what they take. No case's words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.conversation.turn import Door
from bot.desk.looking import desk_open
from bot.knowledge.model import Unit
from bot.ports import UnitOfWork, Worker
from bot.queueing.assigning import is_on
from bot.queueing.case import CaseState
from bot.queueing.promising import opening
from handlers.web.board import Asked, asked_of
from handlers.web.cases import Looking


@dataclass(frozen=True, slots=True)
class Person:
    """One worker: her languages and services by name, whether she is there, how many cases she has."""

    name: str
    role: str
    languages: str
    takes: str
    presence: str
    held: int


@dataclass(frozen=True, slots=True)
class Place:
    """One unit with its people."""

    name: str
    organisation: str
    areas: str
    services: str
    languages: str
    hours: str
    phone: str
    how: str
    team: str
    example: bool
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """``desk`` are the workers of no unit; ``asked`` the questions that wait for her."""

    desk: tuple[Person, ...]
    places: tuple[Place, ...]
    asked: tuple[Asked, ...]


async def network(work: UnitOfWork, door: Door, look: Looking) -> Network:
    """All of it, the units with people first."""
    opened, is_open = await work.open_cases(), desk_open(door, look.now)
    people: dict[str | None, list[Person]] = {}
    for worker in look.people:
        if worker.active:
            held = sum(each.owner == worker.id for each in opened if each.state is CaseState.CLAIMED)
            unit = worker.profile.unit if worker.profile.unit in look.desk.units else None
            people.setdefault(unit, []).append(_person(look, worker, held, is_open=is_open))
    places = [_place(look, unit, people.get(unit.id, ())) for unit in look.desk.units.values()]
    places.sort(key=lambda place: (not place.people, place.name.casefold()))
    questions = tuple(each for each in asked_of(look, opened) if each.kind == "question")
    return Network(tuple(people.get(None, ())), tuple(places), questions)


def _person(look: Looking, worker: Worker, held: int, *, is_open: bool) -> Person:
    words, profile = look.words, worker.profile
    return Person(
        worker.name,
        worker.role,
        ", ".join(words(f"language.{each}") for each in worker.languages),
        _takes(look, profile.services, profile.areas),
        presence_of(look, worker, is_open=is_open),
        held,
    )


def presence_of(look: Looking, worker: Worker, *, is_open: bool) -> str:
    """``on``, ``away``, ``off``; ``open`` = she has never said, and counts as there while the desk is open."""
    profile = worker.profile
    if is_on(profile, look.now, desk_open=is_open):
        return "open" if profile.presence is None else "on"
    return "away" if profile.presence == "away" else "off"


def _takes(look: Looking, services: Iterable[str], areas: Iterable[str]) -> str:
    named = [look.words.service(each) for each in services]
    named += [look.words.area(each) or each for each in areas]
    return ", ".join(named)


def _place(look: Looking, unit: Unit, people: Iterable[Person]) -> Place:
    language, words = look.worker.language, look.words
    phone = f"{unit.phone.label.within(language)} {unit.phone.value}" if unit.phone is not None else ""
    return Place(
        unit.name.within(language),
        unit.organisation.name.within(language) if unit.organisation is not None else "",
        ", ".join(words.area(each) or each for each in unit.areas),
        ", ".join(words.service(each) for each in unit.services),
        ", ".join(words(f"language.{each}") for each in unit.languages),
        words.opening(opening(unit.hours, look.now, look.desk.holidays), look.now) if unit.hours is not None else "",
        phone,
        unit.network.within(language) if unit.network is not None else "",
        _team(look, unit),
        unit.example,
        tuple(people),
    )


def _team(look: Looking, unit: Unit) -> str:
    if unit.team is None:
        return ""
    when = look.words.moment(unit.team.next_meeting(look.now), look.now)
    return f"{when}, {unit.team.place.within(look.worker.language)}"
