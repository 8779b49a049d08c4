"""What a text shows, by name: stems, pairs of stems, pieces of words, concepts and ages.

Many texts at once are read into a :class:`Sheet`, each different word of a language once. Knows words and languages;
knows no service and no weight.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_array

from bot.knowledge.model import Language
from bot.matching.ages import age_words
from bot.matching.concepts import concepts
from bot.matching.normalising import STOP
from bot.matching.packing import Lists
from bot.matching.stems import stems

_GRAMS = (3, 4, 5)


@dataclass(frozen=True, slots=True)
class Line:
    """A normalised text and its language."""

    language: Language
    text: str


def words_of(line: Line) -> list[str]:
    """The words of a line, without the ends of its sentences."""
    return [word for word in line.text.split() if word != STOP]


def word_names(word: str, stem: str, language: Language) -> tuple[str, ...]:
    """Names of what one word shows: its stem, its concepts, and its pieces of 3 to 5 letters with its ends marked."""
    marked = f"<{word}>"
    grams = (f"c{marked[at : at + size]}" for size in _GRAMS for at in range(len(marked) - size + 1))
    return (f"w{stem}", *(f"k{name}" for name in concepts(word, language)), *dict.fromkeys(grams))


def loose_names(stemmed: Sequence[str], line: Line) -> tuple[str, ...]:
    """Names of what stands between words: pairs of neighbours, and ages."""
    pairs = (f"b{a} {b}" for a, b in pairwise(stemmed))
    return (*pairs, *(f"a{age}" for age in age_words(line.text)))


Named = Callable[[str, str, Language], tuple[list[int], float]]
Numbered = Callable[[Iterable[str]], list[int]]


@dataclass(frozen=True)
class Sheet:
    """Lines as lists of entries, an entry being a word of a language or all the loose features of a line.

    ``words``: each word with its entry; ``features``: the numbers of each entry's features; ``weights``: how much each
    entry counts; ``lines``: the entries of each line, a word as often as it is said.
    """

    words: dict[Language, dict[str, int]]
    features: Lists
    weights: Sequence[float]
    lines: Lists

    @classmethod
    def of(cls, lines: Iterable[Line], named: Named, numbered: Numbered) -> Sheet:
        """``named`` tells the features of a word with its stem, and its weight; ``numbered`` those with given names."""
        words: dict[Language, dict[str, int]] = {}
        cut: dict[Language, dict[str, str]] = {}
        features: list[Sequence[int]] = []
        weights: list[float] = []
        written: list[list[int]] = []
        for line in lines:
            said = words_of(line)
            mine, stemmed = words.setdefault(line.language, {}), cut.setdefault(line.language, {})
            new = [word for word in dict.fromkeys(said) if word not in mine]
            for word, stem in zip(new, stems(new, line.language), strict=True):
                mine[word], stemmed[word] = len(features), stem
                found, weight = named(word, stem, line.language)
                features.append(found)
                weights.append(weight)
            written.append([*(mine[word] for word in said), len(features)])
            features.append(numbered(loose_names([stemmed[word] for word in said], line)))
            weights.append(1.0)
        return cls(words, Lists.of(features), weights, Lists.of(written))

    def counts(self, columns: int) -> csr_array:
        """How much of each feature stands in each line: (lines, columns)."""
        entries = csr_array(
            (np.ones(len(self.features.numbers), dtype=np.float32), self.features.numbers, self.features.starts),
            shape=(len(self.weights), columns),
        )
        said = np.asarray(self.weights, dtype=np.float32)[self.lines.numbers]
        shape = (len(self.lines.starts) - 1, len(self.weights))
        return lean(csr_array((said, self.lines.numbers, self.lines.starts), shape=shape)) @ lean(entries)


def lean(matrix: csr_array) -> csr_array:
    """The same with places of 32 bits, where they are enough: a third less to read at every multiplication."""
    if matrix.nnz > np.iinfo(np.int32).max:
        return matrix
    places = (matrix.data, matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32))
    return csr_array(places, shape=matrix.shape)
