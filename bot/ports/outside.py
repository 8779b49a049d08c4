"""What stands outside: the clock, the store, the other processes on it, the channels, the sentence encoder."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from bot.ports.rows import OutboxRow, StaffLink
from bot.ports.working import UnitOfWork


class StoreBusy(Exception):
    """The database could not take it now (locked, full, gone). Nothing was saved; try again."""


class SecondProcess(Exception):
    """Another front door runs on this database, which takes only one. The text says what to do; nothing was changed."""


class StoreUnusable(Exception):
    """The database cannot be used as it is set, now or later (not ours, no such database, not allowed in)."""


class Clock(Protocol):
    """The time. Only ``bot.clock`` reads it; everybody else is handed it."""

    def now(self) -> datetime:
        """This moment, aware, in the knowledge's time zone."""
        ...


class Company(Protocol):
    """This process among all that share the database: what one rings, all hear.

    The store rings by itself, together with what it keeps: ``inbox``, ``outbox``, ``desk``, ``page:ID`` (a web page's
    conversation). ``lead`` is told when this process begins or ceases to lead, and the empty word when anything may
    have been missed. A ring may be lost or come twice: it only spares waiting for the next look.
    """

    @property
    def leads(self) -> bool:
        """Whether it holds the one place that only one process may have (who asks Telegram for updates)."""
        ...

    @property
    def deaf(self) -> bool:
        """Cut off from the others."""
        ...

    def stand(self) -> None:
        """It wants to lead, when the place is free."""
        ...

    def listen(self, ear: Callable[[str], None]) -> None:
        """``ear`` is called with every word rung from now on; it must not wait and not raise."""
        ...

    async def ring(self, what: str) -> None:
        """Ring without keeping anything. Never raises."""
        ...

    async def run(self) -> None:
        """Keep company until :meth:`stop`. Until then nothing of the others is heard."""
        ...

    def stop(self) -> None:
        """End soon."""
        ...


class Store(Protocol):
    """A database.

    ``begin`` opens a unit of work; ``start`` brings the tables up to date; ``close`` leaves nothing open.
    """

    @property
    def company(self) -> Company:
        """The other processes on it."""
        ...

    async def serve(self) -> None:
        """This process is the front door of this database till ``close``; before ``start``. Raises SecondProcess."""
        ...

    def begin(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """One unit of work: saved when the block ends well, dropped whole when it does not."""
        ...

    async def start(self) -> None:
        """Bring the tables up to date; once, before anything else."""
        ...

    async def close(self) -> None:
        """Leave nothing open."""
        ...


# Channels ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Delivery:
    """One outbox row with what the channel must know to send it. ``link`` is the case's place in the group, if any."""

    row: OutboxRow
    link: StaffLink | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """It arrived. ``message`` is the channel's id of it; ``link`` is set when the case's place was made or changed."""

    message: int | None = None
    link: StaffLink | None = None


@dataclass(frozen=True, slots=True)
class TryAgain:
    """Not sent (``unknown`` False) or perhaps sent (True).

    ``after`` seconds when the channel named a time, else None.
    """

    error: str
    unknown: bool = False
    after: float | None = None
    link: StaffLink | None = None


@dataclass(frozen=True, slots=True)
class Unreachable:
    """She cannot be reached there (blocked, gone). ``reason`` is a short word of our own, never content."""

    reason: str


@dataclass(frozen=True, slots=True)
class MovedTo:
    """The chat has a new id; send there."""

    key: str


@dataclass(frozen=True, slots=True)
class Stop:
    """Nothing can be sent on this channel now (wrong token, second instance): keep all, raise the alarm."""

    reason: str


Outcome = Sent | TryAgain | Unreachable | MovedTo | Stop


class Channel(Protocol):
    """Sends one message. Called by the outbox only; what may go wrong is an :data:`Outcome`, not an exception."""

    @property
    def name(self) -> str:
        """telegram, web or console: what its addresses say."""
        ...

    async def deliver(self, delivery: Delivery) -> Outcome:
        """Send one row."""
        ...


Wake = Callable[[], None]
Deliver = Callable[[Delivery], Awaitable[Outcome]]


# The sentence encoder ---------------------------------------------------------------------------------------------

EncoderState = Literal["off", "missing", "starting", "ready", "slow", "resting"]


class Encoder(Protocol):
    """Makes sentences comparable. Everything goes on without it."""

    @property
    def state(self) -> EncoderState:
        """For /health: ``missing`` = not installed, ``slow`` = late the last time, ``resting`` = broke, started again
        soon.
        """
        ...

    async def vectors(self, texts: Sequence[str]) -> npt.NDArray[np.float32] | None:
        """One row of length 1 for each text, in order; None when it is not available now. Called by the intake within a
        turn and by the filling of the cache; never raises, and takes a fraction of a second at most for one text.
        """
        ...
