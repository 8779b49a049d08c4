"""Texts as rows of numbers: stems, pairs of stems, pieces of words and ages, each weighed by how telling it is.

Made once from the knowledge's own lines. Knows words and languages; knows no service.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from bot.knowledge.model import LANGUAGES, Language
from bot.matching.features import Line, Sheet, loose_names, word_names, words_of
from bot.matching.packing import Lists, numbered
from bot.matching.slips import Slips
from bot.matching.stems import stems

Ids = NDArray[np.int32]
Floats = NDArray[np.float32]

_GUESSED = 0.7  # a word read as a slip of the finger counts a little less

_BLOCKS = {"w": 0, "b": 0, "a": 0, "c": 1, "k": 2}
_WEIGHTS = np.asarray([1.0, 1.0, 1.0], dtype=np.float32)  # of words, of pieces of words and of concepts


@dataclass(frozen=True, slots=True)
class Shelf:
    """The words of one language that stand in the lines, each with the columns of what it shows."""

    numbers: Mapping[str, int]
    columns: Lists
    slips: Slips

    def near(self, word: str, most: int) -> list[Ids]:
        """The columns of the first words within one slip of this one."""
        return [self.columns[self.numbers[other]] for other in self.slips.near(word)[:most]]


@dataclass(frozen=True, slots=True)
class Remembered:
    """Rows that are made already, while learning goes on."""

    numbers: Mapping[Line, int]
    rows: csr_array


@dataclass(frozen=True)
class Lexicon:
    """Every telling feature with its column and weight. Made once; safe to share."""

    columns: Mapping[str, int]
    weights: Floats
    blocks: NDArray[np.int8]
    shelves: Mapping[Language, Shelf]
    remembered: Remembered | None = None

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Lexicon:
        """Learn from lines. The same lines in another order give the same values under other column numbers."""
        return cls.taught(lines).bare()

    @classmethod
    def taught(cls, lines: Sequence[Line]) -> Lexicon:
        """Learn from lines, and remember their rows."""
        raw: defaultdict[str, int] = defaultdict()
        raw.default_factory = raw.__len__

        def numbered_raw(names: Iterable[str]) -> list[int]:
            return list(map(raw.__getitem__, names))

        sheet = Sheet.of(lines, lambda *word: (numbered_raw(word_names(*word)), 1.0), numbered_raw)
        counts = sheet.counts(len(raw))
        standing = np.bincount(counts.indices, minlength=len(raw))
        names = _kept(raw, standing)
        chosen = np.asarray([raw[name] for name in names], dtype=np.int64)
        weights = (np.log((1 + len(lines)) / (1 + standing[chosen])) + 1).astype(np.float32)
        blocks = np.asarray([_BLOCKS[name[0]] for name in names], dtype=np.int8)
        shelves = {language: _shelf(sheet, language, chosen, len(raw)) for language in LANGUAGES}
        lexicon = cls(numbered(names), weights, blocks, shelves)
        numbers = dict(zip(lines, range(len(lines)), strict=True))
        return replace(lexicon, remembered=Remembered(numbers, lexicon._weighed(csr_array(counts[:, chosen]))))

    def bare(self) -> Lexicon:
        """The same, remembering no rows."""
        return replace(self, remembered=None)

    def knows(self, word: str) -> bool:
        """Whether a word stands in any of the lines, in any language."""
        return any(word in self.shelves[language].numbers for language in LANGUAGES)

    def row(self, line: Line) -> tuple[Ids, Floats]:
        """Columns (ascending, each once) and values of a text. The row's length is 1, or 0 when nothing is known."""
        words = words_of(line)
        stemmed = stems(words, line.language)
        shelf = self.shelves[line.language]
        found: list[Ids] = []
        sure: list[bool] = []
        for word, stem in zip(words, stemmed, strict=True):
            number = shelf.numbers.get(word)
            ids, certain = (shelf.columns[number], True) if number is not None else self._new(word, stem, line.language)
            found.append(ids)
            sure.append(certain)
        found.append(np.asarray(self._numbers(loose_names(stemmed, line)), dtype=np.int32))
        counts = np.where([*sure, True], np.float32(1), np.float32(_GUESSED)).repeat([ids.size for ids in found])
        return self._values(*_summed(np.concatenate(found), counts))

    def _new(self, word: str, stem: str, language: Language) -> tuple[Ids, bool]:
        """The columns of a word that stands in no line, and whether it was read as it is written."""
        own = np.asarray(self._numbers(word_names(word, stem, language)), dtype=np.int32)
        near = [] if f"w{stem}" in self.columns else self.shelves[language].near(word, most=2)
        return (np.unique(np.concatenate([own, *near])), False) if near else (own, True)

    def _numbers(self, names: Iterable[str]) -> list[int]:
        columns = self.columns
        return [columns[name] for name in names if name in columns]

    def _values(self, ids: Ids, counts: Floats) -> tuple[Ids, Floats]:
        values = np.log1p(counts) * self.weights[ids]
        blocks = self.blocks[ids]
        lengths = np.sqrt(np.bincount(blocks, values * values, len(_WEIGHTS))).astype(np.float32)
        values *= np.divide(_WEIGHTS, lengths, out=np.zeros_like(lengths), where=lengths > 0)[blocks]
        return ids, values / np.float32(np.sqrt(values @ values) or 1.0)

    def matrix(self, lines: Sequence[Line]) -> csr_array:
        """One row for each line: the same as :meth:`row`, faster for many."""
        if self.remembered is None:
            return self._matrix(lines)
        made = np.asarray([self.remembered.numbers.get(line, -1) for line in lines], dtype=np.int64)
        new = np.flatnonzero(made < 0)
        if not new.size:
            return csr_array(self.remembered.rows[made])
        made[new] = self.remembered.rows.shape[0] + np.arange(new.size)
        rows = vstack([self.remembered.rows, self._matrix([lines[number] for number in new.tolist()])])
        return csr_array(rows.tocsr()[made])

    def _matrix(self, lines: Sequence[Line]) -> csr_array:
        sheet = Sheet.of(lines, self._word, self._numbers)
        return self._weighed(sheet.counts(len(self.columns)))

    def _word(self, word: str, stem: str, language: Language) -> tuple[list[int], float]:
        number = self.shelves[language].numbers.get(word)
        if number is not None:
            return self.shelves[language].columns[number].tolist(), 1.0
        ids, certain = self._new(word, stem, language)
        return ids.tolist(), 1.0 if certain else _GUESSED

    def _weighed(self, counts: csr_array) -> csr_array:
        """Rows of counts as rows of values."""
        ids, rows = counts.indices, np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        values = np.log1p(counts.data) * self.weights[ids]
        places = rows * len(_WEIGHTS) + self.blocks[ids]
        lengths = np.sqrt(np.bincount(places, values * values, counts.shape[0] * len(_WEIGHTS))).astype(np.float32)
        shares = np.divide(np.tile(_WEIGHTS, counts.shape[0]), lengths, out=np.zeros_like(lengths), where=lengths > 0)
        values *= shares[places]
        lengths = np.sqrt(np.bincount(rows, values * values, counts.shape[0])).astype(np.float32)
        values /= np.where(lengths > 0, lengths, np.float32(1))[rows]
        found = csr_array((values, ids, counts.indptr), shape=counts.shape)
        found.sort_indices()
        return found


