"""The pages, put together: which address is answered by what."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.conversation.turn import Door
from bot.intake import Intake
from bot.ports import Clock, Store
from handlers.web.chat import Chat
from handlers.web.delivering import WebChannel
from handlers.web.desk import Desk
from handlers.web.desk_live import DeskLive
from handlers.web.failing import Failing
from handlers.web.health import Health
from handlers.web.reports import Reports
from handlers.web.shielding import Shield
from handlers.web.signing import Signing
from handlers.web.site import STATIC, Site


class Static(StaticFiles):
    """Our own files; their addresses carry a version, so they may be kept."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """One file."""
        found = super().file_response(full_path, stat_result, scope, status_code)
        found.headers["cache-control"] = "public, max-age=31536000, immutable"
        return found


def make_app(
    *,
    store: Store,
    intake: Intake,
    clock: Clock,
    door: Callable[[], Door],
    channel: WebChannel,
    health: Callable[[], Awaitable[Mapping[str, Any]]],
    more: Sequence[Route] = (),
) -> Starlette:
    """The application. ``door`` gives the knowledge as it is now; ``health`` tells how things are, with ``ok``;
    ``more`` are addresses of other channels on the same port.
    """
    site = Site(store, intake, clock, door, channel, health)
    failing = Failing(site)
    return Starlette(
        routes=[*_parent(site), *_desk(site), *more, Mount("/static", Static(directory=STATIC))],
        middleware=[Middleware(Shield, failing=failing)],
        exception_handlers={HTTPException: failing.not_found},
    )


def _parent(site: Site) -> list[Route]:
    chat, health = Chat(site), Health(site)
    return [
        Route("/", chat.page, methods=["GET"]),
        Route("/", chat.act, methods=["POST"]),
        Route("/live", chat.live, methods=["GET"]),
        Route("/leave", chat.leave, methods=["POST"]),
        Route("/left", chat.left, methods=["GET"]),
        Route("/health", health.page, methods=["GET"]),
        Route("/health/live", health.live, methods=["GET"]),
        Route("/health/ready", health.ready, methods=["GET"]),
    ]


def _desk(site: Site) -> list[Route]:
    desk, live, signing = Desk(site), DeskLive(site), Signing(site)
    return [
        Route("/desk", desk.page, methods=["GET"]),
        Route("/desk", desk.presence, methods=["POST"]),
        Route("/desk/live", live.live, methods=["GET"]),
        Route("/desk/network", desk.network, methods=["GET"]),
        Route("/desk/report", Reports(site).page, methods=["GET"]),
        Route("/desk/in/{token}", signing.ask, methods=["GET"]),
        Route("/desk/in/{token}", signing.sign_in, methods=["POST"]),
        Route("/desk/out", signing.sign_out, methods=["POST"]),
        Route("/desk/case/{number:int}", desk.case, methods=["GET"]),
        Route("/desk/case/{number:int}", desk.act, methods=["POST"]),
        Route("/desk/case/{number:int}/live", live.case_live, methods=["GET"]),
        Route("/desk/case/{number:int}/help/{kind}", desk.help, methods=["GET"]),
    ]
