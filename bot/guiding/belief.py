"""How likely each service is, given all so far. Pure values; knows no text, no channel and no conversation.

A belief maps service ids to probabilities that sum to 1. A match of a worry and every answer of a question are evidence
of the same kind, so the two ways of finding help are one.

Evidence is soft: an answer makes what fits it likelier and never rules anything out, because tired people tap wrong and
descriptions forget. A service that fits many answers is not held against itself, as a likelihood that sums to 1 over
the answers would do: a clinic for four ages is as right at each of them as a course for one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot.knowledge.model import Base, Level, Question

Belief = Mapping[str, float]

# "I don't know": possible for every question, written in none, changes nothing.
UNKNOWN = "unknown"

# How well an answer goes with a description that names it, and with one that is silent about the question. What is
# left of 1 is for slips, spread over the other answers: one tap in twenty is taken to be a wrong one.
NAMED, SILENT = 0.95, 0.45

# Before anything is known. Open doors are tried first and most often; what is for emergencies has its own signs
# (danger) and rarely comes through here.
_LEVELS: Mapping[Level, float] = {
    Level.OPEN: 1.2,
    Level.FRONT_DOOR: 1.0,
    Level.BASIC: 1.0,
    Level.ADULT: 0.9,
    Level.SPECIAL: 0.8,
    Level.URGENT: 0.5,
}
# What a match can never say with certainty: this much always stays with the prior.
_LEAST_DOUBT = 0.05


def prior(base: Base) -> Belief:
    """The belief before anything is known: by level."""
    return _normal({service: _LEVELS[base.services[service].level] for service in sorted(base.services)})


def from_match(base: Base, ranked: Mapping[str, float]) -> Belief:
    """The belief after a match: probabilities by service, their sum at most 1, the rest spread as the prior is.

    Ids the base does not know are left out; an empty or all-zero match gives the prior.
    """
    known = {service: max(0.0, p) for service, p in ranked.items() if service in base.services}
    total = sum(known.values())
    before = prior(base)
    if total <= 0:
        return before
    doubt = max(_LEAST_DOUBT, 1 - total)
    return _normal({s: (1 - doubt) * known.get(s, 0.0) / total + doubt * before[s] for s in before})


def fit(base: Base, service: str, question: Question, answer: str) -> float:
    """How well an answer goes with a service, over 0 and under 1; only the ratios mean anything."""
    named = base.services[service].answers.get(question.id)
    if named is None:
        return SILENT
    return NAMED if answer in named else (1 - NAMED) / (len(question.answers) - 1)


def learn(belief: Belief, question: Question, answer: str, base: Base) -> Belief:
    """The belief after an answer. "I don't know", or an answer the question has no more, changes nothing."""
    if answer not in {each.id for each in question.answers}:
        return belief
    return _normal({service: p * fit(base, service, question, answer) for service, p in belief.items()})


def join(belief: Belief, other: Belief, base: Base) -> Belief:
    """Two beliefs from separate evidence as one; services that only one of them holds are out."""
    before = prior(base)
    return _normal({service: p * other[service] / before[service] for service, p in belief.items() if service in other})


def limit(belief: Belief, services: Collection[str]) -> Belief:
    """The belief among some services only; empty when it holds none of them."""
    return _normal({service: p for service, p in belief.items() if service in services})


def _normal(weights: Mapping[str, float]) -> Belief:
    total = sum(weights.values())
    return {service: weight / total for service, weight in weights.items()} if total > 0 else {}
