"""Keeping raw updates, the same for polling and webhook. Nothing is understood here, so no update can stop the others.

Must not know what an update means; only its number, its chat, and how to write it down whatever it holds.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.ports import UnitOfWork
from handlers.telegram.updates import NOT_AN_UPDATE, digest, lane

CHANNEL = "telegram"
_NUMBERS = range(-(2**63), 2**63)  # what both databases keep as a whole number


async def keep(work: UnitOfWork, raw: object, now: datetime) -> bool:
    """Into the inbox, in the caller's unit of work. False when this very update is there already."""
    return await work.inbox_add(CHANNEL, lane(raw), update_id(raw) or 0, digest(raw), storable(raw), now)


def update_id(raw: object) -> int | None:
    """The update's number; None when it has none we could use."""
    found = raw.get("update_id") if isinstance(raw, Mapping) else None
    return found if isinstance(found, int) and found in _NUMBERS else None


def storable(raw: object) -> dict[str, Any]:
    """The update as JSON that can be written. Half characters (a cut emoji) become "?", so that she is answered."""
    whole = raw if isinstance(raw, Mapping) else {NOT_AN_UPDATE: raw}
    found: dict[str, Any] = json.loads(json.dumps(whole, ensure_ascii=False).encode("utf-8", "replace"))
    return found
