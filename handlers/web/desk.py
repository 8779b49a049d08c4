"""The workers' pages: the queue and one case. Acts go through the intake; every look asks who is signed in now."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.messages import Claim, Close, FromWorker, Reply
from bot.ports import StoreBusy, Worker
from bot.queueing import telling
from handlers.web.cases import Board, Sight, board, sight, spoken
from handlers.web.forms import TooLong, form_of
from handlers.web.signing import signed_out, worker_of
from handlers.web.site import Site
from handlers.web.streaming import TICK, event, streamed
from handlers.web.waking import DESK

_DONE = ("claim", "reply", "close")
_OUT = event("out", {})


def _message(form: Mapping[str, str]) -> Claim | Reply | Close | None:
    match form.get("act"):
        case "claim":
            return Claim()
        case "reply" if form.get("text"):
            return Reply(form["text"])
        case "close":
            return Close(form.get("outcome", ""))
        case _:
            return None


class Desk:
    """``/desk`` and ``/desk/case/N``."""

    def __init__(self, site: Site) -> None:
        self._site = site

    # Looking ------------------------------------------------------------------------------------------------------

    async def _board(self, request: Request) -> tuple[Worker, Board] | None:
        async with self._site.store.begin() as work:
            worker = await worker_of(work, self._site, request)
            if worker is None:
                return None
            base = spoken(self._site.door().base, worker.language)
            return worker, await board(work, base, worker, self._site.clock.now())

    async def _sight(self, request: Request) -> tuple[Worker, Sight | None] | None:
        number = int(request.path_params["number"])
        async with self._site.store.begin() as work:
            worker = await worker_of(work, self._site, request)
            if worker is None:
                return None
            base = spoken(self._site.door().base, worker.language)
            return worker, await sight(work, base, worker, number, self._site.clock.now())

    async def page(self, request: Request) -> Response:
        """The queue, what is hers, and what has ended."""
        found = await self._board(request)
        if found is None:
            return signed_out(self._site)
        worker, seen = found
        return self._site.page("desk.html", worker.language, worker=worker, board=seen)

    async def case(self, request: Request) -> Response:
        """One case."""
        found = await self._sight(request)
        if found is None:
            return signed_out(self._site)
        worker, seen = found
        done = request.query_params.get("done")
        told = self._site.wording(worker.language)(f"staff.done.{done}") if done in _DONE else ""
        return self._case_page(worker, seen, told=told)

    def _case_page(
        self, worker: Worker, seen: Sight | None, *, told: str = "", refused: str = "", draft: str = ""
    ) -> HTMLResponse:
        if seen is None:
            refused = refused or self._site.wording(worker.language)("case.not_found")
            return self._site.page("no_case.html", worker.language, status=404, worker=worker, refused=refused)
        return self._site.page(
            "case.html",
            worker.language,
            status=409 if refused else 200,
            worker=worker,
            sight=seen,
            outcomes=telling.outcomes(spoken(self._site.door().base, worker.language)),
            told=told,
            refused=refused,
            draft=draft,
        )

    # Acting -------------------------------------------------------------------------------------------------------

    async def act(self, request: Request) -> Response:
        """Claim, reply or close. What was refused is said, and the words are kept."""
        try:
            form = await form_of(request)
        except TooLong:
            return await self._refused(request, "web.long")
        message = _message(form)
        if message is None:
            return await self._refused(request, "desk.reply.blank")
        try:
            return await self._done(request, message, form)
        except StoreBusy:
            return self._again(request, form)

    async def _done(self, request: Request, message: Claim | Reply | Close, form: Mapping[str, str]) -> Response:
        async with self._site.store.begin() as work:
            worker = await worker_of(work, self._site, request)
        if worker is None:
            return signed_out(self._site)
        refused = await self._taken(worker, int(request.path_params["number"]), message, form.get("once", ""))
        if refused is None:
            return RedirectResponse(f"{request.url.path}?done={message.type}", 303)
        return await self._refused(request, refused, form.get("text", ""))

    def _again(self, request: Request, form: Mapping[str, str]) -> HTMLResponse:
        """The store is busy, so nobody can be asked who she is: only what she sent herself, to send once more."""
        language = self._site.door().base.settings.desk.language
        return self._site.page("again.html", language, status=503, action=request.url.path, form=form)

    async def _taken(self, worker: Worker, number: int, message: Claim | Reply | Close, once: str) -> str | None:
        """None when it was done; else why not, in words or as a key of the phrases."""
        key = hashlib.sha256(f"{worker.id}\n{number}\n{once}\n{message!r}".encode()).hexdigest()
        act = FromWorker(message, identity=None, case=number, worker=worker.id)
        answer = await self._site.intake.worker(act, once=key)
        self._site.bells.ring(DESK)
        return None if answer.done else answer.text

    async def _refused(self, request: Request, refused: str, draft: str = "") -> Response:
        """Looked at anew: somebody else may have changed the case, or taken this worker's rights away."""
        found = await self._sight(request)
        if found is None:
            return signed_out(self._site)
        worker, seen = found
        words = self._site.wording(worker.language)
        return self._case_page(worker, seen, refused=words(refused) if words.has(refused) else refused, draft=draft)

    # Live ---------------------------------------------------------------------------------------------------------

    async def live(self, request: Request) -> Response:
        """The desk as it changes."""
        if await self._board(request) is None:
            return signed_out(self._site)
        return streamed(self._boards(request))

    async def _boards(self, request: Request) -> AsyncIterator[str | None]:
        before: Board | None = None
        with self._site.bells.listening(DESK) as ear:
            while True:
                try:
                    found = await self._board(request)
                except StoreBusy:
                    found = None
                    yield None
                else:
                    if found is None:
                        yield _OUT
                        return
                    worker, seen = found
                    yield event("board", self._board_told(worker, seen)) if seen != before else None
                    before = seen
                await ear.heard(TICK)

    def _board_told(self, worker: Worker, seen: Board) -> dict[str, Any]:
        html = self._site.render("board.html", worker.language, board=seen)
        return {"html": html, "count": len(seen.waiting)}

    async def case_live(self, request: Request) -> Response:
        """One case as it changes; its new lines one by one."""
        found = await self._sight(request)
        if found is None or found[1] is None:
            return signed_out(self._site)
        after = request.headers.get("last-event-id") or request.query_params.get("after", "0")
        return streamed(self._sights(request, int(after) if after.isascii() and after.isdigit() else 0))

    async def _sights(self, request: Request, after: int) -> AsyncIterator[str | None]:
        before: Sight | None = None
        with self._site.bells.listening(DESK) as ear:
            while True:
                try:
                    found = await self._sight(request)
                except StoreBusy:
                    yield None
                else:
                    if found is None or found[1] is None:
                        yield _OUT
                        return
                    worker, seen = found[0], found[1]
                    yield self._sight_told(worker, seen, after) if seen != before else None
                    before, after = seen, max((line.id for line in seen.lines), default=after)
                await ear.heard(TICK)

    def _sight_told(self, worker: Worker, seen: Sight, after: int) -> str:
        facts = self._site.render("facts.html", worker.language, sight=seen)
        new = [line for line in seen.lines if line.id > after]
        lines = self._site.render("case_lines.html", worker.language, lines=new)
        last = max((line.id for line in seen.lines), default=after)
        return event("case", {"facts": facts, "lines": lines, "stand": seen.stand}, last)
