"""How fast Telegram lets us send. In memory; the time is handed in; tells how long to wait and never waits itself."""

from __future__ import annotations

from bisect import bisect_right, insort
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

A_BIT = timedelta(seconds=1)  # a clock that goes back by less is only being set right
FORGET_OVER = 1000  # chats remembered before the quiet ones are dropped


@dataclass(frozen=True, slots=True)
class Limit:
    """``count`` calls in ``seconds``."""

    count: int
    seconds: float


PRIVATE = Limit(1, 1.0)
GROUP = Limit(12, 60.0)  # Telegram's is 20, edits and topics counted; half is left for what others post
OVERALL = Limit(30, 1.0)


@dataclass(slots=True)
class Window:
    """The calls of the last stretch of time. A call dearer than the limit borrows from the stretches after it."""

    limit: Limit
    calls: list[datetime] = field(default_factory=list)

    def wait(self, cost: int, now: datetime) -> float:
        """Seconds until ``cost`` calls fit; 0 when they do now."""
        self._forget(now)
        too_many = min(len(self.calls) + cost - self.limit.count, len(self.calls))
        if too_many <= 0:
            return 0.0
        return (self.calls[too_many - 1] - now).total_seconds() + self.limit.seconds

    def count(self, cost: int, now: datetime) -> None:
        """They are made now."""
        for number in range(cost):
            insort(self.calls, now + timedelta(seconds=self.limit.seconds * (number // self.limit.count)))

    def _forget(self, now: datetime) -> None:
        del self.calls[: bisect_right(self.calls, now - timedelta(seconds=self.limit.seconds))]


class Pace:
    """The limits of one bot: overall, and of each chat (a group's id is negative)."""

    def __init__(self) -> None:
        self._overall = Window(OVERALL)
        self._chats: dict[str, Window] = {}
        self._held: dict[str, datetime] = {}
        self._latest: datetime | None = None

    def wait(self, chat: str, cost: int, now: datetime) -> float:
        """0 and counted, or the seconds to wait and nothing counted."""
        now = now.astimezone(UTC)  # a second is a second, also when Finland's clocks change
        self._begin_anew_if_set_back(now)
        windows = (self._window(chat), self._overall)
        held = (self._held.get(chat, now) - now).total_seconds()
        longest = max(held, *(window.wait(cost, now) for window in windows))
        if longest > 0:
            return longest
        for window in windows:
            window.count(cost, now)
        self._forget(now)
        return 0.0

    def hold(self, chat: str, until: datetime) -> None:
        """Telegram itself has asked for a pause there."""
        self._held[chat] = until.astimezone(UTC)

    def _begin_anew_if_set_back(self, now: datetime) -> None:
        """When the machine's clock was set back: better a 429 than an hour of silence."""
        if self._latest is not None and now < self._latest - A_BIT:
            self._overall, self._chats, self._held = Window(OVERALL), {}, {}
        self._latest = now

    def _window(self, chat: str) -> Window:
        return self._chats.setdefault(chat, Window(GROUP if chat.startswith("-") else PRIVATE))

    def _forget(self, now: datetime) -> None:
        if len(self._chats) > FORGET_OVER:
            self._chats = {
                chat: window for chat, window in self._chats.items() if window.wait(window.limit.count, now) > 0
            }
        self._held = {chat: until for chat, until in self._held.items() if until > now}
