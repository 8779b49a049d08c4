"""Knowledge of the size of a country, made from a catalogue."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.matching.matcher import Matcher
from bot.matching.nearness import Nearness
from bot.matching.trained import Trained
from bot.measuring.lines import DataFault
from bot.measuring.scale import Entry, base_of, catalogue, own_names, varied
from tests.builders import starter

ROWS = """ptv_id\tarea\tname_fi\tsummary_fi
one-1\tTurku\tKirjasto\tLainaa "kirjoja ja lehtiä.
two-2\tOulu\tUimahalli\tUi ja saunо vuoden ympäri.
one-1\tOulu\tKirjasto\tLainaa "kirjoja ja lehtiä.
three-3\tOulu\t\tIlman nimeä.
"""


def test_a_catalogue_is_read_each_id_once(tmp_path: Path) -> None:
    """A lone quotation mark is text; what has no name is left out."""
    file = tmp_path / "catalogue.tsv"
    file.write_text(ROWS, encoding="utf-8")
    entries = catalogue(file)
    assert [entry.id for entry in entries] == ["one-1", "two-2"]
    assert entries[0].summary.startswith('Lainaa "kirjoja')


def test_what_is_no_catalogue_is_told(tmp_path: Path) -> None:
    """A missing file, and one with other columns."""
    (tmp_path / "other.tsv").write_text("a\tb\n1\t2\n", encoding="utf-8")
    for name in ("other.tsv", "missing.tsv"):
        with pytest.raises(DataFault, match=name):
            catalogue(tmp_path / name)


ENTRIES = tuple(
    Entry(f"s{number}", f"Palvelu {number} aihe{number}", f"Apua asiaan aihe{number}") for number in range(20)
)


def test_made_services_are_near_the_real_ones_and_the_same_every_time() -> None:
    """So many times as many, each with an id of its own."""
    many = varied(ENTRIES, 3)
    assert len({entry.id for entry in many}) == 60
    assert many[:20] == ENTRIES
    assert many == varied(ENTRIES, 3)
    assert sum(made.summary != ENTRIES[at % 20].summary for at, made in enumerate(many[20:])) > 20


def test_the_matcher_learns_from_names_and_summaries_alone() -> None:
    """And a service's own name finds it."""
    base = base_of(ENTRIES, starter())
    matcher = Matcher(base)
    for line in own_names(ENTRIES):
        assert matcher.match(line.text, "fi").services[0].id in line.expected


def test_with_more_services_than_a_regression_bears_names_are_found_and_kept() -> None:
    """The nearest middle stands in for it; as arrays and back the matches are the same to the last digit."""
    entries = tuple(
        Entry(f"s{number:04}", f"Apu {_word(number)}", " ".join(_word(number * 12 + each) for each in range(12)))
        for number in range(600)
    )
    base = base_of(entries, replace(starter(), danger_examples={}))
    learnt = Matcher.trained(base)
    assert isinstance(learnt.ranker.judges.second, Nearness)
    one, other = Matcher(base, learnt), Matcher(base, Trained.of(learnt.arrays()))
    for line in own_names(entries)[:20]:
        assert one.match(line.text, "fi").services[0].id in line.expected
        assert one.match(line.text, "fi") == other.match(line.text, "fi")


def _word(number: int) -> str:
    """A word of its own for each number."""
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number * 7919 % 100_003:06}")
