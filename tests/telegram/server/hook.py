"""Posting updates to a webhook, by the official server's rules (tdlib/telegram-bot-api, WebhookActor.cpp).

One lane a chat, another one for a person's presses; a lane's next update waits for the end of the one before. Not
answered 2xx: again at once, then after 2, 4, 8 ... seconds (at most 60 to 120), or after the Retry-After asked for. No
connection: again after a second, and that is no failure. At most ``max_connections`` at once, twice as many looked at.
410 for 23 hours takes the webhook away.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout

from tests.telegram.server.faults import bad, flood
from tests.telegram.server.stream import LIVES, PRESS_LIVES, Waiting

if TYPE_CHECKING:
    from tests.telegram.server.botapi import BotApi

Json = dict[str, Any]

PORTS = (443, 80, 88, 8443)
LONGEST_WAIT = 60
LONGEST_ASKED = 3600
GONE_FOR = 23 * 3600
NO_CONNECTION = 1.0


@dataclass
class Tries:
    """How often an update was posted in vain, and when it is due again (the loop's time)."""

    fails: int = 0
    delay: int = 1
    due: float = 0.0


@dataclass
class Posted:
    """One post: the update's id, its lane, the status answered (0: none), and the seconds decided until the next."""

    id: int
    lane: str
    status: int
    wait: float | None


@dataclass
class Hook:
    """``pace`` multiplies all waits, so that a test need not take a minute. ``posts`` tells what was done."""

    api: BotApi
    pace: float = 1.0
    secret: str = ""
    most: int = 40
    posts: list[Posted] = field(default_factory=list)
    most_at_once: int = 0
    last_error: tuple[int, str] | None = None
    _set_at: float = float("-inf")
    _tries: dict[int, Tries] = field(default_factory=dict)
    _busy: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _gone_since: float | None = None
    _running: asyncio.Task[None] | None = None

    # Set and taken away -------------------------------------------------------------------------------------------

    async def set(self, values: Json) -> None:
        """What setWebhook does."""
        url, now = values["url"], self.api.now()
        if not url:
            await self.delete()
            return
        if now < self._set_at + 1:
            raise flood(1)
        self._set_at = now
        _check(url, values.get("secret_token", ""))
        await self.delete()
        self.api.stream.webhook = url
        self.secret, self.most = values.get("secret_token", ""), max(1, min(values.get("max_connections", 40), 100))
        if values.get("allowed_updates") is not None:
            self.api.stream.allowed = values["allowed_updates"]
        self.last_error, self._gone_since = None, None
        await self.api.stream.abort_poll()
        if urlsplit(url).scheme == "http":
            self._running = asyncio.create_task(self._run(url))

    async def delete(self) -> None:
        """Polling works again. What is being posted may still arrive."""
        self.api.stream.webhook = ""
        for task in [*self._busy.values(), *([self._running] if self._running else [])]:
            task.cancel()
        await asyncio.gather(*self._busy.values(), return_exceptions=True)
        self._busy.clear()
        self._running = None

    def info(self) -> Json:
        """What getWebhookInfo tells."""
        url = self.api.stream.webhook
        told: Json = {
            "url": url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.api.stream.waiting),
        }
        if url:
            told |= {"max_connections": self.most, "ip_address": "127.0.0.1"}
        if self.last_error:
            told |= {"last_error_date": self.last_error[0], "last_error_message": self.last_error[1]}
        if self.api.stream.allowed:
            told["allowed_updates"] = self.api.stream.allowed
        return told

    # Posting ------------------------------------------------------------------------------------------------------

    async def _run(self, url: str) -> None:
        async with ClientSession(timeout=ClientTimeout(60)) as session:
            try:
                while True:
                    for lane, held in self._due():
                        self._busy[lane] = asyncio.create_task(self._post(session, url, lane, held))
                        self.most_at_once = max(self.most_at_once, len(self._busy))
                    await self._something()
            finally:
                for task in self._busy.values():
                    task.cancel()

    async def _something(self) -> None:
        """Until anything changes or a lane is due again."""
        changed, now = self.api.stream.changed, asyncio.get_running_loop().time()
        soonest = min((tries.due - now for tries in self._tries.values() if tries.due > now), default=60.0)
        async with changed:
            try:
                async with asyncio.timeout(soonest):
                    await changed.wait()
            except TimeoutError:
                return

    def _due(self) -> Iterator[tuple[str, Waiting]]:
        """The first update of every lane that is free and due, out of those looked at."""
        now, seen = asyncio.get_running_loop().time(), set(self._busy)
        self.api.stream.forget_old()
        for held in self.api.stream.waiting[: 2 * self.most]:
            lane = lane_of(held[1])
            if lane not in seen and len(self._busy) < self.most and self._tried(held).due <= now:
                yield lane, held
            seen.add(lane)

    def _tried(self, held: Waiting) -> Tries:
        return self._tries.setdefault(id(held), Tries())

    async def _post(self, session: ClientSession, url: str, lane: str, held: Waiting) -> None:
        status, asked, error = 0, 0, ""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
        try:
            async with session.post(url, json=held[1], headers=headers) as answer:
                status, asked = answer.status, int(answer.headers.get("Retry-After", 0))
                await answer.read()
                error = f"Wrong response from the webhook: {status} {answer.reason}"
        except ClientConnectorError:
            status, error = -1, "Connection refused"
        except (ClientError, TimeoutError, OSError):
            status, error = 0, "Webhook connection closed"
        await self._ended(lane, held, status, asked, error)
        del self._busy[lane]
        async with self.api.stream.changed:
            self.api.stream.changed.notify_all()

    async def _ended(self, lane: str, held: Waiting, status: int, asked: int, error: str) -> None:
        number = held[1]["update_id"]
        if 200 <= status <= 299:
            self.posts.append(Posted(number, lane, status, None))
            self._gone_since = None
            await self.api.stream.done(held)
            self._tries.pop(id(held), None)
            return
        self.last_error = int(self.api.now()), error
        wait = NO_CONNECTION if status < 0 else self._wait(self._tried(held), asked)
        self.posts.append(Posted(number, lane, max(status, 0), wait))
        self._tried(held).due = asyncio.get_running_loop().time() + wait * self.pace
        lives = PRESS_LIVES if "callback_query" in held[1] else LIVES
        if self.api.now() + wait > held[0] + lives:
            self.api.stream.waiting = [each for each in self.api.stream.waiting if each is not held]
            self._tries.pop(id(held), None)
        self._gone(status)

    def _wait(self, tries: Tries, asked: int) -> float:
        wait = min(asked, LONGEST_ASKED)
        if not wait and tries.fails:
            tries.delay = min(random.randint(LONGEST_WAIT, 2 * LONGEST_WAIT), tries.delay * 2)
            wait = tries.delay
        tries.fails += 1
        return wait

    def _gone(self, status: int) -> None:
        if status != 410:
            self._gone_since = None if status > 0 else self._gone_since
            return
        now = self.api.now()
        self._gone_since = now if self._gone_since is None else self._gone_since
        if now > self._gone_since + GONE_FOR:
            self.api.stream.webhook = ""
            if self._running:
                self._running.cancel()


def lane_of(update: Json) -> str:
    """Messages by chat, presses by person: between the two there is no order."""
    if "callback_query" in update:
        return f"press {update['callback_query'].get('from', {}).get('id')}"
    for value in update.values():
        if isinstance(value, dict) and isinstance(value.get("chat"), dict):
            return f"chat {value['chat'].get('id')}"
    return f"update {update['update_id']}"


def _check(url: str, secret: str) -> None:
    parts = urlsplit(url)
    if len(secret) > 256:
        raise bad("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad("secret token contains unallowed characters")
    if not parts.hostname:
        raise bad("invalid webhook URL specified")
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost"):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if parts.scheme == "https" and (parts.port or 443) not in PORTS:
        raise bad("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
