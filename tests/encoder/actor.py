"""A tiny worker that speaks the frames and misbehaves when told to: ``python -m tests.encoder.actor FOLDER START``.

It writes its process id into FOLDER/starts each time it starts. START: ``well``, ``once`` (ends at its first start),
``mute``, ``flood``, ``dumb`` (a hello of no size). A text may be ``crash``, ``hang``, ``garbage``, ``few``, ``long``,
``fault``, or ``wait`` (till FOLDER/gate is opened for writing).
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import numpy as np

from bot.encoder import frames

SIZE = 4


def vector(text: str) -> frames.Floats:
    """What this worker makes of a text: which of four, by its length."""
    row = np.zeros(SIZE, dtype=np.float32)
    row[len(text) % SIZE] = 1.0
    return row


def answer(texts: list[str], folder: Path) -> bytes:
    """A frame, or the misbehaviour asked for."""
    matrix = np.stack([vector(text) for text in texts])
    match texts[0]:
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "hang":
            signal.pause()
        case "garbage":
            return b"\xff" * 100_000
        case "few":
            matrix = matrix[1:]
        case "long":
            matrix = matrix * 2
        case "fault":
            return frames.frame(frames.FAULT, b"she wrote: my secret")
        case "wait":
            (folder / "gate").open("rb").close()
    return frames.vectors(matrix)


def begin(folder: Path, start: str) -> bytes:
    """The hello, or what comes instead of one."""
    with (folder / "starts").open("a", encoding="utf-8") as opened:
        opened.write(f"{os.getpid()}\n")
    starts = len((folder / "starts").read_text(encoding="utf-8").split())
    if start == "mute":
        signal.pause()
    if start == "once" and starts == 1:
        sys.exit(3)
    if start == "flood" and starts == 1:
        return b"\x00" * 5_000_000
    return frames.frame(frames.HELLO, b"\0\0\0\0") if start == "dumb" and starts == 1 else frames.hello(SIZE)


def main() -> None:
    """Speak till the input ends."""
    folder, start = Path(sys.argv[1]), sys.argv[2]
    going, coming = sys.stdout.buffer, sys.stdin.buffer
    going.write(begin(folder, start))
    going.flush()
    while len(read := coming.read(frames.HEAD.size)) == frames.HEAD.size:
        length, _ = frames.head(read)
        going.write(answer(frames.lines_of(coming.read(length)), folder))
        going.flush()


if __name__ == "__main__":
    main()
