"""Telegram's flood limits, for tests that switch them on."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.server.faults import flood

COUNTED = frozenset(
    {
        "sendMessage",
        "sendPhoto",
        "sendDocument",
        "editMessageText",
        "createForumTopic",
        "editForumTopic",
        "closeForumTopic",
    }
)


@dataclass
class Limits:
    """How much in how many seconds, edits counted; a call too many is refused with the seconds to wait."""

    private: tuple[int, float] = (1, 1.0)
    group: tuple[int, float] = (20, 60.0)
    overall: tuple[int, float] = (30, 1.0)
    calls: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def check(self, method: str, values: dict[str, Any], now: float) -> None:
        """Counts the call, or raises a 429."""
        if method not in COUNTED:
            return
        chat = str(values["chat_id"])
        windows = {chat: self.group if chat.startswith("-") else self.private, "*": self.overall}
        for name, (count, seconds) in windows.items():
            self.calls[name] = [at for at in self.calls[name] if at > now - seconds]
            if len(self.calls[name]) >= count:
                raise flood(max(1, math.ceil(self.calls[name][-count] + seconds - now)))
        for name in windows:
            self.calls[name].append(now)
