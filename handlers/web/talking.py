"""A parent's page and the store: what stands on it, and what she does. Decides nothing; the intake takes the turn."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

from bot.conversation.states import Conversation, Stage
from bot.conversation.step import step
from bot.conversation.turn import Moment, Turn
from bot.knowledge.model import Language
from bot.messages import Address, Command, Incoming, Press, Text
from bot.ports import UnitOfWork, WebLine
from bot.queueing.promising import promise
from handlers.web.delivering import as_json
from handlers.web.lines import label_of, label_of_page, without_languages
from handlers.web.site import Site
from handlers.web.waking import DESK, Ear

_PATIENCE = 2.0  # seconds a form waits for its answer to be delivered
_LOOK = 0.25
_MORE = 0.12  # seconds of quiet after which a turn's messages are taken to be complete


class _NotBegun(Exception):
    """Nothing was said here yet, so nothing may be saved for having looked."""


class _Twice(Exception):
    """This form was taken before."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation with the lines of its page."""

    row: int
    conversation: Conversation
    lines: tuple[WebLine, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """One thing she does. ``once`` is the form's key; ``chosen`` says that she picked ``language`` herself;
    ``of_page`` that the button was one of the page, not of a message.
    """

    address: Address
    message: Text | Press
    once: str
    language: Language
    chosen: bool = False
    of_page: bool = False

    @property
    def key(self) -> str:
        """The same for the same form of the same page, however often it is sent."""
        whole = "\n".join((self.address.key, self.once, repr(self.message)))
        return hashlib.sha256(whole.encode()).hexdigest()


class Talking:
    """What pages ask of the store."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def greeting(self, language: Language, *, chosen: bool = False) -> Turn:
        """The welcome, as the conversation says it, not saved anywhere."""
        door, now = self._site.door(), self._site.clock.now()
        promised = promise(door.base.settings.desk, now, door.base.holidays, 0)
        begun = Conversation(language=language, chosen=chosen)
        turn = step(begun, Command("start"), door, Moment(now, promised, notice="notice.web"))
        return replace(turn, says=tuple(map(without_languages, turn.says)))

    async def seen(self, address: Address) -> Talk | None:
        """The page of an address; None when nobody has said anything there, and then nothing is saved."""
        with suppress(_NotBegun):
            async with self._site.store.begin() as work:
                row, conversation = await work.conversation(address)
                if conversation.stage is Stage.NEW:
                    raise _NotBegun
                return Talk(row, conversation, await work.web_lines(row))
        return None

    async def newer(self, row: int, after: int) -> Talk | None:
        """The lines past one; None when there are none."""
        async with self._site.store.begin() as work:
            lines = await work.web_lines(row, after)
            if not lines:
                return None
            return Talk(row, (await work.conversation_by_id(row))[1], lines)

    async def take(self, act: Act) -> Talk | None:
        """One turn, its own line included. None when this form was taken before. Raises StoreBusy."""

        async def turn() -> Talk:
            async with self._site.store.begin() as work:
                return await self._turn(work, act)

        try:
            talk = await self._site.intake.heard(turn)
        except _Twice:
            return None
        self._site.intake.wake()
        self._site.bells.ring(talk.row)
        self._site.bells.ring(DESK)
        return talk

    async def _turn(self, work: UnitOfWork, act: Act) -> Talk:
        row, conversation = await work.conversation(act.address)
        if conversation.stage is Stage.NEW:
            conversation = await self._greet(work, row, act)
        await self._press_line(work, row, conversation, act)
        if not await self._site.intake.parent_in(work, Incoming(act.address, act.message), once=act.key):
            raise _Twice
        _, after = await work.conversation(act.address)
        return Talk(row, after, await work.web_lines(row))

    async def _greet(self, work: UnitOfWork, row: int, act: Act) -> Conversation:
        """The welcome she has seen before her first act becomes the first line of her page."""
        turn, now = self.greeting(act.language, chosen=act.chosen), self._site.clock.now()
        for say in turn.says:
            await work.add_web_line(row, "bot", as_json(say), now)
        await work.save_conversation(row, turn.conversation, now)
        return turn.conversation

    async def _press_line(self, work: UnitOfWork, row: int, conversation: Conversation, act: Act) -> None:
        if not isinstance(act.message, Press):
            return
        words, label = self._site.wording(conversation.language), None
        if not act.of_page:
            label = label_of(act.message, await work.web_lines(row), words)
        label = label or label_of_page(act.message, words)
        if label is not None:
            await work.add_web_line(row, "parent", {"type": "press", "label": label}, self._site.clock.now())

    async def answered(self, talk: Talk) -> None:
        """Wait a little for what the turn says to be delivered. With a worker there, the front door says nothing."""
        if talk.conversation.stage is Stage.HELD:
            return
        last = _last(talk.lines)
        with suppress(TimeoutError), self._site.bells.listening(talk.row) as ear:
            async with asyncio.timeout(_PATIENCE):
                await self._wait(ear, talk.row, last)

    async def _wait(self, ear: Ear, row: int, last: int) -> None:
        while await self.newer(row, last) is None:
            await ear.heard(_LOOK)
        while await ear.heard(_MORE):
            pass


def _last(lines: Iterable[WebLine]) -> int:
    return max((line.id for line in lines), default=0)
