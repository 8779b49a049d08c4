"""One method built and asked in a process of its own, so that its memory and its time are its own.

The child is this file as a program: a pickled :class:`Job` comes in by standard input, a :class:`Run` as JSON goes out.
Nothing heavy may be imported here before the memory is first read.
"""

from __future__ import annotations

import gc
import json
import pickle
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.knowledge.model import Base
from bot.measuring.figures import Outcome
from bot.measuring.lines import Line
from bot.measuring.methods import Built, by_name

_MEGA = 1 << 20
_LINUX = Path("/proc/self/statm")


@dataclass(frozen=True, slots=True)
class Job:
    """What a child is to do: build the method of this name, and ask it each of these lines in turn."""

    method: str
    base: Base
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use."""

    seconds: float = 900.0
    gigabytes: float = 8.0


@dataclass(frozen=True, slots=True)
class Run:
    """What came of it: the outcomes in the order of the lines, seconds to build, megabytes kept, and at most."""

    outcomes: tuple[Outcome, ...]
    build_seconds: float
    megabytes: float
    most_megabytes: float


class NotRun(Exception):
    """It could not be built or asked within its limits; the message says which."""


def run(job: Job, limits: Limits) -> Run:
    """Do the job in a child. Raises NotRun."""
    command = [sys.executable, "-m", "bot.measuring.apart", str(limits.gigabytes)]
    try:
        done = subprocess.run(  # noqa: S603  # our own interpreter and our own file
            command, input=pickle.dumps(job), capture_output=True, timeout=limits.seconds, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise NotRun(f"not done within {limits.seconds:.0f} s") from late
    if done.returncode:
        raise NotRun(reason(done.stderr.decode(errors="replace"), limits))
    found = json.loads(done.stdout)
    outcomes = tuple(Outcome(**{**each, "services": tuple(each["services"])}) for each in found.pop("outcomes"))
    return Run(outcomes, **found)


def reason(error: str, limits: Limits) -> str:
    """Why a child ended, by what it wrote last. One that was killed wrote nothing; BLAS has words of its own."""
    last = error.strip().rpartition("\n")[2]
    if ".NotReady: " in last:
        return last.partition(": ")[2]
    out_of_memory = not last or "MemoryError" in last or "emory allocation" in last
    return f"needs more than {limits.gigabytes:g} GB" if out_of_memory else f"failed: {last}"


# The child --------------------------------------------------------------------------------------------------------


def main() -> None:
    """Read the job, do it, write what came of it."""
    _limit(float(sys.argv[1]))
    job: Job = pickle.load(sys.stdin.buffer)  # noqa: S301  # written by our own parent process
    gc.collect()
    before = _held()
    begun = time.perf_counter()
    built = by_name(job.method).build(job.base)
    took = time.perf_counter() - begun
    gc.collect()
    done = Run(asked(built, job.lines), took, (_held() - before) / _MEGA, (_most() - before) / _MEGA)
    sys.stdout.write(json.dumps(asdict(done)))


def asked(built: Built, lines: Sequence[Line]) -> tuple[Outcome, ...]:
    """Each line asked once; one is asked beforehand, so that what is made at first use is not counted."""
    if lines:
        built.rank(lines[0].text, lines[0].language)
    return tuple(_asked(built, line) for line in lines)


def _asked(built: Built, line: Line) -> Outcome:
    begun = time.perf_counter()
    ranking = built.rank(line.text, line.language)
    took = (time.perf_counter() - begun) * 1000
    if built.judge is None:
        return Outcome(ranking.services, ranking.p, milliseconds=took)
    verdict = built.judge(line.text)
    return Outcome(ranking.services, ranking.p, verdict.decision, verdict.danger, took)


def _limit(gigabytes: float) -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (int(gigabytes * (1 << 30)),) * 2)


def _held() -> int:
    """Bytes of memory in use now; elsewhere than on Linux the most so far."""
    if not _LINUX.exists():
        return _most()
    return int(_LINUX.read_text(encoding="ascii").split()[1]) * 4096


def _most() -> int:
    """Bytes of memory in use at most so far (0 where that is not told)."""
    if sys.platform == "win32":
        return 0
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used * 1024


if __name__ == "__main__":
    main()
