"""The one checker of every fault test: what was lost, what came twice, from nowhere, or out of order.

Everything said in a fault test holds a unique key of its own (:func:`key`), so what became of it can be followed: a
parent's words from the push to the worker's screen, a worker's reply from the push to the parent's. Pure: it is told
what was seen where, and knows neither the product nor the server.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

_KEY = re.compile(r"\b[pw]-\d+-\d+\b")
WORDS = ("pushed", "acknowledged", "stored", "in_case", "shown")
"""The road of a parent's words: on the group's screen they are seen in the case's topic, on the desk in the case."""
REPLY = ("pushed", "acknowledged", "stored", "replied", "delivered")
"""The road of a worker's reply."""
ONCE = frozenset({"stored", "in_case", "replied"})
"""Where nothing may ever be twice. What leaves the house may be, when its first sending had an unknown end."""


def key(by: Literal["parent", "worker"], chat: int, number: int) -> str:
    """The key of the ``number``-th message of a parent, or of a worker to her. ``chat`` is the parent's."""
    return f"{by[0]}-{chat}-{number}"


def keys_in(text: str) -> list[str]:
    """Every key in a text."""
    return _KEY.findall(text)


@dataclass(frozen=True)
class Report:
    """What went wrong, as (where, key); all empty when all went well. ``repeated`` went out more than once."""

    lost: tuple[tuple[str, str], ...]
    duplicated: tuple[tuple[str, str], ...]
    unexpected: tuple[tuple[str, str], ...]
    reordered: tuple[tuple[str, str], ...]
    repeated: frozenset[str]
    pushed: int

    def faults(self, may_repeat: Iterable[str] | None = ()) -> list[str]:
        """One line for each kind of fault. ``may_repeat``: what may have gone out twice; None = anything may."""
        kinds = ("lost", "duplicated", "unexpected", "reordered")
        found = [_line(kind, getattr(self, kind)) for kind in kinds if getattr(self, kind)]
        wrongly = [] if may_repeat is None else sorted(self.repeated - set(may_repeat))
        return found + ([_line("repeated", [("out", each) for each in wrongly])] if wrongly else [])

    def figures(self) -> dict[str, int]:
        """How many of each."""
        kinds = ("lost", "duplicated", "unexpected", "reordered", "repeated")
        return {"updates": self.pushed, **{kind: len(getattr(self, kind)) for kind in kinds}}


def _line(kind: str, found: Iterable[tuple[str, str]]) -> str:
    every = list(found)
    return f"{len(every)} {kind}: " + ", ".join(f"{where} {each}" for where, each in every[:8])


@dataclass
class Checker:
    """What was seen, in order, as keys by place. A place is the parent's chat, also of what a worker sees or says."""

    seen: dict[str, dict[int, list[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    def saw(self, where: str, place: int, text: str) -> None:
        """A text with its key (or with none) at one point of the road."""
        self.seen[where][place] += keys_in(text)

    def report(self) -> Report:
        """All of it, judged."""
        return Report(
            lost=tuple(self._lost()),
            duplicated=tuple(self._duplicated()),
            unexpected=tuple(self._unexpected()),
            reordered=tuple(self._reordered()),
            repeated=frozenset(self._repeated()),
            pushed=sum(map(len, self.seen["pushed"].values())),
        )

    def missing(self) -> int:
        """How many have not yet come to the end of their road."""
        ends = {"p": self._all("shown"), "w": self._all("delivered")}
        return sum(each not in ends[each[0]] for each in self._all("pushed"))

    def _all(self, where: str) -> Counter[str]:
        return Counter(each for place in self.seen[where].values() for each in place)

    def _stages(self) -> Iterator[tuple[str, str]]:
        """Every stage but the first, with the letter of the keys that pass it."""
        for letter, road in (("p", WORDS), ("w", REPLY)):
            yield from ((letter, stage) for stage in road[1:])

    def _lost(self) -> Iterator[tuple[str, str]]:
        pushed = self._all("pushed")
        for letter, stage in self._stages():
            there = self._all(stage)
            yield from ((stage, each) for each in pushed if each[0] == letter and each not in there)

    def _duplicated(self) -> Iterator[tuple[str, str]]:
        for stage in sorted(ONCE):
            yield from ((stage, each) for each, count in self._all(stage).items() if count > 1)

    def _unexpected(self) -> Iterator[tuple[str, str]]:
        """At a stage it never was pushed for, in somebody else's place, or on the wrong road."""
        pushed = self._all("pushed")
        passing = {(letter, stage) for letter, stage in self._stages()}
        for stage in {stage for _, stage in self._stages()}:
            for place, keys in self.seen[stage].items():
                for each in keys:
                    if each not in pushed or int(each.split("-")[1]) != place or (each[0], stage) not in passing:
                        yield stage, each

    def _reordered(self) -> Iterator[tuple[str, str]]:
        """The first time of each counts: a repeat comes later by its nature."""
        for letter, stage in self._stages():
            if stage in ("acknowledged", "stored"):
                continue  # lanes are kept by the turn, not by the post
            for place, keys in self.seen[stage].items():
                firsts = list(dict.fromkeys(each for each in keys if each[0] == letter))
                meant = [each for each in self.seen["pushed"][place] if each in set(firsts)]
                yield from ((stage, got) for got, should in zip(firsts, meant, strict=False) if got != should)

    def _repeated(self) -> Iterator[str]:
        for stage in ("shown", "delivered"):
            yield from (each for each, count in self._all(stage).items() if count > 1)
