"""The page for machines that watch over us: numbers only."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse

from bot.ports import StoreBusy
from handlers.web.site import Site


class Health:
    """``/health``."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def page(self, request: Request) -> JSONResponse:
        """200 when all is well, else 503."""
        try:
            told = dict(await self._site.health())
        except StoreBusy:
            told = {"ok": False, "store": "busy"}
        return JSONResponse(told, 200 if told.get("ok") else 503)
