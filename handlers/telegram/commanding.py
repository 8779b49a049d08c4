"""What workers write to the desk: commands, and replies to the desk's questions -> acts. Pure; decides nothing.

A case is named by its number (``/claim 12``), where words follow by ``#12``, else by the place it is said in. A reply
to a question of the desk carries no command: the question's last line is the code of what it was about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.acts import (
    Accept,
    Advise,
    Ask,
    Claim,
    Close,
    Consulting,
    Correct,
    Decline,
    HandOver,
    Merge,
    Note,
    Presence,
    Release,
    SaveDraft,
    Snooze,
    StepOut,
    TakeOver,
    TaskDone,
    TeamOutcome,
    Withdraw,
    WritePlan,
    Written,
)
from bot.messages import WorkerMessage
from handlers.telegram.vocabulary import SLASH

MARK = "↩ "  # before the code of a question, in its last line

HELP = Ask("help")
Spoken = tuple[WorkerMessage, int | None]
"""An act and the case it names."""

_ASKS: Mapping[str, str] = {
    **dict.fromkeys(("queue", "jono"), "queue"),
    **dict.fromkeys(("mine", "omat", "mina"), "mine"),
    **dict.fromkeys(("case", "asia", "arende"), "case"),
}

_BARE: Mapping[str, Callable[[], WorkerMessage]] = {
    "claim": Claim,
    "release": Release,
    "accept": Accept,
    "withdraw": Withdraw,
    "leave": StepOut,
    "wake": lambda: Snooze(None),
}

# Commands of words, and what a question's code may ask for (with what was chosen before it).
_WORDS: Mapping[str, Callable[[str], WorkerMessage]] = {
    "note": Note,
    "draft": SaveDraft,
    "correct": Correct,
    "consult": Consulting,
    "plan": WritePlan,
    "outcome": TeamOutcome,
    "take": TakeOver,
    "decline": Decline,
    "time": lambda text: Written("propose", text),
    "task": lambda text: Written("task", text),
    "snooze": lambda text: Written("snooze", text),
}

_PRESENT: Mapping[str, Callable[[str], WorkerMessage]] = {
    "on": lambda text: Written("on", text) if text else Presence("on"),
    "away": lambda text: Written("away", text) if text else Presence("away"),
    "off": lambda text: Presence("off"),
}

_OWN_HELP = frozenset({"help", "ohje"})
STAFF_COMMANDS = frozenset({*_ASKS, *_BARE, *_WORDS, *_PRESENT, *_OWN_HELP, "close", "advise", "done", "merge"})


def command_of(words: str) -> str:
    """The command's name, without its slash; empty when it is none."""
    found = SLASH.match(words)
    return found[1].lower() if found else ""


def commanded(words: str) -> Spoken:
    """What a command of a worker means. A slash word that is not ours must never travel to a parent: it asks for
    help.
    """
    found = SLASH.match(words)
    if not found:
        return HELP, None
    name, rest = found[1].lower(), (found[2] or "").strip()
    if name in _PRESENT:
        return _PRESENT[name](rest), None
    if name in _WORDS:
        case, text = _hashed(rest)
        return _WORDS[name](text), case
    return _named(name, rest)


def _named(name: str, whole: str) -> Spoken:
    case, rest = _numbered(whole)
    if name in _ASKS:
        return Ask(_ASKS[name]), case
    if name in _BARE:
        return _BARE[name](), case
    if name == "close" and rest:
        return Close(rest.split()[0].lower()), case
    if name in ("advise", "done", "merge"):
        return _about(name, whole)
    return HELP, None


def _about(name: str, whole: str) -> Spoken:
    """Those whose number is not a case's but of something within one, told by its place or by ``#``."""
    case, whole = _hashed(whole)
    number, rest = _numbered(whole)
    if number is None:
        return HELP, None
    match name:
        case "advise" if rest:
            return Advise(number, rest), case
        case "done":
            return TaskDone(number), case
        case "merge":
            return Merge(number), case
    return HELP, None


def replied(question: str, text: str) -> Spoken | None:
    """What the reply to a question of the desk means; None when it was no question of ours."""
    last = question.rsplit("\n", 1)[-1]
    if not last.startswith(MARK):
        return None
    match last[len(MARK) :].strip().split(":"):
        case [move, number] if move in _WORDS and number.isdecimal():
            return _WORDS[move](text), int(number)
        case ["consult", number, unit] if number.isdecimal():
            return Consulting(text, (unit,)), int(number)
        case ["offer", number, "u", unit] if number.isdecimal():
            return HandOver(text, unit=unit), int(number)
        case ["offer", number, "w", worker] if number.isdecimal() and worker.isdecimal():
            return HandOver(text, to=int(worker)), int(number)
        case ["advise", number, item] if number.isdecimal() and item.isdecimal():
            return Advise(int(item), text), int(number)
        case ["merge", number] if number.isdecimal():
            other = text.strip().lstrip("#")
            return (Merge(int(other)) if other.isdecimal() else HELP), int(number)
    return HELP, None


def _hashed(rest: str) -> tuple[int | None, str]:
    """``#12 words`` -> 12 and the words; plain words are all words."""
    first, _, words = rest.partition(" ")
    if first.startswith("#") and first[1:].isdecimal() and len(first) < 12:
        return int(first[1:]), words.strip()
    return None, rest


def _numbered(rest: str) -> tuple[int | None, str]:
    """``12 words`` or ``#12 words`` -> 12 and the words."""
    first, _, words = rest.partition(" ")
    number = first.lstrip("#")
    return (int(number), words.strip()) if number.isdecimal() and len(number) < 12 else (None, rest)
