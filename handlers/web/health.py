"""The pages for machines that watch over us: numbers only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.ports import StoreBusy
from handlers.web.site import Site


class Health:
    """``/health`` and its two halves."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def page(self, request: Request) -> JSONResponse:
        """All of it: 200 when nothing needs a person, else 503."""
        return await self._told("ok")

    async def ready(self, request: Request) -> JSONResponse:
        """For a load balancer: 200 when requests may be sent here."""
        return await self._told("ready")

    async def live(self, request: Request) -> JSONResponse:
        """For whoever restarts us: 200 as long as this process answers. Asks nobody, so nothing else makes it red."""
        return JSONResponse({"live": True})

    async def _told(self, which: str) -> JSONResponse:
        try:
            told = dict(await self._site.health())
        except StoreBusy:
            told = {"ok": False, "ready": False, "database": "not reachable"}
        return JSONResponse(told, 200 if told.get(which) else 503)


def metrics_route(told: Callable[[], Awaitable[tuple[bytes, str]]]) -> Route:
    """``/metrics``. ``told`` gives the text and its media type."""

    async def page(_: Request) -> Response:
        text, kind = await told()
        return Response(text, headers={"content-type": kind})

    return Route("/metrics", page, methods=["GET"])
