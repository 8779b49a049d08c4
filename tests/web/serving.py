"""The house behind a real HTTP server on loopback, and Chromium in front of it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.async_api import Browser, async_playwright

from tests.web.house import House

CHROMIUM = Path("/usr/bin/chromium")
_ARGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Server(uvicorn.Server):
    """Uvicorn that says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]  # uvicorn's own type
        """Listen, then say so."""
        await super().startup()
        self.ready.set()

    @property
    def address(self) -> str:
        """Where it listens."""
        port = self.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"


@asynccontextmanager
async def served(house: House) -> AsyncIterator[str]:
    """The house on a free port; gives its address."""
    config = uvicorn.Config(
        house.app, host="127.0.0.1", port=0, log_config=None, lifespan="off", ws="none", timeout_graceful_shutdown=1
    )
    server = Server(config)
    running = asyncio.create_task(server._serve())
    await server.ready.wait()
    try:
        yield server.address
    finally:
        server.should_exit = True
        await running


def need_chromium() -> None:
    """Skips the test where there is none, but never on the build machine."""
    if not CHROMIUM.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{CHROMIUM} is missing; install chromium")
        pytest.skip(f"{CHROMIUM} is missing")


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The system's Chromium."""
    need_chromium()
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=CHROMIUM, args=list(_ARGS))
        try:
            yield browser
        finally:
            await browser.close()
