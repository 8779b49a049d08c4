"""What must be learnt first, by scikit-learn (the ``bench`` extra). Used by the benchmarks only.

Usual settings, chosen once and for all lines; nothing is tuned to the lines that are measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB
from sklearn.pipeline import FeatureUnion, make_pipeline

from bot.knowledge.model import Base, Language
from bot.matching.taught import Taught, taught
from bot.measuring.baselines import stemmed
from bot.measuring.encoding import Sentences
from bot.measuring.methods import AT_MOST, Built, Ranking

Said: TypeAlias = tuple[Language, str]
_GRAMS = (2, 5)
_LEAST = 1e-4


def _text(said: Said) -> str:
    return said[1].lower()


def _stems(said: Said) -> list[str]:
    return stemmed(said[1], said[0])


def _grams() -> Any:
    return TfidfVectorizer(preprocessor=_text, analyzer="char_wb", ngram_range=_GRAMS, min_df=2, sublinear_tf=True)


def _said(lines: Sequence[Taught]) -> list[Said]:
    return [(line.language, line.text) for line in lines]


def _regression() -> Any:
    return LogisticRegression(C=10, max_iter=200)


def _naive() -> Any:
    words = TfidfVectorizer(analyzer=_stems, sublinear_tf=True)
    return make_pipeline(FeatureUnion([("grams", _grams()), ("stems", words)]), ComplementNB(alpha=0.1))


def _learnt(model: Any, lines: Sequence[Taught]) -> Any:
    return model.fit(_said(lines), [line.service for line in lines])


def _best(classes: Sequence[str], chances: NDArray[np.float64]) -> Ranking:
    order = np.argsort(-chances, kind="stable")[:AT_MOST]
    return Ranking(tuple(str(classes[number]) for number in order), float(chances[order[0]]))


def logistic(base: Base) -> Built:
    """TF-IDF of character n-grams within words + logistic regression."""
    model = _learnt(make_pipeline(_grams(), _regression()), list(taught(base)))
    return Built(lambda text, language: _best(model.classes_, model.predict_proba([(language, text)])[0]))


def bayes(base: Base) -> Built:
    """Complement naive Bayes over character n-grams and stems. Its scores are no chances."""
    model = _learnt(_naive(), list(taught(base)))

    def rank(text: str, language: Language) -> Ranking:
        return Ranking(_best(model.classes_, _scores(model, language, text)).services)

    return Built(rank)


def _scores(naive: Any, language: Language, text: str) -> NDArray[np.float64]:
    found: NDArray[np.float64] = naive[-1].predict_joint_log_proba(naive[:-1].transform([(language, text)]))[0]
    return found


def encoded(base: Base, sentences: Sentences) -> Built:
    """A sentence encoder's vectors + logistic regression."""
    model = _by_vectors(list(taught(base)), sentences)
    return Built(lambda text, _: _best(model.classes_, model.predict_proba(sentences.row(text))[0]))


def joined(base: Base, sentences: Sentences) -> Built:
    """The encoder and complement naive Bayes, their chances multiplied; the latter's spread made even first."""
    lines = list(taught(base))
    model, naive = _by_vectors(lines, sentences), _learnt(_naive(), lines)
    there = np.searchsorted(naive.classes_, model.classes_)

    def rank(text: str, language: Language) -> Ranking:
        scores = _scores(naive, language, text)
        even = (scores - scores.mean()) / (scores.std() or 1.0)
        chances = np.full(len(naive.classes_), _LEAST)  # a service may have no line with a vector
        chances[there] = model.predict_proba(sentences.row(text))[0]
        both = np.exp(even) * chances
        return _best(naive.classes_, both / both.sum())

    return Built(rank)


def _by_vectors(lines: Sequence[Taught], sentences: Sentences) -> Any:
    rows = sentences.known([line.text for line in lines])
    there = np.flatnonzero(rows.any(axis=1)).tolist()
    return _regression().fit(rows[there], [lines[number].service for number in there])
