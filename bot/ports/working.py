"""The unit of work, whole: all that is saved together or not at all."""

from __future__ import annotations

from typing import Protocol

from bot.ports.judging import LogWork, ProposalWork
from bot.ports.sending import OutboxWork
from bot.ports.staffing import StaffWork, WorkerWork
from bot.ports.talking import CaseWork, ConversationWork, InboxWork, WebWork


class UnitOfWork(
    InboxWork, ConversationWork, CaseWork, WorkerWork, OutboxWork, StaffWork, WebWork, LogWork, ProposalWork, Protocol
):
    """One transaction: everything in it is saved together when the block ends, or nothing is (on any exception)."""
