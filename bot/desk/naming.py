"""The ids of the knowledge in a worker's act, as whole as a button's 64 bytes could not hold them. Values only."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from bot.acts import Bring, Close, Consulting, HandOver
from bot.knowledge.model import Base
from bot.queueing.menus import unabridged

Act = TypeVar("Act")


def named(base: Base, act: Act) -> Act:
    """The same act, with whole ids; those nobody knows stay as they are, for the move to refuse."""
    units, services = base.units, base.services
    match act:
        case HandOver(unit=unit) | Bring(unit=unit) if unit:
            return replace(act, unit=unabridged(units, unit))
        case Consulting(units=asked):
            return replace(act, units=tuple(unabridged(units, each) for each in asked))
        case Close():
            guided, asked_for, belonged_to = (
                unabridged(services, each) if each else None for each in (act.guided, act.asked_for, act.belonged_to)
            )
            return replace(act, guided=guided, asked_for=asked_for, belonged_to=belonged_to)
    return act
