"""The vectors of what parents wrote lately, so that a talk of several turns asks the encoder once for each text.

In memory only, by a hash of the text, and few: nothing here outlives the process or can be read back as words.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import TypeVar

from bot.encoder.frames import Floats
from bot.encoder.given import key
from bot.ports import Encoder

Each = TypeVar("Each")
MOST = 2_000  # texts, 1.5 kB each
_AGAIN = 10.0  # seconds after which what was asked in vain may be asked again


class Recent:
    """Asks an encoder, and remembers."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: OrderedDict[int, Floats] = OrderedDict()
        self._vain: OrderedDict[int, float] = OrderedDict()

    def unheard(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Those worth asking for now: none when the encoder cannot answer, or could not a moment ago."""
        if self._encoder.state not in ("ready", "slow"):
            return ()
        now = asyncio.get_running_loop().time()
        return tuple(text for text in texts if self._wanting(key(text), now))

    def _wanting(self, name: int, now: float) -> bool:
        return name not in self._known and now - self._vain.get(name, -_AGAIN) >= _AGAIN

    def meant(self, texts: Sequence[str]) -> Mapping[str, Floats]:
        """The vectors of those that are known."""
        found = {text: self._known.get(key(text)) for text in texts}
        return {text: vector for text, vector in found.items() if vector is not None}

    async def hear(self, texts: Sequence[str]) -> None:
        """Ask, once for each; a fraction of a second at most."""
        for text in texts:
            rows = await self._encoder.vectors([text])
            if rows is None:
                _keep(self._vain, key(text), asyncio.get_running_loop().time())
            else:
                _keep(self._known, key(text), rows[0])


def _keep(kept: OrderedDict[int, Each], name: int, value: Each) -> None:
    """The newest last; the oldest goes."""
    kept[name] = value
    while len(kept) > MOST:
        kept.popitem(last=False)
