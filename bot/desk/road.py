"""The workers' road: who acts, on which case, and everything that follows kept together in one unit of work.

Whoever is no active worker is refused politely, and it is logged. Here a move is only looked up and kept; what it is
stands in ``moving`` and ``sharing``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.acts import Ask, CaseMove, Claim, Close, Merge, Note, Presence, Prompt, Reply, SaveDraft, Show, Written
from bot.conversation import news
from bot.conversation.turn import Door, Moment
from bot.desk import looking, moving, reading, sharing
from bot.desk.effects import Effect, Sight
from bot.desk.naming import named
from bot.desk.showing import STAFF, Showing
from bot.messages import Address, FromWorker, PressAnswer, StaffNotice, Unreadable
from bot.ports import UnitOfWork, Worker
from bot.queueing import telling
from bot.queueing.case import Case, NotAllowed

MOVES: Mapping[str, Callable[[Any, Sight], Effect]] = {
    "claim": moving.claim,
    "release": moving.release,
    "take_over": moving.take_over,
    "snooze": moving.snooze,
    "prioritise": moving.prioritise,
    "reply": moving.reply,
    "correct": moving.correct,
    "note": moving.note,
    "draft": moving.draft,
    "consult": sharing.consult,
    "advise": sharing.advise,
    "offer": sharing.offer,
    "accept": sharing.accept,
    "decline": sharing.decline,
    "withdraw": sharing.withdraw,
    "invite": sharing.invite,
    "step_out": sharing.step_out,
    "plan": sharing.plan,
    "task": sharing.task,
    "task_done": sharing.task_done,
    "team": sharing.bring,
    "team_outcome": sharing.team_outcome,
    "propose": moving.propose,
    "unbook": moving.unbook,
    "duty": moving.duty,
    "lasta": moving.lasta,
    "merge": moving.merge,
    "close": moving.close,
}
_OWN_DONE = ("claim", "reply", "close")  # those whose "done" has words of its own
_TOLD = (Claim, Close, Presence, Written, Note, SaveDraft)  # done without a trace in the room


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker is told of her act: whether it was done, the sentence, and the case it was about. ``key`` is a
    refusal's phrase, for whom another language than the desk's is spoken to.
    """

    done: bool
    text: str
    case: int | None = None
    key: str | None = None


