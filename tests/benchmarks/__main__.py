"""``make bench``: our matcher beside what people would use instead, on the same lines and the same knowledge, in one
run;
and how long the product takes to start and how much memory it holds.

The lines are the labelled ones handed in as the first argument (default: ../shared/worries-dev.jsonl, where it is
there).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

from bot.knowledge.model import Base
from tests.builders import STARTER, front_door, starter

DEV = STARTER.parent.parent / "shared" / "worries-dev.jsonl"
Rank = Callable[[str], Sequence[str]]


def ours() -> Rank:
    """The product's ranking."""
    matcher = front_door().matcher
    return lambda text: [each.id for each in matcher.match(text).services]


def fuzzy(base: Base, scorer: Callable[..., float]) -> Rank:
    """The nearest known worry by one of rapidfuzz's scorers, a service ranked by its best line."""
    known = [(service, line) for service in base.services for _, line in base.all_worries(service)]
    lines = [line for _, line in known]

    def rank(text: str) -> Sequence[str]:
        best = process.extract(text, lines, scorer=scorer, limit=200)
        return list(dict.fromkeys(known[place][0] for _, _, place in best))

    return rank


def measured(rank: Rank, lines: Sequence[dict[str, object]]) -> tuple[float, float, float, float]:
    """Top-1, top-3, and the median and 99th percentile of one match in milliseconds."""
    took, first, three = [], 0, 0
    for line in lines:
        begun = time.perf_counter()
        ranked = rank(str(line["text"]))
        took.append((time.perf_counter() - begun) * 1000)
        expected = set(line["expected"])  # type: ignore[call-overload]  # a JSON line
        first += bool(set(ranked[:1]) & expected)
        three += bool(set(ranked[:3]) & expected)
    return first / len(lines), three / len(lines), float(np.percentile(took, 50)), float(np.percentile(took, 99))


def start_up() -> tuple[float, float, float]:
    """Seconds until the first page is answered, and resident memory then (MB), of ``perheneuvo run``; size on disk
    (MB).
    """
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "PERHENEUVO_BIND": "127.0.0.1:18999", "PYTHONPATH": str(STARTER.parent)}
        begun = time.perf_counter()
        process_ = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        try:
            assert process_.stdout is not None
            while b"Stop with" not in process_.stdout.readline():
                pass
            took = time.perf_counter() - begun
            status = Path(f"/proc/{process_.pid}/status").read_text(encoding="utf-8")
            held = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024
        finally:
            process_.send_signal(signal.SIGTERM)
            process_.wait(20)
        disk = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file()) / 1e6
    return took, held, disk


def main() -> None:
    """Print the tables."""
    where = Path(sys.argv[1]) if len(sys.argv) > 1 else DEV
    base = starter()
    known = sum(len(base.all_worries(service)) for service in base.services)
    sys.stdout.write(f"services {len(base.services)}, known worries {known}\n\n")
    if where.exists():
        lines = [json.loads(line) for line in where.read_text(encoding="utf-8").splitlines()]
        worries = [line for line in lines if line["expected"]]
        methods = {
            "perheneuvo": ours(),
            "rapidfuzz partial_token_sort_ratio": fuzzy(base, fuzz.partial_token_sort_ratio),
            "rapidfuzz WRatio": fuzzy(base, fuzz.WRatio),
        }
        sys.stdout.write(f"{'method':36} top-1  top-3  ms p50  ms p99   ({len(worries)} lines of {where.name})\n")
        for name, rank in methods.items():
            one, three, middle, slow = measured(rank, worries)
            sys.stdout.write(f"{name:36} {one:.2f}   {three:.2f}   {middle:6.1f}  {slow:6.1f}\n")
    took, held, disk = start_up()
    sys.stdout.write(f"\nperheneuvo run: {took:.1f} s to start, {held:.0f} MB resident, {disk:.1f} MB on disk\n")


if __name__ == "__main__":
    main()
