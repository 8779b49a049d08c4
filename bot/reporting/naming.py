"""The report in words: names of tables and rows in one language. Pure."""

from __future__ import annotations

from bot.conversation.wording import Wording
from bot.reporting.counting import DOOR, NONE, OPEN, OTHER, UNKNOWN
from bot.reporting.hiding import FEW, Cell, Hidden
from bot.reporting.report import UNMET_OUTCOME

_PLAIN = (UNKNOWN, OTHER, OPEN, NONE)


def named(words: Wording, table: str, key: str) -> str:
    """A row's name; the id where the knowledge has it no more."""
    if table == "unmet":
        table = "outcome" if key == UNMET_OUTCOME else "theme"
    if table == "theme" and key == UNKNOWN:
        return words("report.row.no-service")
    if key in _PLAIN:
        return words(f"report.row.{key}")
    match table:
        case "theme":
            return _about(words, key)
        case "service":
            return words.service(key)
        case "area":
            return words.area(key) or key
        case "language":
            return words(f"language.{key}")
        case "hour":
            return f"{key}–{int(key) + 1}"
        case "weekday":
            return words(f"day.{key}")
        case "wrong_door":
            return " → ".join(words.service(each) for each in key.split(DOOR))
        case "outcome":
            return _outcome(words, key)
    return words(f"report.row.{key}")


def _about(words: Wording, key: str) -> str:
    answers = (answer for each in words.base.questions if each.id == "about" for answer in each.answers)
    return next((answer.text.within(words.language) for answer in answers if answer.id == key), key)


def _outcome(words: Wording, key: str) -> str:
    return next((name.within(words.language) for each, name in words.base.settings.outcomes if each == key), key)


def counted(cell: Cell) -> str:
    """A count, ``< 5``, or a dash for what would give such a count away."""
    if cell.count is not None:
        return str(cell.count)
    return f"< {FEW}" if cell.hidden is Hidden.FEW else "–"


def percent(share: float | None) -> str:
    """A whole percentage, or nothing."""
    return "" if share is None else f"{100 * share:.0f} %"
