"""What goes wrong on purpose: a fault for a method, a number of times; and the refusals in Telegram's own words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

Json = dict[str, Any]

Kind = Literal[
    "429",
    "400",
    "401",
    "403",
    "404",
    "409",
    "500",
    "502",
    "504",
    "cut",
    "apply then cut",
    "hang",
    "freeze",
    "truncated",
    "html",
    "migrate",
]
AFTER = frozenset({"apply then cut", "truncated", "html"})
"""Faults that show only after the call was applied."""

WORDS: dict[str, tuple[int, str]] = {
    "400": (400, "Bad Request: chat not found"),
    "401": (401, "Unauthorized"),
    "403": (403, "Forbidden: bot was blocked by the user"),
    "404": (404, "Not Found"),
    "409": (409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"),
    "500": (500, "Internal Server Error"),
    "502": (502, "Bad Gateway"),
    "504": (504, "Gateway Timeout"),
}


class Refused(Exception):
    """The server says no: status, words, and perhaps parameters."""

    def __init__(self, status: int, words: str, parameters: Json | None = None) -> None:
        super().__init__(words)
        self.status = status
        self.words = words
        self.parameters = parameters


def bad(words: str) -> Refused:
    """A 400 in Telegram's words."""
    return Refused(400, f"Bad Request: {words}")


def flood(seconds: int) -> Refused:
    """A 429."""
    return Refused(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def moved(to: int) -> Refused:
    """The group is a supergroup now."""
    return Refused(400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": to})


@dataclass
class Fault:
    """``left`` more calls of ``method`` go wrong in this way, when ``when`` says so of their values."""

    method: str
    kind: Kind
    left: int
    words: str | None
    retry_after: int
    migrate_to: int
    when: Callable[[Json], bool]

    def refusal(self) -> Refused | None:
        """The answer, for the kinds that are one."""
        if self.kind == "429":
            return flood(self.retry_after)
        if self.kind == "migrate":
            return moved(self.migrate_to)
        if self.kind not in WORDS:
            return None
        status, words = WORDS[self.kind]
        return Refused(status, self.words or words)


class Faults:
    """The faults that are still to happen, first come first served."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """One more."""
        self._waiting.append(fault)

    def clear(self) -> None:
        """All is well again."""
        self._waiting.clear()

    def take(self, method: str, values: Json) -> Fault | None:
        """The fault this call meets, used up by one."""
        for fault in self._waiting:
            if fault.left > 0 and fault.method in (method, "*") and fault.when(values):
                fault.left -= 1
                return fault
        return None
