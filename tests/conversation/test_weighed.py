"""Which of her texts are worth a vector before a step; and that a turn waits for it outside its unit of work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from bot.conversation.states import Conversation, Stage
from bot.conversation.step import weighed
from bot.intake import Intake
from bot.matching.meaning import Vector
from bot.messages import Address, Edited, Incoming, ParentMessage, Press, Text
from bot.store.memory import MemoryStore
from tests.builders import SetClock, starter
from tests.web.house import little_door

HER = Address("console", "1")


def of(message: ParentMessage, stage: Stage = Stage.START, *worries: str) -> tuple[str, ...]:
    """Of one step."""
    return weighed(Conversation(stage=stage, worries=worries), message, starter())


def test_what_she_writes_and_wrote_of_the_matter_is_weighed() -> None:
    """The last three, each once; an edit too; a button weighs what she wrote before."""
    assert of(Text("lapsi ei nuku")) == ("lapsi ei nuku",)
    assert of(Edited("lapsi ei nuku"), Stage.OFFER, "a", "b", "c", "d") == ("b", "c", "d", "lapsi ei nuku")
    assert of(Press("none"), Stage.OFFER, "vauva valvoo") == ("vauva valvoo",)
    assert of(Text("vauva valvoo"), Stage.OFFER, "vauva valvoo") == ("vauva valvoo",)


def test_what_is_no_worry_is_not() -> None:
    """A button's words, an emoji; and nothing at all of what goes to a person."""
    assert of(Text(starter().phrases["fi"]["button.person"])) == ()
    assert of(Text("😢")) == ()
    assert of(Text("lapsi ei nuku"), Stage.HELD, "vauva valvoo") == ()
    assert of(Text("lapsi ei nuku"), Stage.WAITING) == ()


class Ears:
    """Hears, and notes whether a unit of work was open meanwhile."""

    def __init__(self, store: MemoryStore) -> None:
        self.store, self.known, self.asked, self.open = store, dict[str, Vector](), list[str](), list[bool]()

    def unheard(self, texts: Sequence[str]) -> Sequence[str]:
        """Those never asked."""
        return [text for text in texts if text not in self.asked]

    def meant(self, texts: Sequence[str]) -> Mapping[str, Vector]:
        """What is known."""
        return {text: self.known[text] for text in texts if text in self.known}

    async def hear(self, texts: Sequence[str]) -> None:
        """At once."""
        self.open.append(self.store._turn.locked())
        self.asked += texts
        self.known |= {text: np.ones(3, dtype=np.float32) for text in texts}


def test_a_turn_matches_the_same_words_once_and_remembers_them_no_longer() -> None:
    """What is matched stays with the turn's own door; the one all turns share remembers nothing."""
    door = little_door()
    turn = door.ajar({})
    assert turn.match(("vauva valvoo",)) is turn.match(("vauva valvoo",))
    assert turn.match(("vauva valvoo",), "fi", "askola") is not turn.match(("vauva valvoo",), "fi")
    assert door.match(("vauva valvoo",)) is not door.match(("vauva valvoo",))
    assert door.matched is None


async def test_a_turn_is_begun_again_once_her_words_are_heard() -> None:
    """No unit of work is open meanwhile; the first try leaves no trace; what was heard is not asked again."""
    store = MemoryStore()
    ears = Ears(store)
    turns: list[str] = []
    intake = Intake(store, SetClock(), little_door, seen=lambda kind, _: turns.append(kind), hearing=ears)
    assert await intake.parent(Incoming(HER, Text("vauva valvottaa kaikki yöt")), once="1")
    assert ears.open == [False]
    assert turns == ["text"]
    assert not await intake.parent(Incoming(HER, Text("vauva valvottaa kaikki yöt")), once="1")
    assert await intake.parent(Incoming(HER, Press("none")))
    assert ears.asked == ["vauva valvottaa kaikki yöt"]
