"""Texts as rows of numbers: stems, pairs of stems, pieces of words and ages, each weighed by how telling it is.

Made once from the knowledge's own lines. Knows words and languages; knows no service.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bot.knowledge.model import LANGUAGES, Language
from bot.matching.ages import age_words
from bot.matching.concepts import concepts
from bot.matching.normalising import STOP
from bot.matching.slips import Slips
from bot.matching.stems import stems

Ids = NDArray[np.int32]
Floats = NDArray[np.float32]

_GRAMS = (3, 4, 5)
_PIECES_WEIGH = 1.0
_CONCEPTS_WEIGH = 1.0
_GUESSED = 0.7  # a word read as a slip of the finger counts a little less


_BLOCKS = {"w": 0, "b": 0, "a": 0, "c": 1, "k": 2}
_WEIGHTS = (1.0, _PIECES_WEIGH, _CONCEPTS_WEIGH)


@dataclass(frozen=True, slots=True)
class Line:
    """A normalised text and its language."""

    language: Language
    text: str


def word_names(word: str, stem: str, language: Language) -> tuple[str, ...]:
    """Names of what one word shows: its stem, its concepts, and its pieces of 3 to 5 letters with its ends marked."""
    marked = f"<{word}>"
    grams = (marked[at : at + size] for size in _GRAMS for at in range(len(marked) - size + 1))
    return (
        f"w{stem}",
        *(f"k{name}" for name in concepts(word, language)),
        *(f"c{gram}" for gram in dict.fromkeys(grams)),
    )


def loose_names(stemmed: Sequence[str], line: Line) -> tuple[str, ...]:
    """Names of what stands between words: pairs of neighbours, and ages."""
    pairs = (f"b{a} {b}" for a, b in pairwise(stemmed))
    return (*pairs, *(f"a{age}" for age in age_words(line.text)))


@dataclass(frozen=True)
class Lexicon:
    """Every telling feature with its column and weight. Made once; safe to share."""

    columns: Mapping[str, int]
    weights: Floats
    blocks: NDArray[np.int8]
    known: Mapping[Language, Mapping[str, Ids]]
    _slips: Mapping[Language, Slips]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Lexicon:
        """Learn from lines. The same lines in another order give the same values under other column numbers."""
        counting = _Counting.of(lines)
        kept = counting.kept()
        columns = {name: number for number, name in enumerate(kept)}
        weights = np.asarray([counting.weight(name) for name in kept], dtype=np.float32)
        blocks = np.asarray([_BLOCKS[name[0]] for name in kept], dtype=np.int8)
        known = {
            language: {word: _ids(names, columns) for word, names in counting.words[language].items()}
            for language in LANGUAGES
        }
        slips = {language: Slips.of(counting.words[language]) for language in LANGUAGES}
        return cls(columns, weights, blocks, known, slips)

    def knows(self, word: str) -> bool:
        """Whether a word stands in any of the lines, in any language."""
        return any(word in self.known[language] for language in LANGUAGES)

    def row(self, line: Line) -> tuple[Ids, Floats]:
        """Columns (ascending, each once) and values of a text. The row's length is 1, or 0 when nothing is known."""
        words = [word for word in line.text.split() if word != STOP]
        found = [
            self._word(word, stem, line.language) for word, stem in zip(words, stems(words, line.language), strict=True)
        ]
        found.append((_ids(loose_names(stems(words, line.language), line), self.columns), 1.0))
        ids = np.concatenate([ids for ids, _ in found])
        if not ids.size:
            return ids, np.zeros(0, dtype=np.float32)
        counts = np.concatenate([np.full(ids.size, weight, dtype=np.float32) for ids, weight in found])
        return self._weighed(ids, counts)

    def _word(self, word: str, stem: str, language: Language) -> tuple[Ids, float]:
        known = self.known[language].get(word)
        if known is not None:
            return known, 1.0
        own = _ids(word_names(word, stem, language), self.columns)
        near = () if f"w{stem}" in self.columns else self._slips[language].near(word)
        if not near:
            return own, 1.0
        return np.unique(np.concatenate([own, *(self.known[language][other] for other in near[:2])])), _GUESSED

    def _weighed(self, ids: Ids, counts: Floats) -> tuple[Ids, Floats]:
        columns, inverse = np.unique(ids, return_inverse=True)
        values = np.log1p(np.bincount(inverse, weights=counts)).astype(np.float32) * self.weights[columns]
        blocks = self.blocks[columns]
        for number, weight in enumerate(_WEIGHTS):
            block = blocks == number
            length = float(np.sqrt(np.square(values[block]).sum()))
            values[block] *= weight / length if length else 0.0
        return columns, values / np.float32(np.sqrt(np.square(values).sum()) or 1.0)

    def matrix(self, lines: Sequence[Line]) -> csr_array:
        """One row for each line."""
        rows = [self.row(line) for line in lines]
        starts = np.cumsum([0, *(ids.size for ids, _ in rows)])
        ids = np.concatenate([ids for ids, _ in rows] or [np.zeros(0, dtype=np.int32)])
        values = np.concatenate([values for _, values in rows] or [np.zeros(0, dtype=np.float32)])
        return csr_array((values, ids, starts), shape=(len(rows), len(self.columns)))


def _ids(names: Iterable[str], columns: Mapping[str, int]) -> Ids:
    return np.asarray([columns[name] for name in names if name in columns], dtype=np.int32)


@dataclass(frozen=True)
class _Counting:
    """In how many lines each feature stands."""

    words: Mapping[Language, Mapping[str, tuple[str, ...]]]
    lines: int
    counts: Mapping[str, int]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Counting:
        words: dict[Language, dict[str, tuple[str, ...]]] = {language: {} for language in LANGUAGES}
        counts: dict[str, int] = {}
        stemmed: dict[Language, dict[str, str]] = {language: {} for language in LANGUAGES}
        for line in lines:
            said = [word for word in line.text.split() if word != STOP]
            mine, cut = words[line.language], stemmed[line.language]
            new = [word for word in dict.fromkeys(said) if word not in mine]
            for word, stem in zip(new, stems(new, line.language), strict=True):
                mine[word], cut[word] = word_names(word, stem, line.language), stem
            names = {name for word in said for name in mine[word]}
            names.update(loose_names([cut[word] for word in said], line))
            for name in names:
                counts[name] = counts.get(name, 0) + 1
        return cls(words, len(lines), counts)

    def kept(self) -> list[str]:
        """What may tell something: every stem and age, and what else stands in at least two lines."""
        return sorted(name for name, count in self.counts.items() if count > 1 or name[0] in "wa")

    def weight(self, name: str) -> float:
        return float(np.log((1 + self.lines) / (1 + self.counts[name])) + 1)
