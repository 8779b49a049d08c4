"""Words of a vocabulary within one slip of the finger: a letter too many, too few, wrong, or two the wrong way round.

The vocabulary is known beforehand, so every word is filed under all forms with one letter left out: looking up costs
a few dictionary reads, however large the vocabulary is. Knows no meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

SHORTEST = 6


def _shortened(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))} | {word}


@dataclass(frozen=True)
class Slips:
    """Finds near words. Short words (under ``SHORTEST`` letters) have too many neighbours to guess."""

    _filed: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, words: Iterable[str]) -> Slips:
        """File the words; their order does not matter."""
        filed: dict[str, list[str]] = {}
        for word in sorted({word for word in words if len(word) >= SHORTEST}):
            for form in _shortened(word):
                filed.setdefault(form, []).append(word)
        return cls({form: tuple(found) for form, found in filed.items()})

    def near(self, word: str) -> tuple[str, ...]:
        """The words of the vocabulary within one slip of ``word``, in alphabetical order."""
        if len(word) < SHORTEST or len(word) > 40:
            return ()
        found = {near for form in _shortened(word) for near in self._filed.get(form, ())}
        return tuple(sorted(near for near in found if OSA.distance(word, near, score_cutoff=1) <= 1))
