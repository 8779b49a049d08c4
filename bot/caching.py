"""What was learnt from a knowledge base, kept in a file, so that only the first start after an edit takes long.

A file belongs to one base (by its digest) and to one version of the code that learns; any other is left alone. A file
that cannot be read is as good as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import numpy as np

from bot.knowledge.model import Base
from bot.matching.matcher import Matcher
from bot.matching.meaning import Known
from bot.matching.trained import Trained

_KEPT = 4  # files: the base in use with the encoder and without, the one before it, and one that is being tried out
_CODE = Path(__file__).parent / "matching"


def trained(base: Base, folder: Path, known: Known | None = None, mark: str = "") -> Trained:
    """What is learnt from the base: read from ``folder``, or learnt now and kept there when that can be done.

    ``known`` gives the vectors of lines; ``mark`` names which it knows: with others it is learnt anew.
    """
    file = folder / _name(base, mark)
    found = _read(file)
    if found is None:
        found = Matcher.trained(base, known)
        with contextlib.suppress(OSError):  # a full or read-only disk makes the next start slow, nothing more
            _write(file, found)
    return found


def earlier(base: Base, folder: Path, mark: str = "") -> Trained | None:
    """What was learnt last from the base as it was before an edit, where this very one was not learnt yet.

    Only where the services, the kinds of danger, the encoder and the code are the same; else None.
    """
    if (folder / _name(base, mark)).exists():
        return None
    return next(filter(None, map(_read, _newest(folder, f"trained-{_shape(base, mark)}-*.npz"))), None)


def cache_folder(database_url: str) -> Path:
    """Where the files are: beside the database where that is a file."""
    kind, _, path = database_url.partition(":///")
    return (Path(path).parent if kind.startswith("sqlite") else Path("var")) / "cache"


def _name(base: Base, mark: str) -> str:
    return f"trained-{_shape(base, mark)}-{_hash(base.digest, mark)}.npz"


def _shape(base: Base, mark: str) -> str:
    """Bases of one shape can be answered for by what was learnt from one another."""
    kinds = sorted(kind.id for kind in base.dangers)
    return _hash(_version(), mark.partition(" ")[0], *sorted(base.services), "", *kinds)[:16]


def _hash(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:32]


def _newest(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern), key=lambda each: each.stat().st_mtime, reverse=True)


@cache
def _version() -> str:
    """The code that learns, as one name."""
    whole = hashlib.sha256(np.__version__.encode())
    for file in sorted(_CODE.glob("*.py")):
        whole.update(file.read_bytes())
    return whole.hexdigest()


def _read(file: Path) -> Trained | None:
    try:
        with file.open("rb") as data, np.load(data, allow_pickle=False) as arrays:
            return Trained.of(dict(arrays))
    except (OSError, ValueError, KeyError, IndexError, EOFError, zipfile.BadZipFile):
        return None


def _write(file: Path, found: Trained) -> None:
    """Whole or not at all; the oldest files go."""
    file.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    try:
        with os.fdopen(number, "wb") as part:
            np.savez(part, allow_pickle=False, **found.arrays())
        Path(name).replace(file)
    finally:
        Path(name).unlink(missing_ok=True)
    for old in _newest(file.parent, "trained-*.npz")[_KEPT:]:
        old.unlink(missing_ok=True)
