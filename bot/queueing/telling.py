"""What workers are told of a case, in the desk's language. Cards hold nothing the parent wrote (telegram.md)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from bot.knowledge.model import Base
from bot.messages import Button, File, StaffCard
from bot.queueing.case import Case, CaseState


def say(base: Base, key: str, **values: object) -> str:
    """A phrase in the desk's language; a refusal nobody has words for is "not possible now"."""
    phrases = base.phrases[base.settings.desk.language]
    phrase = phrases.get(key) or phrases["case.not_open"]
    return phrase.format(**values) if values else phrase


def _name(base: Base, service: str) -> str:
    found = base.services.get(service)
    return found.name.within(base.settings.desk.language) if found else service


def area(base: Base, case: Case) -> str:
    """Where she lives, as told."""
    if case.area is None or case.area not in base.areas:
        return say(base, "staff.area.unknown")
    return base.areas[case.area].name.within(base.settings.desk.language)


def need(base: Base, case: Case) -> str:
    """The kind of need: the likeliest service's name, never her words."""
    return _name(base, case.candidates[0]) if case.candidates else say(base, "staff.need.unknown")


def waited(base: Base, case: Case, now: datetime) -> str:
    """How long it has waited for a worker."""
    return passed(base, case.waiting_since or case.opened_at, now)


