"""How a worker gets in and out: a one-time link, then a cookie for twelve hours. Tokens are kept only hashed."""

from __future__ import annotations

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.intake import hashed
from bot.ports import UnitOfWork, Worker
from handlers.web.forms import keep_token, new_token, token_of
from handlers.web.site import Site

COOKIE = "desk"
_HOURS = 12


async def worker_of(work: UnitOfWork, site: Site, request: Request) -> Worker | None:
    """The worker who is signed in now; None as soon as she is not, or is no worker any more."""
    token = token_of(request, COOKIE)
    return await work.signed_in(hashed(token), site.clock.now()) if token else None


def signed_out(site: Site, status: int = 401) -> HTMLResponse:
    """What somebody sees who is not signed in: how to get in, and nothing else."""
    return site.page("signed_out.html", site.door().base.settings.desk.language, status=status, used=False)


class Signing:
    """``/desk/in/TOKEN`` and ``/desk/out``."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def ask(self, request: Request) -> Response:
        """A button, so that a preview of the link does not use it up."""
        language = self._site.door().base.settings.desk.language
        return self._site.page("sign_in.html", language, action=request.url.path)

    async def sign_in(self, request: Request) -> Response:
        """Uses the link up."""
        now, token = self._site.clock.now(), new_token()
        async with self._site.store.begin() as work:
            worker = await work.use_invite(hashed(str(request.path_params["token"])), now)
            if worker is not None:
                await work.add_sign_in(hashed(token), worker.id, now + timedelta(hours=_HOURS))
            await work.log("sign_in" if worker else "refused", now, worker=worker.id if worker else None)
        if worker is None:
            language = self._site.door().base.settings.desk.language
            return self._site.page("signed_out.html", language, status=410, used=True)
        answer = RedirectResponse("/desk", 303)
        keep_token(request, answer, COOKIE, token, seconds=_HOURS * 3600, path="/desk")
        return answer

    async def sign_out(self, request: Request) -> Response:
        """Ends this sign-in everywhere."""
        token = token_of(request, COOKIE)
        if token is not None:
            async with self._site.store.begin() as work:
                await work.end_sign_in(hashed(token))
        answer = RedirectResponse("/desk", 303)
        answer.delete_cookie(COOKIE, path="/desk", httponly=True, samesite="lax")
        return answer
