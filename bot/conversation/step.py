"""One step of the conversation: (conversation, message) -> turn, by the table. Nothing here waits, sends or keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation import calling, hearing, leading
from bot.conversation.reading import read
from bot.conversation.scene import Scene
from bot.conversation.states import Conversation, Stage
from bot.conversation.transitions import rule
from bot.conversation.turn import Door, Moment, Turn
from bot.messages import ParentMessage


def step(conversation: Conversation, message: ParentMessage, door: Door, moment: Moment) -> Turn:
    """What comes of one message. Raises nothing for anything she may send; ValueError if a rule breaks the table."""
    heard = read(message, conversation, door.base)
    row = rule(conversation.stage, heard.event)
    turn = RULES[row.name](Scene(door, conversation, moment, heard))
    to = turn.conversation.stage
    if to is not conversation.stage and to not in row.to | {Stage.START}:
        raise ValueError(f"rule {row.name} led from {conversation.stage} to {to}, which the table does not allow")
    return turn


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
}
