"""What goes over the pipe between the client and its worker: a length of four bytes, a kind of one, a body.

The worker says HELLO with the length of its vectors once, then answers each LINES with VECTORS or with FAULT.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

HEAD = struct.Struct(">Ic")
MOST = 1 << 23  # bytes of one body; what says it is longer is no frame of ours
HELLO, LINES, VECTORS, FAULT = b"h", b"l", b"v", b"f"
_SIZE = struct.Struct(">I")


class NoFrame(Exception):
    """What came over the pipe is not what was agreed. The other side cannot be trusted any longer."""


def frame(kind: bytes, body: bytes) -> bytes:
    """One frame, ready to be written."""
    return HEAD.pack(len(body), kind) + body


def head(read: bytes) -> tuple[int, bytes]:
    """The length of the body that follows, and its kind. Raises NoFrame."""
    length, kind = HEAD.unpack(read)
    if length > MOST or kind not in (HELLO, LINES, VECTORS, FAULT):
        raise NoFrame("not a frame")
    return length, kind


def hello(size: int) -> bytes:
    """The frame of a worker that is ready and gives vectors of ``size`` numbers."""
    return frame(HELLO, _SIZE.pack(size))


def size_of(body: bytes) -> int:
    """What a hello says. Raises NoFrame."""
    if len(body) != _SIZE.size or not 0 < (size := int(_SIZE.unpack(body)[0])) <= 8192:
        raise NoFrame("not a hello")
    return size


def lines(texts: Sequence[str]) -> bytes:
    """The frame that asks for vectors."""
    return frame(LINES, json.dumps(list(texts)).encode())


def lines_of(body: bytes) -> list[str]:
    """What is asked for. Raises NoFrame."""
    asked = json.loads(body)
    if not isinstance(asked, list) or not all(isinstance(each, str) for each in asked):
        raise NoFrame("not lines")
    return asked


def vectors(matrix: Floats) -> bytes:
    """The frame that answers: rows of float32, least byte first."""
    return frame(VECTORS, np.ascontiguousarray(matrix, dtype="<f4").tobytes())


def vectors_of(body: bytes, rows: int, size: int) -> Floats:
    """The answer as ``rows`` vectors of length 1. Raises NoFrame when it is anything else."""
    if len(body) != 4 * rows * size:
        raise NoFrame("not as many numbers as were asked for")
    matrix = np.frombuffer(body, dtype="<f4").reshape(rows, size).astype(np.float32)
    if not np.allclose(np.linalg.norm(matrix, axis=1), 1.0, atol=1e-3):
        raise NoFrame("not of length 1")
    return matrix
