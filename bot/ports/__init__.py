"""What the inside needs of the outside: the store, the channels and the clock, as protocols.

Everything here may raise :class:`StoreBusy` (try again soon) or let an unexpected error through; nothing is changed
then, because a unit of work is saved whole or not at all.

The values are in :mod:`bot.ports.rows`; a unit of work is put together in :mod:`bot.ports.working`; the rest is in
:mod:`bot.ports.outside`.
"""

from bot.ports.outside import (
    Channel,
    Clock,
    Company,
    Deliver,
    Delivery,
    Encoder,
    EncoderState,
    MovedTo,
    Outcome,
    SecondProcess,
    Sent,
    Stop,
    Store,
    StoreBusy,
    StoreUnusable,
    TryAgain,
    Unreachable,
    Wake,
)
from bot.ports.rows import (
    ASKED,
    Backlog,
    CaseLine,
    InboxRow,
    Json,
    LineBy,
    LogLine,
    OutboxRow,
    Proposal,
    StaffLink,
    WebLine,
    Worker,
)
from bot.ports.working import UnitOfWork

__all__ = [
    "ASKED",
    "Backlog",
    "CaseLine",
    "Channel",
    "Clock",
    "Company",
    "Deliver",
    "Delivery",
    "Encoder",
    "EncoderState",
    "InboxRow",
    "Json",
    "LineBy",
    "LogLine",
    "MovedTo",
    "OutboxRow",
    "Outcome",
    "Proposal",
    "SecondProcess",
    "Sent",
    "StaffLink",
    "Stop",
    "Store",
    "StoreBusy",
    "StoreUnusable",
    "TryAgain",
    "UnitOfWork",
    "Unreachable",
    "Wake",
    "WebLine",
    "Worker",
]
