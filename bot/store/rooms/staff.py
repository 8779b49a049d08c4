"""Where cases live in staff groups."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import delete, func, select, update

from bot.messages import Address, StaffCard, StaffNotice
from bot.ports import StaffLink
from bot.store.columns import Misshapen, in_words
from bot.store.lanes import UNSENT
from bot.store.rooms.room import Room


class StaffRoom(Room):
    """Topics, cards and messages of a group, each belonging to a case."""

    async def staff_link(self, case: int, chat: str) -> StaffLink | None:
        """The case's place in one group."""
        links = self._tables.staff_links
        row = await self._row(select(links).where(links.c.case == case, links.c.chat == chat))
        return None if row is None else StaffLink(row.chat, row.thread, row.card)

    async def save_staff_link(self, case: int, link: StaffLink) -> None:
        """New or changed."""
        place = {"thread": link.thread, "card": link.card}
        statement = self._insert(self._tables.staff_links).values(case=case, chat=link.chat, **place)
        await self._run(statement.on_conflict_do_update(index_elements=["case", "chat"], set_=place))

    async def add_staff_message(self, chat: str, message: int, case: int) -> None:
        """Told twice means the same."""
        await self._add_new(self._tables.staff_messages, chat=chat, message=message, case=case)

    async def case_at(self, chat: str, thread: int | None, reply_to: int | None) -> int | None:
        """The topic's case first; then the one whose card or message was replied to."""
        links, messages = self._tables.staff_links, self._tables.staff_messages
        tries = (
            (thread, select(links.c.case).where(links.c.chat == chat, links.c.thread == thread)),
            (reply_to, select(messages.c.case).where(messages.c.chat == chat, messages.c.message == reply_to)),
            (reply_to, select(links.c.case).where(links.c.chat == chat, links.c.card == reply_to)),
        )
        for known, statement in tries:
            row = None if known is None else await self._row(statement)
            if row is not None:
                return int(row.case)
        return None

    async def replace_card(self, to: Address, card: StaffCard) -> bool:
        """One that is being taken at this moment is left as it is: the answer is False then."""
        outbox = self._tables.outbox
        lane = (outbox.c.channel == to.channel, outbox.c.key == to.key)
        waits = (*lane, outbox.c.case == card.case, outbox.c.state == "waiting")
        try:
            rows = await self._rows(select(outbox.c.id, outbox.c.payload).where(*waits).order_by(outbox.c.id.desc()))
        except Misshapen:
            return False
        newest = next((row.id for row in rows if isinstance(row.payload, StaffCard)), None)
        if newest is None or card.closed:
            return False
        mine = (outbox.c.id == newest, outbox.c.state == "waiting")
        return (await self._run(update(outbox).where(*mine).values(payload=card))).rowcount > 0

    async def outbox_waiting(self, to: Address) -> int:
        """Those being sent counted, too."""
        outbox = self._tables.outbox
        lane = (outbox.c.channel == to.channel, outbox.c.key == to.key, in_words(outbox.c.state, UNSENT))
        row = await self._row(select(func.count().label("many")).where(*lane))
        return 0 if row is None else int(row.many)

    async def move_staff_chat(self, old: str, new: str) -> None:
        """What the new group has already wins over what the old one had."""
        links, messages, outbox = self._tables.staff_links, self._tables.staff_messages, self._tables.outbox
        there = select(links.c.case).where(links.c.chat == new).scalar_subquery()
        await self._run(delete(links).where(links.c.chat == old, links.c.case.in_(there)))
        known = select(messages.c.message).where(messages.c.chat == new).scalar_subquery()
        await self._run(delete(messages).where(messages.c.chat == old, messages.c.message.in_(known)))
        await self._run(update(links).where(links.c.chat == old).values(chat=new))
        await self._run(update(messages).where(messages.c.chat == old).values(chat=new))
        waiting = (outbox.c.channel == "telegram", outbox.c.key == old, in_words(outbox.c.state, UNSENT))
        await self._move_notices(old, new)
        await self._run(update(outbox).where(*waiting).values(key=new))

    async def _move_notices(self, old: str, new: str) -> None:
        """A notice names the group in its words' place too."""
        outbox = self._tables.outbox
        waiting = (outbox.c.channel == "telegram", outbox.c.key == old, in_words(outbox.c.state, UNSENT))
        for row in await self._rows(select(outbox.c.id, outbox.c.payload).where(*waiting)):
            if isinstance(row.payload, StaffNotice) and row.payload.place.chat == old:
                moved = replace(row.payload, place=replace(row.payload.place, chat=new))
                await self._run(update(outbox).where(outbox.c.id == row.id).values(payload=moved))
