"""The whole question tree, grown from the descriptions and never written by hand. Pure.

Here answers filter: a service stays while it names the answer given or is silent about the question. The next question
is the one expected to tell most among the services left. So every service is reachable by answering as its own
description does. "I don't know" goes on to the next best question with the same services.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2

from bot.guiding.belief import UNKNOWN, Belief, limit, prior
from bot.guiding.bound import least_taps
from bot.knowledge.model import Base, Language, Question

# So many services fit on a phone; with no more left, they are shown.
SHOWN = 3
# A tired parent answers no more questions than this; then what is left is shown, however much.
MOST_TAPS = 5


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the tree: the services left, likeliest first, and the next question with a node for each answer.

    A leaf has no question.
    """

    services: tuple[str, ...]
    question: str | None = None
    branches: tuple[tuple[str, Node], ...] = ()

    def branch(self, answer: str) -> Node:
        """The node an answer leads to. Raises KeyError when it is not offered here."""
        return dict(self.branches)[answer]

    def walk(self) -> Iterator[Node]:
        """The node and all below it, each parent before its branches."""
        yield self
        for _, node in self.branches:
            yield from node.walk()


@dataclass(frozen=True)
class Tree:
    """The tree of one base, in one area or everywhere. ``root`` holds all ways without an "I don't know".

    The ways with one are many and rarely walked: they are grown when they are, and kept.
    """

    base: Base
    root: Node
    before: Belief
    gardener: _Gardener = field(repr=False, compare=False)

    def at(self, path: Sequence[str]) -> Node:
        """The node after these answers; any of them may be "unknown". Raises KeyError when one was not offered."""
        node, asked = self.root, frozenset[str]()
        for answer in path:
            if node.question is None:
                raise KeyError(answer)
            asked |= {node.question}
            unknown = answer == UNKNOWN
            node = self.gardener.grow(node.services, asked) if unknown else node.branch(answer)
        return node


def build(base: Base, area: str | None = None) -> Tree:
    """The tree of all services, or of those offered in ``area``."""
    before = prior(base)
    if area is not None:
        before = limit(before, [service for service in before if base.offered(service, area)])
    gardener = _Gardener(base, before)
    return Tree(base, gardener.grow(tuple(before), frozenset()), before, gardener)


@dataclass
class _Gardener:
    """Grows nodes; the same services after the same questions are the same node."""

    base: Base
    before: Belief
    grown: dict[tuple[tuple[str, ...], frozenset[str]], Node] = field(default_factory=dict)

    def grow(self, services: tuple[str, ...], asked: frozenset[str]) -> Node:
        ordered = tuple(sorted(services, key=lambda service: (-self.before[service], service)))
        if (ordered, asked) not in self.grown:
            self.grown[ordered, asked] = self._node(ordered, asked)
        return self.grown[ordered, asked]

    def _node(self, services: tuple[str, ...], asked: frozenset[str]) -> Node:
        question = None if len(services) <= SHOWN or len(asked) >= MOST_TAPS else self._next(services, asked)
        if question is None:
            return Node(services)
        parted = part(self.base, services, question)
        branches = ((answer, self.grow(left, asked | {question.id})) for answer, left in parted.items())
        return Node(services, question.id, tuple(branches))

    def _next(self, services: tuple[str, ...], asked: frozenset[str]) -> Question | None:
        """The pinned question at the very first, else the one that tells most; None when nothing parts the services."""
        left = [q for q in self.base.questions if q.id not in asked and self._parts(services, q)]
        pinned = next((question for question in left if question.first and not asked), None)
        told = {question.id: self._worth(services, question) for question in left}
        return pinned or max(left, key=lambda question: (told[question.id], question.id), default=None)

    def _parts(self, services: tuple[str, ...], question: Question) -> bool:
        return any(len(left) < len(services) for left in part(self.base, services, question).values())

    def _worth(self, services: tuple[str, ...], question: Question) -> float:
        """Expected information in bits, times the chance that the question concerns her (as in asking)."""
        belief = limit(self.before, services)
        concerned = sum(p for service, p in belief.items() if question.id in self.base.services[service].answers)
        return concerned * _bits(belief, part(self.base, services, question))


