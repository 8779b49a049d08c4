"""The HTTP server: where it listens, and that it stops when told. Knows no page."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

from bot.settings import Settings, SettingsFault

GRACE = 3  # seconds a request that is under way has to end


def listen(settings: Settings) -> socket.socket:
    """A listening place at PERHENEUVO_BIND, so that nothing is begun where nobody could reach it. SettingsFault."""
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except OSError as fault:
        raise SettingsFault(
            f"Could not listen at {settings.bind} ({fault.strerror or fault}): "
            "stop what listens there, or set PERHENEUVO_BIND to another address and port."
        ) from fault


class Pages(uvicorn.Server):
    """Uvicorn without its own signal handlers: one place stops everything."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                lifespan="off",
                timeout_graceful_shutdown=GRACE,
                server_header=False,
            )
        )

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield
