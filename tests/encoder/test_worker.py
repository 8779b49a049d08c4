"""The worker itself: what it answers, what it refuses, and what it can no longer do once it is shut in."""

from __future__ import annotations

import io
import json
import socket
import subprocess
import sys
from collections.abc import Sequence

import numpy as np
import pytest

from bot.encoder import frames
from bot.encoder.frames import Floats, NoFrame
from bot.encoder.pipe import environment, worker
from bot.encoder.worker import serve


class Counting:
    """A model of two numbers: is the text even or odd."""

    size = 2

    def encode(self, texts: Sequence[str]) -> Floats:
        """One row for each text."""
        return np.stack([np.eye(2, dtype=np.float32)[len(text) % 2] for text in texts])


def said(*coming: bytes) -> bytes:
    """All that the worker writes."""
    going = io.BytesIO()
    serve(Counting(), io.BytesIO(b"".join(coming)), going)
    return going.getvalue()


def test_it_says_hello_then_answers_each_question() -> None:
    """In the order they came; when there are no more it is done."""
    answers = said(frames.lines(["a", "bb"]), frames.lines(["ccc"]))
    rows = frames.vectors(np.array([[0, 1], [1, 0]], np.float32)) + frames.vectors(np.array([[0, 1]], np.float32))
    assert answers == frames.hello(2) + rows


@pytest.mark.parametrize(
    "coming",
    [
        frames.frame(frames.VECTORS, b""),
        frames.frame(frames.LINES, b'["a", 1]'),
        frames.frame(frames.LINES, b'{"a": 1}'),
        frames.lines(["a"])[:-3],
        frames.lines(["\ufdfa"]),
        frames.lines(["a\0b"]),
        b"\xff" * 20,
    ],
)
def test_what_is_not_a_question_ends_it(coming: bytes) -> None:
    """Also texts that were not given as they must be: they go into native code."""
    with pytest.raises(NoFrame):
        said(coming)


@pytest.mark.parametrize(
    "body", [b"", b"\0" * 7, np.zeros(2, "<f4").tobytes(), np.full(2, np.nan, "<f4").tobytes(), b"\xff" * 8]
)
def test_an_answer_that_is_not_of_vectors_is_refused(body: bytes) -> None:
    """Too short, nothing, no numbers."""
    with pytest.raises(NoFrame):
        frames.vectors_of(body, 1, 2)


SHUT_IN = """
import json, resource, socket, sys
from bot.encoder.worker import shut_in
shut_in(400 << 20)
def tried(what):
    try:
        what()
    except BaseException as fault:
        return type(fault).__name__
    return "done"
print(json.dumps({
    "connect": tried(lambda: socket.create_connection(("127.0.0.1", int(sys.argv[1])))),
    "own": tried(lambda: socket.socket()),
    "native": tried(lambda: __import__("_socket").socket()),
    "memory": tried(lambda: bytearray(500 << 20)),
    "a little": tried(lambda: bytearray(5 << 20)),
    "file": tried(lambda: open(sys.argv[2], "w").write("a" * 100_000)),
    "core": resource.getrlimit(resource.RLIMIT_CORE)[0],
}))
"""


def test_shut_in_it_has_no_network_little_memory_and_writes_no_file(tmp_path: object) -> None:
    """Each is tried in a process of its own; somebody listens on the loopback address meanwhile."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = str(listening.getsockname()[1])
        command = [sys.executable, "-c", SHUT_IN, port, f"{tmp_path}/file"]
        done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True, timeout=60)
    tried = json.loads(done.stdout)
    assert (tried["connect"], tried["own"], tried["native"]) == ("PermissionError",) * 3
    assert tried["a little"] == "done"
    assert tried["core"] == 0
    if sys.platform == "linux":
        assert tried["memory"] == "MemoryError"
        assert tried["file"] == "OSError"


def test_a_model_that_does_not_load_is_a_fault_of_one_word_and_the_end(tmp_path: object) -> None:
    """The client learns the kind, and nothing else is said."""
    command = worker(400, "onnx", f"{tmp_path}/none")
    done = subprocess.run(command, env=environment(), capture_output=True, check=False, timeout=60)
    assert done.returncode == 1
    length, kind = frames.head(done.stdout[: frames.HEAD.size])
    assert kind == frames.FAULT
    assert done.stdout[frames.HEAD.size :].decode().isidentifier()
    assert length == len(done.stdout) - frames.HEAD.size
