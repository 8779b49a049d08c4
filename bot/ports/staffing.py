"""What a unit of work does with workers, and with the groups in which they see cases."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, Protocol

from bot.knowledge.model import Language
from bot.messages import Address, StaffCard
from bot.ports.rows import (
    StaffLink,
    Worker,
)
from bot.queueing.assigning import Profile


class WorkerWork(Protocol):
    """Workers, and how they come in."""

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


class StaffWork(Protocol):
    """Where cases live in staff groups."""

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
