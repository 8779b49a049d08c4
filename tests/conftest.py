"""For all tests: nothing but the loopback address is ever reached."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from tests.figures import LINES

_LOOPBACK = ("127.", "::1", "localhost")


class NotLoopback(Exception):
    """A test tried to reach something that is not on this machine."""


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The network is refused: tests talk to the loopback address and to sockets that are files."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(_LOOPBACK):
            raise NotLoopback(f"tried to reach {address[0]}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was played, and what came of it."""
    if LINES:
        terminalreporter.section("figures")
    for line in LINES:
        terminalreporter.line(line)
