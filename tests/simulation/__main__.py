"""Plays a week, prints what it came to, and draws it: ``python -m tests.simulation [--parents 60] [--seed 1]``."""

from __future__ import annotations

import argparse
import asyncio
from datetime import datetime
from pathlib import Path

from tests.builders import ZONE
from tests.simulation.drawing import drawn
from tests.simulation.figures import told
from tests.simulation.playing import Week

FIRST = datetime(2027, 1, 2, tzinfo=ZONE)  # a Saturday; the Wednesday after it is Epiphany, and the desk is closed
PICTURE = Path(__file__).resolve().parents[2] / "docs" / "desk-week.svg"

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description="A week of a county's desk.")
    parser.add_argument("--parents", type=float, default=60, help="how many ask for a person on a working day")
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--picture", type=Path, default=PICTURE, help="where the plot goes")
    chosen = parser.parse_args()
    week = Week(chosen.seed, FIRST, chosen.days, chosen.parents)
    asyncio.run(week.play())
    print(told(week))  # noqa: T201 - a command of the tests, run by hand
    chosen.picture.write_text(drawn(week), encoding="utf-8")
