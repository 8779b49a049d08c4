"""The table of the conversation: where she is, what she does, which rule answers, and where it may lead.

The rules of the table, in words:

* On a front screen (new, start, question, offer, card, area) the front door leads.
* While a case is open (consent, reach, phone, waiting, held) her words go to the desk; the front door keeps to what
  helps the case, and while a worker holds it (held) it is silent: old buttons get one sentence and the way back.
* When the case has ended, writing asks one thing: the same matter, or a new one?
* A button works wherever it was shown and whenever: every event has a rule in every stage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.reading import Event
from bot.conversation.states import Stage

FRONT = (Stage.NEW, Stage.START, Stage.QUESTION, Stage.OFFER, Stage.CARD, Stage.AREA)
CASE = (Stage.CONSENT, Stage.REACH, Stage.PHONE, Stage.WAITING, Stage.HELD)
SCREENS = frozenset({Stage.START, Stage.QUESTION, Stage.OFFER, Stage.CARD, Stage.AREA})
OPENED = frozenset({Stage.CONSENT, Stage.REACH})


@dataclass(frozen=True, slots=True)
class Rule:
    """The name of a rule in ``step`` and the stages it may lead to.

    Staying where she is, and starting over (an old button nobody knows any more), are always allowed.
    """

    name: str
    to: frozenset[Stage]


def _to(*stages: Stage) -> frozenset[Stage]:
    return frozenset(stages)


_START = _to(Stage.START)
_GUIDED = SCREENS | OPENED  # danger in her words opens a case

_ALWAYS: dict[Event, Rule] = {
    Event.HELP: Rule("help", _to()),
    Event.LANGUAGES: Rule("languages", _to()),
    Event.LANGUAGE: Rule("language", _START),
    Event.WEEK: Rule("week", _to()),
    Event.GUIDE: Rule("guide", _to()),
    Event.AGREE: Rule("agree", _to()),
    Event.TIME: Rule("time", _to()),
    Event.PLAN: Rule("plan", _to()),
    Event.GAP: Rule("gap", _to()),
    Event.DID: Rule("did", _to(Stage.WAITING)),
    Event.COMMENT: Rule("comment", _GUIDED | _to(Stage.WAITING)),
    Event.WORD: Rule("word", _GUIDED | _to(Stage.WAITING)),
}
_GUIDING: dict[Event, Rule] = {
    Event.ANSWER: Rule("answer", SCREENS),
    Event.PICK: Rule("pick", SCREENS),
    Event.NONE: Rule("none", SCREENS),
    Event.BACK: Rule("back", SCREENS),
    Event.AREA: Rule("area", SCREENS),
}
_FRONT: dict[Event, Rule] = {
    **_ALWAYS,
    **_GUIDING,
    Event.BEGIN: Rule("welcome", _START),
    Event.WORRY: Rule("hear", _GUIDED),
    Event.EDITED: Rule("reread", _GUIDED),
    Event.BLANK: Rule("blank", _START),
    Event.UNREADABLE: Rule("unreadable", _START),
    Event.AGAIN: Rule("over", _START),
    Event.NEW: Rule("over", _START),
    Event.PERSON: Rule("person", OPENED | _to(Stage.WAITING, Stage.HELD)),
    Event.TELL: Rule("tell", _to(Stage.REACH, Stage.START)),
    Event.REACH: Rule("reach", _to(Stage.PHONE, Stage.WAITING, Stage.HELD)),
    Event.NUMBER: Rule("number", _to(Stage.PHONE, Stage.WAITING, Stage.HELD, *OPENED)),
    Event.LEAVE: Rule("leave", _to(Stage.ENDED, Stage.START)),
    Event.REOPEN: Rule("reopen", OPENED | _to(Stage.WAITING, Stage.HELD)),
}
_CASE: dict[Event, Rule] = {
    **_FRONT,
    Event.BEGIN: Rule("status", _to()),
    Event.WORRY: Rule("speak", _to(Stage.WAITING)),
    Event.EDITED: Rule("speak", _to(Stage.WAITING)),
    Event.BLANK: Rule("speak", _to(Stage.WAITING)),
    Event.UNREADABLE: Rule("speak", _to(Stage.WAITING)),
}
_BUSY = Rule("busy", _to())
_HELD: dict[Event, Rule] = {
    **_CASE,
    **dict.fromkeys(_GUIDING, _BUSY),
    Event.TELL: Rule("tell", _to()),
    Event.REACH: Rule("reach", _to(Stage.PHONE)),
}
_ENDED: dict[Event, Rule] = {
    **_FRONT,
    Event.BEGIN: Rule("welcome", _START),
    Event.WORRY: Rule("same_or_new", OPENED | _to(Stage.WAITING)),
    Event.EDITED: Rule("same_or_new", OPENED | _to(Stage.WAITING)),
    Event.BLANK: Rule("same_or_new", _to()),
    Event.UNREADABLE: Rule("same_or_new", _to()),
    Event.NEW: Rule("fresh", _GUIDED),
    Event.PERSON: Rule("reopen", OPENED | _to(Stage.WAITING)),
}


def _table() -> dict[tuple[Stage, Event], Rule]:
    rows = {(stage, event): rule for stage in FRONT for event, rule in _FRONT.items()}
    rows |= {(stage, event): rule for stage in CASE for event, rule in _CASE.items()}
    rows |= {(Stage.HELD, event): rule for event, rule in _HELD.items()}
    return rows | {(Stage.ENDED, event): rule for event, rule in _ENDED.items()}


TABLE: Mapping[tuple[Stage, Event], Rule] = _table()


def rule(stage: Stage, event: Event) -> Rule:
    """The rule for an event in a stage; there is one for every pair (KeyError would be a fault of the table)."""
    return TABLE[stage, event]


GROUPS: Mapping[str, tuple[Stage, ...]] = {
    "front": FRONT,
    "case": tuple(stage for stage in CASE if stage is not Stage.HELD),
    "held": (Stage.HELD,),
    "ended": (Stage.ENDED,),
}


def diagram() -> str:
    """The table as a Mermaid state diagram of its four groups: an arrow names the rules that may lead that way."""
    group = {stage: name for name, stages in GROUPS.items() for stage in stages}
    arrows: dict[tuple[str, str], set[str]] = {}
    for (stage, _), each in TABLE.items():
        for to in each.to:
            if group[to] != group[stage]:
                arrows.setdefault((group[stage], group[to]), set()).add(each.name)
    for name in ("front", "case"):
        arrows.setdefault((name, "held"), set()).add("(a worker claims)")
    arrows.setdefault(("held", "ended"), set()).add("(the worker closes)")
    lines = ["stateDiagram-v2", "    [*] --> front"]
    lines += [f"    {name}: {name}\\n{', '.join(stages)}" for name, stages in GROUPS.items()]
    lines += [f"    {since} --> {to}: {', '.join(sorted(arrows[since, to]))}" for since, to in sorted(arrows)]
    return "\n".join(lines) + "\n"


def rows() -> str:
    """The whole table in Markdown: what she does, and the rule that answers on each group's stages."""
    lines = ["| she | " + " | ".join(GROUPS) + " |", "|---" * (len(GROUPS) + 1) + "|"]
    for event in Event:
        answers = [
            " / ".join(dict.fromkeys(TABLE[stage, event].name for stage in stages)) for stages in GROUPS.values()
        ]
        lines.append(f"| {event} | " + " | ".join(answers) + " |")
    return "\n".join(lines) + "\n"
