"""The channel "web": delivering is writing a line on the parent's own page. Knows no request and no template."""

from __future__ import annotations

from typing import Any, Literal, cast

from pydantic import TypeAdapter

from bot.messages import Say
from bot.ports import Clock, Delivery, Json, Outcome, Sent, Store, StoreBusy, TryAgain, Unreachable
from handlers.web.waking import Bells

_SAY: TypeAdapter[Say] = TypeAdapter(Say)


def as_json(say: Say) -> Json:
    """A message as it is kept on the page."""
    return cast(dict[str, Any], _SAY.dump_python(say, mode="json"))


def from_json(payload: Json) -> Say:
    """The message back. Raises pydantic's ValidationError when this is none."""
    return _SAY.validate_python(payload)


class WebChannel:
    """:class:`bot.ports.Channel` for the pages. ``bells`` wakes those that are open."""

    name: Literal["telegram", "web", "console"] = "web"

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self.bells = Bells()

    async def deliver(self, delivery: Delivery) -> Outcome:
        """Add the line, once for each outbox row, so that sending it again changes nothing."""
        row = delivery.row
        if not isinstance(row.payload, Say) or row.conversation is None:
            return Unreachable("not for a page")
        try:
            async with self._store.begin() as work:
                by, line = row.payload.voice, as_json(row.payload)
                await work.add_web_line(row.conversation, by, line, self._clock.now(), outbox=row.id)
        except StoreBusy:
            return TryAgain("StoreBusy")
        self.bells.ring(row.conversation)
        return Sent()