class Road:
    """Takes workers' acts. ``door`` gives the knowledge as it is now."""

    def __init__(self, door: Callable[[], Door], showing: Showing) -> None:
        self.door = door
        self.showing = showing

    async def take(self, work: UnitOfWork, act: FromWorker, now: datetime) -> Answer:
        """One act, and what she is told of it."""
        answer = await self._taken(work, act, now)
        await self._tell(work, act, answer, now)
        return answer

    async def saw(self, work: UnitOfWork, worker: int, number: int, now: datetime) -> None:
        """She opened the case: who looked at what is known for ever."""
        await work.log("saw", now, worker=worker, case=number)

    async def _taken(self, work: UnitOfWork, act: FromWorker, now: datetime) -> Answer:
        door = self.door()
        worker = await self._who(work, act)
        if worker is None:
            await work.log("refused", now, case=act.case)
            return Answer(False, telling.say(door.base, "staff.refused"))
        worker = await self._reached(work, act, worker)
        if isinstance(act.message, Written):
            try:
                act = replace(act, message=await self._meant(work, act.message, now))
            except NotAllowed as refused:
                return Answer(False, telling.say(door.base, refused.reason), act.case)
        if isinstance(act.message, Presence):
            return await self._presence(work, door, worker, act.message, now)
        if isinstance(act.message, Ask) and act.message.name != "case":
            return Answer(False, await self._asked(work, door, worker, act.message.name, now))
        case = await self._case(work, act)
        if case is None:
            return Answer(False, telling.say(door.base, "case.not_found" if act.case else "staff.no_case"))
        if isinstance(act.message, Ask):
            return await self._looked(work, door, worker, case, now, alone=act.place is None or _private(act))
        if isinstance(act.message, Show):
            await self.showing.card(work, door, case, now, act.message.menu, act.message.given)
            return Answer(True, "", case.number)
        if isinstance(act.message, Prompt):
            return await self._prompted(work, door, case, worker, act, act.message, now)
        act = replace(act, message=named(door.base, act.message))
        try:
            return await self._moved(work, door, case, worker, act, now)
        except NotAllowed as refused:
            return Answer(False, telling.say(door.base, refused.reason), case.number, refused.reason)

    async def _who(self, work: UnitOfWork, act: FromWorker) -> Worker | None:
        if act.worker is not None:
            found = await work.worker(act.worker)
            return found if found is not None and found.active else None
        return await work.worker_by_telegram(act.identity) if act.identity is not None else None

    async def is_staff(self, work: UnitOfWork, act: FromWorker) -> bool:
        """Whether what was said in private is a worker's: she is one, and a plain reply is to a case's message."""
        if await self._who(work, act) is None:
            return False
        at = act.place
        if act.case is not None or not isinstance(act.message, Reply | Unreadable) or at is None:
            return True
        return await work.case_at(at.chat, at.thread, at.reply_to) is not None

    async def _reached(self, work: UnitOfWork, act: FromWorker, worker: Worker) -> Worker:
        """Once she has acted in a private chat it is known that she can be reached there."""
        if not _private(act) or worker.profile.private:
            return worker
        worker = replace(worker, profile=replace(worker.profile, private=True))
        await work.set_worker_profile(worker.id, worker.profile)
        return worker

    async def _meant(self, work: UnitOfWork, said: Written, now: datetime) -> CaseMove | Presence:
        return reading.meant(said, now, {each.id: each for each in await work.workers() if each.active})

    async def _case(self, work: UnitOfWork, act: FromWorker) -> Case | None:
        number = act.case
        if number is None and act.place is not None:
            number = await work.case_at(act.place.chat, act.place.thread, act.place.reply_to)
        return await work.case(number) if number is not None else None

    # Asking, and being there --------------------------------------------------------------------------------------

    async def _presence(self, work: UnitOfWork, door: Door, worker: Worker, said: Presence, now: datetime) -> Answer:
        profile = replace(worker.profile, presence=said.presence, until=said.until, seen_at=now)
        await work.set_worker_profile(worker.id, profile)
        await work.log("presence", now, worker=worker.id, detail=said.presence)
        state = telling.say(door.base, f"staff.presence.{said.presence}")
        return Answer(True, telling.say(door.base, "staff.done.presence", state=state))

    async def _asked(self, work: UnitOfWork, door: Door, worker: Worker, name: str, now: datetime) -> str:
        if name == "queue":
            return telling.queue(door.base, await work.open_cases(), now)
        if name == "mine":
            return looking.mine(door, await work.open_cases(), worker, now)
        return telling.say(door.base, "staff.help")

    async def _looked(
        self, work: UnitOfWork, door: Door, worker: Worker, case: Case, now: datetime, *, alone: bool
    ) -> Answer:
        """The card; what the parent told only to one who has the case, and only where nobody else reads along."""
        await self.saw(work, worker.id, case.number, now)
        owner = await work.worker(case.owner) if case.owner is not None else None
        text = telling.card(door.base, case, owner.name if owner else None, now).text
        more = telling.about(door.base, case) if alone and worker.id in case.crew else ""
        return Answer(False, "\n".join(filter(None, (text, more))), case.number)

    async def _prompted(
        self, work: UnitOfWork, door: Door, case: Case, worker: Worker, act: FromWorker, asked: Prompt, now: datetime
    ) -> Answer:
        """She is asked for words; what they are for stands in the question itself, not in anybody's memory."""
        to = self._room(act)
        if to is not None and act.place is not None:
            text = telling.say(door.base, f"staff.ask.{asked.move}", case=case.number)
            code = ":".join((asked.move, str(case.number), *asked.given))
            notice = StaffNotice(text, act.place, act.identity, worker.name, code)
            await work.outbox_add(to, notice, now, priority=STAFF)
            await self.showing.card(work, door, case, now)
        return Answer(True, telling.say(door.base, "staff.done.prompt"), case.number)

    # A move -------------------------------------------------------------------------------------------------------

    async def _moved(
        self, work: UnitOfWork, door: Door, case: Case, worker: Worker, act: FromWorker, now: datetime
    ) -> Answer:
        if isinstance(act.message, Unreadable):
            return Answer(False, telling.say(door.base, "staff.words_only"), case.number)
        to, conversation = await work.conversation_by_id(case.conversation)
        if isinstance(act.message, Reply) and act.message.file is not None and to.channel != "telegram":
            return Answer(False, telling.say(door.base, "staff.file.web"), case.number)
        promised = await looking.promised(work, door, case, conversation, now)
        moment = Moment(now, promised, case, f"notice.{to.channel}")
        other = await work.case(act.message.other) if isinstance(act.message, Merge) else None
        colleagues = {each.id: each for each in await work.workers()}
        here = Sight(door, case, worker, conversation, moment, colleagues, other)
        effect = MOVES[act.message.type](act.message, here)
        effect = replace(effect, card=effect.card or act.press is not None)  # a menu is shut by what was chosen in it
        await self._kept(work, here, effect, to, act.message.type)
        done = act.message.type if act.message.type in _OWN_DONE else "other"
        return Answer(True, telling.say(door.base, f"staff.done.{done}"), case.number)

    async def _kept(self, work: UnitOfWork, here: Sight, effect: Effect, to: Address, kind: str) -> None:
        """The case, her conversation, what she hears, the marks, the log: together or not at all."""
        now, case = here.now, await self.showing.keep(work, here.door, effect.case)
        conversation = effect.conversation or news.standing(here.conversation, case)
        await work.save_conversation(case.conversation, conversation, now)
        for say in effect.says:
            await work.outbox_add(to, say, now, case=case.number, conversation=case.conversation)
        await work.log(kind, now, worker=here.worker.id, case=case.number, detail=effect.detail)
        if effect.gone is not None:
            await self._joined(work, here, effect.gone, case)
        if effect.wrong_door and case.wrong_door is not None:
            words = case.said[0] if case.said and case.tells else None
            door = (case.wrong_door.asked_for, case.wrong_door.belonged_to)
            await work.add_proposal(case.number, *door, case.language, words, now)
        await self._shown(work, here, effect, case, kind)

    async def _shown(self, work: UnitOfWork, here: Sight, effect: Effect, case: Case, kind: str) -> None:
        """In the case and in the staff's room."""
        now, worker = here.now, here.worker
        if effect.line is not None:
            by, text = effect.line
            await work.add_case_line(case.number, by, worker.id, text, now)
        if effect.mark is not None:
            await work.add_case_line(case.number, "desk", worker.id, effect.mark, now)
        if effect.card:
            await self.showing.card(work, here.door, case, now)
        if effect.mark is not None and kind not in _OWN_DONE:
            await self.showing.line(work, here.door, case, effect.mark, now)
        if effect.about:
            await self.showing.line(work, here.door, case, effect.about, now)

    async def _joined(self, work: UnitOfWork, here: Sight, gone: Case, kept: Case) -> None:
        """What was said in the one is in the other; her other conversation goes on in it too."""
        now = here.now
        for line in await work.case_lines(gone.number):
            await work.add_case_line(kept.number, line.by, line.worker, line.text, line.at)
        gone = await self.showing.keep(work, here.door, gone)
        mark = here.words("staff.mark.merged", item=kept.number)
        await self.showing.mark(work, here.door, gone, here.worker.id, mark, now)
        await work.log("merged", now, worker=here.worker.id, case=gone.number, detail=str(kept.number))
        await self.showing.card(work, here.door, gone, now)
        _, conversation = await work.conversation_by_id(gone.conversation)
        if conversation.case == gone.number:
            moved = replace(news.standing(conversation, kept), case=kept.number)
            await work.save_conversation(gone.conversation, moved, now)

    async def _tell(self, work: UnitOfWork, act: FromWorker, answer: Answer, now: datetime) -> None:
        """On a channel with rooms: the sign for a press, or a notice where something was not done.

        The sign has a lane of its own, hers: it must not wait for what is on its way to the room.
        """
        to = self._room(act)
        if act.place is None or to is None:
            return
        if act.press is not None:
            hers = Address(to.channel, act.identity or to.key)
            await work.outbox_add(hers, PressAnswer(act.press, answer.text[:200]), now)
        elif answer.text and (not answer.done or _private(act) or isinstance(act.message, _TOLD)):
            await work.outbox_add(to, StaffNotice(answer.text, act.place), now, priority=STAFF)

    def _room(self, act: FromWorker) -> Address | None:
        """Where she is answered: where she spoke, if that is private; else the staff's room."""
        if _private(act) and act.place is not None:
            return Address("telegram", act.place.chat)
        return self.showing.staff()


def _private(act: FromWorker) -> bool:
    """A private chat has the number of whose it is."""
    return act.place is not None and act.place.chat == act.identity
