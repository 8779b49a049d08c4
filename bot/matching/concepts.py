"""What a word is about ("nukkuu", "sover" and "asleep" alike), so that lines in one language teach the others.

Reads the table of :mod:`bot.matching.wordbook`. Knows no service.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from bot.knowledge.model import LANGUAGES, Language
from bot.matching.normalising import normal
from bot.matching.wordbook import TABLE

_HEAD, _LONGEST_PART = 4, 14

_Filed = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Book:
    """The words of one language: whole ones, beginnings and parts, each with its concepts."""

    whole: _Filed
    beginnings: _Filed
    parts: _Filed
    heads: AbstractSet[str]  # the first letters of all parts

    def concepts(self, word: str) -> tuple[str, ...]:
        found = list(self.whole.get(word, ()))
        for end in range(2, len(word) + 1):
            if word[:end] in self.beginnings:
                found.extend(self.beginnings[word[:end]])
        for start in range(len(word) - _HEAD + 1):
            if word[start : start + _HEAD] in self.heads:
                for end in range(start + _HEAD, min(len(word), start + _LONGEST_PART) + 1):
                    found.extend(self.parts.get(word[start:end], ()))
        return tuple(dict.fromkeys(found))


def _filed(pairs: list[tuple[str, str]]) -> _Filed:
    filed: dict[str, list[str]] = {}
    for word, concept in pairs:
        filed.setdefault(word, []).append(concept)
    return {word: tuple(concepts) for word, concepts in filed.items()}


def _book(column: int) -> _Book:
    whole: list[tuple[str, str]] = []
    beginnings: list[tuple[str, str]] = []
    parts: list[tuple[str, str]] = []
    for line in TABLE.strip().splitlines():
        name, *columns = (part.strip() for part in line.split("|"))
        for written in columns[column].split():
            shelf = beginnings if written.endswith("*") else parts if written.startswith("*") else whole
            shelf.append((normal(written.strip("*")).replace(" ", ""), name))
    heads = frozenset(part[:_HEAD] for part, _ in parts)
    return _Book(_filed(whole), _filed(beginnings), _filed(parts), heads)


_BOOKS: dict[Language, _Book] = {language: _book(column) for column, language in enumerate(LANGUAGES)}


@lru_cache(maxsize=1 << 16)
def concepts(word: str, language: Language) -> tuple[str, ...]:
    """The concepts of one normalised word, each once."""
    return _BOOKS[language].concepts(word)
