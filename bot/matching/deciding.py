"""What a match leads to: services shown, one more question, a person, or first of all where to turn in danger.

Knows the admins' limits (:class:`bot.knowledge.model.Deciding`) and no question.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.knowledge.model import Deciding
from bot.matching.match import Match, Ranked

PATIENCE = 2  # turns that led nowhere, after which a person is called
AT_MOST = 3
_WORTH = 0.25  # a further service is shown when at least this likely, compared with the best

Kind = Literal["show", "ask", "person", "danger"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What the parent is given. ``services``: those to be shown, best first; none unless ``kind`` is show or danger."""

    kind: Kind
    services: tuple[str, ...] = ()


def decide(match: Match, settings: Deciding, failed: int) -> Decision:
    """``failed`` counts the turns before this one that led nowhere (not understood, "none of these")."""
    if match.danger is not None:
        return Decision("danger", _shown(match.services, settings))
    if match.worry < settings.worry:
        return Decision("person" if failed else "ask")
    shown = _shown(match.services, settings)
    if shown:
        return Decision("show", shown)
    return Decision("person" if failed >= PATIENCE else "ask")


def _shown(ranked: tuple[Ranked, ...], settings: Deciding) -> tuple[str, ...]:
    """One service when it stands out, up to three when they together are likely enough, otherwise none."""
    best = ranked[:AT_MOST]
    if not best:
        return ()
    if best[0].p >= settings.show_one:
        return (best[0].id,)
    if sum(service.p for service in best) < settings.show_some:
        return ()
    return tuple(service.id for service in best if service.p >= _WORTH * best[0].p)
