"""The parent's page. Requests become acts, lines become pages; works without any script, and live with one."""

from __future__ import annotations

from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from bot.intake import hashed
from bot.knowledge.model import LANGUAGES, Language
from bot.messages import Address, Press, Text
from bot.ports import StoreBusy
from handlers.web.failing import wants_json
from handlers.web.forms import TooLong, form_of, keep_token, new_token, token_of
from handlers.web.lines import ASKS, all_shown, said
from handlers.web.site import Site
from handlers.web.streaming import TICK, event, streamed
from handlers.web.talking import Act, Talk, Talking

COOKIE = "perheneuvo"
_KEPT = 30 * 24 * 3600  # seconds this device remembers the conversation after the last visit
_LONGEST_PRESS = 64  # bytes; what Button.data may have
_NOTHING = "<!doctype html><title></title>"


def language_of(request: Request) -> Language:
    """The first of ours that her browser asks for."""
    for asked in request.headers.get("accept-language", "").split(","):
        tag = asked.split(";")[0].strip().split("-")[0].lower()
        if (found := picked(tag)) is not None:
            return found
    return "fi"


def picked(value: str | None) -> Language | None:
    """A language she picked, when it is one of ours."""
    return next((each for each in LANGUAGES if each == value), None)


def address_of(token: str) -> Address:
    """Where she is reached. The token itself is never kept."""
    return Address("web", hashed(token))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else 0


class Chat:
    """``/`` and what belongs to it."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._talking = Talking(site)

    # The page -----------------------------------------------------------------------------------------------------

    async def page(self, request: Request) -> Response:
        """Her conversation; before her first act the welcome, for which nothing is saved."""
        known = token_of(request, COOKIE)
        talk = await self._talking.seen(address_of(known)) if known else None
        note = "web.cookies" if known is None and "c" in request.query_params else None
        answer = self._welcome(request, note=note) if talk is None else self._talk(talk)
        keep_token(request, answer, COOKIE, known or new_token(), seconds=_KEPT)
        return answer

    def _welcome(
        self, request: Request, *, note: str | None = None, draft: str = "", status: int = 200
    ) -> HTMLResponse:
        asked = picked(request.query_params.get("lang"))
        language = asked or language_of(request)
        words = self._site.wording(language)
        lines = [said(each, words) for each in self._talking.greeting(language).says]
        return self._site.page(
            "chat.html", language, status=status, lines=lines, begun=False, asked=asked or "", note=note, draft=draft
        )

    def _talk(self, talk: Talk, *, note: str | None = None, draft: str = "", status: int = 200) -> HTMLResponse:
        language = talk.conversation.language
        lines = all_shown(talk.lines, self._site.wording(language), self._site.clock.now())
        return self._site.page(
            "chat.html", language, status=status, lines=lines, begun=True, asked="", note=note, draft=draft
        )

    # What she does ------------------------------------------------------------------------------------------------

    async def act(self, request: Request) -> Response:
        """A form of the page: words, a button, or both. Sent twice it counts once."""
        token = token_of(request, COOKIE)
        address = address_of(token or new_token())
        form: dict[str, str] = {}
        try:
            form = await form_of(request)
            talk = await self._take(request, address, form) if token else None
        except TooLong:
            return await self._not_taken(request, address, 413, "web.long", "")
        except StoreBusy:
            return await self._not_taken(request, address, 503, "web.busy", form.get("text", ""))
        if wants_json(request):
            return await self._pieces(address, _number(form.get("after")))
        missing = "" if token else "?c=1"
        return RedirectResponse(f"/{missing}#end" if talk or missing else "/", 303)

    async def _take(self, request: Request, address: Address, form: dict[str, str]) -> Talk | None:
        asked, press, text = picked(form.get("lang")), form.get("press", ""), form.get("text", "")
        messages: list[Text | Press] = [Text(text)] if text else []
        if form.get("ask") in ASKS:
            messages.append(Press(form["ask"]))
        elif press and len(press.encode()) <= _LONGEST_PRESS:
            messages.append(Press(press))
        talk = None
        for message in messages:
            language = asked or language_of(request)
            act = Act(address, message, form.get("once", "")[:64], language, asked is not None, "ask" in form)
            talk = await self._talking.take(act) or talk
        if talk is not None:
            await self._talking.answered(talk)
        return talk

    async def _not_taken(self, request: Request, address: Address, status: int, key: str, draft: str) -> Response:
        """Kindly no: her words stay in the box. The page comes back with its lines where the store can be asked."""
        language = picked(request.query_params.get("lang")) or language_of(request)
        if wants_json(request):
            return JSONResponse({"said": self._site.wording(language)(key)}, status)
        try:
            talk = await self._talking.seen(address)
        except StoreBusy:
            talk = None
        if talk is None:
            return self._welcome(request, note=key, draft=draft, status=status)
        return self._talk(talk, note=key, draft=draft, status=status)

    async def _pieces(self, address: Address, after: int) -> Response:
        """What is new on the page, for the script."""
        talk = await self._talking.seen(address)
        if talk is None:
            return JSONResponse({"said": self._site.wording("fi")("web.cookies")}, 400)
        return JSONResponse(self._told(talk, after))

    def _told(self, talk: Talk, after: int) -> dict[str, str]:
        language = talk.conversation.language
        shown = all_shown(talk.lines, self._site.wording(language), self._site.clock.now())
        new = [line for line in shown if line.id > after]
        return {"html": self._site.render("lines.html", language, lines=new, end=0), "language": language}

    # Live ---------------------------------------------------------------------------------------------------------

    async def live(self, request: Request) -> Response:
        """The lines past ``after``, as they come."""
        token = token_of(request, COOKIE)
        talk = await self._talking.seen(address_of(token)) if token else None
        if talk is None:
            return Response(status_code=204)  # tells a browser not to connect again
        after = max(_number(request.query_params.get("after")), _number(request.headers.get("last-event-id")))
        return streamed(self._lines(talk.row, after))

    async def _lines(self, row: int, after: int) -> AsyncIterator[str | None]:
        with self._site.bells.listening(row) as ear:
            while True:
                talk = await self._newer(row, after)
                if talk is not None:
                    told, after = self._told(talk, after), talk.lines[-1].id
                    yield event("lines", told, after)
                else:
                    yield None
                await ear.heard(TICK)

    async def _newer(self, row: int, after: int) -> Talk | None:
        """Nothing where the store is busy: there is another look soon."""
        try:
            return await self._talking.newer(row, after)
        except StoreBusy:
            return None

    # Leaving ------------------------------------------------------------------------------------------------------

    async def leave(self, request: Request) -> Response:
        """Out at once: this device forgets the conversation. The page that follows is blank."""
        answer = RedirectResponse("/left", 303)
        answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
        return answer

    async def left(self, request: Request) -> Response:
        """A blank page."""
        return HTMLResponse(_NOTHING)
