"""What the inside needs of the outside: the store, the channels and the clock, as protocols.

Everything here may raise :class:`StoreBusy` (try again soon) or let an unexpected error through; nothing is changed
then, because a unit of work is saved whole or not at all.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from bot.conversation.states import Conversation
from bot.knowledge.model import Language
from bot.messages import Address, Outgoing, StaffCard
from bot.queueing.assigning import Hand, Profile
from bot.queueing.case import Case

Json = Mapping[str, Any]
LineBy = Literal["parent", "worker", "note", "word", "desk"]


ASKED = "asked to wait"
"""The error of an outbox row that has not failed: the channel named the time of its next try."""


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


# Rows the store hands out -----------------------------------------------------------------------------------------


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


# The store --------------------------------------------------------------------------------------------------------


class UnitOfWork(Protocol):
    """One transaction: everything in it is saved together when the block ends, or nothing is (on any exception)."""

    # Telegram's inbox: the receiver fills it, the intake empties it, lane by lane.
    async def inbox_add(
        self, channel: str, lane: str, external: int, digest: str, payload: Json, now: datetime
    ) -> bool:
        """Keep a raw update. False when this (external, digest) is there already."""
        ...

    async def inbox_next(self, channel: str, now: datetime) -> InboxRow | None:
        """The oldest undone row that is the first of its lane and due; locked against other replicas till the block
        ends.
        """
        ...

    async def inbox_done(self, row: int, now: datetime) -> None:
        """The effect of this row is part of this same unit of work."""
        ...

    async def inbox_postpone(self, row: int, until: datetime, error: str) -> None:
        """It failed; ``error`` is a class name, never content. Counts a try; its lane waits."""
        ...

    async def inbox_quarantine(self, row: int, reason: str, now: datetime) -> None:
        """It can never be handled: put aside, out of its lane, kept for a person to see."""
        ...

    async def offset(self, channel: str) -> int:
        """Where receiving goes on (0 at first)."""
        ...

    async def set_offset(self, channel: str, offset: int) -> None:
        """Kept together with the rows it acknowledges."""
        ...

    # Conversations
    async def conversation(self, address: Address) -> tuple[int, Conversation]:
        """The conversation at an address, locked till the block ends; begun with defaults when there was none."""
        ...

    async def conversation_by_id(self, conversation: int) -> tuple[Address, Conversation]:
        """Raises LookupError when there is none."""
        ...

    async def save_conversation(self, conversation: int, value: Conversation, now: datetime) -> None:
        """Keep the new value."""
        ...

    # Cases
    async def add_case(self, case: Case) -> Case:
        """Keep a new case; the answer carries its number."""
        ...

    async def case(self, number: int) -> Case | None:
        """The case, locked till the block ends."""
        ...

    async def save_case(self, case: Case) -> None:
        """Keep the new value."""
        ...

    async def open_cases(self) -> tuple[Case, ...]:
        """All that wait or are claimed, in the queue's order (`waiting_order`)."""
        ...

    async def cases_of(self, conversation: int) -> tuple[Case, ...]:
        """All of one parent's, newest first."""
        ...

    async def due_case(self, now: datetime) -> Case | None:
        """The case longest past its ``due_at``, with its conversation locked till the block ends; one that another
        process has in hand is passed over.
        """
        ...

    async def next_due(self) -> datetime | None:
        """The earliest ``due_at`` of all."""
        ...

    async def closed_cases(self, limit: int) -> tuple[Case, ...]:
        """The latest closed ones, newest first."""
        ...

    async def cases_between(self, since: datetime, until: datetime) -> tuple[Case, ...]:
        """All opened from ``since`` on and before ``until``, by number: for the report."""
        ...

    async def add_case_line(self, number: int, by: LineBy, worker: int | None, text: str, now: datetime) -> int:
        """A line of the case; gives its row id."""
        ...

    async def case_lines(self, number: int) -> tuple[CaseLine, ...]:
        """Oldest first."""
        ...

    async def words_to_developers(self, since: datetime) -> tuple[CaseLine, ...]:
        """What parents wrote to those who develop the services, oldest first."""
        ...

    # Workers
    async def add_worker(self, name: str, role: str, telegram: str | None, language: Language, now: datetime) -> Worker:
        """Raises ValueError when the name or the Telegram id is in use."""
        ...

    async def worker(self, worker: int) -> Worker | None:
        """By our own id, active or not."""
        ...

    async def worker_by_name(self, name: str) -> Worker | None:
        """By what the desk calls her, active or not."""
        ...

    async def worker_by_telegram(self, identity: str) -> Worker | None:
        """Only active ones."""
        ...

    async def workers(self) -> tuple[Worker, ...]:
        """All, by name."""
        ...

    async def set_worker_active(self, worker: int, active: bool) -> None:
        """Taking a worker away ends her sign-ins at once."""
        ...

    async def set_worker_role(self, worker: int, role: Literal["desk", "network", "lead"]) -> None:
        """What she may do from now on."""
        ...

    async def set_worker_profile(self, worker: int, profile: Profile) -> None:
        """What she takes on, and whether she is there."""
        ...

    async def add_invite(self, token_hash: str, worker: int, until: datetime) -> None:
        """A one-time way in; only the hash is kept."""
        ...

    async def use_invite(self, token_hash: str, now: datetime) -> Worker | None:
        """The worker of an unused, unexpired invite, which is used up by this."""
        ...

    async def add_sign_in(self, token_hash: str, worker: int, until: datetime) -> None:
        """A browser is signed in until then; only the hash is kept."""
        ...

    async def signed_in(self, token_hash: str, now: datetime) -> Worker | None:
        """The active worker of a sign-in that still holds."""
        ...

    async def end_sign_in(self, token_hash: str) -> None:
        """Signed out."""
        ...

    # Outbox
    async def outbox_add(
        self,
        to: Address,
        payload: Outgoing,
        now: datetime,
        *,
        case: int | None = None,
        conversation: int | None = None,
        priority: int = 0,
    ) -> int:
        """A message to send, in this same unit of work as what caused it."""
        ...

    async def outbox_take(self, now: datetime, channels: tuple[str, ...]) -> OutboxRow | None:
        """The next row that is due and the first unsent of its lane (to), priority first; marked as being sent, a
        try counted.

        A row left "being sent" by a process that died is taken again after a while, with ``repeat`` set.
        """
        ...

    async def outbox_sent(self, row: int, now: datetime) -> None:
        """It arrived."""
        ...

    async def outbox_again(self, row: int, at: datetime, *, repeat: bool, error: str, counted: bool = True) -> None:
        """Try again at a time; ``repeat`` = it may have arrived. Its lane waits. ``counted`` False takes the try back:
        the channel only asked to wait, and ``error`` is :data:`ASKED`.
        """
        ...

    async def outbox_hasten(self, channel: str, now: datetime, *, asked: bool = False) -> None:
        """What waits there for its next try is due now: the channel is well again. ``asked``: also what the channel
        itself asked to wait.
        """
        ...

    async def outbox_undeliverable(self, row: int, reason: str, now: datetime) -> None:
        """Give up, keep it, let the lane go on."""
        ...

    async def outbox_unsent(self) -> tuple[int, datetime | None]:
        """How many rows wait, and since when the oldest does."""
        ...

    async def outbox_recover(self, now: datetime) -> int:
        """At start: rows a dead process left "being sent" become due again, with ``repeat``. How many."""
        ...

    async def backlog(self) -> Backlog:
        """What waits, for health and metrics."""
        ...

    # Where cases live in staff groups
    async def staff_link(self, case: int, chat: str) -> StaffLink | None:
        """Where a case lives in a group, if it does."""
        ...

    async def save_staff_link(self, case: int, link: StaffLink) -> None:
        """Where it lives now."""
        ...

    async def add_staff_message(self, chat: str, message: int, case: int) -> None:
        """A message of the group belongs to a case, so that a reply to it is a reply to the parent."""
        ...

    async def case_at(self, chat: str, thread: int | None, reply_to: int | None) -> int | None:
        """The case of a topic, or of the message replied to."""
        ...

    async def replace_card(self, to: Address, card: StaffCard) -> bool:
        """The newest card of this case that waits to be sent there reads like this one from now on: only its last
        form is sent. False when none waits, and for a closing card, which keeps its own turn after the lines before it.
        """
        ...

    async def outbox_waiting(self, to: Address) -> int:
        """How many rows wait for one chat."""
        ...

    async def move_staff_chat(self, old: str, new: str) -> None:
        """The group has a new id: links, messages and waiting rows go along."""
        ...

    # The parent's web page
    async def add_web_line(
        self,
        conversation: int,
        by: Literal["parent", "bot", "worker"],
        payload: Json,
        now: datetime,
        outbox: int | None = None,
    ) -> bool:
        """A line of the page; False when this outbox row has made one already."""
        ...

    async def web_lines(self, conversation: int, after: int = 0) -> tuple[WebLine, ...]:
        """The lines after a row id, oldest first."""
        ...

    async def once(self, key: str, now: datetime) -> bool:
        """True the first time a key is seen (a form sent twice has the same key)."""
        ...

    # The log of what was done and refused: kinds and our own ids only
    async def log(
        self,
        kind: str,
        now: datetime,
        *,
        worker: int | None = None,
        case: int | None = None,
        detail: str | None = None,
    ) -> None:
        """One line of the log; ``detail`` is an id or a kind of ours. No line is ever changed."""
        ...

    async def case_log(self, number: int) -> tuple[LogLine, ...]:
        """Who saw and did what in a case, oldest first."""
        ...

    async def log_since(self, since: datetime, kinds: tuple[str, ...]) -> tuple[LogLine, ...]:
        """The lines of these kinds, of all cases, oldest first: for the report."""
        ...

    # What the admins are to judge
    async def add_proposal(
        self, case: int, asked_for: str, belonged_to: str, language: Language, words: str | None, now: datetime
    ) -> int:
        """A wrong door; gives its row id."""
        ...

    async def proposals(self) -> tuple[Proposal, ...]:
        """Those nobody has judged, oldest first."""
        ...

    async def judge_proposal(self, proposal: int, now: datetime) -> None:
        """It is dealt with, however."""
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
