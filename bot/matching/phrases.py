"""Words that stand near one another ("en ... herää"), by stem and by what they are about.

Made of the lines that tell danger from what only sounds like it, where one word alone says little.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from bot.matching.concepts import concepts
from bot.matching.features import Line, words_of
from bot.matching.lexicon import Floats, Ids
from bot.matching.packing import numbered
from bot.matching.stems import stems

_APART = 3  # a word and the third one after it may still belong together
_ABOUT = 2  # concepts of one word that are joined with those of another


def phrase_names(line: Line) -> tuple[str, ...]:
    """Names of the stems of a line, of stems near one another, and of concepts near one another, each once."""
    words = words_of(line)
    stemmed = stems(words, line.language)
    about = [concepts(word, line.language)[:_ABOUT] or (stem,) for word, stem in zip(words, stemmed, strict=True)]
    names = dict.fromkeys(f"w{stem}" for stem in stemmed)
    for at, stem in enumerate(stemmed):
        for other in range(at + 1, min(at + _APART + 1, len(stemmed))):
            names[f"s{stem}|{stemmed[other]}"] = None
            names.update((f"q{one}|{two}", None) for one in about[at] for two in about[other])
    return tuple(names)


@dataclass(frozen=True)
class Phrases:
    """Every phrase of at least two lines, with its column and weight. Made once; safe to share."""

    columns: Mapping[str, int]
    weights: Floats

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Phrases:
        """Learn the phrases of the lines."""
        counts: dict[str, int] = {}
        for line in lines:
            for name in phrase_names(line):
                counts[name] = counts.get(name, 0) + 1
        kept = sorted(name for name, count in counts.items() if count > 1)
        weights = [np.log((1 + len(lines)) / (1 + counts[name])) + 1 for name in kept]
        return cls(numbered(kept), np.asarray(weights, dtype=np.float32))

    def row(self, line: Line) -> tuple[Ids, Floats]:
        """Columns (ascending) and values of a text. The row's length is 1, or 0 when nothing is known."""
        ids = np.asarray(
            sorted(self.columns[name] for name in phrase_names(line) if name in self.columns), dtype=np.int32
        )
        values = self.weights[ids]
        return ids, values / np.float32(np.sqrt(np.square(values).sum()) or 1.0)

    def matrix(self, lines: Sequence[Line]) -> csr_array:
        """One row for each line."""
        return rows_of([self.row(line) for line in lines], len(self.columns))


def rows_of(rows: Sequence[tuple[Ids, Floats]], columns: int) -> csr_array:
    """Rows of columns and values as one matrix."""
    starts = np.cumsum([0, *(ids.size for ids, _ in rows)])
    ids = np.concatenate([ids for ids, _ in rows] or [np.zeros(0, dtype=np.int32)])
    values = np.concatenate([values for _, values in rows] or [np.zeros(0, dtype=np.float32)])
    return csr_array((values, ids, starts), shape=(len(rows), columns))
