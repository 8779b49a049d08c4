"""The setting: what it names is taken, and what cannot be had is one sentence and no encoder."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.encoder.choosing import choose
from bot.settings import SettingsFault, load_settings


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of this machine's settings."""
    monkeypatch.chdir(tmp_path)


def test_off_is_off() -> None:
    """Nothing is looked for."""
    assert choose("off").encoder.state == "off"


def test_a_folder_without_its_files_is_told_in_one_sentence(tmp_path: Path) -> None:
    """Which file is missing, and that the rest goes on."""
    (tmp_path / "model.onnx").write_bytes(b"")
    chosen = choose(str(tmp_path))
    assert chosen.encoder.state == "missing"
    assert "tokenizer.json" in chosen.said
    assert "PERHENEUVO_ENCODER" in chosen.said


def test_a_folder_of_another_model_has_another_name(tmp_path: Path) -> None:
    """So that its vectors are never mixed with others."""
    if find_spec("onnxruntime") is None or find_spec("tokenizers") is None:
        pytest.skip("onnxruntime or tokenizers is not installed here")
    names = set()
    for model in (b"one", b"two"):
        (tmp_path / "model.onnx").write_bytes(model)
        (tmp_path / "tokenizer.json").write_text("{}", encoding="utf-8")
        names.add(choose(str(tmp_path)).encoder.name)
    assert len(names) == 2


def test_a_setting_that_is_no_folder_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the sentence that says what to write."""
    monkeypatch.setenv("PERHENEUVO_ENCODER", "autto")
    with pytest.raises(SettingsFault, match="auto"):
        load_settings()


def test_without_a_setting_it_is_auto(monkeypatch: pytest.MonkeyPatch) -> None:
    """The default install has its encoder on."""
    monkeypatch.delenv("PERHENEUVO_ENCODER", raising=False)
    assert load_settings().encoder == "auto"
