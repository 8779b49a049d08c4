"""Which of the three languages a text is in, learnt from the knowledge's own lines. Knows no service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from bot.knowledge.model import LANGUAGES, Language
from bot.matching.normalising import sentences
from bot.matching.packing import numbered

_SIZES = (1, 2, 3, 4)
_HINT = 3.0  # how much a hint weighs, in nats: about one telling word
_SMOOTHING = 0.5
_OFTEN = 50
_SWEDISH_LETTER = 4.0
_POSSIBLE = 0.2

# Common words that a small base of lines may lack. They count as a line each.
_COMMON: dict[Language, str] = {
    "fi": "ja on ei se en mutta mina olen han tama niin kun jos mita kuin vain nyt myos ole minun meilla kiitos moi",
    "sv": "och jag det att inte en som har med for ar ett vi han hon mig min till men om nar vad kan hej tack ja nej",
    "en": "the and i to a is my not it he she we you of in have with for do what that this was are hi hello thanks yes",
}


def _grams(word: str) -> list[str]:
    marked = f"<{word}>"
    grams = [marked[at : at + size] for size in _SIZES for at in range(len(marked) - size + 1)]
    return [*grams, f"={word}"]


@dataclass(frozen=True)
class Detector:
    """Tells the language. Made once; safe to share."""

    grams: Mapping[str, int]
    chances: NDArray[np.float64]  # a row for each gram, and last one for those never seen

    @classmethod
    def of(cls, lines: Iterable[tuple[Language, str]]) -> Detector:
        """Learn from plain texts (:func:`bot.matching.normalising.plain`) of known language."""
        words: dict[Language, Counter[str]] = {language: Counter(_COMMON[language].split()) for language in LANGUAGES}
        for language, text in lines:
            words[language].update(text.split())
        pieces = [[_grams(word) for word in words[language]] for language in LANGUAGES]
        said = [list(chain.from_iterable(mine)) for mine in pieces]
        grams = numbered(list(dict.fromkeys(chain.from_iterable(said))))
        counts = []
        for language, mine, all_said in zip(LANGUAGES, pieces, said, strict=True):
            often = np.minimum(list(words[language].values()), _OFTEN).repeat([len(each) for each in mine])
            counts.append(np.bincount(list(map(grams.__getitem__, all_said)), often, len(grams) + 1))
        table = np.stack(counts, axis=1) + _SMOOTHING
        return cls(grams, np.log(table / (table.sum(axis=0) - _SMOOTHING)))

    def scores(self, plain: str, raw: str, hint: Language | None) -> dict[Language, float]:
        """How likely each language is, summing to 1."""
        logs = np.zeros(len(LANGUAGES))
        pieces = [_grams(word) for word in plain.split()[:60] if not word[0].isdigit() and word != "."]
        if pieces:
            unseen = len(self.grams)
            rows = self.chances[[self.grams.get(gram, unseen) for each in pieces for gram in each]]
            sizes = [len(each) for each in pieces]
            logs = np.repeat(np.asarray(sizes) ** -0.5, sizes) @ rows
        logs -= logs.max()
        logs[LANGUAGES.index("sv")] += _SWEDISH_LETTER if "å" in raw.lower() else 0.0
        logs[LANGUAGES.index(hint or "fi")] += _HINT if hint else _HINT / 6
        chances = np.exp(logs - logs.max())
        return {language: float(chance) for language, chance in zip(LANGUAGES, chances / chances.sum(), strict=True)}

    def language(self, plain: str, raw: str, hint: Language | None = None) -> Language:
        """The likeliest language; with nothing to go by the hint, or Finnish."""
        scores = self.scores(plain, raw, hint)
        return max(LANGUAGES, key=lambda language: scores[language])

    def possible(self, normalised: str, language: Language) -> tuple[Language, ...]:
        """The languages some sentence of a text may be in, the given one first: people mix them."""
        found = [language]
        for words in sentences(normalised):
            scores = self.scores(" ".join(words), "", language)
            found.extend(other for other in LANGUAGES if scores[other] > _POSSIBLE and other not in found)
        return tuple(found)
