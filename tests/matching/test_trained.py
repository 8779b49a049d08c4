"""What was learnt can be kept and given again, and nothing is lost or made up on the way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.caching import cache_folder, earlier, trained
from bot.knowledge.model import Base
from bot.matching.matcher import Matcher
from bot.matching.trained import Trained
from tests.matching.sense import known

TEXTS = ("hammas kipeä", "rahat loppu", "vi ska skiljas", "he does not talk", "en jaksa enää elää", "hamas kippeä", "?")


@pytest.fixture(scope="module")
def learnt(few: Base) -> Trained:
    """Learnt from six services."""
    return Matcher.trained(few)


@pytest.fixture(scope="module")
def least(few: Base) -> Base:
    """A base that is learnt in no time: the handful of lines of each service's own file."""
    return replace(few, worries={}, danger_examples={}, digest="a")


def test_arrays_bring_back_the_same_matcher(few: Base, learnt: Trained) -> None:
    """Every match is the same to the last digit."""
    one, other = Matcher(few, learnt), Matcher(few, Trained.of(learnt.arrays()))
    assert [one.match(text) for text in TEXTS] == [other.match(text) for text in TEXTS]


def test_what_was_learnt_from_vectors_is_kept_too(few: Base) -> None:
    """And with other vectors it is learnt anew."""
    taught = Matcher.trained(replace(few, danger_examples={}), known)
    one, other = Matcher(few, taught), Matcher(few, Trained.of(taught.arrays()))
    (rows, _) = known(TEXTS)
    for text, row in zip(TEXTS, rows, strict=True):
        assert one.match(text, vector=row) == other.match(text, vector=row)


def test_other_vectors_are_another_file(least: Base, tmp_path: Path) -> None:
    """What was learnt without them is not taken for what was learnt with them."""
    assert trained(least, tmp_path).meaning is None
    assert trained(least, tmp_path, known, "m 1").meaning is not None
    assert trained(least, tmp_path).meaning is None
    assert len(list(tmp_path.iterdir())) == 2


def test_a_base_is_learnt_once(least: Base, tmp_path: Path) -> None:
    """The second time it is read: the file is the one written before, and the matches are the same."""
    first = Matcher(least, trained(least, tmp_path))
    (file,) = tmp_path.iterdir()
    written = file.stat().st_mtime_ns
    second = Matcher(least, trained(least, tmp_path))
    assert file.stat().st_mtime_ns == written
    assert [first.match(text) for text in TEXTS] == [second.match(text) for text in TEXTS]


def test_a_damaged_file_is_as_good_as_none(least: Base, tmp_path: Path) -> None:
    """It is learnt anew and the file is whole again."""
    trained(least, tmp_path)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert Matcher(least, trained(least, tmp_path)).match("hammas kipeä").services
    assert len(file.read_bytes()) == len(whole)


def test_another_base_is_not_mistaken_for_it(least: Base, tmp_path: Path) -> None:
    """Each digest has a file of its own; the oldest go, and nothing half written stays."""
    one = replace(least, services={"neuvola": least.services["neuvola"]})
    for digest in "abcde":
        trained(replace(one, digest=digest), tmp_path)
    assert len(list(tmp_path.iterdir())) == 4
    assert len(trained(replace(least, digest="f"), tmp_path).ranker.services) == len(least.services)


def test_an_edited_base_is_answered_for_by_what_was_learnt_before(least: Base, tmp_path: Path) -> None:
    """Until it is learnt itself; never by what knows other services, other kinds of danger or no vectors."""
    assert earlier(least, tmp_path) is None
    trained(least, tmp_path)
    assert earlier(least, tmp_path) is None
    edited = replace(least, digest="b")
    found = earlier(edited, tmp_path)
    assert found is not None
    assert Matcher(edited, found).match("hammas kipeä") == Matcher(least, trained(least, tmp_path)).match(
        "hammas kipeä"
    )
    assert earlier(edited, tmp_path, "m 1") is None
    assert earlier(replace(edited, dangers=edited.dangers[:1]), tmp_path) is None
    assert earlier(replace(edited, services={"neuvola": edited.services["neuvola"]}), tmp_path) is None
    trained(edited, tmp_path)
    assert earlier(edited, tmp_path) is None


def test_a_damaged_file_answers_for_nothing(least: Base, tmp_path: Path) -> None:
    """The one before it does."""
    trained(replace(least, digest="old"), tmp_path)
    (old,) = tmp_path.iterdir()
    (tmp_path / old.name.replace(old.name.rpartition("-")[2], "new.npz")).write_bytes(b"half")
    assert earlier(least, tmp_path) is not None


def test_where_nothing_can_be_kept_it_is_learnt_all_the_same(least: Base, tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "cache").write_text("")
    assert trained(least, tmp_path / "cache").ranker.services


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("sqlite+aiosqlite:///var/perheneuvo.db", "var/cache"),
        ("sqlite+aiosqlite:////srv/data/perheneuvo.db", "/srv/data/cache"),
        ("postgresql+asyncpg://somebody@host/name", "var/cache"),
    ],
)
def test_the_files_are_beside_the_database(url: str, folder: str) -> None:
    """Where there is a file to be beside of."""
    assert cache_folder(url) == Path(folder)
