"""One turn: load -> step -> save state, case and outbox together, in one unit of work.

Everything a parent or a worker does comes through here, whatever the channel; nothing here knows a channel's form.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation import calling
from bot.conversation.states import Conversation
from bot.conversation.step import step
from bot.conversation.turn import CaseAct, Door, Leave, Moment, Open, Reopen, Speak, Tell, Turn
from bot.messages import (
    Address,
    Ask,
    Claim,
    Close,
    FromWorker,
    Incoming,
    PressAnswer,
    Reply,
    StaffLine,
    StaffNotice,
    Text,
    Unreadable,
)
from bot.ports import Clock, Store, UnitOfWork, Wake, Worker
from bot.queueing import case as moves
from bot.queueing import telling
from bot.queueing.case import Case, CaseState, NotAllowed
from bot.queueing.promising import promise

_STAFF = 1  # the outbox's priority of the staff's rooms: parents go before


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker is told of her act: whether it was done, the sentence, and the case it was about."""

    done: bool
    text: str
    case: int | None = None


def nothing() -> None:
    """No one to wake."""


def unseen(kind: str, outcome: str) -> None:
    """No one to count."""


class Intake:
    """Takes turns. ``door`` gives the knowledge as it is now; ``staff`` the staff group's address, or None. ``seen`` is
    told of every turn: the kind of the message, and the stage it led to or whether it was done.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        door: Callable[[], Door],
        staff: Callable[[], Address | None] = lambda: None,
        wake: Wake = nothing,
        seen: Callable[[str, str], None] = unseen,
    ) -> None:
        self.store = store
        self.clock = clock
        self.door = door
        self.staff = staff
        self.wake = wake
        self.seen = seen

    # Parents ------------------------------------------------------------------------------------------------------

    async def parent(self, incoming: Incoming, *, once: str | None = None) -> bool:
        """One message of a parent. ``once`` is a key that makes a message sent twice count once (False then).

        Raises StoreBusy when nothing could be saved.
        """
        async with self.store.begin() as work:
            taken = await self.parent_in(work, incoming, once=once)
        self.wake()
        return taken

    async def parent_in(
        self, work: UnitOfWork, incoming: Incoming, *, once: str | None = None, press: str | None = None
    ) -> bool:
        """The same within a unit of work that is open already; ``press`` is a button press that waits for its sign."""
        now = self.clock.now()
        if once is not None and not await work.once(f"{incoming.address.channel}:{once}", now):
            return False
        if press is not None:
            await work.outbox_add(incoming.address, PressAnswer(press), now)
        await self._parent_turn(work, incoming, now)
        return True

    async def _parent_turn(self, work: UnitOfWork, incoming: Incoming, now: datetime) -> None:
        door = self.door()
        row, conversation = await work.conversation(incoming.address)
        conversation = _hinted(conversation, incoming.hint)
        if incoming.address.channel == "web" and isinstance(incoming.message, Text):
            await work.add_web_line(row, "parent", {"type": "text", "text": incoming.message.text}, now)
        moment = await self._moment(work, door, conversation, now, incoming.address.channel)
        turn = step(conversation, incoming.message, door, moment)
        await self._keep(work, door, row, incoming.address, turn, moment)
        self.seen(type(incoming.message).__name__.lower(), str(turn.conversation.stage))

    async def _moment(
        self, work: UnitOfWork, door: Door, conversation: Conversation, now: datetime, channel: str
    ) -> Moment:
        case = await work.case(conversation.case) if conversation.case is not None else None
        before = await self._before(work, case)
        promised = promise(door.base.settings.desk, now, door.base.holidays, before, danger=bool(case and case.danger))
        return Moment(now, promised, case, f"notice.{channel}")

    @staticmethod
    async def _before(work: UnitOfWork, case: Case | None) -> int:
        """How many wait ahead of this case; of a case to be opened, all that wait."""
        waiting = [each for each in await work.open_cases() if each.state is CaseState.WAITING]
        mine = next((place for place, each in enumerate(waiting) if case and each.number == case.number), None)
        return len(waiting) if mine is None else mine

    async def _keep(self, work: UnitOfWork, door: Door, row: int, to: Address, turn: Turn, moment: Moment) -> None:
        """Save the state, do what the turn asks of the case, put what is said into the outbox."""
        says, conversation, case = list(turn.says), turn.conversation, moment.case
        for act in turn.acts:
            if isinstance(act, Open):
                case = await self._open(work, row, conversation, act, moment)
                told = promise(
                    door.base.settings.desk,
                    moment.now,
                    door.base.holidays,
                    await self._before(work, case),
                    danger=bool(case.danger),
                )
                follow = calling.opened(door, conversation, replace(moment, case=case, promise=told))
                conversation, says = follow.conversation, [*says, *follow.says]
            elif case is not None:
                case = await self._act(work, door, case, act, moment.now)
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
        return await work.add_case(case)

    async def _act(self, work: UnitOfWork, door: Door, case: Case, act: CaseAct, now: datetime) -> Case:
        match act:
            case Speak(text=text, kind=kind):
                case = moves.say(case)
                await work.add_case_line(case.number, "parent", None, telling.parent_line(door.base, text, kind), now)
            case Tell(tells=tells, said=said, phone=phone, danger=danger):
                case = moves.tell(case, tells=tells, said=said, phone=phone, danger=danger)
            case Leave():
                case = moves.leave(case, now)
            case Reopen():
                case = moves.reopen(case, now)
            case Open():
                raise ValueError("a case is opened elsewhere")
        await work.save_case(case)
        mark = telling.desk_mark(door.base, act_name(act), case)
        if mark is not None:
            await work.add_case_line(case.number, "desk", None, mark, now)
        return case

    # What the staff's room sees -----------------------------------------------------------------------------------

    async def _show_case(self, work: UnitOfWork, door: Door, case: Case, act: CaseAct | None, now: datetime) -> None:
        """The card, edited in place, and a line for those who hold the case."""
        staff = self.staff()
        if staff is None:
            return
        line = None
        if isinstance(act, Speak):
            line = telling.parent_said(door.base, act.text, act.kind)
        elif isinstance(act, Tell):
            line = telling.told(door.base, case, act.tells, act.phone, act.danger)
        elif act is not None:
            line = telling.desk_mark(door.base, act_name(act), case)
        if not isinstance(act, Speak):
            await self._show_card(work, door, case, now)
        if line is not None:
            await work.outbox_add(staff, StaffLine(case.number, line), now, case=case.number, priority=_STAFF)

    async def _show_card(self, work: UnitOfWork, door: Door, case: Case, now: datetime) -> None:
        staff = self.staff()
        if staff is None:
            return
        owner = await work.worker(case.owner) if case.owner is not None else None
        card = telling.card(door.base, case, owner.name if owner else None, now)
        await work.outbox_add(staff, card, now, case=case.number, priority=_STAFF)

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
        answer = await self._worker_turn(work, act, now)
        await self._tell_worker(work, act, answer, now)
        self.seen(f"worker_{type(act.message).__name__.lower()}", "done" if answer.done else "not_done")
        return answer

    async def _worker_turn(self, work: UnitOfWork, act: FromWorker, now: datetime) -> Answer:
        door = self.door()
        worker = await self._who(work, act)
        if worker is None:
            await work.log("refused", now, case=act.case)
            return Answer(False, telling.say(door.base, "staff.refused"))
        if isinstance(act.message, Ask):
            return Answer(False, await self._asked(work, door, act.message, now))
        number = act.case
        if number is None and act.place is not None:
            number = await work.case_at(act.place.chat, act.place.thread, act.place.reply_to)
        case = await work.case(number) if number is not None else None
        if case is None:
            return Answer(False, telling.say(door.base, "case.not_found" if act.case else "staff.no_case"))
        try:
            return await self._move(work, door, case, worker, act, now)
        except NotAllowed as refused:
            return Answer(False, telling.say(door.base, refused.reason), case.number)

    async def _who(self, work: UnitOfWork, act: FromWorker) -> Worker | None:
        if act.worker is not None:
            found = await work.worker(act.worker)
            return found if found is not None and found.active else None
        return await work.worker_by_telegram(act.identity) if act.identity is not None else None

    async def _asked(self, work: UnitOfWork, door: Door, asked: Ask, now: datetime) -> str:
        if asked.name == "queue":
            return telling.queue(door.base, await work.open_cases(), now)
        return telling.say(door.base, "staff.help")

    async def _move(
        self, work: UnitOfWork, door: Door, case: Case, worker: Worker, act: FromWorker, now: datetime
    ) -> Answer:
        to, conversation = await work.conversation_by_id(case.conversation)
        mark: str | None = None
        match act.message:
            case Claim():
                case = moves.claim(case, worker.id, now)
                moment = await self._moment(work, door, conversation, now, to.channel)
                turn = calling.claimed(door, conversation, replace(moment, case=case))
                mark, kind = telling.say(door.base, "staff.claimed", worker=worker.name), "claim"
            case Reply(text=text):
                case = moves.reply(case, worker.id, now)
                turn, kind = calling.replied(conversation, text), "reply"
                await work.add_case_line(case.number, "worker", worker.id, text, now)
            case Close(outcome=outcome):
                case = moves.close(case, worker.id, telling.known_outcome(door.base, outcome), now)
                moment = await self._moment(work, door, conversation, now, to.channel)
                turn = calling.closed(door, conversation, replace(moment, case=case))
                ended = telling.outcome(door.base, outcome)
                mark, kind = telling.say(door.base, "staff.closed", worker=worker.name, outcome=ended), "close"
            case Unreadable() | Ask():
                return Answer(False, telling.say(door.base, "staff.words_only"), case.number)
        await work.save_case(case)
        await work.save_conversation(case.conversation, turn.conversation, now)
        for say in turn.says:
            await work.outbox_add(to, say, now, case=case.number, conversation=case.conversation)
        await self._marked(work, door, case, worker, mark, kind, now)
        return Answer(True, telling.say(door.base, f"staff.done.{kind}"), case.number)

    async def _marked(
        self, work: UnitOfWork, door: Door, case: Case, worker: Worker, mark: str | None, kind: str, now: datetime
    ) -> None:
        """What was done is logged, marked in the case, and shown on the card."""
        await work.log(kind, now, worker=worker.id, case=case.number)
        if mark is None:
            return
        await work.add_case_line(case.number, "desk", worker.id, mark, now)
        await self._show_card(work, door, case, now)
        staff = self.staff()
        if kind == "claim" and staff is not None:
            about = telling.about(door.base, case)
            await work.outbox_add(staff, StaffLine(case.number, about), now, case=case.number, priority=_STAFF)

    async def _tell_worker(self, work: UnitOfWork, act: FromWorker, answer: Answer, now: datetime) -> None:
        """On a channel with rooms: the sign for a press, or a notice where something was not done."""
        staff = self.staff()
        if act.place is None or staff is None:
            return
        if act.press is not None:
            await work.outbox_add(staff, PressAnswer(act.press, answer.text[:200]), now, priority=_STAFF)
        elif not answer.done or isinstance(act.message, Claim | Close):
            await work.outbox_add(staff, StaffNotice(answer.text, act.place), now, priority=_STAFF)


def act_name(act: CaseAct) -> str:
    """The kind of an act, as the phrases know it."""
    return type(act).__name__.lower()


def _hinted(conversation: Conversation, hint: str | None) -> Conversation:
    """The first time, her channel's language is taken where it is one of ours."""
    tag = (hint or "").split("-")[0].lower()
    if conversation.chosen or conversation.stage != "new" or tag not in ("fi", "sv", "en"):
        return conversation
    return replace(conversation, language=tag)  # type: ignore[arg-type]  # checked against the three just above


def hashed(token: str) -> str:
    """What is kept of a secret: its SHA-256, as hex."""
    return hashlib.sha256(token.encode()).hexdigest()
