"""Workers, their invites and sign-ins."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, Select, delete, select, update

from bot.knowledge.model import Language
from bot.ports import Worker
from bot.queueing.assigning import Profile
from bot.store.rooms.room import Room
from bot.store.values import in_zone


class WorkerRoom(Room):
    """Who may work at the desk. Tokens come and go as hashes."""

    def _worker(self, row: Row[Any] | None) -> Worker | None:
        """A worker kept before there were profiles has the plain one."""
        if row is None:
            return None
        profile: Profile = in_zone(row.profile or Profile(), self._tables.zone)
        return Worker(row.id, row.name, row.role, row.telegram, row.language, row.active, profile)

    async def set_worker_role(self, worker: int, role: Literal["desk", "network", "lead"]) -> None:
        """Everybody sees it at once."""
        table = self._tables.workers
        self.rings.add("desk")
        await self._run(update(table).where(table.c.id == worker).values(role=role))

    async def set_worker_profile(self, worker: int, profile: Profile) -> None:
        """Kept whole."""
        table = self._tables.workers
        self.rings.add("desk")
        await self._run(update(table).where(table.c.id == worker).values(profile=profile))

    def _select(self) -> Select[Any]:
        return select(self._tables.workers)

    async def add_worker(self, name: str, role: str, telegram: str | None, language: Language, now: datetime) -> Worker:
        """Raises ValueError."""
        values = {"name": name, "role": role, "telegram": telegram, "language": language, "active": True}
        number = await self._add_new(self._tables.workers, **values, added_at=now)
        added = None if number is None else await self.worker(number)
        if added is None:
            raise ValueError("a worker with this name or this Telegram id is there already")
        return added

    async def worker(self, worker: int) -> Worker | None:
        """By row id."""
        return self._worker(await self._row(self._select().where(self._tables.workers.c.id == worker)))

    async def worker_by_name(self, name: str) -> Worker | None:
        """By the exact name."""
        return self._worker(await self._row(self._select().where(self._tables.workers.c.name == name)))

    async def worker_by_telegram(self, identity: str) -> Worker | None:
        """Active ones only."""
        table = self._tables.workers
        return self._worker(await self._row(self._select().where(table.c.telegram == identity, table.c.active)))

    async def workers(self) -> tuple[Worker, ...]:
        """Sorted here, so that every database sorts alike."""
        rows = await self._rows(self._select())
        return tuple(sorted((w for row in rows if (w := self._worker(row))), key=lambda w: w.name))

    async def set_worker_active(self, worker: int, active: bool) -> None:
        """Taken away: no sign-in and no invite of hers opens anything any more."""
        table = self._tables.workers
        await self._run(update(table).where(table.c.id == worker).values(active=active))
        for tokens in () if active else (self._tables.sign_ins, self._tables.invites):
            await self._run(delete(tokens).where(tokens.c.worker == worker))

    async def add_invite(self, token_hash: str, worker: int, until: datetime) -> None:
        """Usable once."""
        await self._add(self._tables.invites, token_hash=token_hash, worker=worker, until=until)

    async def use_invite(self, token_hash: str, now: datetime) -> Worker | None:
        """One statement, so that of two at once only one gets in."""
        invites, workers = self._tables.invites, self._tables.workers
        good = (invites.c.token_hash == token_hash, invites.c.used_at.is_(None), invites.c.until > now)
        row = await self._row(update(invites).where(*good).values(used_at=now).returning(invites.c.worker))
        if row is None:
            return None
        return self._worker(await self._row(self._select().where(workers.c.id == row.worker, workers.c.active)))

    async def add_sign_in(self, token_hash: str, worker: int, until: datetime) -> None:
        """Holds until a moment, or until it is ended."""
        await self._add(self._tables.sign_ins, token_hash=token_hash, worker=worker, until=until)

    async def signed_in(self, token_hash: str, now: datetime) -> Worker | None:
        """Active ones only."""
        signs, workers = self._tables.sign_ins, self._tables.workers
        joined = self._select().join(signs, signs.c.worker == workers.c.id)
        return self._worker(
            await self._row(joined.where(signs.c.token_hash == token_hash, signs.c.until > now, workers.c.active))
        )

    async def end_sign_in(self, token_hash: str) -> None:
        """Signing out; nothing happens when it has ended already."""
        signs = self._tables.sign_ins
        await self._run(delete(signs).where(signs.c.token_hash == token_hash))
