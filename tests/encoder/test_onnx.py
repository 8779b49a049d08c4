"""Any other sentence encoder: a folder with an ONNX model is run by the same worker."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from bot.encoder.choosing import choose
from bot.encoder.frames import Floats
from bot.encoder.process import Limits
from tests.encoder import tiny_onnx

pytestmark = pytest.mark.skipif(
    find_spec("onnxruntime") is None or find_spec("tokenizers") is None, reason="the extra onnx is not installed here"
)
LONG = 60.0  # seconds, for what comes much sooner


async def answer(folder: Path, *texts: str) -> Floats:
    """What the encoder of a folder says, once."""
    encoder = choose(str(folder), Limits(patience=LONG, hang=LONG, loading=LONG)).encoder
    await encoder.start()
    try:
        assert await encoder.ready(LONG)
        rows = await encoder.vectors(texts)
    finally:
        await encoder.close()
    assert rows is not None
    return rows


async def test_a_vector_is_the_mean_of_its_words_of_length_one(tmp_path: Path) -> None:
    """Two words of three point the same way."""
    tiny_onnx.write(tmp_path)
    rows = await answer(tmp_path, "Lapsi ei nuku.", "lapsi")
    assert np.allclose(rows, [np.array([1, 2, 0]) / np.sqrt(5), [1, 0, 0]], atol=1e-6)


async def test_its_prompt_is_put_before_each_text(tmp_path: Path) -> None:
    """Where the model's maker wrote one down, as sentence-transformers does."""
    tiny_onnx.write(tmp_path)
    prompts = {"prompts": {"query": "ei ", "document": "nuku "}}
    (tmp_path / "config_sentence_transformers.json").write_text(json.dumps(prompts), encoding="utf-8")
    rows = await answer(tmp_path, "lapsi")
    assert np.allclose(rows, [np.array([1, 1, 0]) / np.sqrt(2)], atol=1e-6)


async def test_a_text_without_a_known_word_has_a_vector_too(tmp_path: Path) -> None:
    """The one for what is unknown; and an empty text takes nothing down."""
    tiny_onnx.write(tmp_path)
    rows = await answer(tmp_path, "muuta", "")
    assert np.allclose(rows[0], [0, 0, 1], atol=1e-6)
    assert np.isclose(np.linalg.norm(rows[1]), 1.0)
