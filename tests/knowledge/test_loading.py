"""A knowledge folder is loaded whole or refused with every fault, each at its place with its mend."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bot.knowledge.faults import Fault, KnowledgeFaults, faults_as_json
from bot.knowledge.loading import check, load
from tests.knowledge.file_slips import FILE_SLIPS
from tests.knowledge.service_slips import SERVICE_SLIPS
from tests.knowledge.small import FILES, spoil, write

TODAY = date(2026, 2, 3)


def only_fault(folder: Path) -> Fault:
    """The one and only fault of a folder."""
    faults = check(folder, TODAY)
    assert len(faults) == 1, "\n".join(map(str, faults))
    return faults[0]


def test_a_faultless_folder_is_loaded(tmp_path: Path) -> None:
    """Every file is in the base, and nothing is told."""
    base = load(write(tmp_path), TODAY)
    assert check(tmp_path, TODAY) == ()
    assert set(base.services) == {"raha", "mieli"}
    assert base.areas["enonkoski"].municipality == "046"
    assert base.phrases["en"]["no"] == "No"
    assert base.reaches("enonkoski") == ("enonkoski", "saimaa")


def test_holidays_are_those_of_three_years(tmp_path: Path) -> None:
    """Last year's Christmas and next year's are both known, in the country of the settings."""
    base = load(write(tmp_path), TODAY)
    assert {date(2025, 12, 25), date(2026, 12, 6), date(2027, 1, 6)} <= set(base.holidays)
    assert date(2026, 2, 3) not in base.holidays


def test_the_digest_names_the_content(tmp_path: Path) -> None:
    """The same files have the same digest, any change another."""
    one = load(write(tmp_path / "one"), TODAY)
    same = load(write(tmp_path / "same"), TODAY)
    other = load(write(tmp_path / "other", areas=("Saimen", "Saima")), TODAY)
    assert one.digest == same.digest != other.digest
    assert len(one.digest) == 64


@pytest.mark.parametrize(
    ("file", "old", "new", "wrong", "instead"), [*SERVICE_SLIPS, *FILE_SLIPS], ids=lambda text: text[:30]
)
def test_a_fault_is_told_at_its_place_with_its_mend(
    tmp_path: Path, file: str, old: str, new: str, wrong: str, instead: str
) -> None:
    """One slip gives one fault, and the base is refused."""
    place = spoil(tmp_path, file, old, new)
    faults = [fault for fault in check(tmp_path, TODAY) if wrong == fault.wrong]
    assert [(fault.file, fault.line, fault.column, fault.instead) for fault in faults] == [(*place, instead)]
    with pytest.raises(KnowledgeFaults) as refused:
        load(tmp_path, TODAY)
    assert faults[0] in refused.value.faults


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Faults in three files, two of them in one, come together, in order of place."""
    write(
        tmp_path,
        areas=("choice: false", "choice: perhaps"),
        services__raha=("level: basic\nname: {fi", "level: 7\nname: {se"),
        phrases__fi=('"Ei"', "'Ei"),
    )
    places = [(fault.file, fault.line) for fault in check(tmp_path, TODAY)]
    assert places == [
        ("areas.yaml", 1),
        ("phrases/fi.yaml", 2),
        ("services/raha.yaml", 2),
        ("services/raha.yaml", 3),
        ("services/raha.yaml", 3),
    ]


def test_a_fault_reads_as_one_line_and_as_json(tmp_path: Path) -> None:
    """file:line:column: what is wrong; what to write instead."""
    fault = only_fault(write(tmp_path, services__raha=("level: basic", "level: basik")))
    assert str(fault) == 'services/raha.yaml:2:8: "basik" is not possible here; did you mean "basic"?'
    assert json.loads(faults_as_json([fault])) == [
        {
            "file": "services/raha.yaml",
            "line": 2,
            "column": 8,
            "wrong": '"basik" is not possible here',
            "instead": 'did you mean "basic"?',
        }
    ]


def test_a_missing_file_is_told_and_an_optional_one_is_not(tmp_path: Path) -> None:
    """Danger may not be missing; units, activities, guides, worries and examples may."""
    (write(tmp_path) / "danger.yaml").unlink()
    fault = only_fault(tmp_path)
    assert (fault.file, fault.wrong) == ("danger.yaml", "the file is missing")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("# nothing yet\n", "the file is empty"), ("a: b\n", "a list belongs here")],
)
def test_a_list_that_is_none_is_told(tmp_path: Path, text: str, wrong: str) -> None:
    """At the top of the file, once."""
    (write(tmp_path) / "danger.yaml").write_text(text)
    fault = only_fault(tmp_path)
    assert (fault.file, fault.line, fault.column, fault.wrong) == ("danger.yaml", 1, 1, wrong)


EXAMPLE = "- {text: rahat on loppu, lang: fi, expected: [raha], acceptable: [mieli], danger: false}\n"


DANGER_EXAMPLES = "violence:\n  fi: [pelkään kotona]\nnone:\n  fi: [pelkään pimeää]\n"


