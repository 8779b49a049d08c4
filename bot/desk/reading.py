"""Times in a worker's words -> the act they are part of. Values in, values out; what cannot be read is refused.

Read are ``24.11. 14:00`` (also with a year, and ``klo``), ``24.11.``, ``14:00``, ``14``, ``+60`` (minutes) and ``+1d``
(the next days at nine). Local time; a day long past is next year's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from bot.acts import AddTask, CaseMove, Presence, Propose, Snooze, Written
from bot.ports import Worker
from bot.queueing.case import NotAllowed

_DAY = r"(\d{1,2})\.(\d{1,2})\.(\d{4})?"
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?"
_MOMENT = re.compile(_DAY + r"\s*(?:klo|kl\.?|at)?\s*(\d{1,2})[:.](\d{2})\b")
_LAST_DAY = re.compile(r"[\s,]*" + _DAY + r"\s*\Z")
_HOUR = re.compile(r"(?:klo|kl\.?)?\s*" + _CLOCK + r"\s*\Z")
_AHEAD = re.compile(r"\+(\d{1,5})(d?)\Z")
_MORNING = 9
_BETWEEN = re.compile(r"[\s,;]*\0[\s,;]*(?:(?:tai|eller|or)\b[\s,;]*)?")  # around each time found
_LONG_PAST = timedelta(days=180)


def meant(said: Written, now: datetime, colleagues: Mapping[int, Worker]) -> CaseMove | Presence:
    """The act. Raises NotAllowed when the time cannot be read."""
    match said.move:
        case "propose":
            return _proposed(said.text, now)
        case "task":
            return _task(said.text, now, colleagues)
        case "snooze":
            return Snooze(_moment(said.text, now))
        case "on" | "away" as presence:
            return Presence(presence, _moment(said.text, now))


def _proposed(text: str, now: datetime) -> Propose:
    """Every moment in it; the rest is the place."""
    times = tuple(_at(found, now) for found in _MOMENT.finditer(text))
    if not times:
        raise NotAllowed("case.time_unread")
    place = _BETWEEN.sub(" ", _MOMENT.sub("\0", text))
    return Propose(times, " ".join(place.split()))


def _task(text: str, now: datetime, colleagues: Mapping[int, Worker]) -> AddTask:
    """``Name: what she does 1.12.``; without a colleague's name it is the family's."""
    found = _LAST_DAY.search(text)
    until = _day(found, now) if found else None
    what = text[: found.start()].strip() if found else text.strip()
    name, colon, rest = what.partition(":")
    who = next((each.id for each in colleagues.values() if each.name.lower() == name.strip().lower()), None)
    if who is not None and colon:
        what = rest.strip()
    if not what:
        raise NotAllowed("case.words_needed")
    return AddTask(what, who if colon else None, until)


def _moment(text: str, now: datetime) -> datetime:
    text = text.strip().lower()
    found = _MOMENT.match(text)
    if found:
        return _at(found, now)
    ahead, hour, day = _AHEAD.match(text), _HOUR.match(text), _LAST_DAY.match(text)
    if ahead and not ahead[2]:
        return (now.astimezone(UTC) + timedelta(minutes=int(ahead[1]))).astimezone(now.tzinfo)
    if ahead or day:
        on = now.date() + timedelta(days=int(ahead[1])) if ahead else _day(day, now)
        return _made(on, _MORNING, 0, now)
    if hour:
        return _made(now.date(), int(hour[1]), int(hour[2] or 0), now)
    raise NotAllowed("case.time_unread")


def _at(found: re.Match[str], now: datetime) -> datetime:
    return _made(_day(found, now), int(found[4]), int(found[5]), now)


def _day(found: re.Match[str] | None, now: datetime) -> date:
    try:
        day, month, year = int(found[1]), int(found[2]), found[3]  # type: ignore[index]  # caught below
        on = date(int(year) if year else now.year, month, day)
        if not year and now.date() - on > _LONG_PAST:
            on = date(now.year + 1, month, day)
    except (ValueError, TypeError):
        raise NotAllowed("case.time_unread") from None
    return on


def _made(on: date, hour: int, minute: int, now: datetime) -> datetime:
    try:
        return datetime(on.year, on.month, on.day, hour, minute, tzinfo=now.tzinfo)
    except ValueError:
        raise NotAllowed("case.time_unread") from None
