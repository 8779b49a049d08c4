"""What the parent hears of what workers do with her matter: each as a :class:`Say` in her language. Decides nothing.

Times are shown in the knowledge's zone, units by their names, the workers as the desk calls them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.conversation.screens import Row, Screens
from bot.conversation.states import Conversation, Stage
from bot.conversation.turn import Door, Moment, Turn
from bot.knowledge.model import Contact
from bot.messages import Button, Part, PartKind, Say
from bot.queueing.case import Case, CaseState
from bot.queueing.values import Booking, Offer, TeamItem


def _text(text: str) -> Part:
    return Part(PartKind.TEXT, text)


def _yes_no(screens: Screens, case: Case, item: int) -> Row:
    ref = f"ok:{case.number}.{item}"
    return (Button(screens.words("button.yes"), f"{ref}:yes"), Button(screens.words("button.no"), f"{ref}:no"))


def standing(conversation: Conversation, case: Case) -> Conversation:
    """The conversation where the case is now: a worker has it, it waits, or it has ended. What she was being asked
    goes on.
    """
    if case.state is CaseState.CLOSED:
        over = conversation.stage in (Stage.WAITING, Stage.HELD)
        return replace(conversation, stage=Stage.ENDED, past=(), worries=()) if over else conversation
    asked = conversation.stage in (Stage.CONSENT, Stage.REACH, Stage.PHONE)
    held = case.state is CaseState.CLAIMED
    if conversation.stage in (Stage.WAITING, Stage.HELD, Stage.ENDED) or (held and asked):
        return replace(conversation, stage=Stage.HELD if held else Stage.WAITING)
    return conversation


def unit_name(screens: Screens, unit: str | None) -> str:
    """A unit's name in her language."""
    found = screens.base.units.get(unit or "")
    return found.name.within(screens.words.language) if found else screens.words("care.colleague")


def line(door: Door, conversation: Conversation, moment: Moment, key: str, **values: object) -> Turn:
    """One phrase, and the conversation where the case is now."""
    now = standing(conversation, moment.case) if moment.case is not None else conversation
    return Turn(now, (Screens(door, now, moment).line(key, **values),))


def offered(screens: Screens, case: Case, made: Offer) -> Say:
    """Who is asked to take it on; where that is another organisation, whether they may."""
    taker = unit_name(screens, made.unit)
    if not made.asks_consent:
        return screens.say([_text(screens.words("care.offer", unit=taker))])
    parts = [_text(screens.words("care.offer.ask", unit=taker)), Part(PartKind.FINE, screens.words("care.offer.fine"))]
    return screens.say(parts, (_yes_no(screens, case, made.id),))


def brought(screens: Screens, case: Case, item: TeamItem) -> Say:
    """May the early-support team speak of it?"""
    day = screens.words.day(item.on)
    parts = [_text(screens.words("care.team.ask", team=unit_name(screens, item.unit), day=day))]
    return screens.say(parts, (_yes_no(screens, case, item.id),))


def team_said(screens: Screens, item: TeamItem) -> Say:
    """What the team came to."""
    parts = [_text(screens.words("care.team.said", team=unit_name(screens, item.unit)))]
    return screens.say([*parts, Part(PartKind.QUOTE, item.outcome or "")])


def plan(screens: Screens, case: Case, key: str, names: Iterable[tuple[int, str]] = ()) -> Say:
    """The plan and its open tasks, with a place for her own word."""
    if case.plan is None:
        raise ValueError("there is no plan")
    known = dict(names)
    parts = [Part(PartKind.HEADING, screens.words(key)), _text(case.plan.text)]
    for task in case.plan.tasks:
        who = screens.words("care.family") if task.worker is None else known.get(task.worker, screens.words("care.us"))
        until = f" ({screens.words.day(task.until)})" if task.until else ""
        parts.append(_text(f"{'✓' if task.done_at else '–'} {who}: {task.text}{until}"))
    open_still = case.state is not CaseState.CLOSED
    row = (Button(screens.words("button.comment"), f"plan:{case.number}:comment"),)
    return screens.say(parts, (row,) if open_still else ())


def times(screens: Screens, case: Case, booking: Booking) -> Say:
    """Times to choose from, and "none of these fits"."""
    key = "care.time.ask.place" if booking.place else "care.time.ask"
    ref = f"time:{case.number}.{booking.id}"
    rows = [(Button(when(screens, each), f"{ref}:{place}"),) for place, each in enumerate(booking.times)]
    rows.append((Button(screens.words("button.time.none"), f"{ref}:none"),))
    return screens.say([_text(screens.words(key, place=booking.place))], tuple(rows))


def when(screens: Screens, moment: datetime) -> str:
    """A moment in words, as far off as it is."""
    return screens.words.moment(moment, screens.now)


def booked(screens: Screens, case: Case, booking: Booking, key: str) -> Say:
    """A time that holds, with the ways to cancel or move it."""
    if booking.picked is None:
        raise ValueError("no time was picked")
    ref = f"time:{case.number}.{booking.id}"
    row = (
        Button(screens.words("button.time.move"), f"{ref}:move"),
        Button(screens.words("button.time.cancel"), f"{ref}:cancel"),
    )
    said = screens.words(key, time=when(screens, booking.picked))
    place = [_text(booking.place)] if booking.place else []
    return screens.say([_text(said), *place], (row,))


def did_help(screens: Screens, case: Case) -> Say:
    """One short question, and the way to be asked no more."""
    ref = f"did:{case.number}"
    row = (
        Button(screens.words("button.did.yes"), f"{ref}:yes"),
        Button(screens.words("button.did.notyet"), f"{ref}:notyet"),
    )
    stop = (Button(screens.words("button.did.stop"), f"{ref}:stop"),)
    return screens.say([_text(screens.words("care.did", case=case.number))], (row, stop))


def on_call(screens: Screens, case: Case) -> Say:
    """Nobody could answer yet: who can in her area now. The case stays where it is."""
    found = screens.base.on_call(case.area)
    if found is None:
        return screens.line("care.late")
    parts = [_text(screens.words("care.late")), _text(found.text.within(screens.words.language))]
    return screens.say([*parts, *(_phone(screens, each) for each in found.phones)])


def _phone(screens: Screens, contact: Contact) -> Part:
    return Part(PartKind.PHONE, screens.words.contact(contact, screens.now), contact.value)
