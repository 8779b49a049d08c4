"""Words cut to their stems, in each of the three languages. Knows words only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import Stemmer

from bot.knowledge.model import Language

_NAMES: dict[Language, str] = {"fi": "finnish", "sv": "swedish", "en": "english"}


def stems(words: Sequence[str], language: Language) -> list[str]:
    """The stem of each normalised word.

    A stemmer may not be shared between threads, and making one costs less than a lock.
    """
    return cast("list[str]", Stemmer.Stemmer(_NAMES[language], 0).stemWords(words))
