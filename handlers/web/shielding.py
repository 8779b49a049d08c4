"""Around every answer: headers, whose form it was, and faults that become a page instead of a trace.

Faults end here and are logged by their class and place only: their texts may hold what a parent wrote.
"""

from __future__ import annotations

import traceback

import structlog
from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.ports import StoreBusy
from handlers.web.failing import Failing
from handlers.web.forms import same_site

_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
}
_SAFE = ("GET", "HEAD", "OPTIONS")
log = structlog.get_logger("handlers.web")


def _place(fault: Exception) -> str:
    last = traceback.extract_tb(fault.__traceback__)[-1]
    return f"{last.filename}:{last.lineno}"


class Shield:
    """Pure ASGI, because the streams of the live pages must not be held back."""

    def __init__(self, app: ASGIApp, failing: Failing) -> None:
        self._app = app
        self._failing = failing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        status = await self._served(scope, receive, sending)
        if status is not None and not started:
            await self._failing.answer(Request(scope), status)(scope, receive, sending)

    async def _served(self, scope: Scope, receive: Receive, send: Send) -> int | None:
        """None when it was; else the status of the failure."""
        request = Request(scope)
        if request.method not in _SAFE and not same_site(request):
            return 403
        try:
            await self._app(scope, receive, send)
        except ClientDisconnect:
            return None
        except StoreBusy:
            return 503
        except Exception as fault:
            log.error("web.fault", error=type(fault).__name__, where=_place(fault))
            return 500
        return None
