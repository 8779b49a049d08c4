"""The report on the examples: what goes wrong, and what to edit."""

from __future__ import annotations

from bot.measuring.figures import Outcome
from bot.measuring.lines import Line
from bot.measuring.mending import told
from bot.measuring.report import Likeness, report
from tests.measuring.little import SERVICES, little

MOBBED = Line("arki:1", "poikaa lyödään koulussa", "fi", ("kuraattori",), ("neuvola",))
HUNGRY = Line("arki:2", "raha loppui", "fi", ("toimeentulotuki",))
HELLO = Line("arki:3", "moi", "fi")
AFRAID = Line("arki:4", "mies lyö", "fi", ("neuvola",), danger=True)


def test_a_confusion_is_counted_and_its_pull_is_named() -> None:
    """Acceptable is no confusion; among three or not is told."""
    pairs = [
        (MOBBED, Outcome(("neuvola", "kuraattori"))),
        (MOBBED, Outcome(("suun-terveydenhuolto", "kuraattori"), decision="show")),
        (HUNGRY, Outcome(("vatu",), decision="show")),
    ]
    found = report(pairs, little())
    assert (found.right, found.lines) == (1, 3)
    assert set(found.confusions) == {("kuraattori", "suun-terveydenhuolto", 1), ("toimeentulotuki", "vatu", 1)}
    assert found.never_found == (("toimeentulotuki", 1),)
    assert [pull.among_three for pull in found.pulls] == [True, False]


def test_no_and_danger_are_looked_at_too() -> None:
    """Shown for nothing, turned away, missed and false danger."""
    pairs = [
        (HELLO, Outcome(("vatu",), decision="show", danger=True)),
        (AFRAID, Outcome(("neuvola",), decision="person", danger=False)),
    ]
    found = report(pairs, little())
    assert (found.shown_for_nothing, found.false_alarms) == ((HELLO,), (HELLO,))
    assert (found.missed_danger, found.turned_away) == ((AFRAID,), (AFRAID,))
    assert found.unasked == tuple(sorted(set(SERVICES) - {"neuvola"}))


def test_the_likest_worry_shares_telling_words() -> None:
    """A known worry is likest to itself; a text of no known word is like none."""
    likeness = Likeness.of(little())
    worry = next(line for language, line in little().all_worries("kuraattori") if language == "fi")
    assert likeness.nearest(worry, "fi", "kuraattori")[0] == worry
    assert likeness.nearest("xyzzy", "fi", "kuraattori") == ()


def test_it_reads_in_plain_words() -> None:
    """With the file to edit; and what is in order is not listed."""
    text = told(report([(MOBBED, Outcome(("vatu",), decision="show", danger=False))], little()), little())
    assert "0 of 1 worries find a right service first." in text
    assert "kuraattori -> vatu  1" in text
    assert "worries/kuraattori.yaml" in text
    assert "Danger" not in text
