"""An encoder kept running in a process of its own: ended when it hangs or talks nonsense, started again after a rest.

What it is given is never logged, nor is what the worker says beyond the kind of a fault. It knows no model.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import structlog

from bot.encoder.frames import Floats
from bot.encoder.given import given
from bot.encoder.pipe import Failure, Pipe, reason
from bot.ports import EncoderState

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds. ``patience`` is for each text asked, waiting in line included; past it the answer is None.

    ``hang`` is when a worker that does not answer is ended; ``loading`` the same before its hello. ``rests`` are the
    pauses before it is started again: the first after a worker that had answered, then on with each that had not.
    """

    patience: float = 0.15
    hang: float = 10.0
    loading: float = 60.0
    rests: tuple[float, ...] = (1.0, 2.0, 5.0, 15.0, 60.0)


class NoEncoder:
    """Stands where there is no encoder, because it is switched off or not installed."""

    name = ""

    def __init__(self, state: EncoderState) -> None:
        self.state: EncoderState = state

    async def start(self) -> None:
        """Nothing to start."""

    async def ready(self, seconds: float) -> bool:
        """Never."""
        return False

    async def vectors(self, texts: Sequence[str]) -> Floats | None:
        """Not available."""
        return None

    async def close(self) -> None:
        """Nothing to close."""


class EncoderProcess:
    """One worker, one batch at a time. ``command`` starts it; ``name`` says which model it runs."""

    def __init__(self, name: str, command: Sequence[str], limits: Limits | None = None) -> None:
        self.name = name
        self._command = tuple(command)
        self._limits = limits or Limits()
        self._state: EncoderState = "off"
        self._late = False
        self._answered = False
        self._pipe: Pipe | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._one = asyncio.Lock()
        self._can = asyncio.Event()
        self._broken = asyncio.Event()
        self._asking: set[asyncio.Task[Floats | None]] = set()

    @property
    def state(self) -> EncoderState:
        """``off`` before the start and after the end; ``slow`` when the last answer came too late."""
        return "slow" if self._late and self._state == "ready" else self._state

    async def start(self) -> None:
        """Begin keeping a worker running; returns at once."""
        if self._keeping is None:
            self._state = "starting"
            self._keeping = asyncio.create_task(self._keep(), name="encoder")

    async def ready(self, seconds: float) -> bool:
        """Wait till it can answer; False when it could not within that time."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._can.wait(), seconds)
        return self._can.is_set()

    async def close(self) -> None:
        """End the worker. Whoever still waits for it gets None."""
        keeping, self._keeping = self._keeping, None
        if keeping is not None:
            keeping.cancel()
            await asyncio.wait([keeping])
        await self._end()
        if self._asking:
            await asyncio.wait(self._asking)
        self._state = "off"

    # One question -------------------------------------------------------------------------------------------------

    async def vectors(self, texts: Sequence[str]) -> Floats | None:
        """One vector for each text, or None when there is no answer in time. Never raises."""
        if not self._can.is_set():
            return None
        if not texts:
            return np.zeros((0, self._pipe.size if self._pipe else 0), dtype=np.float32)
        patience = self._limits.patience * len(texts)
        until = asyncio.get_running_loop().time() + patience
        asking = asyncio.create_task(self._ask([given(text) for text in texts], until))
        self._asking.add(asking)
        asking.add_done_callback(self._asking.discard)
        done, _ = await asyncio.wait({asking}, timeout=patience)
        self._late = not done
        return asking.result() if done else None

    async def _ask(self, texts: Sequence[str], until: float) -> Floats | None:
        """Goes on when nobody waits for it any longer: the pipe must be read to the end of the answer."""
        async with self._one:
            pipe = self._pipe
            if pipe is None or not self._can.is_set() or asyncio.get_running_loop().time() >= until:
                return None
            try:
                async with asyncio.timeout(self._limits.hang):
                    answer = await pipe.ask(texts)
            except Failure as fault:
                log.warning("encoder gave no answer", reason=reason(fault))
                self._state = "resting"
                self._can.clear()
                self._broken.set()
                return None
            self._answered = True
            return answer

    # The worker's life --------------------------------------------------------------------------------------------

    async def _keep(self) -> None:
        failed = 0
        while True:
            why = await self._live()
            failed = 0 if self._answered else failed + 1
            rest = self._limits.rests[min(failed, len(self._limits.rests) - 1)]
            log.warning("encoder ended", reason=why, rest=rest)
            await asyncio.sleep(rest)

    async def _live(self) -> str:
        """One worker from its start to its end; says what ended it."""
        self._state, self._answered = "starting", False
        try:
            self._pipe = await Pipe.to(self._command)
            async with asyncio.timeout(self._limits.loading):
                await self._pipe.hello()
            self._state = "ready"
            self._broken.clear()
            self._can.set()
            return await self._till_end(self._pipe)
        except Failure as fault:
            return reason(fault)
        finally:
            self._can.clear()
            self._state = "resting"
            await self._end()

    async def _till_end(self, pipe: Pipe) -> str:
        ended, broken = asyncio.create_task(pipe.ended()), asyncio.create_task(self._broken.wait())
        try:
            await asyncio.wait({ended, broken}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            ended.cancel()
            broken.cancel()
        return "no answer" if self._broken.is_set() else "ended by itself"

    async def _end(self) -> None:
        """May be called twice: the first may have been cancelled half way."""
        if self._pipe is not None:
            self._pipe.kill()
            async with self._one:  # whoever reads from it sees its end first
                await self._pipe.end()
            self._pipe = None
