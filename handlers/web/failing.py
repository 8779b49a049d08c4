"""When something goes wrong: kind words in three languages, 112, and the way on. Never what anybody wrote."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from handlers.web.site import Site

_KINDS = {403: "refused", 404: "lost", 405: "lost"}


def wants_json(request: Request) -> bool:
    """Whether our own script asks, and not a browser that goes to a page."""
    return request.headers.get("accept", "").startswith("application/json")


class Failing:
    """Answers where no page could."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def answer(self, request: Request, status: int) -> Response:
        """The page of a failure; for our script, one sentence."""
        if wants_json(request):
            key = "web.busy" if status == 503 else f"web.{_KINDS.get(status, 'broken')}.text"
            said = "\n".join(self._site.wording(each)(key) for each in ("fi", "sv", "en"))
            return JSONResponse({"said": said}, status)
        return self._site.page("failing.html", "fi", status=status, kind=_KINDS.get(status, "broken"))

    async def not_found(self, request: Request, fault: Exception) -> Response:
        """What Starlette asks for an address or a method we do not have."""
        return self.answer(request, getattr(fault, "status_code", 404))
