"""Ready words for a worker to send or change: replies with their gaps filled in, and service cards, in the parent's
language. Makes text only; nothing is sent from here.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.conversation.wording import Wording
from bot.knowledge.model import Base, Language
from bot.queueing.case import Case
from bot.queueing.promising import opening
from handlers.web.cases import Looking

ASK, JOINT = "duty.ask", "duty.joint"  # the duty to report: taking it up with her, and the request made together


def ready(look: Looking, case: Case, reply: str, service: str) -> str:
    """A reply and a service's card, either or both; an empty text where neither is known."""
    base, language = look.desk, case.language
    found = base.reply(reply)
    words = found.draft(language, dict(_known(look, case, service))) if found is not None else _duty(base, reply, case)
    card = _card(look, case, service) if service in base.services else ""
    return "\n\n".join(each for each in (words, card) if each)


def _duty(base: Base, reply: str, case: Case) -> str:
    if base.duties is None or reply not in (ASK, JOINT):
        return ""
    report = base.duties.report
    return (report.ask if reply == ASK else report.joint).within(case.language)


def _known(look: Looking, case: Case, service: str) -> Iterator[tuple[str, str]]:
    """What the case itself can fill in."""
    base, words = look.desk, Wording(look.desk, case.language)
    if service in base.services:
        yield "service", words.service(service)
    unit = base.units.get(case.offer.unit or "") if case.offer is not None else None
    if unit is not None:
        yield "unit", unit.name.within(case.language)
    for booking in case.bookings:
        if booking.stands and booking.picked is not None:
            yield "time", words.moment(booking.picked.astimezone(look.now.tzinfo), look.now)
            yield "place", booking.place
    state = opening(base.settings.desk.staffed(), look.now, base.holidays)
    if not state.is_open and state.changes_at is not None:
        yield "opens", words.moment(state.changes_at, look.now)
    on_call = base.on_call(case.area)
    if on_call is not None:
        yield "emergency", ", ".join(_phone(each.label.within(case.language), each.value) for each in on_call.phones)


def _phone(label: str, number: str) -> str:
    return f"{label} {number}"


def _card(look: Looking, case: Case, service: str) -> str:
    """What it is, how to begin, and where: short enough for a message."""
    found, words = look.desk.services[service], Wording(look.desk, case.language)
    language: Language = case.language
    lines = [found.name.within(language), found.summary.within(language), found.how_to_start.within(language)]
    contacts = look.desk.contacts(service, case.area)[:3]
    return "\n".join([*lines, *(f"{words.contact(each, look.now)}: {each.value}" for each in contacts)])
