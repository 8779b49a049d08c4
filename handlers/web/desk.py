"""The workers' pages: the queue, one case, help for a child in need, the network. Acts go through the intake."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.acts import CaseMove, Presence, SaveDraft
from bot.desk.looking import desk_open
from bot.intake import Answer
from bot.messages import FromWorker
from bot.ports import StoreBusy
from bot.queueing import telling
from handlers.web.acting import ACTS, Unclear, act_of, own_words, presence_of
from handlers.web.board import Board
from handlers.web.cases import Looking
from handlers.web.choices import choices
from handlers.web.forms import TooLong, form_of
from handlers.web.readying import ready
from handlers.web.signing import signed_out
from handlers.web.site import Site
from handlers.web.waking import DESK
from handlers.web.watching import Seen, Watch

_OWN_DONE = ("claim", "reply", "close")  # those whose "done" has words of its own
_BACK = {"network": "/desk/network", "asked": "/desk?show=asked"}


class Desk:
    """``/desk``, ``/desk/case/N``, ``/desk/case/N/help/KIND``, ``/desk/network``."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._watch = Watch(site)

    # Looking ------------------------------------------------------------------------------------------------------

    async def page(self, request: Request) -> Response:
        """The queue, what is hers, and what has ended."""
        found = await self._watch.board(request)
        return signed_out(self._site) if found is None else self._board_page(request, *found)

    def _board_page(self, request: Request, look: Looking, seen: Board, *, refused: str = "") -> HTMLResponse:
        values = {"worker": look.worker, "board": seen, "told": self._told(request, look), "refused": refused}
        return self._site.page("desk.html", look.worker.language, status=409 if refused else 200, **values)

    def _told(self, request: Request, look: Looking) -> str:
        """What was just done, in words."""
        done, words = request.query_params.get("done"), look.words
        if done == "presence":
            state = words(f"staff.presence.{look.worker.profile.presence or 'on'}")
            return words("staff.done.presence", state=state)
        if done == "inserted":
            return words("desk.inserted")
        if done not in ACTS:
            return ""
        return words(f"staff.done.{done if done in _OWN_DONE else 'other'}")

    async def network(self, request: Request) -> Response:
        """The units, their workers, and the questions that wait for her."""
        found = await self._watch.network(request)
        if found is None:
            return signed_out(self._site)
        look, seen = found
        told = self._told(request, look)
        return self._site.page("network.html", look.worker.language, worker=look.worker, network=seen, told=told)

    async def case(self, request: Request) -> Response:
        """One case. That she saw it is logged; after an act of hers the log has that act."""
        seen = await self._watch.case(request, logged="done" not in request.query_params)
        return signed_out(self._site) if seen is None else self._case_page(request, seen)

    def _case_page(self, request: Request, seen: Seen, *, refused: str = "", kept: str = "", act: str = "") -> Response:
        look, sight = seen.look, seen.sight
        if sight is None:
            refused = refused or look.words("case.not_found")
            return self._site.page(
                "no_case.html", look.worker.language, status=404, worker=look.worker, refused=refused
            )
        is_open = desk_open(self._site.door(), look.now)
        boxed = kept if act in ("reply", "insert", "draft") and "reply" in sight.may else ""
        return self._site.page(
            "case.html",
            look.worker.language,
            status=409 if refused else 200,
            worker=look.worker,
            sight=sight,
            choices=choices(look, sight, desk_open=is_open) if sight.hers else None,
            now=look.now,
            told=self._told(request, look),
            refused=refused,
            draft=boxed or sight.draft,
            kept="" if boxed else kept,
        )

    async def help(self, request: Request) -> Response:
        """What binds a worker when a child may need protection: steps, numbers, words."""
        seen = await self._watch.case(request)
        if seen is None:
            return signed_out(self._site)
        look, sight, base = seen.look, seen.sight, self._site.door().base
        kind = request.path_params["kind"]
        if sight is None or base.duties is None or kind not in ("report", "lasta"):
            return self._case_page(request, seen)
        duty = base.duties.report if kind == "report" else base.duties.lasta
        on_call = base.on_call(sight.area)
        return self._site.page(
            "help.html",
            look.worker.language,
            worker=look.worker,
            sight=sight,
            kind=kind,
            duty=duty,
            on_call=on_call,
            phones={each.value: each for each in (*(on_call.phones if on_call else ()), *duty.phones)}.values(),
            told=self._told(request, look),
        )

    # Acting -------------------------------------------------------------------------------------------------------

    async def presence(self, request: Request) -> Response:
        """She is on, away or off."""
        try:
            form = await form_of(request)
            message = presence_of(form, self._site.clock.now())
        except (TooLong, Unclear):
            return RedirectResponse("/desk", 303)
        worker = await self._watch.worker(request)
        if worker is None:
            return signed_out(self._site)
        await self._taken(worker.id, None, message, form.get("once", ""))
        return RedirectResponse("/desk?done=presence", 303)

    async def act(self, request: Request) -> Response:
        """One of the forms of a case. What was refused is said, and the words are kept."""
        try:
            form = await form_of(request)
        except TooLong:
            return await self._refused(request, "web.long", {})
        try:
            return await self._done(request, form)
        except Unclear as unclear:
            return await self._refused(request, unclear.key, form)
        except StoreBusy:
            return self._again(request, form)

    async def _done(self, request: Request, form: Mapping[str, str]) -> Response:
        message = await self._message(request, form)
        worker = await self._watch.worker(request)
        if worker is None:
            return signed_out(self._site)
        answer = await self._taken(worker.id, int(request.path_params["number"]), message, form.get("once", ""))
        if not answer.done:
            return await self._refused(request, answer.key or answer.text, form)
        back = _BACK.get(form.get("back", ""), request.url.path)
        if not answer.text:  # sent before: how that ended, the page as it is now tells best
            return RedirectResponse(back, 303)
        done = "inserted" if form["act"] == "insert" else message.type
        return RedirectResponse(f"{back}{'&' if '?' in back else '?'}done={done}", 303)

    async def _message(self, request: Request, form: Mapping[str, str]) -> CaseMove:
        """What the form asks for. Ready words go behind what she has written, as her draft. Raises Unclear."""
        if form.get("act") != "insert":
            return act_of(form, self._site.clock.now())
        seen = await self._watch.case(request)
        case = seen.sight.case if seen is not None and seen.sight is not None else None
        if seen is None or case is None:
            return SaveDraft(form.get("text", ""))
        words = ready(seen.look, case, form.get("ready", ""), form.get("card", ""))
        if not words:
            raise Unclear("desk.choose")
        return SaveDraft("\n\n".join(each for each in (form.get("text", ""), words) if each))

    def _again(self, request: Request, form: Mapping[str, str]) -> HTMLResponse:
        """The store is busy, so nobody can be asked who she is: only what she sent herself, to send once more."""
        language = self._site.door().base.settings.desk.language
        return self._site.page("again.html", language, status=503, action=request.url.path, form=form)

    async def _taken(self, worker: int, number: int | None, message: CaseMove | Presence, once: str) -> Answer:
        """What she is told of it; without a word when this form was taken before."""
        key = hashlib.sha256(f"{worker}\n{number}\n{once}\n{message!r}".encode()).hexdigest()
        act = FromWorker(message, identity=None, case=number, worker=worker)
        answer = await self._site.intake.worker(act, once=key)
        self._site.bells.ring(DESK)
        return answer

    async def _refused(self, request: Request, refused: str, form: Mapping[str, str]) -> Response:
        """Looked at anew: somebody else may have changed the case, or taken this worker's rights away."""
        seen = await self._watch.case(request)
        if seen is None:
            return signed_out(self._site)
        words = seen.look.words
        said = telling.say(seen.look.base, refused) if refused.startswith("case.") else refused
        said = words(refused) if words.has(refused) else said
        return self._case_page(request, seen, refused=said, kept=own_words(form), act=form.get("act", ""))
