"""What needs no learning: string likeness by rapidfuzz, and BM25. Used by the benchmarks only."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz, process, utils

from bot.knowledge.model import Base, Language
from bot.matching.stems import stems
from bot.matching.taught import Taught, taught
from bot.measuring.methods import AT_MOST, Built, Ranking

_WORD = re.compile(r"\w+")
_LOOKED_AT = 200  # nearest lines, from which the first services are taken
_K1, _B = 1.2, 0.75  # the usual values (Robertson and Zaragoza, 2009)


def fuzzy(base: Base, scorer: str) -> Built:
    """The nearest known worry by a scorer of rapidfuzz; with no worries, the nearest name or summary."""
    every = list(taught(base))
    there = [each for each in every if each.spoken] or every
    texts = [utils.default_process(each.text) for each in there]
    likeness = getattr(fuzz, scorer)

    def rank(text: str, _: Language) -> Ranking:
        near = process.extract(utils.default_process(text), texts, scorer=likeness, limit=_LOOKED_AT)
        return Ranking(tuple(dict.fromkeys(there[place].service for _, _, place in near))[:AT_MOST])

    return Built(rank)


def stemmed(text: str, language: Language) -> list[str]:
    """The Snowball stems of a text's words."""
    return stems(_WORD.findall(text.lower()), language)


def bm25(base: Base) -> Built:
    """All lines of a service, in all languages, as one document."""
    documents = _documents(list(taught(base)))
    usual = sum(map(len, documents.values())) / max(len(documents), 1)
    postings: dict[str, dict[str, float]] = defaultdict(dict)
    for service, words in documents.items():
        for stem, count in Counter(words).items():
            damped = count + _K1 * (1 - _B + _B * len(words) / usual)
            postings[stem][service] = count * (_K1 + 1) / damped
    total = len(documents)

    def rank(text: str, language: Language) -> Ranking:
        scores: Counter[str] = Counter()
        for stem in stemmed(text, language):
            found = postings.get(stem, {})
            rarity = math.log(1 + (total - len(found) + 0.5) / (len(found) + 0.5))
            for service, weight in found.items():
                scores[service] += rarity * weight  # type: ignore[assignment]  # a Counter may hold floats
        return Ranking(tuple(sorted(scores, key=lambda service: (-scores[service], service))[:AT_MOST]))

    return Built(rank)


def _documents(lines: Sequence[Taught]) -> dict[str, list[str]]:
    documents: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        documents[line.service] += stemmed(line.text, line.language)
    return documents