def test_examples_of_danger_are_read_by_kind(tmp_path: Path) -> None:
    """And near misses under "none"; the file may be missing."""
    (write(tmp_path) / "examples").mkdir()
    assert load(tmp_path, TODAY).danger_examples == {}
    (tmp_path / "examples" / "danger.yaml").write_text(DANGER_EXAMPLES, encoding="utf-8")
    base = load(tmp_path, TODAY)
    assert {kind: lines.fi for kind, lines in base.danger_examples.items()} == {
        "violence": ("pelkään kotona",),
        "none": ("pelkään pimeää",),
    }
    assert base.examples == {}


@pytest.mark.parametrize(
    ("text", "line", "wrong"),
    [
        (DANGER_EXAMPLES.replace("violence", "violense"), 1, 'there is no danger "violense"'),
        ("- moi\n", 1, "keys belong here"),
    ],
)
def test_examples_of_no_known_danger_are_told(tmp_path: Path, text: str, line: int, wrong: str) -> None:
    """At their place."""
    (write(tmp_path) / "examples").mkdir()
    (tmp_path / "examples" / "danger.yaml").write_text(text, encoding="utf-8")
    fault = only_fault(tmp_path)
    assert (fault.file, fault.line, fault.wrong) == ("examples/danger.yaml", line, wrong)


def test_examples_are_read_by_file_and_teach_nothing(tmp_path: Path) -> None:
    """Every file of the folder but those of off-topic lines and of danger holds labelled lines."""
    (write(tmp_path) / "examples").mkdir()
    (tmp_path / "examples" / "arki.yaml").write_text(EXAMPLE)
    (tmp_path / "examples" / "off-topic.yaml").write_text("fi: [moi]\n")
    base = load(tmp_path, TODAY)
    assert check(tmp_path, TODAY) == ()
    assert [example.expected for example in base.examples["arki"]] == [("raha",)]
    assert list(base.examples) == ["arki"]
    assert "rahat on loppu" not in [line for _, line in base.all_worries("raha")]


@pytest.mark.parametrize(
    ("line", "column", "wrong"),
    [
        (EXAMPLE.replace("[raha]", "[rahaa]"), 47, 'there is no service "rahaa"'),
        (EXAMPLE.replace("lang: fi", "lang: se"), 32, '"se" is not possible here'),
        (
            EXAMPLE.replace("rahat on loppu", "Raha fi 3!"),
            10,
            'the line "Raha fi 3!" is also in services/raha.yaml, so it measures nothing',
        ),
    ],
)
def test_an_example_that_leads_nowhere_is_told(tmp_path: Path, line: str, column: int, wrong: str) -> None:
    """An unknown service or language, and a line that is taught already."""
    (write(tmp_path) / "examples").mkdir()
    (tmp_path / "examples" / "arki.yaml").write_text(line)
    fault = only_fault(tmp_path)
    assert (fault.file, fault.line, fault.column, fault.wrong) == ("examples/arki.yaml", 1, column, wrong)


def test_an_optional_file_may_be_empty(tmp_path: Path) -> None:
    """Units not yet written are no fault."""
    (write(tmp_path) / "units.yaml").write_text("# later\n")
    assert check(tmp_path, TODAY) == ()


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """Nothing to load is a fault, never an empty base."""
    with pytest.raises(KnowledgeFaults) as refused:
        load(tmp_path / "nowhere", TODAY)
    assert "settings.yaml" in {fault.file for fault in refused.value.faults}


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("areas.yml", 'let its name end in ".yaml"'),
        ("servises/uusi.yaml", 'rename or move it: did you mean "services/"?'),
        ("setings.yaml", 'rename or move it: did you mean "settings.yaml"?'),
        ("phrases/se.yaml", 'rename or move it: did you mean "phrases/sv.yaml"?'),
    ],
)
def test_a_file_nobody_reads_is_told(tmp_path: Path, name: str, instead: str) -> None:
    """A misnamed file is not passed over in silence."""
    stray = write(tmp_path) / name
    stray.parent.mkdir(exist_ok=True)
    stray.write_text("a: b\n")
    fault = only_fault(tmp_path)
    assert (fault.file, fault.instead) == (name, instead)


def test_a_byte_order_mark_and_crlf_are_accepted(tmp_path: Path) -> None:
    """What Windows editors leave behind changes nothing, not even a place."""
    path = write(tmp_path) / "services" / "raha.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + FILES["services/raha.yaml"].replace("\n", "\r\n").encode())
    assert load(tmp_path, TODAY).services["raha"].level == "basic"
    path.write_bytes(path.read_bytes().replace(b"level: basic", b"level: basik"))
    fault = only_fault(tmp_path)
    assert (fault.line, fault.column) == (2, 8)


def test_sixteen_thousand_worries_are_all_there(tmp_path: Path) -> None:
    """None is dropped on the way, however many there are."""
    write(tmp_path)
    (tmp_path / "worries").mkdir()
    for name in ("raha", "mieli"):
        lines = "\n".join(f"  - {name} huolettaa minua kovasti {number}" for number in range(8000))
        (tmp_path / "worries" / f"{name}.yaml").write_text(f"fi:\n{lines}\n")
    assert len(load(tmp_path, TODAY).all_worries("raha")) == 8024
