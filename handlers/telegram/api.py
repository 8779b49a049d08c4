"""Calls to the Bot API as raw values, through python-telegram-bot's transport and its errors.

Answers stay raw on purpose: an answer that could not be parsed after it was applied would look like a failure and be
sent twice. Must not know what is sent or why. Raises ``telegram.error.TelegramError``.
"""

from __future__ import annotations

import json
import os
import re
from typing import Any

from telegram import Bot
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

# RetryAfter then carries a timedelta; without it every 429 is also a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")

OFFICIAL = "https://api.telegram.org"
POLLING_CONNECTIONS = 8  # PTB's one connection can go deaf with nothing left to poll on
SENDING_CONNECTIONS = 64
SPARE = 10.0  # seconds the server may take beyond the long poll it was asked for


class Transport(HTTPXRequest):
    """PTB's transport, except that it does not write an answer it cannot read (people's words) into the log."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Raises TelegramError, without the payload."""
        try:
            found = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            raise TelegramError("Invalid server response") from None
        if not isinstance(found, dict):
            raise TelegramError("Invalid server response")
        return found


class Api:
    """One bot's connection. ``base`` is the server's address without ``/bot<token>``; close it when done."""

    def __init__(self, token: str, base: str | None = None) -> None:
        self._polling = Transport(connection_pool_size=POLLING_CONNECTIONS)
        self._sending = Transport(
            connection_pool_size=SENDING_CONNECTIONS, read_timeout=15, connect_timeout=10, pool_timeout=5
        )
        address = f"{(base or OFFICIAL).rstrip('/')}/bot"
        self._client = Bot(token, base_url=address, request=self._sending, get_updates_request=self._polling)

    async def call(self, method: str, **values: Any) -> Any:
        """The ``result`` of one method. Values that are None are left out."""
        return await self._client.do_api_request(_endpoint(method), values)

    async def updates(self, offset: int, seconds: int, allowed: tuple[str, ...]) -> list[Any]:
        """One long poll of at most ``seconds``; confirms every update below ``offset``."""
        values = {"offset": offset, "timeout": seconds, "limit": 100, "allowed_updates": list(allowed)}
        found = await self._client.do_api_request(_endpoint("getUpdates"), values, read_timeout=seconds + SPARE)
        if not isinstance(found, list):
            raise TelegramError("Invalid server response")
        return found

    async def renew(self) -> None:
        """New connections for polling: what hung stays behind."""
        await self._polling.shutdown()
        await self._polling.initialize()

    async def close(self) -> None:
        """Leaves no connection open."""
        await self._polling.shutdown()
        await self._sending.shutdown()


def _endpoint(method: str) -> str:
    """``sendMessage`` -> ``send_Message``: PTB joins it again, and does not warn of its own method of that name."""
    return re.sub(r"([A-Z])", r"_\1", method)
