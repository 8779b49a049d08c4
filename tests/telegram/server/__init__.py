"""A Bot API server of our own on loopback. It does not import the project, and the project does not know of it."""

from __future__ import annotations

from tests.telegram.server.botapi import TOKEN, BotApi, Call
from tests.telegram.server.chats import Shown
from tests.telegram.server.limits import Limits
from tests.telegram.server.people import Group, Parent, Worker

__all__ = ["TOKEN", "BotApi", "Call", "Group", "Limits", "Parent", "Shown", "Worker"]
