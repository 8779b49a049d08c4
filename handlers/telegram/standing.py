"""How receiving stands, the same for polling and webhook: when it last went well, what is wrong, how long to wait.

Must not know how updates come. Waits grow only to a few seconds: Telegram is asked again so often that we are back
within five seconds of its being back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import structlog
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.ports import Clock, Wake
from handlers.telegram import failing

T = TypeVar("T")
ALARM_AFTER = 3  # failures in a row after which health is red
_log = structlog.get_logger("handlers.telegram")


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds. ``poll``: how long Telegram may hold a poll open; ``look``: between two looks at the webhook; the rest:
    how long to wait after what went wrong, at first and at most.
    """

    poll: int = 25
    look: float = 10.0
    first: float = 1.0
    longest: float = 3.0


def nobody() -> None:
    """No one to tell."""


class Standing:
    """``last_good`` is when Telegram last answered as it should; ``alarm`` what keeps us from receiving, or None.

    ``revived`` is called when it goes well again after it did not.
    """

    def __init__(self, clock: Clock, waits: Waits, revived: Wake = nobody) -> None:
        self._clock, self._waits, self._revived = clock, waits, revived
        self.failed = 0
        self.last_good: datetime | None = None
        self.alarm: str | None = None

    def good(self, alarm: str | None = None) -> None:
        """It went well; ``alarm`` is what is wrong all the same."""
        back = self.failed > 0
        self.failed = 0
        if alarm is None:
            self.last_good, self.alarm = self._clock.now(), None
        else:
            self._raise(alarm)
        if back:
            self._revived()

    def refused(self, error: Exception) -> float:
        """It did not go well. The seconds to wait."""
        match error:
            case RetryAfter():
                return failing.seconds(error) + failing.MARGIN
            case Conflict():
                return self._stopped("another instance receives")
            case InvalidToken() | EndPointNotFound():
                return self._stopped("wrong token")
        self.failed += 1
        here = not isinstance(error, TelegramError)  # a fault of the store, or of ours
        event = "telegram_update_not_kept" if here else "telegram_not_reached"
        _log.warning(event, error=type(error).__name__, times=self.failed)
        if self.failed >= ALARM_AFTER:
            self.alarm = self.alarm or ("nothing can be kept" if here else "no connection")
        return min(self._waits.first * 2.0 ** min(self.failed - 1, 16), self._waits.longest)

    def _stopped(self, alarm: str) -> float:
        self.failed += 1
        self._raise(alarm)
        return self._waits.longest

    def _raise(self, alarm: str) -> None:
        if alarm != self.alarm:
            _log.error("telegram_not_receiving", reason=alarm)
        self.alarm = alarm


class Stopping:
    """Work that is given up as soon as it is time to stop. ``pause`` sleeps for some seconds."""

    def __init__(self, pause: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._pause = pause
        self._event = asyncio.Event()

    def __bool__(self) -> bool:
        """Whether it is time."""
        return self._event.is_set()

    def stop(self) -> None:
        """It is time."""
        self._event.set()

    async def rest(self, seconds: float) -> None:
        """Some seconds, or until it is time."""
        if seconds > 0:
            await self.unless(self._resting(seconds))

    async def _resting(self, seconds: float) -> None:
        await self._pause(seconds)

    async def unless(self, work: Coroutine[Any, Any, T]) -> T | None:
        """The result, or None when the stop came first. Whatever is still under way then is cancelled."""
        doing, stopping = asyncio.ensure_future(work), asyncio.ensure_future(self._event.wait())
        try:
            await asyncio.wait({doing, stopping}, return_when=asyncio.FIRST_COMPLETED)
            return doing.result() if doing.done() else None
        finally:
            for task in (doing, stopping):
                task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await doing


async def tried(method: str, call: Awaitable[Any]) -> None:
    """Best effort."""
    try:
        await call
    except TelegramError as error:
        _log.warning("telegram_not_prepared", method=method, error=type(error).__name__)
