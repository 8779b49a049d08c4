"""What a worker's act looks at, and what comes of it: values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation import news
from bot.conversation.screens import Screens
from bot.conversation.states import Conversation
from bot.conversation.turn import Door, Moment
from bot.knowledge.model import Base
from bot.messages import Say
from bot.ports import LineBy, Worker
from bot.queueing import telling
from bot.queueing.case import Case, NotAllowed


@dataclass(frozen=True)
class Sight:
    """The case as it is, who acts, the parent's conversation, and the colleagues by their row ids.

    ``moment.case`` is the case; ``other`` the second case of a merge, with its parent's conversation unlocked.
    """

    door: Door
    case: Case
    worker: Worker
    conversation: Conversation
    moment: Moment
    colleagues: Mapping[int, Worker]
    other: Case | None = None

    @property
    def base(self) -> Base:
        """The knowledge."""
        return self.door.base

    @property
    def now(self) -> datetime:
        """This moment."""
        return self.moment.now

    def words(self, key: str, **values: object) -> str:
        """A mark in the desk's language, with who acts."""
        return telling.say(self.base, key, worker=self.worker.name, **values)

    def colleague(self, worker: int) -> Worker:
        """An active one; raises NotAllowed."""
        found = self.colleagues.get(worker)
        if found is None or not found.active:
            raise NotAllowed("case.no_worker")
        return found

    def unit(self, unit: str) -> str:
        """A unit's name in the desk's language; raises NotAllowed."""
        if unit not in self.base.units:
            raise NotAllowed("case.no_unit")
        return self.base.units[unit].name.within(self.base.settings.desk.language)

    def screens(self, case: Case) -> Screens:
        """The parent's screens as they are once the case is this."""
        return Screens(self.door, news.standing(self.conversation, case), replace(self.moment, case=case))


@dataclass(frozen=True, slots=True)
class Effect:
    """The case after it, what the parent hears, and the marks and lines it leaves.

    ``conversation`` None = only moved to where the case stands. ``about``: who has the case now is told what it is.
    ``detail`` goes to the log: an id or kind of ours.
    """

    case: Case
    says: tuple[Say, ...] = ()
    conversation: Conversation | None = None
    mark: str | None = None
    line: tuple[LineBy, str] | None = None
    about: str | None = None
    gone: Case | None = None
    wrong_door: bool = False
    detail: str | None = None
    card: bool = True