def part(base: Base, services: Sequence[str], question: Question) -> Mapping[str, tuple[str, ...]]:
    """The services left by each answer that leaves any, in the order of the file."""
    parted: dict[str, tuple[str, ...]] = {}
    for answer in question.answers:
        left = tuple(s for s in services if answer.id in base.services[s].answers.get(question.id, (answer.id,)))
        if left:
            parted[answer.id] = left
    return parted


def _bits(belief: Belief, parted: Mapping[str, Sequence[str]]) -> float:
    """Information of the answer about the service, when all answers that fit a service are equally likely for it."""
    ways = {service: sum(service in left for left in parted.values()) for service in belief}
    told = 0.0
    for left in parted.values():
        likely = sum(belief[service] / ways[service] for service in left)
        told += sum(belief[service] / ways[service] * log2(1 / ways[service] / likely) for service in left)
    return told


# Measuring --------------------------------------------------------------------------------------------------------


def taps(node: Node, service: str) -> float:
    """The mean number of answers until a leaf shows the service, every answer that fits it being equally likely."""
    ways = [branch for _, branch in node.branches if service in branch.services]
    return 1 + sum(taps(branch, service) for branch in ways) / len(ways) if ways else 0.0


def _depth(node: Node) -> int:
    return 1 + max(_depth(branch) for _, branch in node.branches) if node.branches else 0


def stats(tree: Tree) -> dict[str, int | float]:
    """How good the tree is: services, reachable, expected_taps, bound, max_taps, largest_leaf.

    ``reachable``: services that some leaf shows. ``expected_taps``: answers given until a leaf shows the service, the
    mean over the services as likely as the prior says and over the answers that fit each (see :func:`taps`).
    ``bound``: what no tree with as many answers and as large leaves can go under (see bot.guiding.bound).
    ``max_taps``: answers on the longest way. ``largest_leaf``: services on the fullest last screen.
    """
    leaves = [node for node in tree.root.walk() if node.question is None]
    largest = max(len(leaf.services) for leaf in leaves)
    named = {question for service in tree.before for question in tree.base.services[service].answers}
    widths = [len(question.answers) for question in tree.base.questions if question.id in named]
    return {
        "services": len(tree.before),
        "reachable": len({service for leaf in leaves for service in leaf.services}),
        "expected_taps": round(sum(p * taps(tree.root, service) for service, p in tree.before.items()), 3),
        "bound": round(least_taps(list(tree.before.values()), max(SHOWN, largest), widths), 3),
        "max_taps": _depth(tree.root),
        "largest_leaf": largest,
    }


# Drawing ----------------------------------------------------------------------------------------------------------


def mermaid(tree: Tree, language: Language) -> str:
    """The tree as a Mermaid flowchart, in one language."""
    lines = ["flowchart LR"]
    _draw(tree, tree.root, "n", language, lines)
    return "\n".join(lines) + "\n"


def _draw(tree: Tree, node: Node, name: str, language: Language, lines: list[str]) -> None:
    questions = {question.id: question for question in tree.base.questions}
    if node.question is None:
        shown = (tree.base.services[service].name.within(language) for service in node.services)
        lines.append(f'  {name}["{"<br/>".join(map(_quoted, shown))}"]')
        return
    question = questions[node.question]
    texts = {answer.id: answer.text.within(language) for answer in question.answers}
    lines.append(f'  {name}{{"{_quoted(question.text.within(language))}"}}')
    for number, (answer, branch) in enumerate(node.branches):
        _draw(tree, branch, f"{name}_{number}", language, lines)
        lines.append(f'  {name} -->|"{_quoted(texts[answer])}"| {name}_{number}')


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
