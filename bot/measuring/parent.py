"""A parent played by the rules: she types a worry, answers truthfully by her service's facets, and refuses what is not
hers. She meets what every parent meets, :func:`bot.conversation.step.step`, and goes by the buttons she sees.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.conversation.screens import UNKNOWN
from bot.conversation.states import Conversation, Stage
from bot.conversation.step import step
from bot.conversation.turn import Door, Moment, Turn
from bot.knowledge.model import Base
from bot.measuring.lines import Line
from bot.messages import ParentMessage, Press, Text
from bot.queueing.promising import Opening, Promise

PATIENCE = 12  # messages of hers, after which she is taken to have given up
_MOMENT = Moment(datetime(2026, 11, 24, 8, tzinfo=UTC), Promise(Opening(True, None)))


@dataclass(frozen=True, slots=True)
class Guided:
    """How it went: how many messages she sent, and how it ended (``found``, ``person``: one was called or offered,
    ``gave_up``).
    """

    messages: int
    end: str


def guided(door: Door, line: Line, wrong: float, seed: int = 1) -> Guided:
    """Play one line with an expected service; ``wrong`` is the chance of each answer to be a wrong one."""
    parent = Parent(door.base, line, wrong, random.Random(f"{seed} {line.id} {line.text}"))  # noqa: S311  # a game
    conversation, message = Conversation(), parent.first()
    for sent in range(1, PATIENCE + 1):
        turn = step(conversation, message, door, _MOMENT)
        if seen(turn) & set(line.expected):
            return Guided(sent, "found")
        following = parent.next(turn)
        if following is None:
            return Guided(sent, "person")
        conversation, message = turn.conversation, following
    return Guided(PATIENCE, "gave_up")


def seen(turn: Turn) -> set[str]:
    """The services she now sees: a card, or something to tap."""
    carded = {turn.conversation.service or ""} if turn.conversation.stage is Stage.CARD else set()
    return carded | {data[2:] for data in tapped(turn) if data.startswith("s:")}


def tapped(turn: Turn) -> list[str]:
    """What the buttons carry that she can tap, in order."""
    return [button.data for say in turn.says for row in say.buttons for button in row]


@dataclass(frozen=True)
class Parent:
    """Knows her worry and, of the right service, what its description says: that is the truth she answers by."""

    base: Base
    line: Line
    wrong: float
    chance: random.Random

    def first(self) -> ParentMessage:
        """Her worry in her own words."""
        return Text(self.line.text)

    def next(self, turn: Turn) -> ParentMessage | None:
        """What she does about a turn, or None when only a person is left."""
        there = tapped(turn)
        if any(data.startswith("r:") for data in there):
            return Press(self._area(there))
        asked = [data for data in there if data.startswith("a:")]
        if asked:
            return Press(self._answer(asked))
        return Press("none") if "none" in there else None

    def _area(self, there: Sequence[str]) -> str:
        """She lives where her service is offered; anywhere will do when it is offered everywhere."""
        places = [data for data in there if data.startswith("r:")]
        right = [place for place in places if self.base.offered(self.line.expected[0], place[2:])]
        return (right or places)[0]

    def _answer(self, asked: Sequence[str]) -> str:
        _, question, _ = asked[0].split(":")
        told = [data for data in asked if not data.endswith(f":{UNKNOWN}")]
        fitting = self.base.services[self.line.expected[0]].answers.get(question, ())
        true = [data for data in told if data.rpartition(":")[2] in fitting]
        false = [data for data in told if data not in true]
        if false and self.chance.random() < self.wrong:
            return self.chance.choice(false)
        return self.chance.choice(true) if true else f"a:{question}:{UNKNOWN}"


def summed(played: Sequence[Guided]) -> dict[str, float | int | None]:
    """``messages``: hers until an expected service is shown, on average over the lines for which one was; ``spent``:
    the same over all lines. ``found``, ``person``, ``gave_up``: shares. ``at_once``: shown after the first message.
    """
    found = [each.messages for each in played if each.end == "found"]
    total = len(played)
    return {
        "lines": total,
        "messages": sum(found) / len(found) if found else None,
        "spent": sum(each.messages for each in played) / total if total else None,
        "at_once": found.count(1) / total if total else None,
        **{end: sum(each.end == end for each in played) / total if total else None for end in ENDS},
    }


ENDS = ("found", "person", "gave_up")
