"""Words of a vocabulary within one slip of the finger: a letter too many, too few, wrong, or two the wrong way round.

The vocabulary is known beforehand, so every word is filed under all forms with one letter left out, each form as one
number: looking up costs a few searches in a sorted row, however large the vocabulary is. Knows no meaning.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

SHORTEST = 6
_LONGEST = 40
_BASE, _MASK = 0x9E3779B97F4A7C15, (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Slips:
    """Finds near words. Short words (under ``SHORTEST`` letters) have too many neighbours to guess.

    ``forms`` (ascending) are the numbers of the shortened forms, ``owners`` the places in ``words`` they belong to.
    Two forms may share a number: what is found is compared letter by letter.
    """

    words: Sequence[str]
    forms: NDArray[np.uint32]
    owners: NDArray[np.int32]

    @classmethod
    def of(cls, words: Iterable[str]) -> Slips:
        """File the words; their order does not matter."""
        all_words = list(dict.fromkeys(words))
        by_length: dict[int, list[int]] = {}
        for number, word in enumerate(all_words):
            if SHORTEST <= len(word) <= _LONGEST + 1:
                by_length.setdefault(len(word), []).append(number)
        filed = [_forms([all_words[number] for number in mine]) for mine in by_length.values()]
        forms = np.concatenate([np.zeros(0, dtype=np.uint32), *(each.ravel() for each in filed)])
        whose = (np.repeat(mine, length + 1) for length, mine in by_length.items())
        owners = np.concatenate([np.zeros(0, dtype=np.int32), *whose]).astype(np.int32)
        order = np.argsort(forms, kind="stable")
        return cls(all_words, forms[order], owners[order])

    def near(self, word: str) -> tuple[str, ...]:
        """The words of the vocabulary within one slip of ``word``, in alphabetical order."""
        if len(word) < SHORTEST or len(word) > _LONGEST:
            return ()
        forms = np.asarray(_word_forms(word), dtype=np.uint32)
        begins = np.searchsorted(self.forms, forms)
        found = {
            self.words[owner] for form, begin in zip(forms, begins, strict=True) for owner in self._filed(form, begin)
        }
        return tuple(sorted(near for near in found if OSA.distance(word, near, score_cutoff=1) <= 1))

    def _filed(self, form: np.uint32, begin: int) -> list[int]:
        end = begin
        while end < len(self.forms) and self.forms[end] == form:
            end += 1
        return self.owners[begin:end].tolist() if end > begin else []


def _word_forms(word: str) -> list[int]:
    """:func:`_forms` of one word, without the cost of arrays."""
    ahead = [0]
    for letter in word:
        ahead.append((ahead[-1] * _BASE + ord(letter)) & _MASK)
    found, behind, power = [ahead[-1] >> 32], 0, 1
    for at in range(len(word) - 1, -1, -1):
        found.append(((ahead[at] * power + behind) & _MASK) >> 32)
        behind = (behind + ord(word[at]) * power) & _MASK
        power = power * _BASE & _MASK
    return found


def _forms(words: Sequence[str]) -> NDArray[np.uint32]:
    """For words of one length: a row for each, of the whole and of every form with one letter left out, as numbers.

    A form's number is its letters as the digits of a number in a large base, of which the upper half is kept.
    """
    length = len(words[0])
    letters = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    digits = letters.reshape(len(words), length).astype(np.uint64)
    powers = _POWERS[:length][::-1]
    ahead = np.zeros((len(words), length + 1), dtype=np.uint64)  # of the letters before a place, as if in front
    np.cumsum(digits * powers, axis=1, out=ahead[:, 1:])
    behind = np.zeros((len(words), length + 1), dtype=np.uint64)
    shorter = np.append(powers[1:], np.uint64(0))
    np.cumsum(digits * shorter, axis=1, out=behind[:, 1:])
    left_out = behind[:, :-1] + ahead[:, -1:] - ahead[:, 1:]
    return (np.concatenate([ahead[:, -1:], left_out], axis=1) >> np.uint64(32)).astype(np.uint32)


def _powers() -> NDArray[Any]:
    found = [1]
    for _ in range(_LONGEST + 1):
        found.append(found[-1] * _BASE & _MASK)
    return np.asarray(found, dtype=np.uint64)


_POWERS = _powers()
