"""The product as a process: started, killed, stopped; always with its own folder and database."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.builders import STARTER

ROOT = STARTER.parent
BUILT = 120.0  # seconds the nursery may take to read and build everything on a busy machine


@dataclass
class Running:
    """One process of the product. ``ended`` gives its exit code; negative is the signal that killed it."""

    pid: int
    log: Path
    ended: asyncio.Future[int]

    def kill(self) -> None:
        """kill -9: not a word, not a moment."""
        self.signal(signal.SIGKILL)

    def signal(self, number: signal.Signals) -> None:
        """Nothing happens when it has ended by itself."""
        if not self.ended.done():
            os.kill(self.pid, number)

    async def stop(self) -> None:
        """SIGTERM; it must end well within ten seconds."""
        self.signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            code = await self.ended
        assert code == 0, f"it ended with {code}:\n{self.told()}"

    async def killed(self) -> int:
        """Kill it and wait for its end."""
        self.kill()
        return await self.ended

    def told(self) -> str:
        """What it has logged, the end of it."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-4000:] if self.log.exists() else ""


def _set(ended: asyncio.Future[int], code: int) -> None:
    if not ended.done():
        ended.set_result(code)


@dataclass
class Nursery:
    """The process that forks the product, and the thread that hears of every end."""

    process: subprocess.Popen[str]
    _born: list[int] = field(default_factory=list)
    _heard: threading.Condition = field(default_factory=threading.Condition)
    _waiting: dict[int, tuple[asyncio.AbstractEventLoop, asyncio.Future[int]]] = field(default_factory=dict)
    _early: dict[int, int] = field(default_factory=dict)

    def listen(self) -> None:
        """Runs in a thread until the nursery ends."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            told: dict[str, int] = json.loads(line)
            with self._heard:
                if "ended" in told:
                    self._ended(told["ended"], told["code"])
                else:
                    self._born.append(told.get("started", told.get("ready", 0)))
                self._heard.notify_all()

    def _ended(self, pid: int, code: int) -> None:
        if pid not in self._waiting:
            self._early[pid] = code
            return
        loop, ended = self._waiting.pop(pid)
        if not loop.is_closed():
            loop.call_soon_threadsafe(_set, ended, code)

    def next_born(self, seconds: float = 20) -> int:
        """The process id of what was ordered last."""
        with self._heard:
            assert self._heard.wait_for(lambda: self._born, seconds), "the nursery does not answer"
            return self._born.pop(0)

    def start(
        self, folder: Path, settings: Mapping[str, str], *, points: Mapping[str, int] | None = None, paced: bool = False
    ) -> Running:
        """``perheneuvo run`` in a folder. ``points``: where it is to die; ``paced``: with Telegram's limits kept."""
        log = folder / "log.txt"
        order: dict[str, Any] = {
            "folder": str(folder),
            "settings": dict(settings),
            "log": str(log),
            "points": dict(points or {}),
            "paced": paced,
        }
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        pid = self.next_born()
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[int] = loop.create_future()
        with self._heard:
            if pid in self._early:
                ended.set_result(self._early.pop(pid))
            else:
                self._waiting[pid] = loop, ended
        return Running(pid, log, ended)

    def clear(self) -> None:
        """Kill what a failed test has left."""
        with self._heard:
            for pid in self._waiting:
                os.kill(pid, signal.SIGKILL)
            self._waiting.clear()


@contextmanager
def nursery(knowledge: Path) -> Iterator[Nursery]:
    """A nursery that is ready, with that knowledge; it ends with the block."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PERHENEUVO_", "COV_"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.nursery", str(knowledge)],
        cwd=ROOT,
        env={**clean, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    made = Nursery(process)
    listening = threading.Thread(target=made.listen, daemon=True)
    listening.start()
    try:
        made.next_born(BUILT)
        yield made
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(10)
        listening.join(10)
        if process.stdout is not None:
            process.stdout.close()