def passed(base: Base, since: datetime, now: datetime) -> str:
    """How long ago something was; not by the clock on the wall, which is changed twice a year."""
    minutes = int((now.astimezone(UTC) - since.astimezone(UTC)).total_seconds() // 60)
    if minutes < 1:
        return say(base, "staff.waited.now")
    if minutes < 60:
        return say(base, "staff.waited.minutes", n=minutes)
    hours = minutes // 60
    return say(base, "staff.waited.hours", n=hours) if hours < 48 else say(base, "staff.waited.days", n=hours // 24)


def kinds(base: Base, case_kinds: Iterable[str]) -> str:
    """The names of the kinds of danger."""
    language = base.settings.desk.language
    names = {kind.id: kind.name.within(language) for kind in base.dangers if kind.name is not None}
    return ", ".join(names.get(kind, kind) for kind in case_kinds)


def outcomes(base: Base) -> tuple[tuple[str, str], ...]:
    """How a case may end: ids with their names."""
    return tuple((each, words.within(base.settings.desk.language)) for each, words in base.settings.outcomes)


def known_outcome(base: Base, outcome: str) -> str:
    """The outcome's id, or the first one when this id is no longer known (an old button)."""
    ids = [each for each, _ in base.settings.outcomes]
    return outcome if outcome in ids or not ids else ids[0]


def outcome(base: Base, outcome_id: str) -> str:
    """An outcome's name."""
    return dict(outcomes(base)).get(known_outcome(base, outcome_id), outcome_id)


def card(
    base: Base, case: Case, owner: str | None, now: datetime, rows: tuple[tuple[Button, ...], ...] = (), menu: str = ""
) -> StaffCard:
    """The case as a card: number, state, language, area, kind of need, waiting time. ``menu`` is the title of the
    buttons' ``rows``, where they are not the first ones.
    """
    language = say(base, f"language.{case.language}")
    text = say(
        base,
        "staff.card",
        case=case.number,
        state=say(base, f"staff.state.{case.state}"),
        language=language,
        area=area(base, case),
        need=need(base, case),
        waited=waited(base, case, now),
    )
    lines = [say(base, "staff.card.danger", kinds=kinds(base, case.danger))] if case.danger else []
    lines.append(text)
    lines += [say(base, "staff.card.owner", worker=owner)] if owner else []
    lines += [say(base, "staff.card.phone")] if case.phone else []
    lines += [gap(base, case)] if case.any_language is not None else []
    lines += [f"▸ {menu}"] if menu else []
    topic = say(base, "staff.topic", case=case.number, language=language, area=area(base, case))[:128]
    return StaffCard(case.number, topic, "\n".join(lines), rows, closed=case.state is CaseState.CLOSED)


def gap(base: Base, case: Case) -> str:
    """Nobody there spoke her language when she came: what she said to that."""
    language = say(base, f"language.{case.language}")
    return say(base, "staff.card.gap.any" if case.any_language else "staff.card.gap.wait", language=language)


def about(base: Base, case: Case) -> str:
    """What the worker who takes the case is told: what she allowed, her answers, the nearest services, her number."""
    return "\n".join(line for line in (_said(base, case), *facts(base, case)) if line)


def facts(base: Base, case: Case) -> list[str]:
    """Her answers, the nearest services, her number, her word on the language: a line each, where known."""
    lines = []
    if case.path:
        lines.append(say(base, "staff.path", text="; ".join(_answer(base, *pair) for pair in case.path)))
    if case.candidates:
        lines.append(say(base, "staff.candidates", text=", ".join(_name(base, each) for each in case.candidates)))
    if case.phone:
        lines.append(say(base, "staff.phone", phone=case.phone))
    if case.any_language is not None:
        lines.append(gap(base, case))
    return lines


def _said(base: Base, case: Case) -> str:
    if case.said:
        return say(base, "staff.told", text="\n".join(case.said))
    if case.tells is None:
        return say(base, "staff.untold.yet")
    return say(base, "staff.untold") if not case.tells else ""


def _answer(base: Base, question: str, answer: str) -> str:
    language = base.settings.desk.language
    for each in base.questions:
        if each.id == question:
            given = next((option.text.within(language) for option in each.answers if option.id == answer), None)
            return f"{each.text.within(language)} {given or say(base, 'question.unknown')}"
    return f"{question}: {answer}"


def parent_line(base: Base, text: str, kind: str, file: File | None = None) -> str:
    """Her words as a line of the case. Of a file it is only told that there is one, and where."""
    if file is not None:
        mark = say(base, f"staff.file.{file.kind}")
        return mark if kind == "file" else f"{mark}\n{text}"
    if kind == "unreadable":
        return say(base, "staff.unreadable", kind=text)
    return say(base, "staff.edited", text=text) if kind == "edited" else text


def parent_said(base: Base, text: str, kind: str) -> str:
    """Her words as a line in the staff's room."""
    if kind == "file":
        return say(base, f"staff.file.{text}")
    return parent_line(base, text, kind) if kind != "text" else say(base, "staff.said", text=text)


def told(base: Base, case: Case, tells: bool | None, phone: str | None, danger: tuple[str, ...]) -> str | None:
    """What she has just let the desk know. Her earlier words go only to a case somebody holds."""
    if danger:
        return say(base, "staff.danger", kinds=kinds(base, danger))
    if case.state is not CaseState.CLAIMED:
        return None
    return say(base, "staff.phone", phone=phone) if phone else (_said(base, case) or None)


def desk_mark(base: Base, act: str, case: Case) -> str | None:
    """A mark in the case for what the parent did to it."""
    if act == "tell" and case.danger:
        return None
    key = {"leave": "staff.left", "reopen": "staff.reopened"}.get(act)
    return say(base, key) if key else None


def queue(base: Base, cases: tuple[Case, ...], now: datetime) -> str:
    """The open cases, in order; an empty queue says what comes next."""
    waiting = [case for case in cases if case.state is CaseState.WAITING]
    if not waiting:
        return say(base, "staff.queue.empty")
    return "\n".join([say(base, "staff.queue", n=len(waiting)), *(queue_line(base, case, now) for case in waiting)])


def queue_line(base: Base, case: Case, now: datetime) -> str:
    """One case of a list: number, language, area, kind of need, waiting time."""
    mark = "⚠️ " if case.danger else ""
    line = say(
        base,
        "staff.queue.line",
        case=case.number,
        language=case.language,
        area=area(base, case),
        need=need(base, case),
        waited=waited(base, case, now),
    )
    return mark + line
