"""A case as one line of the desk, in a worker's language: facts and flags, never a word the parent wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

from bot.conversation.wording import Wording
from bot.desk.knowing import age
from bot.desk.offering import offered
from bot.knowledge.model import Base, Language
from bot.ports import CaseLine, Worker
from bot.queueing import telling
from bot.queueing.case import Case, CaseState

Names = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Flag:
    """Something to see at a glance. ``kind`` is ``now`` (act on it), ``soon`` or ``calm``."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """A case without a word of the parent's. ``danger`` names the kinds found, or is empty; ``age`` is the child's."""

    number: int
    danger: str
    language: Language
    area: str
    need: str
    age: str
    waited: str
    state: CaseState
    owner: str = ""
    outcome: str = ""
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True)
class Looking:
    """Who looks at cases, and when: the desk's own knowledge, the same in her language, and all workers."""

    desk: Base
    worker: Worker
    people: tuple[Worker, ...]
    now: datetime

    @cached_property
    def names(self) -> Names:
        """By row id."""
        return {each.id: each.name for each in self.people}

    @cached_property
    def base(self) -> Base:
        """The knowledge, speaking to her."""
        return spoken(self.desk, self.worker.language)

    @cached_property
    def words(self) -> Wording:
        """The phrases in her language."""
        return Wording(self.desk, self.worker.language)


def spoken(base: Base, language: Language) -> Base:
    """The same knowledge with the desk speaking this worker's language."""
    desk = base.settings.desk.model_copy(update={"language": language})
    return replace(base, settings=base.settings.model_copy(update={"desk": desk}))


def card(look: Looking, case: Case, *, lost: bool = False) -> Card:
    """One case. ``lost``: something sent to the parent did not reach her."""
    base = look.base
    return Card(
        case.number,
        telling.kinds(base, case.danger),
        case.language,
        telling.area(base, case),
        telling.need(base, case),
        age(base, case),
        _since(look, case),
        case.state,
        look.names.get(case.owner, "") if case.owner is not None else "",
        _ended(base, case),
        tuple(flags(look, case, lost=lost)),
    )


def _since(look: Looking, case: Case) -> str:
    since = case.claimed_at if case.state is CaseState.CLAIMED else case.waiting_since
    return telling.passed(look.base, since or case.opened_at, look.now)


def _ended(base: Base, case: Case) -> str:
    if case.outcome is None:
        return ""
    if case.merged_into is not None:
        return telling.say(base, "staff.mark.merged", item=case.merged_into)
    return telling.say(base, "staff.left") if case.outcome == "parent-left" else telling.outcome(base, case.outcome)


# Flags ------------------------------------------------------------------------------------------------------------


def flags(look: Looking, case: Case, *, lost: bool = False) -> Iterator[Flag]:
    """The most pressing first; of a closed case there are none."""
    words = look.words
    if case.state is CaseState.CLOSED:
        return
    if offered(case, look.worker):
        yield Flag("now", words("desk.flag.offered"))
    if lost:
        yield Flag("now", words("desk.flag.undelivered"))
    if case.climbed:
        yield Flag("now", words("desk.flag.lead" if case.climbed == 1 else "desk.flag.on_call"))
    elif case.warned_at is not None:
        yield Flag("soon", words("desk.flag.late"))
    yield from _held_flags(look, case)
    yield from _calm_flags(look, case)


def _held_flags(look: Looking, case: Case) -> Iterator[Flag]:
    """What stands between the parent and her worker."""
    if case.snoozed_until is not None:
        when = look.words.moment(case.snoozed_until.astimezone(look.now.tzinfo), look.now)
        yield Flag("calm", look.words("desk.flag.snoozed", time=when))
    elif case.waits_since is not None:
        waited = look.now.astimezone(UTC) - case.waits_since.astimezone(UTC)
        patience = look.desk.settings.desk.silent_minutes * 60
        silent = waited.total_seconds() > patience / 2
        how_long = telling.passed(look.base, case.waits_since, look.now)
        yield Flag("now" if silent else "soon", look.words("desk.flag.owed", time=how_long))


def _calm_flags(look: Looking, case: Case) -> Iterator[Flag]:
    words, made = look.words, case.offer
    if case.priority:
        yield Flag("soon", words("desk.flag.first"))
    if made is not None and not offered(case, look.worker):
        yield Flag("calm", words("desk.flag.consent" if made.since is None else "desk.flag.offering"))
    if case.phone:
        yield Flag("calm", words("staff.card.phone"))
    if case.any_language is not None:
        yield Flag("soon", telling.gap(look.base, case))
    if case.members:
        yield Flag("calm", words("desk.flag.together", n=len(case.crew)))
    if case.last_owner is not None and case.state is CaseState.WAITING:
        yield Flag("calm", words("desk.flag.again", worker=look.names.get(case.last_owner, "–")))


def lost(desk: Base, lines: tuple[CaseLine, ...]) -> bool:
    """Whether something did not reach the parent and nothing has been written to her since."""
    undelivered = telling.say(desk, "staff.undelivered")
    for line in reversed(lines):
        if line.by in ("worker", "parent"):
            return False
        if line.by == "desk" and line.text == undelivered:
            return True
    return False
