"""Vectors as they are kept: near enough to what they were, found by their line; a spoilt file is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.encoder.frames import Floats
from bot.encoder.vectors import Damaged, Vectors, read

LINES = ("ei nuku", "ei syö", "ei puhu", "ei käy koulua")


def rows(count: int, seed: int = 1, size: int = 384) -> Floats:
    """Directions by chance, of length 1."""
    drawn = np.random.default_rng(seed).normal(size=(count, size)).astype(np.float32)
    lengths = np.linalg.norm(drawn, axis=1, keepdims=True).astype(np.float32)
    return np.asarray(drawn / lengths, dtype=np.float32)


def test_a_line_gets_back_nearly_the_vector_it_was_kept_with() -> None:
    """A byte a number loses less than a thousandth of the direction."""
    matrix = rows(4)
    found, missing = Vectors.of("m", LINES, matrix).vectors_for(LINES)
    assert not missing.any()
    assert np.all((found * matrix).sum(axis=1) > 0.999)
    assert np.allclose(np.linalg.norm(found, axis=1), 1.0, atol=1e-5)


def test_a_line_that_is_not_known_is_missing_and_its_row_is_nothing() -> None:
    """In its place among those that are known."""
    found, missing = Vectors.of("m", LINES, rows(4)).vectors_for(["ei nuku", "jotain muuta", "ei syö"])
    assert missing.tolist() == [False, True, False]
    assert not found[1].any()
    assert found[0].any() and found[2].any()


def test_nothing_knows_nothing() -> None:
    """Neither lines nor the length of a vector."""
    found, missing = Vectors.none("m").vectors_for(LINES)
    assert found.shape[0] == 4
    assert missing.all()


def test_joined_knows_both_and_believes_the_first() -> None:
    """Where both know a line."""
    first, other = Vectors.of("m", LINES[:2], rows(2, 1)), Vectors.of("m", LINES[1:], rows(3, 2))
    both = first.joined(other)
    assert len(both) == 4
    assert np.array_equal(both.vectors_for(LINES[1:2])[0], first.vectors_for(LINES[1:2])[0])
    assert np.array_equal(both.vectors_for(LINES[2:])[0], other.vectors_for(LINES[2:])[0])


def test_vectors_of_two_models_are_not_joined() -> None:
    """They mean different things."""
    with pytest.raises(ValueError, match="no use"):
        Vectors.none("a").joined(Vectors.none("b"))


def test_only_keeps_what_is_named() -> None:
    """And nothing of the rest."""
    kept = Vectors.of("m", LINES, rows(4)).only(["ei syö", "jotain muuta"])
    assert kept.has(LINES).tolist() == [False, True, False, False]


def test_a_file_gives_back_what_was_saved_and_the_same_is_the_same_bytes(tmp_path: Path) -> None:
    """So that a file that did not change is no change to the project."""
    kept = Vectors.of("m", LINES, rows(4))
    kept.save(tmp_path / "deep" / "a.npz")
    kept.save(tmp_path / "b.npz")
    assert (tmp_path / "deep" / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    again = read(tmp_path / "b.npz")
    assert again.name == "m"
    assert np.array_equal(again.vectors_for(LINES)[0], kept.vectors_for(LINES)[0])
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["b.npz"]


@given(st.binary(max_size=400), st.integers(0, 2000))
@settings(max_examples=60, deadline=None)
def test_a_file_that_was_spoilt_is_refused_or_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int
) -> None:
    """Cut off or written over: Damaged, never another exception and never other vectors."""
    path = tmp_path_factory.mktemp("spoilt") / "v.npz"
    kept = Vectors.of("m", LINES, rows(4, size=8))
    kept.save(path)
    whole = path.read_bytes()
    for spoilt in (whole[:at], whole[:at] + noise + whole[at + len(noise) :]):
        path.write_bytes(spoilt)
        try:
            again = read(path)
        except Damaged:
            continue
        assert np.array_equal(again.vectors_for(LINES)[0], kept.vectors_for(LINES)[0]) or spoilt == whole
