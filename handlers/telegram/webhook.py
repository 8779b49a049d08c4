"""Receiving by webhook: Telegram posts an update; it is kept, and only then answered 200.

Our own receiver, because PTB's answers before anything is kept and logs what it cannot read. Nothing is understood
here. Whatever is not answered 200 Telegram posts again; of one chat in order, of all at most :data:`AT_ONCE` at once.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.ports import Clock, Store, StoreBusy, Wake
from bot.settings import Settings
from handlers.telegram.api import Api
from handlers.telegram.keeping import keep
from handlers.telegram.menus import Menus, set_menus
from handlers.telegram.standing import Standing, Stopping, Waits, nobody
from handlers.telegram.updates import ALLOWED_UPDATES

PATH = "/telegram"
AT_ONCE = 20
LONGEST_BODY = 1024 * 1024
SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105  # the header's name
UNHEARD = timedelta(minutes=2)
"""So long after its last failure to reach us Telegram still counts as not reaching us, while something waits there."""
_log = structlog.get_logger("handlers.telegram")


@dataclass(frozen=True, slots=True)
class Place:
    """Where Telegram posts to, and what it must say so that we know it is Telegram."""

    url: str
    secret: str


def secret_of(token: str) -> str:
    """A secret that every replica makes alike and nobody guesses: for when none is set."""
    return hmac.new(token.encode(), b"webhook", "sha256").hexdigest()


def place_of(settings: Settings) -> Place | None:
    """Where Telegram is to post; None when it is asked instead."""
    token, secret = settings.telegram_token, settings.webhook_secret
    if settings.telegram_mode == "polling" or settings.webhook_url is None or token is None:
        return None
    return Place(settings.webhook_url, secret.get_secret_value() if secret else secret_of(token.get_secret_value()))


class Hook:
    """The webhook of one bot: :meth:`receive` is its route, :meth:`run` sets it and keeps it set."""

    def __init__(
        self,
        api: Api,
        store: Store,
        clock: Clock,
        wake: Wake,
        place: Place,
        *,
        menus: Menus | None = None,
        waits: Waits | None = None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        revived: Wake = nobody,
    ) -> None:
        self._api, self._store, self._clock, self._wake, self._place = api, store, clock, wake, place
        self._menus = menus or {}
        self._waits = waits or Waits()
        self._stopping = Stopping(pause)
        self.standing = Standing(clock, self._waits, revived)

    # What Telegram posts

    async def receive(self, request: Request) -> Response:
        """200 after the commit; 403, 413 and 400 for what Telegram never sends; 503 when it is to try again."""
        said = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(said.encode(), self._place.secret.encode()):
            return Response(status_code=403)
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        update = _update(body)
        return Response(status_code=400) if update is None else await self._kept(update)

    async def _kept(self, update: dict[str, Any]) -> Response:
        try:
            async with self._store.begin() as work:
                await keep(work, update, self._clock.now())
        except StoreBusy:
            return Response(status_code=503)
        self._wake()
        return Response(status_code=200)

    # Keeping it set

    async def run(self) -> None:
        """Set it and look after it until :meth:`stop`. It stays set: Telegram keeps for a day what comes meanwhile."""
        while not self._stopping:
            await self._stopping.rest(await self._round())

    async def _round(self) -> float:
        """The webhook is as it should be, or not. The seconds to wait before the next look."""
        known = self.standing.last_good is not None
        try:
            await self._stopping.unless(self._look() if known else self._set())
        except Exception as fault:  # an answer of another shape than ever seen must not end the loop
            return self.standing.refused(fault)
        if not known:
            await self._stopping.unless(set_menus(self._api, self._menus))
        return self._waits.look

    def stop(self) -> None:
        """End soon."""
        self._stopping.stop()

    async def _set(self) -> None:
        await self._api.call(
            "setWebhook",
            url=self._place.url,
            secret_token=self._place.secret,
            allowed_updates=list(ALLOWED_UPDATES),
            max_connections=AT_ONCE,
        )
        self.standing.good()

    async def _look(self) -> None:
        """Somebody may have taken it away (a second instance that polls, a long row of 410); Telegram may miss us."""
        told = await self._api.call("getWebhookInfo")
        if told["url"] != self._place.url:
            _log.error("telegram_webhook_was_taken_away")
            await self._set()
            return
        failed = self._clock.now().timestamp() - told.get("last_error_date", 0) < UNHEARD.total_seconds()
        waiting = told["pending_update_count"] > 0
        self.standing.good("Telegram does not reach us" if failed and waiting else None)


async def _body(request: Request) -> bytes | None:
    """None when it is longer than any update."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            return None
    return bytes(body)


def _update(body: bytes) -> dict[str, Any] | None:
    """None when it is no update. What it held is told to nobody: it may be somebody's words."""
    try:
        found = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
