"""For all tests: nothing but the loopback address is ever reached."""

from __future__ import annotations

import socket
from collections.abc import Generator, Iterator
from typing import Any

import pytest

from tests.figures import LINES

_FIGURES = "figures"
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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What a test played goes along with its report, also from another process (``-n 2``)."""
    report = yield
    report.sections += [(_FIGURES, line) for line in LINES]
    LINES.clear()
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was played, and what came of it."""
    reports = [report for some in terminalreporter.stats.values() for report in some]
    told = [text for report in reports for name, text in getattr(report, "sections", ()) if name == _FIGURES]
    if told:
        terminalreporter.section(_FIGURES)
    for line in told:
        terminalreporter.line(line)
