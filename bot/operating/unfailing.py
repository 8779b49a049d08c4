"""Standard error for the log: a line that cannot be written (its disk is full) is lost, never the process."""

from __future__ import annotations

import io
import sys
from contextlib import suppress
from typing import TextIO, cast


class _Unfailing(io.TextIOBase):
    """Writes to what standard error is at that moment."""

    def write(self, text: str, /) -> int:
        """All of it, or nothing."""
        with suppress(OSError):
            sys.stderr.write(text)
        return len(text)

    def flush(self) -> None:
        """When it can be."""
        with suppress(OSError):
            sys.stderr.flush()


def unfailing_stderr() -> TextIO:
    """A stream that raises no OSError."""
    return cast(TextIO, _Unfailing())
