"""How long ``perheneuvo run`` takes until it answers, and what it holds then: at first, again, and after an edit.

Runs the product as a user would, in a folder of its own, on a copy of the knowledge.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

_READY = b"Stop with"
_HOME = Path(__file__).resolve().parents[2]
_PATIENCE = 30  # seconds to stop


@dataclass(frozen=True, slots=True)
class Start:
    """One start: ``when`` (first, again, edited), seconds until it is ready, megabytes in memory then."""

    when: str
    seconds: float
    megabytes: float | None


def starts(knowledge: Path) -> tuple[Start, ...]:
    """Three starts, one after another. Raises OSError when it does not start."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy = folder / "knowledge"
        shutil.copytree(knowledge, copy)
        first, again = _start("first", folder, copy), _start("again", folder, copy)
        _edit(copy)
        return first, again, _start("edited", folder, copy)


def _edit(knowledge: Path) -> None:
    """One worry more, as an admin would add it: in the first list of the first file."""
    file = sorted((knowledge / "worries").glob("*.yaml"))[0]
    written = file.read_text(encoding="utf-8")
    file.write_text(written.replace("\n  - ", "\n  - tämä rivi lisättiin juuri\n  - ", 1), encoding="utf-8")


def _start(when: str, folder: Path, knowledge: Path) -> Start:
    own = {"PERHENEUVO_BIND": "127.0.0.1:0", "PERHENEUVO_KNOWLEDGE": str(knowledge), "PYTHONPATH": str(_HOME)}
    env = {name: value for name, value in os.environ.items() if not name.startswith("PERHENEUVO_")} | own
    begun = time.perf_counter()
    running = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        if running.stdout is None or not any(_READY in line for line in running.stdout):
            raise OSError("perheneuvo run ended before it was ready")
        return Start(when, time.perf_counter() - begun, _resident(running.pid))
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(_PATIENCE)


def _resident(pid: int) -> float | None:
    """Megabytes of the process in memory; None where that is not told."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return None
    lines = status.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
