"""The words and kinds of Telegram's updates, as tables. Pure; decides nothing about what they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

COMMANDS: Mapping[str, str] = {
    **dict.fromkeys(("start", "alku", "borja"), "start"),
    **dict.fromkeys(("help", "apua", "ohje", "hjalp"), "help"),
    **dict.fromkeys(("language", "kieli", "sprak"), "language"),
    **dict.fromkeys(("person", "ihminen", "henkilo", "manniska"), "person"),
    **dict.fromkeys(("again", "uudelleen", "alusta", "igen"), "again"),
    **dict.fromkeys(("stop", "lopeta", "sluta"), "stop"),
}

KINDS: Mapping[str, str] = {
    "photo": "photo",
    "paid_media": "photo",
    "sticker": "sticker",
    "voice": "voice",
    "audio": "voice",
    "animation": "video",  # before "document": an animation carries both
    "video": "video",
    "video_note": "video",
    "document": "document",
    "venue": "location",
    "location": "location",
    "poll": "poll",
    "contact": "other",
    "dice": "other",
    "story": "other",
    "checklist": "other",
    "game": "other",
}

# Marks that Telegram leaves in a private chat by itself; she has not said anything.
SERVICE = frozenset(
    {
        "boost_added",
        "chat_background_set",
        "chat_shared",
        "connected_website",
        "forum_topic_closed",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_reopened",
        "message_auto_delete_timer_changed",
        "passport_data",
        "pinned_message",
        "proximity_alert_triggered",
        "refunded_payment",
        "successful_payment",
        "users_shared",
        "write_access_allowed",
    }
)

# Accounts of Telegram's own that stand in for somebody it hides: anonymous admins, channels, linked channels.
HIDING = frozenset({1087968824, 136817688, 777000})

SLASH = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?\Z", re.DOTALL)


def kind_of(message: Mapping[str, Any]) -> str | None:
    """What a message holds that is not words; None when nothing of it is known."""
    return next((kind for key, kind in KINDS.items() if key in message), None)
