"""A sentence encoder as small as can be, byte by byte: a table with a vector for each word (ONNX, opset 13)."""

from __future__ import annotations

import struct
from pathlib import Path

WORDS = {"[UNK]": 0, "lapsi": 1, "ei": 2, "nuku": 3}
TABLE = ((0.0, 0.0, 1.0), (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 1.0, 0.0))
_INT64, _FLOAT = 7, 1


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def _field(number: int, value: int | bytes | str) -> bytes:
    """One field of a protobuf message."""
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    body = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(body)) + body


def _value(name: str, kind: int, shape: tuple[str | int, ...]) -> bytes:
    """A ValueInfoProto."""
    dims = b"".join(_field(1, _field(2 if isinstance(each, str) else 1, each)) for each in shape)
    return _field(1, name) + _field(2, _field(1, _field(1, kind) + _field(2, dims)))


def model() -> bytes:
    """A ModelProto: last_hidden_state = Gather(table, input_ids)."""
    numbers = struct.pack("<12f", *(number for row in TABLE for number in row))
    table = _field(1, 4) + _field(1, 3) + _field(2, _FLOAT) + _field(8, "table") + _field(9, numbers)
    node = _field(1, "table") + _field(1, "input_ids") + _field(2, "last_hidden_state") + _field(4, "Gather")
    graph = _field(1, node) + _field(2, "g") + _field(5, table)
    graph += _field(11, _value("input_ids", _INT64, ("batch", "length")))
    graph += _field(12, _value("last_hidden_state", _FLOAT, ("batch", "length", 3)))
    return _field(1, 8) + _field(7, graph) + _field(8, _field(2, 13))


def write(folder: Path) -> None:
    """The folder as PERHENEUVO_ENCODER names it."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    tokens = Tokenizer(WordLevel(WORDS, unk_token="[UNK]"))
    tokens.pre_tokenizer = Whitespace()
    tokens.save(str(folder / "tokenizer.json"))
    (folder / "model.onnx").write_bytes(model())
