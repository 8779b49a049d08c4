"""The live half of the workers' pages: the desk and a case as they change. Every look asks who is signed in now."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.ports import StoreBusy
from handlers.web.board import Board
from handlers.web.cases import Looking
from handlers.web.sights import Sight
from handlers.web.signing import signed_out
from handlers.web.site import Site
from handlers.web.streaming import TICK, event, streamed
from handlers.web.waking import DESK
from handlers.web.watching import Watch

_OUT = event("out", {})


class DeskLive:
    """``/desk/live`` and ``/desk/case/N/live``."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._watch = Watch(site)

    async def live(self, request: Request) -> Response:
        """The desk as it changes."""
        if await self._watch.board(request) is None:
            return signed_out(self._site)
        return streamed(self._boards(request))

    async def _boards(self, request: Request) -> AsyncIterator[str | None]:
        before: Board | None = None
        with self._site.bells.listening(DESK) as ear:
            while True:
                try:
                    found = await self._watch.board(request)
                except StoreBusy:
                    found = None
                    yield None
                else:
                    if found is None:
                        yield _OUT
                        return
                    look, seen = found
                    yield event("board", self._board_told(look, seen)) if seen != before else None
                    before = seen
                await ear.heard(TICK)

    def _board_told(self, look: Looking, seen: Board) -> dict[str, Any]:
        html = self._site.render("board.html", look.worker.language, board=seen)
        return {"html": html, "count": len(seen.waiting)}

    async def case_live(self, request: Request) -> Response:
        """One case as it changes; its new lines one by one."""
        found = await self._watch.case(request)
        if found is None or found.sight is None:
            return signed_out(self._site)
        after = request.headers.get("last-event-id") or request.query_params.get("after", "0")
        return streamed(self._sights(request, int(after) if after.isascii() and after.isdigit() else 0))

    async def _sights(self, request: Request, after: int) -> AsyncIterator[str | None]:
        before: Sight | None = None
        with self._site.bells.listening(DESK) as ear:
            while True:
                try:
                    found = await self._watch.case(request)
                except StoreBusy:
                    yield None
                else:
                    if found is None or found.sight is None:
                        yield _OUT
                        return
                    seen = found.sight
                    yield self._sight_told(found.look, seen, after) if seen != before else None
                    before, after = seen, max((line.id for line in seen.lines), default=after)
                await ear.heard(TICK)

    def _sight_told(self, look: Looking, seen: Sight, after: int) -> str:
        language = look.worker.language
        facts = self._site.render("facts.html", language, sight=seen)
        strip = self._site.render("strip.html", language, sight=seen)
        new = [line for line in seen.lines if line.id > after]
        lines = self._site.render("case_lines.html", language, lines=new)
        last = max((line.id for line in seen.lines), default=after)
        return event("case", {"facts": facts, "strip": strip, "lines": lines, "stand": seen.stand}, last)
