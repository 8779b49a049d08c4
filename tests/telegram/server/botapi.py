"""A Bot API server on loopback: routes, faults, the journal, and the state of every chat.

Begin it with ``async with BotApi() as api``; a broken contract found on the way fails the block at its end.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, TypeVar
from urllib.parse import urlsplit

from aiohttp import web

from tests.telegram.server import contract
from tests.telegram.server.chats import Chat, Shown, Topic
from tests.telegram.server.faults import AFTER, Fault, Faults, Kind, Refused, bad
from tests.telegram.server.hook import Hook
from tests.telegram.server.limits import Limits
from tests.telegram.server.methods import METHODS
from tests.telegram.server.people import Group, Parent, Worker
from tests.telegram.server.stream import Stream

Json = dict[str, Any]
T = TypeVar("T")

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@dataclass(frozen=True)
class Call:
    """One call that came in. ``status`` is the HTTP status answered; 0 when the line was cut."""

    method: str
    values: Json
    status: int


class BotApi:
    """The server and its controls. ``base`` is for PERHENEUVO_TELEGRAM_API_BASE, ``token`` the only right token."""

    def __init__(self, token: str = TOKEN, longest_poll: float = 50) -> None:
        self.token = token
        self.longest_poll = longest_poll
        self.bot_user: Json = {
            "id": 110201543,
            "is_bot": True,
            "first_name": "Perheneuvo",
            "username": "perheneuvo_bot",
        }
        self.chats: dict[int, Chat] = {}
        self.users: dict[int, Json] = {}
        self.presses: dict[str, float] = {}
        self.answered: dict[str, str] = {}
        self.commands: dict[str, dict[str, str]] = {}
        self.journal: list[Call] = []
        self.violations: list[str] = []
        self.stream = Stream(self.now)
        self.hook = Hook(self)
        self.limits: Limits | None = None
        self.base = ""
        self.hanging = 0
        self._faults = Faults()
        self._shift = 0.0
        self._poison: set[int] = set()
        self._released = asyncio.Event()

    # Its life -----------------------------------------------------------------------------------------------------

    async def __aenter__(self) -> BotApi:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._answer)
        self._runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await self.listen()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.heal()
        await self.hook.delete()
        await self._runner.cleanup()
        if error is None and self.violations:
            raise AssertionError("the Bot API's contract was broken:\n" + "\n".join(self.violations))

    async def listen(self) -> None:
        """At its address: the one it had, else any."""
        self._site = web.TCPSite(self._runner, "127.0.0.1", urlsplit(self.base).port or 0)
        await self._site.start()
        host, port = self._runner.addresses[0][:2]
        self.base = f"http://{host}:{port}"

    async def refuse(self) -> None:
        """Nobody listens any more: open lines are cut, new ones refused, until :meth:`listen`."""
        await self._site.stop()
        if self._runner.server is not None:
            for line in list(self._runner.server.connections):
                if line.transport is not None:
                    line.transport.abort()

    def now(self) -> float:
        """The server's time: this machine's, moved on by :meth:`advance`."""
        return time.time() + self._shift

    def advance(self, seconds: float) -> None:
        """Time passes at the server."""
        self._shift += seconds

    # People and groups --------------------------------------------------------------------------------------------

    def parent(self, number: int = 7001, name: str = "Aino", language: str | None = "fi") -> Parent:
        """Somebody with a private chat with the bot."""
        self.chats.setdefault(number, Chat(number, "private", name))
        return Parent(self, self._user(number, name, language))

    def worker(self, number: int = 501, name: str = "Wilma") -> Worker:
        """Somebody who is in the staff's group."""
        return Worker(self, self._user(number, name, "fi"))

    def group(
        self, number: int = -1001, name: str = "Päivystys", *, forum: bool = True, kind: str = "supergroup"
    ) -> Group:
        """A group the bot is in."""
        chat = self.chats.setdefault(number, Chat(number, kind, name, forum))
        return Group(self, chat)

    def _user(self, number: int, name: str, language: str | None) -> Json:
        user: Json = {"id": number, "is_bot": False, "first_name": name}
        self.users[number] = {**user, "language_code": language} if language else user
        return self.users[number]

    def begin_topic(self, chat: Chat, name: str) -> Json:
        """A topic, with the service message it begins with."""
        thread = chat.next_message()
        chat.topics[thread] = Topic(thread, name)
        return {"message_thread_id": thread, "name": name, "icon_color": 7322096}

    def delete_topic(self, chat: Chat, thread: int) -> None:
        """Somebody deletes a topic, and with it everything in it."""
        del chat.topics[thread]
        chat.messages = [shown for shown in chat.messages if shown.thread != thread]

    # Controls -----------------------------------------------------------------------------------------------------

    async def push(self, update: Json, *, valid: bool = True) -> int:
        """A raw update; its id. ``valid=False``: one that no client can read, on purpose."""
        if not valid:
            self._poison.add(update.get("update_id", self.stream.next_id))
        return await self.stream.push(update)

    def fail(
        self,
        method: str,
        kind: Kind,
        times: int = 1,
        *,
        words: str | None = None,
        retry_after: int = 3,
        migrate_to: int = 0,
        when: Callable[[Json], bool] = lambda values: True,
    ) -> None:
        """The next ``times`` calls of a method ("*": any) go wrong; ``words`` replaces the description of a refusal."""
        self._faults.add(Fault(method, kind, times, words, retry_after, migrate_to, when))

    def heal(self) -> None:
        """No more faults; what hangs is let go with its line cut, what is frozen thaws and is done."""
        self._faults.clear()
        self._released.set()
        self._released = asyncio.Event()

    def calls(self, method: str) -> list[Json]:
        """The values of every call of a method so far."""
        return [call.values for call in self.journal if call.method == method]

    async def until(self, true: Callable[[], T], seconds: float = 10.0) -> T:
        """Wait for something to be true at the server; its value. Looks again whenever anything happened there."""
        try:
            async with asyncio.timeout(seconds), self.stream.changed:
                while not (found := true()):
                    await self.stream.changed.wait()
                return found
        except TimeoutError:
            latest = [(call.method, call.values, call.status) for call in self.journal[-8:]]
            raise AssertionError(f"it did not come true in {seconds} s; the latest calls: {latest}") from None

    # Answering ----------------------------------------------------------------------------------------------------

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        try:
            response = await self._routed(request)
        finally:
            async with self.stream.changed:
                self.stream.changed.notify_all()
        return response

    async def _routed(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return _refusal(Refused(401, "Unauthorized"))
        method = contract.CANONICAL.get(request.match_info["method"].lower())
        if method is None or method not in METHODS:
            self.violations.append(f"{request.match_info['method']} is not modelled by the test server")
            return _refusal(Refused(501, "not modelled by the test server"))
        values = await _values(request, method)
        broken = contract.in_request(method, values)
        self.violations += broken
        response = self._refused(bad(broken[0])) if broken else await self._with_fault(request, method, values)
        self.journal.append(Call(method, values, response.status if response else 0))
        return response or _cut(request)

    async def _with_fault(self, request: web.Request, method: str, values: Json) -> web.Response | None:
        """The response, or None when the line is to be cut."""
        fault = self._faults.take(method, values)
        refusal = fault.refusal() if fault else None
        if fault and refusal:
            return self._refused(refusal)
        if fault and fault.kind in ("hang", "freeze"):
            await self._hang()
        if fault and fault.kind == "freeze":
            return await self._applied(method, values)
        if fault and fault.kind not in AFTER:
            return None
        response = await self._applied(method, values)
        if fault and fault.kind == "truncated":
            return web.Response(body=(response.body or b"")[:-9], content_type="application/json")  # type: ignore[index]  # bytes
        if fault and fault.kind == "html":
            return web.Response(text="<html><body>502</body></html>", content_type="text/html")
        return None if fault else response

    async def _hang(self) -> None:
        self.hanging += 1
        async with self.stream.changed:
            self.stream.changed.notify_all()
        try:
            await self._released.wait()
        finally:
            self.hanging -= 1

    async def _applied(self, method: str, values: Json) -> web.Response:
        try:
            if self.limits:
                self.limits.check(method, values, self.now())
            result = await METHODS[method](self, values)
        except Refused as refusal:
            return self._refused(refusal)
        self._check_result(method, result)
        return web.json_response({"ok": True, "result": result})

    def _check_result(self, method: str, result: Any) -> None:
        if method != "getUpdates":
            self.violations += contract.in_result(method, result)
            return
        for update in result:
            if update.get("update_id") not in self._poison and isinstance(update.get("update_id"), int):
                self.violations += contract.in_update(update)

    def _refused(self, refusal: Refused) -> web.Response:
        if refusal.parameters:
            self.violations += contract.in_parameters(refusal.parameters)
        return _refusal(refusal)

    def shown(self, chat: int) -> list[Shown]:
        """What the bot has sent to a chat, oldest first."""
        return self.chats[chat].said


async def _values(request: web.Request, method: str) -> Json:
    if request.content_type == "application/json":
        return dict(json.loads(await request.text() or "{}"))
    form = await request.post()
    values = contract.decoded(method, {**dict(request.query), **{name: str(value) for name, value in form.items()}})
    return _with_keys(values)


def _with_keys(values: Json) -> Json:
    """A button of a reply keyboard may be told by its text alone."""
    markup = values.get("reply_markup")
    if isinstance(markup, dict) and "keyboard" in markup:
        rows = [[{"text": key} if isinstance(key, str) else key for key in row] for row in markup["keyboard"]]
        return {**values, "reply_markup": {**markup, "keyboard": rows}}
    return values


def _refusal(refusal: Refused) -> web.Response:
    body: Json = {"ok": False, "error_code": refusal.status, "description": refusal.words}
    headers = {}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
        if "retry_after" in refusal.parameters:
            headers["Retry-After"] = str(refusal.parameters["retry_after"])
    return web.json_response(body, status=refusal.status, headers=headers)


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
