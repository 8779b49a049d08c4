"""``make mutants``: each fault is put into a copy of the project, and the tests that must see it are run there.

Prints which test saw it first and after how many seconds. Ends with 1 when one was not seen, or when the tests fail
without any.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.mutants.table import MUTANTS, Mutant

ROOT = Path(__file__).parents[2]
PARTS = ("bot", "handlers", "knowledge", "tests")
LONGEST = 300.0
"""Seconds. A mutant that hangs the tests is seen, too."""
_SEEN = re.compile(r"^(?:FAILED|ERROR) \S*?(test_\w+\.py)(?:::(\S+))?", re.M)


def copied(to: Path) -> Path:
    """The project as it is now, without what is made anew."""
    left_out = shutil.ignore_patterns("__pycache__", "*.pyc", "*_cache")
    for part in PARTS:
        shutil.copytree(ROOT / part, to / part, ignore=left_out)
    shutil.copy(ROOT / "pyproject.toml", to)
    return to


def mutated(source: str, mutant: Mutant) -> str:
    """The file with the fault in it. Raises ValueError when the code has changed since."""
    if source.count(mutant.old) != 1:
        raise ValueError(f"{mutant.name!r}: {mutant.file} has its old text {source.count(mutant.old)} times, not once")
    return source.replace(mutant.old, mutant.new)


def run(folder: Path, tests: Sequence[str]) -> tuple[str | None, float]:
    """The first test that failed, or None; and the seconds."""
    began = time.monotonic()
    words = ("-m", "pytest", "-p", "no:cacheprovider", "--no-cov", "-q", "-x", "--tb=no", *tests)
    env = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            (sys.executable, *words), cwd=folder, env=env, capture_output=True, text=True, timeout=LONGEST, check=False
        )
    except subprocess.TimeoutExpired:
        return "the tests did not end", time.monotonic() - began
    took = time.monotonic() - began
    if done.returncode == 0:
        return None, took
    found = _SEEN.search(done.stdout)
    if found is None or done.returncode not in (1, 2):
        raise RuntimeError(done.stdout + done.stderr)
    return found[2] or found[1], took


def seen(folder: Path, mutant: Mutant) -> tuple[str | None, float]:
    """What saw it. The file is as it was afterwards."""
    path = folder / mutant.file
    whole = path.read_text(encoding="utf-8")
    path.write_text(mutated(whole, mutant), encoding="utf-8")
    try:
        return run(folder, mutant.tests)
    finally:
        path.write_text(whole, encoding="utf-8")


def chosen(words: Iterable[str]) -> tuple[Mutant, ...]:
    """Those with one of the words in their name; without words all."""
    asked = tuple(words)
    return tuple(each for each in MUTANTS if not asked or any(word in each.name for word in asked))


def show(name: str, by: str, took: str) -> None:
    """One line of the table, at once."""
    sys.stdout.write(f"| {name:64} | {by:72} | {took:>7} |\n")
    sys.stdout.flush()


def main(words: Sequence[str]) -> int:
    """Exit code."""
    with tempfile.TemporaryDirectory(prefix="perheneuvo-mutants-") as made:
        folder, mutants = copied(Path(made)), chosen(words)
        failed, took = run(folder, sorted({test for each in mutants for test in each.tests}))
        if failed is not None:
            sys.stdout.write(f"without any fault {failed} fails already\n")
            return 1
        show("mutant", "seen by", "seconds")
        show("-" * 64, "-" * 72, "------:")
        show("(none)", "", f"{took:.1f}")
        alive = 0
        for mutant in mutants:
            by, took = seen(folder, mutant)
            alive += by is None
            show(mutant.name, by or "NOT SEEN", f"{took:.1f}")
    sys.stdout.write(f"\n{len(mutants)} mutants, {alive} not seen\n")
    return int(alive > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
