"""What a vector says of danger, whatever the words."""

from __future__ import annotations

import numpy as np
import pytest

from bot.matching.alike import GROUPS, Alike, Crowd
from bot.matching.lexicon import Floats

MANY = 60  # lines of each group
DANGER, NEAR, PLAIN, URGENT = (np.eye(6, dtype=np.float32)[way] for way in range(4))


def rows(way: Floats) -> Floats:
    """Lines about one thing, each a little different, of length 1."""
    found = np.stack([way + np.float32(0.05 * (number % 7)) * np.eye(6, dtype=np.float32)[4] for number in range(MANY)])
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)


def crowd(lines: int = MANY) -> Crowd:
    """The four groups; of each only some lines have a vector."""
    found = np.stack([rows(way) for way in (DANGER, NEAR, PLAIN, URGENT)])
    found[:, lines:] = 0
    groups = np.repeat(np.arange(len(GROUPS), dtype=np.int8), MANY)
    return Crowd(found.reshape(-1, 6), groups, np.tile(np.arange(MANY) // 8 % 3, len(GROUPS)))


def said() -> Floats:
    """What words say of each line: little, and nothing of the emergencies."""
    scores = np.where(crowd().groups == 0, 0.3, -0.3) + np.tile(np.arange(MANY) % 5 / 5, len(GROUPS))
    return np.where(crowd().groups == 3, -np.inf, scores).astype(np.float32)


@pytest.fixture(scope="module")
def alike() -> Alike:
    """Learnt from the four groups."""
    return Alike.of(crowd(), said(), np.ones(MANY * len(GROUPS), dtype=np.float32))[0]


def test_what_means_danger_scores_more(alike: Alike) -> None:
    """With the same words; near misses and plain worries do not."""
    assert alike.score(0.0, DANGER) > 2
    assert max(alike.score(0.0, NEAR), alike.score(0.0, PLAIN)) < -2


def test_words_still_count(alike: Alike) -> None:
    """The same meaning in words of danger scores more."""
    assert alike.score(2.0, PLAIN) > alike.score(-2.0, PLAIN)


def test_lines_are_told_without_their_neighbours() -> None:
    """Every line with a score of its words gets one in all, the others none; danger is told from the rest."""
    _, whole = Alike.of(crowd(), said(), np.ones(MANY * len(GROUPS), dtype=np.float32))
    groups = crowd().groups
    assert np.isfinite(whole).tolist() == (groups != 3).tolist()
    assert whole[groups == 0].min() > whole[(groups == 1) | (groups == 2)].max()


def test_a_line_without_a_vector_teaches_nothing() -> None:
    """It is left out; and with too few that have one nothing is learnt at all."""
    some = Alike.of(crowd(40), said(), np.ones(MANY * len(GROUPS), dtype=np.float32))[0]
    assert len(some.rows) == 40 * len(GROUPS)
    assert crowd(40).enough()
    assert not crowd(10).enough()
