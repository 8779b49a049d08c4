"""What a parent's own acts make of her case, with the marks the workers see. Values in, values out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation.turn import Agree, Care, CommentPlan, DidHelp, PickTime, WordToDevelopers
from bot.conversation.wording import Wording
from bot.knowledge.model import Base
from bot.ports import LineBy
from bot.queueing import ending, meeting, passing, telling, together
from bot.queueing.case import Case


@dataclass(frozen=True, slots=True)
class Cared:
    """The case after it, the line it leaves in it, whose that is, and the kind for the log."""

    case: Case
    by: LineBy
    text: str
    kind: str
    detail: str | None = None


def cared(base: Base, case: Case, act: Care, now: datetime) -> Cared:
    """Raises NotAllowed for what is no more; the conversation has looked before."""
    match act:
        case Agree(item=item, yes=yes):
            said = "yes" if yes else "no"
            after = passing.agree(case, item, yes, now)
            return Cared(after, "desk", telling.say(base, f"staff.parent.agree.{said}"), "agree", said)
        case PickTime(item=item, choice=choice):
            return _time(base, case, item, choice, now)
        case CommentPlan(text=text):
            after = together.comment(case, text, now)
            return Cared(after, "desk", telling.say(base, "staff.parent.comment", text=text), "comment")
        case DidHelp(answer=answer):
            after = ending.answer(case, answer)
            return Cared(after, "desk", telling.say(base, f"staff.parent.{answer}"), "answer", answer)
        case WordToDevelopers(text=text):
            return Cared(case, "word", text, "word")


def _time(base: Base, case: Case, item: int, choice: int | meeting.Choice, now: datetime) -> Cared:
    if isinstance(choice, str):
        after = meeting.refuse(case, item, now)
        return Cared(after, "desk", telling.say(base, f"staff.parent.{choice}"), "pick", choice)
    after = meeting.pick(case, item, choice, now)
    booked = meeting.booking(after, item)
    when = booked.picked if booked is not None else None
    words = Wording(base, base.settings.desk.language)
    told = words.moment(when, now) if when is not None else ""
    return Cared(after, "desk", telling.say(base, "staff.parent.picked", text=told), "pick", str(item))


def spoken_in(case: Case, conversation: int) -> Case:
    """Her answers go where she last wrote: after a merge she has two conversations and one case."""
    return case if case.conversation == conversation else replace(case, conversation=conversation)
