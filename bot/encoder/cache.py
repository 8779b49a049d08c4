"""What was encoded before: the starter's vectors, which travel with the project, and a file of our own beside them.

``fill`` encodes what neither has, in the background; whoever matches goes on with the old base until it is done.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import structlog

from bot.encoder.frames import Floats
from bot.encoder.vectors import Damaged, Vectors, read
from bot.ports import Encoder

log = structlog.get_logger()
STARTER = Path(__file__).with_name("starter.npz")
_BATCH = 4  # lines; a worry that comes meanwhile waits for one batch at most
_SAVED = 128  # lines between one saving and the next
_TRIES = 120  # pauses without an answer, in a row, before it is given up
Told = Callable[[int, int], None]


def _nothing(done: int, of: int) -> None:
    """No one to tell."""


class Cache:
    """The vectors of one model. ``side`` is the file of our own; ``starter`` is only read."""

    def __init__(self, name: str, side: Path, starter: Path | None = STARTER) -> None:
        self.side = side
        self._starter = Vectors.none(name) if starter is None else _known(name, starter)
        self._own = _known(name, side)
        self._all = self._starter.joined(self._own)

    @classmethod
    def within(cls, name: str, folder: Path) -> Cache:
        """With the file of our own in a folder."""
        return cls(name, folder / f"vectors-{name}.npz")

    @property
    def mark(self) -> str:
        """Changes with what is known: the model, and the keys of all lines that have a vector."""
        return f"{self._all.name} {hashlib.sha256(self._all.keys.tobytes()).hexdigest()}"

    def vectors_for(self, lines: Sequence[str]) -> tuple[Floats, npt.NDArray[np.bool_]]:
        """A row for each line, of length 1 or, where it is not known, 0; and which are missing."""
        return self._all.vectors_for(lines)

    def missing(self, lines: Sequence[str]) -> tuple[str, ...]:
        """The lines that are not known, each once."""
        known = self._all.has(lines)
        return tuple(dict.fromkeys(line for line, has in zip(lines, known, strict=True) if not has))

    async def fill(self, encoder: Encoder, lines: Sequence[str], *, pause: float = 1.0, told: Told = _nothing) -> None:
        """Encode what is missing and keep it; what is known of other lines is dropped from our own file.

        Ends early when the encoder is off or does not come back; what was done is kept and the next call goes on.
        ``pause`` is in seconds, before it is asked again.
        """
        wanted = self.missing(lines)
        for start in range(0, len(wanted), _SAVED):
            batch = wanted[start : start + _SAVED]
            rows = await _encoded(encoder, batch, pause)
            told(start + len(rows), len(wanted))
            await self._learn(Vectors.of(self._all.name, batch[: len(rows)], rows), lines)
            if len(rows) < len(batch):
                log.warning("encoding given up", left=len(wanted) - start - len(rows))
                return
        await self._learn(Vectors.none(self._all.name), lines)

    async def _learn(self, new: Vectors, lines: Sequence[str]) -> None:
        """Keep what is new, and of what is old only what is known of these lines."""
        before, self._own = len(self._own), new.joined(self._own.only(lines))
        self._all = self._starter.joined(self._own)
        if len(new) or len(self._own) < before:
            await asyncio.to_thread(self._own.save, self.side)


async def _encoded(encoder: Encoder, lines: Sequence[str], pause: float) -> Floats:
    """A row for each line; fewer rows when the encoder is gone for good."""
    rows: list[Floats] = []
    for at in range(0, len(lines), _BATCH):
        answer = await _answer(encoder, lines[at : at + _BATCH], pause)
        if answer is None:
            break
        rows.append(answer)
    return np.concatenate(rows) if rows else np.zeros((0, 0), dtype=np.float32)


async def _answer(encoder: Encoder, batch: Sequence[str], pause: float) -> Floats | None:
    """The vectors of a batch, waiting for an encoder that is slow or rests."""
    for _ in range(_TRIES):
        matrix = await encoder.vectors(batch)
        if matrix is not None or encoder.state in ("off", "missing"):
            return matrix
        await asyncio.sleep(pause)
    return None


def _known(name: str, path: Path) -> Vectors:
    """What a file knows of this model; a file that is not there, of another model, or damaged is as good as empty."""
    try:
        found = read(path)
    except FileNotFoundError:
        return Vectors.none(name)
    except (Damaged, OSError) as fault:
        log.warning("vectors not read", file=path.name, reason=type(fault).__name__)
        return Vectors.none(name)
    return found if found.name == name else Vectors.none(name)
