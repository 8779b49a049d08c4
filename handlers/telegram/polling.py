"""Receiving by long polling: fetch, keep, and only then let Telegram forget.

Every update of a batch and the offset that confirms it are saved in ONE unit of work, before the next poll. It never
ends by itself: it waits, tries again, and says by its ``standing`` what is wrong. What an update means is not this
room's to know.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from telegram.error import Conflict, TelegramError

from bot.ports import Clock, Store, Wake
from handlers.telegram.api import Api
from handlers.telegram.keeping import CHANNEL, keep, update_id
from handlers.telegram.menus import Menus, set_menus
from handlers.telegram.standing import Standing, Stopping, Waits, nobody, tried
from handlers.telegram.updates import ALLOWED_UPDATES

RENEW_EVERY = 3  # failed polls in a row after which the connections are made anew


class Receiver:
    """One bot's stream of updates into the inbox. ``menus`` are the words of the command menu."""

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
        revived: Wake = nobody,
    ) -> None:
        self._api, self._store, self._clock, self._wake = api, store, clock, wake
        self._menus = menus or {}
        self._waits = waits or Waits()
        self._stopping = Stopping(pause)
        self.standing = Standing(clock, self._waits, revived)

    async def run(self) -> None:
        """Receive until :meth:`stop`."""
        await self._stopping.unless(tried("deleteWebhook", self._api.call("deleteWebhook")))
        while not self._stopping:
            await self._stopping.rest(await self._round())
            if self._menus and self.standing.last_good is not None:
                await self._stopping.unless(set_menus(self._api, self._menus))
                self._menus = {}

    def stop(self) -> None:
        """End soon: the poll that is open is given up, what has been fetched is still kept."""
        self._stopping.stop()

    async def _round(self) -> float:
        """One poll, kept. The seconds to wait before the next."""
        try:
            async with self._store.begin() as work:
                offset = await work.offset(CHANNEL)
            batch = await self._stopping.unless(self._api.updates(offset, self._waits.poll, ALLOWED_UPDATES))
            if batch is None:
                return 0.0
            wait = await self._kept(batch, offset)
        except TelegramError as error:
            return await self._refused(error)
        except Exception as fault:  # the store is busy, or a fault of ours: nothing was confirmed, so nothing is lost
            return self.standing.refused(fault)
        self.standing.good()
        return wait

    async def _kept(self, batch: Sequence[Any], offset: int) -> float:
        """Save all of it or nothing. The next poll, which makes Telegram forget, comes after this has ended well."""
        onward = _next_offset(batch)
        if not batch and not offset:
            return 0.0
        async with self._store.begin() as work:
            for raw in batch:
                await keep(work, raw, self._clock.now())
            if onward is not None:
                await work.set_offset(CHANNEL, onward)
        if batch:
            self._wake()
        return 0.0 if onward is not None else self._waits.longest

    async def _refused(self, error: TelegramError) -> float:
        if isinstance(error, Conflict):  # somebody else polls, or a webhook was set: the second we can undo
            await self._stopping.unless(tried("deleteWebhook", self._api.call("deleteWebhook")))
        wait = self.standing.refused(error)
        if self.standing.failed and self.standing.failed % RENEW_EVERY == 0:
            await self._api.renew()
        return wait


def _next_offset(batch: Sequence[Any]) -> int | None:
    """One beyond the last of this batch, however high we were before: ids start anew at random after a quiet week.

    After an empty batch it is 0, "from the beginning": all below the old one is forgotten by then, and an old offset a
    little above a new beginning would destroy what waits there.
    """
    if not batch:
        return 0
    return next((found + 1 for found in map(update_id, reversed(batch)) if found is not None), None)
