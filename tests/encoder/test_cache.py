"""The cache: what the starter knows is not made again, what is missing is made once, a broken file is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bot.encoder.cache import Cache
from bot.encoder.frames import Floats
from bot.encoder.vectors import Vectors, read
from bot.ports import EncoderState


@dataclass
class Scribe:
    """An encoder that writes down what it is asked. ``refuses`` is how often it says None first; then it ``lasts``."""

    state: EncoderState = "ready"
    refuses: int = 0
    lasts: int = 10_000
    asked: list[str] = field(default_factory=list)

    async def vectors(self, texts: Sequence[str]) -> Floats | None:
        """The direction depends on the text's length."""
        if self.refuses > 0 or len(self.asked) >= self.lasts:
            self.refuses -= 1
            self.state = "off" if len(self.asked) >= self.lasts else "resting"
            return None
        self.asked.extend(texts)
        return made(texts)


def made(texts: Sequence[str]) -> Floats:
    """A row for each text."""
    return np.stack([np.eye(16, dtype=np.float32)[len(text) % 16] for text in texts])


LINES = tuple(f"huoli numero {number}" + "n" * number for number in range(300))


def starter(folder: Path, lines: Sequence[str]) -> Path:
    """A starter's file that knows these lines."""
    Vectors.of("m", lines, made(lines)).save(folder / "starter.npz")
    return folder / "starter.npz"


async def test_only_what_the_starter_does_not_know_is_encoded(tmp_path: Path) -> None:
    """And then all of it is known, and a second time nothing is asked."""
    cache, scribe = Cache("m", tmp_path / "own.npz", starter(tmp_path, LINES[:290])), Scribe()
    assert cache.missing(LINES) == LINES[290:]
    await cache.fill(scribe, LINES)
    assert sorted(scribe.asked) == sorted(LINES[290:])
    matrix, missing = cache.vectors_for(LINES)
    assert not missing.any()
    assert np.allclose(matrix, made(LINES), atol=1e-3)
    await cache.fill(scribe, LINES)
    assert len(scribe.asked) == 10


async def test_after_an_edit_only_the_changed_line_is_encoded(tmp_path: Path) -> None:
    """The same in a new process, which reads the files again; what was edited away is dropped from our own file."""
    cache = Cache("m", tmp_path / "own.npz", starter(tmp_path, LINES[:290]))
    await cache.fill(Scribe(), LINES)
    edited, scribe = (*LINES[:-1], "aivan uusi huoli"), Scribe()
    again = Cache("m", tmp_path / "own.npz", tmp_path / "starter.npz")
    await again.fill(scribe, edited)
    assert scribe.asked == ["aivan uusi huoli"]
    assert len(read(tmp_path / "own.npz")) == 10


async def test_a_line_that_comes_twice_is_encoded_once(tmp_path: Path) -> None:
    """Word for word."""
    cache, scribe = Cache("m", tmp_path / "own.npz", None), Scribe()
    await cache.fill(scribe, ["sama", "sama", "toinen"])
    assert scribe.asked == ["sama", "toinen"]


async def test_an_encoder_that_rests_is_waited_for(tmp_path: Path) -> None:
    """Three times None, then an answer."""
    cache = Cache("m", tmp_path / "own.npz", None)
    await cache.fill(Scribe(refuses=3), LINES[:5], pause=0.0)
    assert not cache.missing(LINES[:5])


async def test_when_the_encoder_goes_for_good_what_was_done_is_kept(tmp_path: Path) -> None:
    """And the next time goes on from there."""
    cache = Cache("m", tmp_path / "own.npz", None)
    await cache.fill(Scribe(lasts=140), LINES, pause=0.0)
    again, scribe = Cache("m", tmp_path / "own.npz", None), Scribe()
    assert len(again.missing(LINES)) == 160
    await again.fill(scribe, LINES)
    assert len(scribe.asked) == 160


async def test_without_an_encoder_nothing_is_filled_and_nothing_written(tmp_path: Path) -> None:
    """It returns at once."""
    cache = Cache("m", tmp_path / "own.npz", None)
    await cache.fill(Scribe(state="missing", lasts=0), LINES)
    assert len(cache.missing(LINES)) == 300
    assert not (tmp_path / "own.npz").exists()


async def test_vectors_of_another_model_are_not_used(tmp_path: Path) -> None:
    """Neither the starter's nor our own."""
    path = starter(tmp_path, LINES)
    assert not Cache("m", tmp_path / "none.npz", path).missing(LINES)
    assert len(Cache("other", tmp_path / "none.npz", path).missing(LINES)) == 300
    assert len(Cache("other", path, None).missing(LINES)) == 300


async def test_a_damaged_file_is_as_good_as_none_and_is_made_anew(tmp_path: Path) -> None:
    """Nothing is raised."""
    (tmp_path / "own.npz").write_bytes(b"PK\x03\x04 half of it")
    cache = Cache("m", tmp_path / "own.npz", None)
    assert len(cache.missing(LINES[:4])) == 4
    await cache.fill(Scribe(), LINES[:4])
    assert len(read(tmp_path / "own.npz")) == 4
