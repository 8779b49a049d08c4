"""The unit of work in SQL, one file for each room of it. Together they are :class:`SqlUnit`."""

from __future__ import annotations

from bot.store.rooms.cases import CaseRoom
from bot.store.rooms.conversations import ConversationRoom
from bot.store.rooms.counting import CountingRoom
from bot.store.rooms.inbox import InboxRoom
from bot.store.rooms.log import LogRoom
from bot.store.rooms.outbox import OutboxRoom
from bot.store.rooms.staff import StaffRoom
from bot.store.rooms.web import WebRoom
from bot.store.rooms.workers import WorkerRoom


class SqlUnit(InboxRoom, ConversationRoom, CaseRoom, WorkerRoom, OutboxRoom, StaffRoom, WebRoom, LogRoom, CountingRoom):
    """:class:`bot.ports.UnitOfWork` on one open transaction."""