def _summed(ids: Ids, counts: Floats) -> tuple[Ids, Floats]:
    """Each column once, ascending, with the sum of its counts."""
    order = np.argsort(ids, kind="stable")
    ids = ids[order]
    firsts = np.flatnonzero(np.concatenate([[True], ids[1:] != ids[:-1]])[: ids.size])
    return ids[firsts], np.add.reduceat(counts[order], firsts) if firsts.size else counts


def _kept(raw: Mapping[str, int], standing: NDArray[np.int64]) -> list[str]:
    """What may tell something: every stem and age, and what else stands in at least two lines."""
    many = (standing > 1).tolist()
    return sorted(name for name, number in raw.items() if many[number] or name[0] in "wa")


def _shelf(sheet: Sheet, language: Language, chosen: NDArray[np.int64], raw: int) -> Shelf:
    """The words of a language with their columns, those of features that were not kept left out."""
    entries = sheet.words.get(language, {})
    column = np.full(raw, -1, dtype=np.int32)
    column[chosen] = np.arange(len(chosen), dtype=np.int32)
    features = sheet.features.chosen(np.asarray(list(entries.values()), dtype=np.int64))
    columns = column[features.numbers]
    kept = np.concatenate([[0], np.cumsum(columns >= 0)])
    return Shelf(numbered(list(entries)), Lists(columns[columns >= 0], kept[features.starts]), Slips.of(entries))
