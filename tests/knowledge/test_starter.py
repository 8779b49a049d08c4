"""The knowledge the product comes with has no fault, not even a doubtful one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.knowledge.loading import check

STARTER = Path(__file__).parents[2] / "knowledge"


def test_the_starter_is_faultless() -> None:
    """What is told here is told to an admin by ``perheneuvo check``: mend the file named."""
    faults = check(STARTER, datetime.now(UTC).date())
    assert not faults, "\n".join(map(str, faults))
