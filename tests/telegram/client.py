"""A client of the loopback server that is of no library: it asks what it is told to and gives what comes."""

from __future__ import annotations

from typing import Any

from aiohttp import ClientSession

from tests.telegram.server import BotApi

Json = dict[str, Any]


class Client:
    """A client of no library."""

    def __init__(self, server: BotApi, session: ClientSession) -> None:
        self.server = server
        self.session = session

    async def ask(self, method: str, **values: Any) -> Json:
        """One call; the body of the answer, whatever it is."""
        address = f"{self.server.base}/bot{self.server.token}/{method}"
        async with self.session.post(address, json=values) as answer:
            return {**(await answer.json()), "status": answer.status}

    async def ids(self, **values: Any) -> list[int]:
        """The update ids one poll gives."""
        return [update["update_id"] for update in (await self.ask("getUpdates", **values))["result"]]


def keyboard(label: str, data: str) -> Json:
    """One button."""
    return {"inline_keyboard": [[{"text": label, "callback_data": data}]]}
