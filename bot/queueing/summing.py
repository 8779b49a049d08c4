"""A case in a few lines made of its facts, never of guesses: what a taker gets instead of a dump. Pure."""

from __future__ import annotations

from bot.knowledge.model import Base
from bot.queueing import telling
from bot.queueing.case import Case


def summary(base: Base, case: Case) -> str:
    """Area, language, need, what she answered, danger, what was offered, agreed and planned; nothing she wrote."""
    say = telling.say
    lines = [f"{telling.area(base, case)} · {say(base, f'language.{case.language}')} · {telling.need(base, case)}"]
    if case.danger:
        lines.append(say(base, "staff.card.danger", kinds=telling.kinds(base, case.danger)))
    lines += telling.facts(base, case)
    if case.team is not None and case.team.outcome:
        lines.append(say(base, "staff.mark.team_outcome", text=case.team.outcome))
    if case.plan is not None and case.plan.text:
        lines.append(case.plan.text)
    return "\n".join(lines)
