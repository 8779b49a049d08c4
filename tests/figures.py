"""How much the long tests play, and what came of it: a line each, shown at the end of a run.

``SOAK=1`` (``make soak``) makes them long; ``SOAK=0.1`` a tenth of that, but never less than ``make test`` plays.
"""

from __future__ import annotations

import os

SOAK = float(os.environ.get("SOAK") or 0)
LINES: list[str] = []


def grown(usual: int, long: int) -> int:
    """How many of something in this run."""
    return max(usual, round(long * SOAK))


def tell(test: str, **figures: float) -> None:
    """One line."""
    words = (
        f"{name} {found:.1f}" if isinstance(found, float) else f"{name} {found}" for name, found in figures.items()
    )
    LINES.append(f"{test}: {', '.join(words)}")
