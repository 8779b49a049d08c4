"""The loopback Bot API for measuring: the tests' server without its checks, which tells when a chat was answered.

The checks cost more than what is measured; the tests make them, on the same methods.
"""

from __future__ import annotations

import asyncio
import json
from typing import Any

from aiohttp import web

from tests.telegram.server import BotApi
from tests.telegram.server.faults import Refused
from tests.telegram.server.methods import METHODS

Json = dict[str, Any]
LONGEST = 300.0  # seconds anybody may wait before the measuring is given up


class Measured(BotApi):
    """One turn of a chat at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._answers: dict[int, asyncio.Queue[float]] = {}

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        method = METHODS[_NAMES[request.match_info["method"].lower()]]
        values = await _values(request)
        try:
            result = await method(self, values)
        except Refused as refusal:
            body = {"ok": False, "error_code": refusal.status, "description": refusal.words}
            return web.json_response(body, status=refusal.status)
        if method is METHODS["sendMessage"]:
            self._sent(int(values["chat_id"]))
        return web.json_response({"ok": True, "result": result})

    def _sent(self, chat: int) -> None:
        if chat in self._answers:
            self._answers[chat].put_nowait(asyncio.get_running_loop().time())

    async def turn(self, chat: int, text: str, messages: int = 1) -> float:
        """She writes and so many messages come back; seconds until the first of them."""
        answers = self._answers.setdefault(chat, asyncio.Queue())
        began = asyncio.get_running_loop().time()
        await self.parent(chat).write(text)
        async with asyncio.timeout(LONGEST):
            first = await answers.get()
            for _ in range(messages - 1):
                await answers.get()
        return first - began


_NAMES = {name.lower(): name for name in METHODS}


async def _values(request: web.Request) -> Json:
    """The parameters as the methods want them; what is JSON in a form is read as JSON."""
    if request.content_type == "application/json":
        return dict(json.loads(await request.text() or "{}"))
    return {name: _value(str(value)) for name, value in {**request.query, **await request.post()}.items()}


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
