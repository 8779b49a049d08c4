"""The twin's workers and staff groups; what each method means stands in :mod:`bot.ports`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal, cast

from bot.knowledge.model import Language
from bot.messages import Address, StaffCard, StaffNotice
from bot.ports import OutboxRow, StaffLink, Worker
from bot.queueing.assigning import Profile
from bot.store.lanes import UNSENT
from bot.store.memory.state import MemoryRoom, Token


class MemoryWorkers(MemoryRoom):
    """Workers, invites and sign-ins."""

    async def add_worker(self, name: str, role: str, telegram: str | None, language: Language, now: datetime) -> Worker:
        """Raises ValueError."""
        for other in self._state.workers.values():
            if other.name == name or (telegram is not None and other.telegram == telegram):
                raise ValueError("a worker with this name or this Telegram id is there already")
        kind = cast(Literal["desk", "network", "lead"], role)
        worker = Worker(self._state.next_id("workers"), name, kind, telegram, language, True)
        self._state.workers[worker.id] = worker
        return worker

    async def worker(self, worker: int) -> Worker | None:
        """By row id."""
        return self._state.workers.get(worker)

    async def worker_by_name(self, name: str) -> Worker | None:
        """By the exact name."""
        return next((w for w in self._state.workers.values() if w.name == name), None)

    async def worker_by_telegram(self, identity: str) -> Worker | None:
        """Active ones only."""
        return next((w for w in self._state.workers.values() if w.telegram == identity and w.active), None)

    async def workers(self) -> tuple[Worker, ...]:
        """All, by name."""
        return tuple(sorted(self._state.workers.values(), key=lambda worker: worker.name))

    async def set_worker_active(self, worker: int, active: bool) -> None:
        """Taken away: nothing of hers opens anything any more."""
        if worker in self._state.workers:
            self._state.workers[worker] = replace(self._state.workers[worker], active=active)
        for tokens in () if active else (self._state.invites, self._state.sign_ins):
            for key in [key for key, token in tokens.items() if token.worker == worker]:
                del tokens[key]

    async def set_worker_role(self, worker: int, role: Literal["desk", "network", "lead"]) -> None:
        """Everybody sees it at once."""
        if worker in self._state.workers:
            self._state.workers[worker] = replace(self._state.workers[worker], role=role)
        self.rings.add("desk")

    async def set_worker_profile(self, worker: int, profile: Profile) -> None:
        """Kept whole."""
        if worker in self._state.workers:
            self._state.workers[worker] = replace(self._state.workers[worker], profile=profile)
        self.rings.add("desk")

    def _active(self, token: Token | None, now: datetime) -> Worker | None:
        if token is None or token.used or token.until <= now:
            return None
        worker = self._state.workers.get(token.worker)
        return worker if worker is not None and worker.active else None

    async def add_invite(self, token_hash: str, worker: int, until: datetime) -> None:
        """Usable once."""
        self._state.invites[token_hash] = Token(worker, until)

    async def use_invite(self, token_hash: str, now: datetime) -> Worker | None:
        """Used up by this."""
        token = self._state.invites.get(token_hash)
        worker = self._active(token, now)
        if token is not None and worker is not None:
            self._state.invites[token_hash] = replace(token, used=True)
        return worker

    async def add_sign_in(self, token_hash: str, worker: int, until: datetime) -> None:
        """Holds until a moment."""
        self._state.sign_ins[token_hash] = Token(worker, until)

    async def signed_in(self, token_hash: str, now: datetime) -> Worker | None:
        """Active ones only."""
        return self._active(self._state.sign_ins.get(token_hash), now)

    async def end_sign_in(self, token_hash: str) -> None:
        """Signing out."""
        self._state.sign_ins.pop(token_hash, None)


def _moved(row: OutboxRow, old: str, new: str) -> OutboxRow:
    payload = row.payload
    if isinstance(payload, StaffNotice) and payload.place.chat == old:
        payload = replace(payload, place=replace(payload.place, chat=new))
    return replace(row, to=Address("telegram", new), payload=payload)


class MemoryStaff(MemoryRoom):
    """Topics, cards and messages of a group."""

    async def staff_link(self, case: int, chat: str) -> StaffLink | None:
        """The case's place in one group."""
        return self._state.staff_links.get((case, chat))

    async def save_staff_link(self, case: int, link: StaffLink) -> None:
        """New or changed."""
        self._state.staff_links[case, link.chat] = link

    async def add_staff_message(self, chat: str, message: int, case: int) -> None:
        """Told twice means the same."""
        self._state.staff_messages.setdefault((chat, message), case)

    async def case_at(self, chat: str, thread: int | None, reply_to: int | None) -> int | None:
        """The topic's case first; then the one whose message or card was replied to."""
        links = [(case, link) for (case, where), link in self._state.staff_links.items() if where == chat]
        topic = [case for case, link in links if thread is not None and link.thread == thread]
        if topic or reply_to is None:
            return next(iter(topic), None)
        card = next((case for case, link in links if link.card == reply_to), None)
        return self._state.staff_messages.get((chat, reply_to), card)

    async def replace_card(self, to: Address, card: StaffCard) -> bool:
        """The newest one, in its place in the line."""
        for number, entry in sorted(self._state.outbox.items(), reverse=True):
            row = entry.row
            its = row.to == to and row.case == card.case and isinstance(row.payload, StaffCard)
            if its and entry.state == "waiting" and not card.closed:
                self._state.outbox[number] = replace(entry, row=replace(row, payload=card))
                return True
        return False

    async def outbox_waiting(self, to: Address) -> int:
        """Those being sent counted, too."""
        return sum(entry.row.to == to and entry.state in UNSENT for entry in self._state.outbox.values())

    async def move_staff_chat(self, old: str, new: str) -> None:
        """What the new group has already wins."""
        state = self._state
        for case, chat in [key for key in state.staff_links if key[1] == old]:
            link = state.staff_links.pop((case, chat))
            state.staff_links.setdefault((case, new), replace(link, chat=new))
        for chat, message in [key for key in state.staff_messages if key[0] == old]:
            state.staff_messages.setdefault((new, message), state.staff_messages.pop((chat, message)))
        for number, entry in state.outbox.items():
            if entry.row.to == Address("telegram", old) and entry.state in UNSENT:
                state.outbox[number] = replace(entry, row=_moved(entry.row, old, new))
