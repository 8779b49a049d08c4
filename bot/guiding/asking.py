"""The best next question: the one whose answer is expected to tell most, in bits. Pure; knows no wording.

Expected information is the mutual information of the service and the answer under the belief, with the same fits that
:mod:`bot.guiding.belief` learns by (Lindley 1956; Shannon 1948). "I don't know" tells nothing and needs no counting.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bot.guiding.belief import Belief, fit, limit, prior
from bot.knowledge.model import Answer, Base, Question

Array: TypeAlias = npt.NDArray[np.float64]

# A question expected to tell less than this many bits is not worth a tap (even odds to 0.64 against 0.36 is 0.06).
_LEAST_BITS = 0.06
# An answer that goes only with services which together are less likely than this is not worth a line on a phone.
_LEAST_MASS = 0.02


def best_question(belief: Belief, base: Base, answered: frozenset[str]) -> Question | None:
    """The unasked question that tells most, or None when none would change much.

    While nothing at all is known, the question an admin has pinned (``first: true``) comes first.
    """
    left = [question for question in base.questions if question.id not in answered]
    pinned = next((question for question in left if question.first), None)
    if pinned is not None and not answered and len(belief) > 1 and _nothing_known(belief, base):
        return pinned
    told = {question.id: worth(question, belief, base) for question in left}
    best = max(left, key=lambda question: (told[question.id], question.id), default=None)
    return best if best is not None and told[best.id] >= _LEAST_BITS else None


def worth(question: Question, belief: Belief, base: Base) -> float:
    """What an answer is expected to tell, in bits, times the chance that it concerns her at all.

    A service silent about a question has no answer of its own: "which health matter?" says nothing to who needs a flat.
    """
    if not belief:
        return 0.0
    concerned = sum(p for service, p in belief.items() if question.id in base.services[service].answers)
    return concerned * bits(question, belief, base)


def bits(question: Question, belief: Belief, base: Base) -> float:
    """Mutual information of service and answer under the belief."""
    fits = [[fit(base, service, question, answer.id) for answer in question.answers] for service in belief]
    joint: Array = np.array(fits)
    joint *= np.fromiter(belief.values(), dtype=np.float64)[:, None]
    joint /= joint.sum()
    apart = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0, keepdims=True)
    there = joint > 0
    return max(0.0, float((joint[there] * np.log2(joint[there] / apart[there])).sum()))


def offered_answers(question: Question, belief: Belief, base: Base) -> tuple[Answer, ...]:
    """The answers some likely service fits, in the order of the file; always at least two."""
    mass = {answer.id: _mass(question, answer, belief, base) for answer in question.answers}
    least = min(_LEAST_MASS, sorted(mass.values())[-2])
    return tuple(answer for answer in question.answers if mass[answer.id] >= least)


def _mass(question: Question, answer: Answer, belief: Belief, base: Base) -> float:
    """How likely the services are that the answer goes with; a silent one goes with all answers, a share each."""
    total = 0.0
    for service, p in belief.items():
        named = base.services[service].answers.get(question.id)
        total += p / len(question.answers) if named is None else p * (answer.id in named)
    return total


def _nothing_known(belief: Belief, base: Base) -> bool:
    """Whether the belief is still the prior, among the services it holds."""
    before = limit(prior(base), belief.keys())
    return all(abs(belief[service] - p) < 1e-9 for service, p in before.items())
