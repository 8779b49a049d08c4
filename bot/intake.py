"""One turn: load -> step -> save state, case and outbox together, in one unit of work.

Everything a parent or a worker does comes through here, whatever the channel; nothing here knows a channel's form.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol, TypeVar

from bot.conversation import calling, news
from bot.conversation.states import Conversation
from bot.conversation.step import step, weighed
from bot.conversation.turn import Care, CaseAct, Door, Leave, Moment, Open, Reopen, Speak, Tell, Turn
from bot.desk import looking
from bot.desk.parent import cared, spoken_in
from bot.desk.road import Answer as Answer
from bot.desk.road import Road
from bot.desk.showing import Showing
from bot.matching.meaning import Vector
from bot.messages import (
    Address,
    Attached,
    FromWorker,
    Incoming,
    ParentMessage,
    PressAnswer,
    Text,
    Unreadable,
)
from bot.ports import Clock, Store, UnitOfWork, Wake
from bot.queueing import case as moves
from bot.queueing import telling
from bot.queueing.case import Case, CaseState
from bot.queueing.timing import due, targets

Done = TypeVar("Done")


def nothing() -> None:
    """No one to wake."""


def unseen(kind: str, outcome: str) -> None:
    """No one to count."""


class Unheard(Exception):
    """A turn was begun that had better know these texts' vectors first. Nothing of it was done (see Intake.heard)."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__(len(texts))
        self.texts = texts


class Hearing(Protocol):
    """Where vectors of parents' texts come from (bot.encoder.recent)."""

    def unheard(self, texts: Sequence[str]) -> Sequence[str]:
        """Those worth asking for now."""
        ...

    def meant(self, texts: Sequence[str]) -> Mapping[str, Vector]:
        """The vectors of those that are known."""
        ...

    async def hear(self, texts: Sequence[str]) -> None:
        """Ask for them; never raises, and takes a fraction of a second at most."""
        ...


