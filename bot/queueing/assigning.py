"""Who is there, and who might take a case: presence, shifts, languages, areas, services. Pure; nobody absent is named.

A worker is seen here as :class:`Hand`, so that this room need not know how workers are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.knowledge.model import Base, Hours, Language
from bot.queueing.case import Case
from bot.queueing.promising import opening

PresenceKind = Literal["on", "away", "off"]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a worker can take on, and whether she is there. Empty ``areas`` and ``services`` = any.

    ``presence`` None = she has never said; she counts as there while the desk is open, within her own ``hours`` where
    they are told. ``until``: the end of what ``presence`` says (a shift's end, back from a break); after it she is off,
    or on again if she was only away. ``private``: she has a private chat with us on the staff's channel.
    """

    languages: tuple[Language, ...] = ()
    unit: str | None = None
    areas: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    presence: PresenceKind | None = None
    until: datetime | None = None
    seen_at: datetime | None = None
    hours: Hours | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Hand:
    """One worker, as far as assigning goes. ``held`` = how many cases she has."""

    id: int
    profile: Profile = field(default_factory=Profile)
    role: str = "desk"
    held: int = 0


def is_on(profile: Profile, now: datetime, *, desk_open: bool) -> bool:
    """Whether she is there at this moment."""
    if profile.presence is None:
        return desk_open and (profile.hours is None or opening(profile.hours, now, ()).is_open)
    if profile.until is not None and profile.until <= now:
        return profile.presence == "away"
    return profile.presence == "on"


def present(hands: Iterable[Hand], now: datetime, *, desk_open: bool) -> tuple[Hand, ...]:
    """Those who are there."""
    return tuple(hand for hand in hands if is_on(hand.profile, now, desk_open=desk_open))


def speaks(hand: Hand, language: Language) -> bool:
    """Whether she serves in a language."""
    return language in hand.profile.languages


def language_gap(hands: Iterable[Hand], language: Language) -> bool:
    """Somebody is there, but nobody who speaks the parent's language; of one who has not told hers nothing is said."""
    there = tuple(hands)
    return bool(there) and all(hand.profile.languages and not speaks(hand, language) for hand in there)


def fits(base: Base, hand: Hand, case: Case) -> bool:
    """Whether her areas and services cover the case; what is not told covers all."""
    reach = base.reaches(case.area) if case.area is not None else ()
    area = not hand.profile.areas or case.area is None or bool(set(hand.profile.areas) & set(reach))
    needs = case.candidates[:3]
    service = not hand.profile.services or not needs or bool(set(hand.profile.services) & set(needs))
    return area and service


def takers(base: Base, case: Case, hands: Iterable[Hand], now: datetime, *, desk_open: bool) -> tuple[Hand, ...]:
    """Those who are there, the fittest first: who had it last, her language, what fits, then whoever holds fewest."""
    there = present(hands, now, desk_open=desk_open)

    def order(hand: Hand) -> tuple[bool, bool, bool, bool, int, int]:
        return (
            hand.id != case.last_owner,
            not speaks(hand, case.language),
            not fits(base, hand, case),
            hand.role == "network",
            hand.held,
            hand.id,
        )

    return tuple(sorted(there, key=order))


def returning_to(case: Case, hands: Iterable[Hand], now: datetime, *, desk_open: bool) -> int | None:
    """Who had a reopened case, if she is there; None = it waits in the queue, with its history.

    Only one who has said that she is on: nothing is put on somebody who may not be looking.
    """
    there = present(hands, now, desk_open=desk_open)
    return next((h.id for h in there if h.id == case.last_owner and h.profile.presence == "on"), None)


def load(cases: Iterable[Case]) -> Mapping[int, int]:
    """How many cases each worker holds."""
    held: dict[int, int] = {}
    for case in cases:
        if case.owner is not None:
            held[case.owner] = held.get(case.owner, 0) + 1
    return held
