"""Receiving by long polling: fetch, keep, and only then let Telegram forget.

Every update of a batch and the offset that confirms it are saved in ONE unit of work, before the next poll. Nothing is
understood here, so no update can stop the stream: what one means is not this room's to know. It never ends by itself:
it waits, tries again, and says by :attr:`Receiver.alarm` what is wrong.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import structlog
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.ports import Clock, Store, UnitOfWork, Wake
from handlers.telegram import failing
from handlers.telegram.api import Api
from handlers.telegram.updates import ALLOWED_UPDATES, digest, lane

Menus = Mapping[str, Mapping[str, str]]

T = TypeVar("T")
CHANNEL = "telegram"
RENEW_EVERY = 3  # failed polls in a row after which the connections are made anew
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds. ``poll``: how long Telegram may hold a poll open; the rest: how long to wait after what went wrong."""

    poll: int = 25
    first: float = 1.0
    longest: float = 30.0
    conflict: float = 30.0
    wrong_token: float = 300.0


class Receiver:
    """One bot's stream of updates into the inbox.

    ``menus`` are the words of the command menu: language -> command -> what it does; the first is also the default.
    ``last_good`` is when a poll was last answered and kept; ``alarm`` what keeps us from receiving, or None.
    """

    def __init__(
        self,
        api: Api,
        store: Store,
        clock: Clock,
        wake: Wake,
        *,
        menus: Menus | None = None,
        waits: Waits | None = None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._api, self._store, self._clock, self._wake = api, store, clock, wake
        self._menus = menus or {}
        self._waits = waits or Waits()
        self._pause = pause
        self._stopping = asyncio.Event()
        self._failed = 0
        self.last_good: datetime | None = None
        self.alarm: str | None = None

    async def run(self) -> None:
        """Receive until :meth:`stop`."""
        await self._before_polling()
        while not self._stopping.is_set():
            wait = await self._round()
            if wait > 0:
                await self._unless_stopped(self._resting(wait))

    def stop(self) -> None:
        """End soon: the poll that is open is given up, what has been fetched is still kept."""
        self._stopping.set()

    async def _before_polling(self) -> None:
        """Best effort: a webhook that is still set shows as a conflict later, a menu is only a convenience."""
        await self._unless_stopped(self._tried("deleteWebhook"))
        for language, words in self._menus.items():
            commands = [{"command": name, "description": text} for name, text in words.items()]
            await self._unless_stopped(self._tried("setMyCommands", commands=commands, language_code=language))
        default = next(iter(self._menus.values()), None)
        if default:
            commands = [{"command": name, "description": text} for name, text in default.items()]
            await self._unless_stopped(self._tried("setMyCommands", commands=commands))

    async def _tried(self, method: str, **values: Any) -> None:
        try:
            await self._api.call(method, **values)
        except TelegramError as error:
            _log.warning("telegram_not_prepared", method=method, error=type(error).__name__)

    async def _round(self) -> float:
        """One poll, kept. The seconds to wait before the next."""
        try:
            async with self._store.begin() as work:
                offset = await work.offset(CHANNEL)
            batch = await self._unless_stopped(self._api.updates(offset, self._waits.poll, ALLOWED_UPDATES))
            if self._stopping.is_set() and batch is None:
                return 0.0
            wait = await self._kept(batch) if batch else 0.0
        except TelegramError as error:
            return await self._refused(error)
        except Exception as fault:  # the store is busy, or a fault of ours: nothing was confirmed, so nothing is lost
            return self._again(type(fault).__name__)
        self.last_good, self.alarm, self._failed = self._clock.now(), None, 0
        return wait

    async def _kept(self, batch: Sequence[Any]) -> float:
        """Save all of it or nothing. The next poll, which makes Telegram forget, comes after this has ended well."""
        async with self._store.begin() as work:
            await self._add(work, batch)
        self._wake()
        return 0.0 if _next_offset(batch) is not None else self._waits.longest

    async def _add(self, work: UnitOfWork, batch: Sequence[Any]) -> None:
        now = self._clock.now()
        for raw in batch:
            payload = raw if isinstance(raw, dict) else {"not_an_update": raw}
            await work.inbox_add(CHANNEL, lane(raw), _id(raw) or 0, digest(raw), payload, now)
        offset = _next_offset(batch)
        if offset is not None:
            await work.set_offset(CHANNEL, offset)

    async def _refused(self, error: TelegramError) -> float:
        match error:
            case RetryAfter():
                return failing.seconds(error) + failing.MARGIN
            case Conflict():
                return await self._contested()
            case InvalidToken() | EndPointNotFound():
                return self._alarmed("wrong token", self._waits.wrong_token)
        wait = self._again(type(error).__name__)
        if self._failed % RENEW_EVERY == 0:
            await self._api.renew()
        return wait

    async def _contested(self) -> float:
        """Somebody else polls, or a webhook was set: the second we can undo."""
        await self._tried("deleteWebhook")
        return self._alarmed("another instance receives", self._waits.conflict)

    def _alarmed(self, alarm: str, wait: float) -> float:
        if alarm != self.alarm:
            _log.error("telegram_not_receiving", reason=alarm)
        self.alarm = alarm
        return wait

    def _again(self, error: str) -> float:
        self._failed += 1
        _log.warning("telegram_poll_failed", error=error, times=self._failed)
        if self._failed >= RENEW_EVERY:
            self.alarm = "no connection"
        return min(self._waits.first * 2.0 ** min(self._failed - 1, 16), self._waits.longest)

    async def _resting(self, seconds: float) -> None:
        await self._pause(seconds)

    async def _unless_stopped(self, work: Coroutine[Any, Any, T]) -> T | None:
        """The result, or None when the stop came first. Whatever is still under way then is cancelled."""
        doing, stopping = asyncio.ensure_future(work), asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({doing, stopping}, return_when=asyncio.FIRST_COMPLETED)
            return doing.result() if doing.done() else None
        finally:
            for task in (doing, stopping):
                task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await doing


def _id(raw: object) -> int | None:
    found = raw.get("update_id") if isinstance(raw, dict) else None
    return found if isinstance(found, int) else None


def _next_offset(batch: Sequence[Any]) -> int | None:
    """One beyond the last of this batch, however high we were before: ids start anew at random after a quiet week."""
    return next((found + 1 for found in map(_id, reversed(batch)) if found is not None), None)
