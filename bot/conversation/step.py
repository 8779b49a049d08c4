"""One step of the conversation: (conversation, message) -> turn, by the table. Nothing here waits, sends or keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.conversation import calling, caring, hearing, leading
from bot.conversation.guidance import matter
from bot.conversation.reading import Event, read
from bot.conversation.scene import Scene
from bot.conversation.states import Conversation, Stage
from bot.conversation.transitions import CASE, rule
from bot.conversation.turn import Door, Moment, Turn
from bot.knowledge.model import Base
from bot.messages import ParentMessage


def step(conversation: Conversation, message: ParentMessage, door: Door, moment: Moment) -> Turn:
    """What comes of one message. Raises nothing for anything she may send; ValueError if a rule breaks the table."""
    heard = read(message, conversation, door.base)
    row = rule(conversation.stage, heard.event)
    turn = RULES[row.name](Scene(door, replace(conversation, expects=""), moment, heard))
    to = turn.conversation.stage
    if to is not conversation.stage and to not in row.to | {Stage.START}:
        raise ValueError(f"rule {row.name} led from {conversation.stage} to {to}, which the table does not allow")
    return turn


def weighed(conversation: Conversation, message: ParentMessage, base: Base) -> tuple[str, ...]:
    """Her texts that this step may match with the services: their vectors are worth having before it."""
    if conversation.stage in CASE:
        return ()  # what she writes is for a person
    heard = read(message, conversation, base)
    new = (heard.value,) if heard.event in (Event.WORRY, Event.EDITED) else ()
    return tuple(text for text in dict.fromkeys((*matter(conversation), *new)) if text.strip())


RULES: Mapping[str, Callable[[Scene], Turn]] = {
    "welcome": leading.welcome,
    "over": leading.over,
    "help": leading.help_,
    "languages": leading.languages,
    "language": leading.language,
    "hear": hearing.hear,
    "reread": hearing.reread,
    "blank": hearing.blank,
    "unreadable": hearing.unreadable,
    "answer": leading.answer,
    "pick": leading.pick,
    "none": leading.none,
    "back": leading.back,
    "area": leading.area,
    "week": leading.week,
    "guide": leading.guide,
    "person": calling.person,
    "status": calling.status,
    "tell": calling.tell,
    "reach": calling.reach,
    "number": calling.number,
    "speak": calling.speak,
    "busy": calling.busy,
    "leave": calling.leave,
    "same_or_new": calling.same_or_new,
    "fresh": calling.fresh_matter,
    "reopen": calling.reopen,
    "agree": caring.agree,
    "time": caring.time,
    "plan": caring.plan,
    "comment": caring.comment,
    "did": caring.did,
    "word": caring.word,
    "gap": caring.gap,
}
