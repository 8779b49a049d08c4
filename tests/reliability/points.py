"""Dying at a named point, from the outside: nothing of this is in the product, its functions are wrapped.

A point is "before send", "after commit" and so on, with the number of the call at which it happens. The process ends
at once and without a word (``os._exit``), as if the power had failed.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Mapping
from typing import Any

import alembic.operations
from sqlalchemy.engine.default import DefaultDialect

from bot import intake
from bot.store import sql
from bot.store.rooms.inbox import InboxRoom
from bot.store.rooms.outbox import OutboxRoom
from handlers.telegram.api import Api

DIED = 77  # the exit code of a process that died at its point


class Countdown:
    """Dies at the ``number``-th call of :meth:`pass_by`."""

    def __init__(self, number: int) -> None:
        self._left = number

    def pass_by(self) -> None:
        """One call."""
        self._left -= 1
        if self._left == 0:
            os._exit(DIED)


def _nothing() -> None:
    return


def _wrap(owner: Any, name: str, before: Callable[[], None], after: Callable[[], None]) -> None:
    whole = getattr(owner, name)

    @functools.wraps(whole)
    def plain(*args: Any, **more: Any) -> Any:
        before()
        result = whole(*args, **more)
        after()
        return result

    @functools.wraps(whole)
    async def awaited(*args: Any, **more: Any) -> Any:
        before()
        result = await whole(*args, **more)
        after()
        return result

    waits = whole.__code__.co_flags & 0x80  # a coroutine function
    setattr(owner, name, awaited if waits else plain)


def _wrap_sending(before: Callable[[], None], after: Callable[[], None]) -> None:
    """Only what people see counts as sending."""
    whole = Api.call

    async def call(self: Api, method: str, **values: Any) -> Any:
        sends = method == "sendMessage"
        if sends:
            before()
        result = await whole(self, method, **values)
        if sends:
            after()
        return result

    Api.call = call  # type: ignore[method-assign]  # on purpose


PLACES: Mapping[str, tuple[Any, str]] = {
    "fetch": (Api, "updates"),
    "insert": (InboxRoom, "inbox_add"),
    "commit": (DefaultDialect, "do_commit"),
    "step": (intake, "step"),
    "outbox insert": (OutboxRoom, "outbox_add"),
    "mark-sent": (OutboxRoom, "outbox_sent"),
    "migration": (sql, "upgrade"),
    "migration step": (alembic.operations.Operations, "create_table"),
}
NAMES = ("fetch", "insert", "commit", "step", "outbox insert", "send", "mark-sent")
"""Those every run passes by. A migration happens once in a database's life."""


def die_at(points: Mapping[str, int]) -> None:
    """``{"before send": 3}``: at the third sending, before it is done."""
    for point, number in points.items():
        when, _, name = point.partition(" ")
        count = Countdown(number).pass_by
        before, after = (count, _nothing) if when == "before" else (_nothing, count)
        if name == "send":
            _wrap_sending(before, after)
        else:
            _wrap(*PLACES[name], before, after)
