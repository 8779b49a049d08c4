"""Starts the product many times quickly: everything is read and built once, and each start is a fork of that.

Run as ``python -m tests.reliability.nursery``; :mod:`tests.reliability.product` gives the orders, one JSON line each,
and is told of every end. What is forked is the product as it is, ``perheneuvo run``, with at most two things done to
it: Telegram's pace can be taken off, and it can be made to die at a named point (:mod:`tests.reliability.points`).
"""

from __future__ import annotations

import json
import os
import select
import sys
import traceback
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from bot import __main__ as program
from bot import main as front
from bot.knowledge.loading import load
from bot.matching.matcher import Matcher
from bot.operating import doors
from handlers.telegram import pacing
from tests.reliability.points import die_at

Order = dict[str, Any]
_TICK = 0.02  # seconds between two looks for children that have ended


def _unpaced() -> None:
    """For tests of other things than the pace: the limits are as good as none."""
    for name in ("PRIVATE", "GROUP", "OVERALL"):
        setattr(pacing, name, pacing.Limit(1_000_000, 1.0))


def _be_the_product(order: Order) -> NoReturn:
    for name in [name for name in os.environ if name.startswith("PERHENEUVO_")]:
        del os.environ[name]
    os.environ.update(order["settings"])
    os.chdir(order["folder"])
    said = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for mine, theirs in ((nothing, 0), (said, 1), (said, 2)):
        os.dup2(mine, theirs)
    if not order["paced"]:
        _unpaced()
    die_at(order["points"])
    sys.argv = ["perheneuvo", "run"]
    code = 0
    try:
        program.main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # what would be a traceback and 1
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    os._exit(code)


def _tell(**what: int) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _start(order: Order) -> None:
    pid = os.fork()
    if pid == 0:
        _be_the_product(order)
    _tell(started=pid)


def _bury() -> None:
    """Tell of every child that has ended."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        _tell(ended=pid, code=os.waitstatus_to_exitcode(status))


def _build_once(knowledge: Path) -> None:
    """Every child finds the base read and the matcher built."""
    base = load(knowledge, date.today())  # noqa: DTZ011  # only the day
    built = Matcher(base)

    def ready(self: Matcher, *_: object) -> None:
        vars(self).update(vars(built))

    Matcher.__init__ = ready  # type: ignore[method-assign,assignment]  # on purpose
    vars(front).update(read_knowledge=lambda settings: base)
    vars(doors).update(read_knowledge=lambda settings: base, trained=lambda *_: None, earlier=lambda *_: None)


def main(knowledge: Path) -> None:
    """Until standard input ends."""
    _build_once(knowledge)
    _tell(ready=os.getpid())
    while True:
        ready, _, _ = select.select([sys.stdin.fileno()], [], [], _TICK)
        _bury()
        if ready:
            line = os.read(sys.stdin.fileno(), 1 << 16)
            if not line:
                return
            for each in line.splitlines():
                _start(json.loads(each))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
