"""``perheneuvo proposals`` as typed: wrong doors are judged by admins, and the knowledge is changed only by them."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.__main__ import app
from bot.knowledge.editing import CannotEdit, line_of, with_worry
from bot.store.sql import open_store
from tests.builders import A_TUESDAY, STARTER, ZONE
from tests.store.cast import new_case

RUNNER = CliRunner()
FILE = """# How parents say it
fi:
  - "ei nuku"  # often
  - "ei syö"
  # the end of Finnish

sv:
  - "sover inte"
"""


@pytest.fixture(name="folder")
def the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A knowledge of its own, and a database with two wrong doors."""
    database = f"sqlite+aiosqlite:///{tmp_path}/var/test.db"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PERHENEUVO_DATABASE_URL", database)
    monkeypatch.setenv("PERHENEUVO_KNOWLEDGE", str(tmp_path / "knowledge"))
    shutil.copytree(STARTER, tmp_path / "knowledge")
    asyncio.run(_two_doors(database))
    return tmp_path / "knowledge"


async def _two_doors(database: str) -> None:
    store = open_store(database, key=None, zone=ZONE)
    await store.start()
    async with store.begin() as work:
        case = await new_case(work)
        words = 'Taapero heittää "lusikan" lattialle: mitä teen?'
        await work.add_proposal(case.number, "perheneuvola", "neuvolan-perheohjaus", "fi", words, A_TUESDAY)
        await work.add_proposal(case.number, "nepsy", "neuvola", "sv", None, A_TUESDAY)
    await store.close()


def proposals(*words: str) -> tuple[int, str]:
    """The exit code, and what was printed."""
    done = RUNNER.invoke(app, ["proposals", *words])
    return done.exit_code, done.output


@pytest.mark.usefixtures("folder")
def test_wrong_doors_are_listed_until_they_are_judged() -> None:
    """With her words where she let them be shown; what is refused is gone."""
    code, shown = proposals("list")
    assert code == 0
    assert "1  2026-11-24  Perheneuvola (kasvatus- ja perheneuvonta) -> Neuvolan perheohjaus  (fi)" in shown
    assert "Taapero heittää" in shown
    assert "not known" in shown
    assert proposals("refuse", "1")[0] == 0
    assert "Taapero" not in proposals("list")[1]
    assert proposals("refuse", "1")[0] == 1


def test_an_accepted_line_is_written_with_everything_else_as_it_was(folder: Path) -> None:
    """Only that line is new; the proposal is dealt with."""
    file = folder / "worries" / "neuvolan-perheohjaus.yaml"
    before = file.read_text(encoding="utf-8").splitlines()
    code, shown = proposals("accept", "1", "--write")
    assert (code, "Written into" in shown) == (0, True)
    after = file.read_text(encoding="utf-8").splitlines()
    new = [line for line in after if line not in before]
    assert [yaml.safe_load(line) for line in new] == [['Taapero heittää "lusikan" lattialle: mitä teen?']]
    assert [line for line in after if line not in new] == before
    assert "Taapero" not in proposals("list")[1]


def test_without_write_the_lines_and_their_files_are_printed(folder: Path) -> None:
    """As YAML that can be put in as it is; no file is changed. Words she kept to herself are the admin's to write."""
    before = (folder / "worries" / "neuvola.yaml").read_text(encoding="utf-8")
    assert proposals("accept", "2")[0] == 1
    code, shown = proposals("accept", "2", "--words", "Barnet äter inte alls")
    assert code == 0
    assert f"{folder / 'worries' / 'neuvola.yaml'}, under sv:" in shown
    block = yaml.safe_load(shown[shown.index("not_for:") :])
    assert block == {"not_for": [{"service": "neuvola", "worries": {"sv": ["Barnet äter inte alls"]}}]}
    assert (folder / "worries" / "neuvola.yaml").read_text(encoding="utf-8") == before


def test_a_line_that_makes_a_fault_changes_nothing(folder: Path) -> None:
    """What another service has already is refused, and the proposal stays to be judged."""
    file = folder / "worries" / "neuvolan-perheohjaus.yaml"
    before = file.read_text(encoding="utf-8")
    other = yaml.safe_load((folder / "worries" / "puheterapia.yaml").read_text(encoding="utf-8"))["fi"][0]
    code, shown = proposals("accept", "1", "--words", other, "--write")
    assert (code, "Nothing was changed" in shown) == (1, True)
    assert file.read_text(encoding="utf-8") == before
    assert "Taapero" in proposals("list")[1]


@given(st.sampled_from(["fi", "sv", "en"]), st.text(min_size=1).filter(str.strip).filter(str.isprintable))
def test_any_words_come_back_as_they_were(language: str, words: str) -> None:
    """And the rest of the file with its comments."""
    edited = with_worry(FILE, language, words)  # type: ignore[arg-type]  # one of the three
    assert yaml.safe_load(edited)[language][-1] == " ".join(words.split())
    new = next(row for row in edited.splitlines() if row.strip() == line_of(words))
    rest = [row for row in edited.splitlines() if row not in (new, "en:")]
    assert rest == FILE.splitlines()


@pytest.mark.parametrize("text", ['fi: ["ei nuku"]\n', "fi:\n", "- ei nuku\n", "fi: [\n"])
def test_a_file_written_otherwise_is_left_alone(text: str) -> None:
    """The admin is told."""
    with pytest.raises(CannotEdit):
        with_worry(text, "fi", "ei syö")
