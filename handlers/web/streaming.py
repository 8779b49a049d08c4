"""Server-Sent Events: the answer that stays open. Knows neither what is told nor to whom."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

from starlette.responses import StreamingResponse

TICK = 2.0
"""Seconds between looks at the store when nobody rings: another process may have written."""
BEAT = 15.0
"""Seconds of silence after which a sign of life is sent, so that nothing between us closes the line."""


def event(name: str, told: Mapping[str, Any], number: int | None = None) -> str:
    """One event. ``number`` is what the browser hands back when it connects again."""
    head = f"event: {name}\n" + (f"id: {number}\n" if number is not None else "")
    return f"{head}data: {json.dumps(told, ensure_ascii=False)}\n\n"


async def _beating(events: AsyncIterator[str | None]) -> AsyncIterator[str]:
    yield "retry: 2000\n\n"
    silent = 0.0
    async for each in events:
        silent = 0.0 if each else silent + TICK
        if each:
            yield each
        elif silent >= BEAT:
            silent = 0.0
            yield ": here\n\n"


def streamed(events: AsyncIterator[str | None]) -> StreamingResponse:
    """The open answer. ``events`` gives None where a look found nothing new."""
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(_beating(events), media_type="text/event-stream", headers=headers)
