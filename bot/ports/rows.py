"""The values the store hands out: rows of the inbox and the outbox, workers, lines, what waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from bot.knowledge.model import Language
from bot.messages import Address, Outgoing
from bot.queueing.assigning import Hand, Profile

Json = Mapping[str, Any]
LineBy = Literal["parent", "worker", "note", "word", "desk"]

ASKED = "asked to wait"
"""The error of an outbox row that has not failed: the channel named the time of its next try."""


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One raw update, kept before it was acknowledged.

    ``lane`` keeps the order of one chat; ``tries`` counts failed turns.
    """

    id: int
    channel: str
    lane: str
    payload: Json
    tries: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One message to send. ``repeat`` = it may have been sent already (the last try's end is unknown).

    ``to`` is the chat; ``priority`` 0 goes before 1 (parents before staff), but never past an older row of the same
    lane.
    """

    id: int
    to: Address
    payload: Outgoing
    case: int | None
    conversation: int | None
    priority: int
    tries: int
    repeat: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody of the desk or the network. ``telegram`` is her numeric user id as text, or None. ``profile`` tells what
    she takes on and whether she is there.
    """

    id: int
    name: str
    role: Literal["desk", "network", "lead"]
    telegram: str | None
    language: Language
    active: bool
    profile: Profile = field(default_factory=Profile)

    @property
    def languages(self) -> tuple[Language, ...]:
        """What she serves in; her own language where nothing else is told."""
        return self.profile.languages or (self.language,)

    @property
    def leads(self) -> bool:
        """Whether she is a lead."""
        return self.role == "lead"

    def hand(self, held: int = 0) -> Hand:
        """As assigning sees her."""
        return Hand(self.id, self.profile, self.role, held)


@dataclass(frozen=True, slots=True)
class LogLine:
    """What somebody did in a case, or saw of it: a kind and our own ids, never what was said."""

    kind: str
    at: datetime
    worker: int | None
    case: int | None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A wrong door, for the admins to judge: she asked for one service and belonged to another (ids). ``words`` are
    what she wrote, when she let it be shown.
    """

    id: int
    case: int
    asked_for: str
    belonged_to: str
    language: Language
    words: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One line of a case. ``by`` tells whose: the parent's, a worker's words to her (``worker`` set), a worker's note
    to others, the desk's own marks, or her word to those who develop the services.
    """

    id: int
    by: LineBy
    worker: int | None
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StaffLink:
    """Where a case lives in a staff group: its topic (None without topics) and its card."""

    chat: str
    thread: int | None
    card: int | None


@dataclass(frozen=True, slots=True)
class WebLine:
    """One line of a parent's web page: her own words (``payload`` {"type": "text", "text": ...}) or a :class:`Say`
    as JSON.
    """

    id: int
    by: Literal["parent", "bot", "worker"]
    payload: Json
    at: datetime


@dataclass(frozen=True, slots=True)
class Backlog:
    """How much waits, and since when the oldest does. ``cases`` wait for a person; quarantined and undeliverable are
    what was put aside.
    """

    inbox: int
    inbox_since: datetime | None
    quarantined: int
    outbox: int
    outbox_since: datetime | None
    undeliverable: int
    cases: int
    cases_since: datetime | None