class Intake:
    """Takes turns. ``door`` gives the knowledge as it is now; ``staff`` the staff group's address, or None. ``seen`` is
    told of every turn: the kind of the message, and the stage it led to or whether it was done. Without ``hearing``
    worries are matched by their words alone.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        door: Callable[[], Door],
        staff: Callable[[], Address | None] = lambda: None,
        wake: Wake = nothing,
        seen: Callable[[str, str], None] = unseen,
        hearing: Hearing | None = None,
    ) -> None:
        self.store = store
        self.clock = clock
        self.door = door
        self.staff = staff
        self.wake = wake
        self.seen = seen
        self.hearing = hearing
        self.showing = Showing(staff)
        self.road = Road(door, self.showing)

    # Parents ------------------------------------------------------------------------------------------------------

    async def parent(self, incoming: Incoming, *, once: str | None = None) -> bool:
        """One message of a parent. ``once`` is a key that makes a message sent twice count once (False then).

        Raises StoreBusy when nothing could be saved.
        """

        async def take() -> bool:
            async with self.store.begin() as work:
                return await self.parent_in(work, incoming, once=once)

        taken = await self.heard(take)
        self.wake()
        return taken

    async def heard(self, take: Callable[[], Awaitable[Done]]) -> Done:
        """Do something that takes a parent's turn in a unit of work of its own. When it is Unheard it is undone, the
        encoder is asked while no unit of work is open, and it is done again.
        """
        while True:
            try:
                return await take()
            except Unheard as unheard:
                if self.hearing is not None:
                    await self.hearing.hear(unheard.texts)

    async def parent_in(
        self, work: UnitOfWork, incoming: Incoming, *, once: str | None = None, press: str | None = None
    ) -> bool:
        """The same within a unit of work that is open already; ``press`` is a button press that waits for its sign.

        Raises Unheard, which must undo the unit of work.
        """
        now = self.clock.now()
        if once is not None and not await work.once(f"{incoming.address.channel}:{once}", now):
            return False
        if press is not None:
            await work.outbox_add(incoming.address, PressAnswer(press), now)
        await self._parent_turn(work, incoming, now)
        return True

    async def _parent_turn(self, work: UnitOfWork, incoming: Incoming, now: datetime) -> None:
        door = self.door()
        if self.staff() is None:
            incoming = replace(incoming, message=_unseen(incoming.message))
        row, conversation = await work.conversation(incoming.address)
        conversation = _hinted(conversation, incoming.hint)
        door = self._listening(door, conversation, incoming)
        if incoming.address.channel == "web" and isinstance(incoming.message, Text):
            await work.add_web_line(row, "parent", {"type": "text", "text": incoming.message.text}, now)
        moment = await looking.moment(work, door, conversation, now, incoming.address.channel)
        if moment.case is not None:  # after a merge one case has two conversations, and only one of them was told
            conversation = news.standing(conversation, moment.case)
        turn = _with_file(step(conversation, incoming.message, door, moment), incoming.message)
        await self._keep(work, door, row, incoming.address, turn, moment)
        self.seen(type(incoming.message).__name__.lower(), str(turn.conversation.stage))

    def _listening(self, door: Door, conversation: Conversation, incoming: Incoming) -> Door:
        """The door for this turn, with the vectors of her texts. Raises Unheard."""
        if self.hearing is None:
            return door.ajar({})
        texts = weighed(conversation, incoming.message, door.base)
        unheard = self.hearing.unheard(texts)
        if unheard:
            raise Unheard(unheard)
        return door.ajar(self.hearing.meant(texts))

    async def _keep(self, work: UnitOfWork, door: Door, row: int, to: Address, turn: Turn, moment: Moment) -> None:
        """Save the state, do what the turn asks of the case, put what is said into the outbox."""
        says, conversation, case = list(turn.says), turn.conversation, moment.case
        for act in turn.acts:
            if isinstance(act, Open):
                case = await self._open(work, row, conversation, act, moment)
                told = await looking.promised(work, door, case, conversation, moment.now)
                follow = calling.opened(door, conversation, replace(moment, case=case, promise=told))
                conversation, says = follow.conversation, [*says, *follow.says]
            elif case is not None:
                case = await self._act(work, door, spoken_in(case, row), act, moment.now)
                conversation = news.standing(conversation, case) if isinstance(act, Reopen) else conversation
            if case is not None:
                await self._show_case(work, door, case, act, moment.now)
        await work.save_conversation(row, conversation, moment.now)
        for say in says:
            number = case.number if case is not None and case.state is not CaseState.CLOSED else None
            await work.outbox_add(to, say, moment.now, case=number, conversation=row)

    async def _open(self, work: UnitOfWork, row: int, conversation: Conversation, act: Open, moment: Moment) -> Case:
        case = Case(
            conversation=row,
            language=conversation.language,
            opened_at=moment.now,
            waiting_since=moment.now,
            area=conversation.area,
            danger=act.danger,
            path=act.path,
            candidates=act.candidates,
            tells=None if conversation.worries else True,
        )
        return await work.add_case(replace(case, due_at=due(case, targets(self.door().base))))

    async def _reopened(self, work: UnitOfWork, door: Door, case: Case, now: datetime) -> Case:
        """To her worker if she is on; else the queue has it, with its history."""
        worker = await looking.back_to(work, door, case, now)
        case = moves.reopen(case, now)
        return case if worker is None else moves.claim(case, worker, now)

    async def _act(self, work: UnitOfWork, door: Door, case: Case, act: CaseAct, now: datetime) -> Case:
        match act:
            case Speak(text=text, kind=kind, file=file):
                case = moves.say(case, now)
                line = telling.parent_line(door.base, text, kind, file)
                await work.add_case_line(case.number, "parent", None, line, now)
            case Tell(tells=tells, said=said, phone=phone, danger=danger, any_language=any_):
                case = moves.tell(case, tells=tells, said=said, phone=phone, danger=danger, any_language=any_)
            case Leave():
                case = moves.leave(case, now)
            case Reopen():
                case = await self._reopened(work, door, case, now)
            case Open():
                raise ValueError("a case is opened elsewhere")
            case _:
                return await self._care(work, door, case, act, now)
        case = await self.showing.keep(work, door, case)
        mark = telling.desk_mark(door.base, act_name(act), case)
        if mark is not None:
            await work.add_case_line(case.number, "desk", None, mark, now)
        return case

    async def _care(self, work: UnitOfWork, door: Door, case: Case, act: Care, now: datetime) -> Case:
        """Her word on what workers do; the staff's room sees it too."""
        done = cared(door.base, case, act, now)
        case = await self.showing.keep(work, door, done.case)
        await work.add_case_line(case.number, done.by, None, done.text, now)
        await work.log(done.kind, now, case=case.number, detail=done.detail)
        if done.by == "desk":
            await self.showing.line(work, door, case, done.text, now)
        return case

    # What the staff's room sees -----------------------------------------------------------------------------------

    async def _show_case(self, work: UnitOfWork, door: Door, case: Case, act: CaseAct | None, now: datetime) -> None:
        """The card, edited in place, and a line for those who hold the case."""
        line = None
        if isinstance(act, Speak):
            line = telling.parent_said(door.base, act.text, act.kind)
        elif isinstance(act, Tell):
            line = telling.told(door.base, case, act.tells, act.phone, act.danger)
        elif act is not None:
            line = telling.desk_mark(door.base, act_name(act), case)
        if not isinstance(act, Speak):
            await self.showing.card(work, door, case, now)
        if line is not None:
            file = act.file if isinstance(act, Speak) else None
            await self.showing.line(work, door, case, line, now, file)

    # Workers ------------------------------------------------------------------------------------------------------

    async def worker(self, act: FromWorker, *, once: str | None = None) -> Answer:
        """One act of somebody in the staff's rooms. Whoever is no active worker is refused politely, and it is logged.

        Raises StoreBusy when nothing could be saved.
        """
        async with self.store.begin() as work:
            answer = await self.worker_in(work, act, once=once)
        self.wake()
        return answer

    async def worker_in(self, work: UnitOfWork, act: FromWorker, *, once: str | None = None) -> Answer:
        """The same within a unit of work that is open already."""
        now = self.clock.now()
        if once is not None and not await work.once(f"desk:{once}", now):
            return Answer(True, "", act.case)
        answer = await self.road.take(work, act, now)
        self.seen(f"worker_{type(act.message).__name__.lower()}", "done" if answer.done else "not_done")
        return answer

    async def is_staff(self, work: UnitOfWork, act: FromWorker) -> bool:
        """Whether what was said in private is a worker's: she is one, and a plain reply is to a case's message."""
        return await self.road.is_staff(work, act)

    async def saw(self, work: UnitOfWork, worker: int, case: int) -> None:
        """A worker has a case before her eyes; it is logged, in the unit of work that showed it."""
        await self.road.saw(work, worker, case, self.clock.now())


def act_name(act: CaseAct) -> str:
    """The kind of an act, as the phrases know it."""
    return type(act).__name__.lower()


def _with_file(turn: Turn, message: ParentMessage) -> Turn:
    """What goes to the desk of a message with a file goes with the file."""
    if not isinstance(message, Attached):
        return turn
    acts = (replace(act, file=message.file) if isinstance(act, Speak) else act for act in turn.acts)
    return replace(turn, acts=tuple(acts))


def _unseen(message: ParentMessage) -> ParentMessage:
    """Where no room can show a file: only its words are heard, and without any she is told so."""
    if not isinstance(message, Attached) or message.caption:
        return message
    return Unreadable(message.file.kind)


def _hinted(conversation: Conversation, hint: str | None) -> Conversation:
    """The first time, her channel's language is taken where it is one of ours."""
    tag = (hint or "").split("-")[0].lower()
    if conversation.chosen or conversation.stage != "new" or tag not in ("fi", "sv", "en"):
        return conversation
    return replace(conversation, language=tag)  # type: ignore[arg-type]  # checked against the three just above


def hashed(token: str) -> str:
    """What is kept of a secret: its SHA-256, as hex."""
    return hashlib.sha256(token.encode()).hexdigest()
