"""What to show next: the match of her words and her answers joined into one belief, and that into a screen.

The two ways of finding help are one (design.md 4): a worry is the prior, every answer is evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from bot.conversation.states import Conversation
from bot.conversation.turn import Door
from bot.guiding.asking import best_question, offered_answers
from bot.guiding.belief import Belief, from_match, learn, prior
from bot.knowledge.model import Base, Language, Question
from bot.matching.match import Match

MOST_QUESTIONS = 4  # a tired parent answers no more; then the best three are shown
_READ = 3  # of her texts, the newest: what she wrote before was of something else, or said again
_WORTH = 0.15  # a service less likely than this part of the best one is not worth a line on a phone


@dataclass(frozen=True, slots=True)
class Next:
    """What to show: services (one: its card), a question with its answers, or that nothing fits."""

    kind: Literal["services", "question", "nothing"]
    services: tuple[str, ...] = ()
    question: Question | None = None
    answers: tuple[str, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Reply:
    """The first answer to one worry: what ``perheneuvo match`` prints is what the parent would be given.

    ``kind`` person: her words led nowhere once before, or nothing is left to show; ``ask``: the asked question's id.
    """

    match: Match
    kind: Literal["show", "ask", "person", "danger"]
    next: Next

    @property
    def ask(self) -> str | None:
        """The question's id, when one is asked."""
        return self.next.question.id if self.kind == "ask" and self.next.question is not None else None


def first_reply(
    door: Door, text: str, language: Language | None = None, area: str | None = None, failed: int = 0
) -> Reply:
    """The match of one text, and what it leads to."""
    match = door.match((text,), language, area)
    if match.danger is not None:
        return Reply(match, "danger", Next("services", danger_services(door.base, match.danger.kinds)))
    if match.worry < door.base.settings.deciding.worry:
        return Reply(match, "person" if failed else "ask", Next("nothing"))
    found = consider(door, Conversation(language=match.language, area=area, worries=(text,)))
    kinds: dict[str, Literal["show", "ask", "person"]] = {"services": "show", "question": "ask", "nothing": "person"}
    return Reply(match, kinds[found.kind], found)


def danger_services(base: Base, kinds: tuple[str, ...]) -> tuple[str, ...]:
    """The services of these kinds of danger, where to turn first."""
    return tuple(service for kind in base.dangers if kind.id in kinds for service in kind.services)


def matter(conversation: Conversation) -> tuple[str, ...]:
    """All she has said of the matter, newest last."""
    return conversation.worries[-_READ:]


def worry_text(conversation: Conversation) -> str:
    """The same in one piece."""
    return "\n".join(matter(conversation))


def belief_of(door: Door, conversation: Conversation) -> Belief:
    """How likely each service is, given all so far; what she refused, or is not offered where she lives, is out."""
    texts = matter(conversation)
    match = door.match(texts, conversation.language, conversation.area) if texts else None
    return _joined(door.base, match, conversation)


def _joined(base: Base, match: Match | None, conversation: Conversation) -> Belief:
    belief = prior(base) if match is None else from_match(base, {each.id: each.p for each in match.services})
    questions = {question.id: question for question in base.questions}
    told = dict(match.answers) if match is not None else {}
    told.update({question: answer for question, answer in conversation.answers if answer is not None})
    for question, answer in told.items():
        if question in questions:
            belief = learn(belief, questions[question], answer, base)
    return _allowed(belief, base, conversation)


def _allowed(belief: Belief, base: Base, conversation: Conversation) -> Belief:
    kept = {
        service: p
        for service, p in belief.items()
        if service not in conversation.refused
        and (conversation.area is None or base.offered(service, conversation.area))
    }
    total = sum(kept.values())
    return {service: p / total for service, p in kept.items()} if total > 0 else {}


def likeliest(belief: Belief, most: int = 3) -> tuple[str, ...]:
    """The likeliest services, best first; equal ones by id, so that the same talk shows the same thing."""
    ordered = sorted(belief.items(), key=lambda each: (-each[1], each[0]))[:most]
    return tuple(service for service, p in ordered if p >= _WORTH * ordered[0][1])


def consider(door: Door, conversation: Conversation) -> Next:
    """What to show, given all so far."""
    belief = belief_of(door, conversation)
    if not belief:
        return Next("nothing")
    deciding, best = door.base.settings.deciding, likeliest(belief)
    if belief[best[0]] >= deciding.show_one:
        return Next("services", best[:1])
    if sum(belief[service] for service in best) >= deciding.show_some:
        return Next("services", best)
    asked = [question for question, _ in conversation.answers]
    if len(asked) < MOST_QUESTIONS:
        question = ask(door, conversation, belief)
        if question is not None:
            return question
    return Next("services", best, sure=False)


def ask(door: Door, conversation: Conversation, belief: Belief | None = None) -> Next | None:
    """The question that tells most, with the answers worth offering."""
    belief = belief_of(door, conversation) if belief is None else belief
    texts = matter(conversation)
    told = door.match(texts, conversation.language, conversation.area).answers if texts else {}
    answered = frozenset(told) | {question for question, _ in conversation.answers}
    question = best_question(belief, door.base, answered)
    if question is None:
        return None
    return Next("question", question=question, answers=offered(question, belief, door.base))


def offered(question: Question, belief: Belief, base: Base) -> tuple[str, ...]:
    """The ids of the answers worth offering."""
    return tuple(answer.id for answer in offered_answers(question, belief, base))


def place_matters(base: Base, conversation: Conversation, services: tuple[str, ...]) -> bool:
    """Whether her area, not yet asked, would change what is shown."""
    if conversation.area is not None or conversation.area_asked:
        return False
    return any(
        base.services[service].areas or any(contact.areas for contact in base.services[service].contacts)
        for service in services
    )


def without_areas(base: Base, conversation: Conversation, services: tuple[str, ...]) -> tuple[str, ...]:
    """The services that may be shown where she lives; with no area told, only what is offered everywhere."""
    return tuple(service for service in services if base.offered(service, conversation.area))


def heard_worry(conversation: Conversation, text: str) -> Conversation:
    """Her words kept (the last five)."""
    return replace(conversation, worries=(*conversation.worries, text)[-5:])
