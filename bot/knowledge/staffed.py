"""What must hold, and what is doubtful, in the parts for the people behind the desk: units, on-call, replies, duties.

Pure: a base in, faults without their line and column out, as file, path, what is wrong, what to write instead.
"""

from __future__ import annotations

import string
from collections.abc import Iterator
from datetime import date

from bot.knowledge.faults import suggest
from bot.knowledge.model import GAPS, LANGUAGES, Base, Contact, Duty, OnCall, ReadyReply, Words
from bot.knowledge.reading import Path

Told = tuple[str, Path, str, str]

_EMERGENCY = "112"


def places(text: str) -> set[str] | None:
    """The {words in braces} of a text; None when a brace is broken."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return None


def duties(base: Base) -> tuple[tuple[str, Duty], ...]:
    """Each duty with its key in duties.yaml."""
    return () if base.duties is None else (("report", base.duties.report), ("lasta", base.duties.lasta))


def contacts(base: Base) -> Iterator[tuple[str, Path, Contact]]:
    """The contacts of units, of those on call and of the duties, with file and path."""
    for index, unit in enumerate(base.units.values()):
        if unit.phone is not None:
            yield "units.yaml", (index, "phone"), unit.phone
    for file, path, on_call in _on_calls(base):
        for index, contact in enumerate(on_call.phones):
            yield file, (*path, "phones", index), contact
    for name, duty in duties(base):
        for index, contact in enumerate(duty.phones):
            yield "duties.yaml", (name, "phones", index), contact


def texts(base: Base) -> Iterator[tuple[str, Path, Words]]:
    """What is said to families in workers' words, with file and path."""
    for path, reply in _replies(base):
        yield "replies.yaml", (*path, "text"), reply.text
    for file, path, on_call in _on_calls(base):
        yield file, (*path, "text"), on_call.text
    for index, sign in enumerate(base.settings.desk.closed_signs):
        yield "settings.yaml", ("desk", "closed_signs", index, "text"), sign.text


# What the product could not run with ------------------------------------------------------------------------------


def broken(base: Base) -> Iterator[Told]:
    """Organisations with two names, ready replies with unknown or unequal gaps, contacts that are no telephone."""
    yield from _organisations(base)
    yield from _named_twice(base)
    for path, reply in _replies(base):
        yield from _gaps(path, reply)
    for file, path, contact in contacts(base):
        if contact.kind != "phone":
            yield file, (*path, "kind"), f'"{contact.kind}" is no telephone', "write phone, and a number to call"


def _organisations(base: Base) -> Iterator[Told]:
    named: dict[str, tuple[str, Words]] = {}
    for index, unit in enumerate(base.units.values()):
        if unit.organisation is None:
            continue
        first, name = named.setdefault(unit.organisation.id, (unit.id, unit.organisation.name))
        if name != unit.organisation.name:
            wrong = f'the organisation "{unit.organisation.id}" has another name than at "{first}"'
            yield "units.yaml", (index, "organisation", "name"), wrong, "write the same, or give it an id of its own"


def _replies(base: Base) -> Iterator[tuple[Path, ReadyReply]]:
    for number, group in enumerate(base.replies):
        for index, reply in enumerate(group.replies):
            yield (number, "replies", index), reply


def _named_twice(base: Base) -> Iterator[Told]:
    met: set[str] = set()
    for path, reply in _replies(base):
        if reply.id in met:
            wrong = f'the reply "{reply.id}" is here a second time'
            yield "replies.yaml", (*path, "id"), wrong, "give it an id of its own"
        met.add(reply.id)


def _gaps(path: Path, reply: ReadyReply) -> Iterator[Told]:
    wanted = places(reply.text.fi)
    for language in LANGUAGES:
        found, here = places(reply.text.within(language)), (*path, "text", language)
        if found is None:
            yield "replies.yaml", here, f'a {{gap}} in "{reply.id}" is broken', "write {time} with both braces"
            continue
        for name in sorted(found - set(GAPS)):
            yield "replies.yaml", here, f'nobody fills "{{{name}}}"', suggest(name, GAPS)
        if "service" in found and not reply.card:
            yield "replies.yaml", here, "{service} stands for a service nobody picks", 'add "card: true"'
        if wanted is not None and found != wanted:
            names = " ".join(f"{{{name}}}" for name in sorted(wanted)) or "no {gaps}"
            yield "replies.yaml", here, f'"{reply.id}" has other {{gaps}} than in Finnish', f"use {names}"


# What can wait, but not long --------------------------------------------------------------------------------------


def doubtful(base: Base, today: date) -> Iterator[Told]:
    """On-call numbers without 112, texts of law compared on a day to come."""
    for file, path, on_call in _on_calls(base):
        if not any(contact.value == _EMERGENCY for contact in on_call.phones):
            yield file, (*path, "phones"), "112 is not among these", 'add 112: it is always answered ("112")'
    for name, duty in duties(base):
        if duty.checked > today:
            wrong, instead = "this day is still to come", "write the day it was last compared with its source"
            yield "duties.yaml", (name, "checked"), wrong, instead


def _on_calls(base: Base) -> Iterator[tuple[str, Path, OnCall]]:
    for index, area in enumerate(base.areas.values()):
        if area.on_call is not None:
            yield "areas.yaml", (index, "on_call"), area.on_call
    if base.settings.desk.on_call is not None:
        yield "settings.yaml", ("desk", "on_call"), base.settings.desk.on_call
