"""One running worker and the pipe to it: one question, one answer. What breaks the agreement is an exception.

Knows neither rests nor patience; :mod:`bot.encoder.process` decides what comes of a failure.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from bot.encoder import frames
from bot.encoder.frames import Floats

Failure = (OSError, EOFError, TimeoutError, frames.NoFrame)
_HOUSE = Path(__file__).resolve().parents[2]


def reason(fault: BaseException) -> str:
    """What may be logged of a failure."""
    return str(fault) if isinstance(fault, frames.NoFrame) else type(fault).__name__


class Pipe:
    """A worker that was started. ``size`` is set by its hello."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        if process.stdin is None or process.stdout is None:
            raise ValueError("a worker needs both its pipes")
        self.size = 0
        self._process, self._to, self._from = process, process.stdin, process.stdout

    @classmethod
    async def to(cls, command: Sequence[str]) -> Pipe:
        """Start a worker. Raises OSError."""
        pipes, nowhere = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        return cls(
            await asyncio.create_subprocess_exec(
                *command,
                stdin=pipes,
                stdout=pipes,
                stderr=nowhere,
                env=environment(),
                start_new_session=True,  # Ctrl+C is for us; we end it
            )
        )

    async def hello(self) -> None:
        """Wait till it has loaded. Raises one of ``Failure``."""
        self.size = frames.size_of(await self._read(frames.HELLO))

    async def ask(self, texts: Sequence[str]) -> Floats:
        """One vector for each text. Raises one of ``Failure``; it is of no use any more then."""
        self._to.write(frames.lines(texts))
        await self._to.drain()
        return frames.vectors_of(await self._read(frames.VECTORS), len(texts), self.size)

    async def _read(self, wanted: bytes) -> bytes:
        length, kind = frames.head(await self._from.readexactly(frames.HEAD.size))
        body = await self._from.readexactly(length)
        if kind == frames.FAULT:
            name = body[:60].decode("ascii", "replace")
            raise frames.NoFrame(f"it said {name if name.isidentifier() else 'something else'}")
        if kind != wanted:
            raise frames.NoFrame("another kind of frame")
        return body

    async def ended(self) -> int:
        """Wait till it has ended by itself: its exit status."""
        return await self._process.wait()

    def kill(self) -> None:
        """End it now; whoever reads from it gets EOFError."""
        with suppress(ProcessLookupError):
            self._process.kill()

    async def end(self) -> None:
        """Kill it and leave no pipe open: what it still had to say is read, for an unread pipe is never closed."""
        self.kill()
        self._to.close()
        while await self._from.read(1 << 16):
            pass
        await self._process.wait()


def threads() -> int:
    """How many a worker may use: more than four gain nothing on one sentence."""
    mine = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(4, mine or 1)


def environment() -> dict[str, str]:
    """All the worker gets to know of ours: nothing that is secret."""
    return {
        "PYTHONPATH": str(_HOUSE),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PATH": os.defpath,
        "OMP_NUM_THREADS": str(threads()),
        "OMP_WAIT_POLICY": "passive",  # a thread that waits leaves the core to the front door
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
    }


def worker(memory: int, *model: str) -> tuple[str, ...]:
    """The command of our worker. ``memory`` in MiB of address space."""
    return (sys.executable, "-P", "-m", "bot.encoder.worker", str(memory << 20), str(threads()), *model)
