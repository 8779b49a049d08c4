"""The product's sentence encoder, asked text by text: known lines from the cache, a parent's words by the worker."""

from __future__ import annotations

import asyncio
import atexit
from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.encoder.cache import Cache
from bot.encoder.choosing import choose
from bot.encoder.command import LOADING, UNHURRIED, cache_for
from bot.encoder.process import EncoderProcess
from bot.settings import load_settings

Floats = NDArray[np.float32]
_MOST_MISSING = 0.1  # of the lines (descriptions and keywords never have one); else it would be another method


class NotReady(Exception):
    """There is no encoder, or it has not met the lines yet; the message says what to do."""


class Sentences(Protocol):
    """What makes rows of length 1 (or 0, where a line is not known) of sentences."""

    def known(self, lines: Sequence[str]) -> Floats:
        """Of lines of the knowledge. Raises NotReady."""
        ...

    def row(self, text: str) -> Floats:
        """Of one text, (1, size)."""
        ...


class ProductEncoder:
    """The encoder of the settings, running."""

    def __init__(self, encoder: EncoderProcess, cache: Cache) -> None:
        self._encoder, self.cache = encoder, cache
        self._loop = asyncio.Runner()
        atexit.register(self._close)
        if not self._loop.run(self._started()):
            raise NotReady("the sentence encoder does not start")

    @classmethod
    def of_settings(cls) -> ProductEncoder:
        """As the product chooses it. Raises NotReady."""
        settings = load_settings()
        chosen = choose(settings.encoder, UNHURRIED)
        if not isinstance(chosen.encoder, EncoderProcess):
            raise NotReady(f"the sentence encoder is {chosen.said}")
        return cls(chosen.encoder, cache_for(settings, chosen.encoder.name))

    @classmethod
    def or_none(cls) -> ProductEncoder | None:
        """The same, or None where there is none or it does not start: then words alone decide."""
        try:
            return cls.of_settings()
        except NotReady:
            return None

    async def _started(self) -> bool:
        await self._encoder.start()
        return await self._encoder.ready(LOADING)

    def _close(self) -> None:
        self._loop.run(self._encoder.close())
        self._loop.close()

    def known(self, lines: Sequence[str]) -> Floats:
        """From the cache; those that are missing are rows of zeros."""
        rows, missing = self.cache.vectors_for(lines)
        if missing.mean() > _MOST_MISSING:
            raise NotReady(f"{missing.sum()} of {len(lines)} lines have no vector yet; write: perheneuvo encode")
        return rows

    def meant(self, text: str) -> Mapping[str, Floats]:
        """A text with its vector, as a door takes it; empty when the worker gave no answer."""
        found = self._loop.run(self._encoder.vectors([text]))
        return {} if found is None else {text: found[0]}

    def row(self, text: str) -> Floats:
        """By the worker."""
        found = self._loop.run(self._encoder.vectors([text]))
        if found is None:
            raise NotReady("the sentence encoder gave no answer")
        return found
