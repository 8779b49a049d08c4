"""The mutants still fit the code; that each is seen is for ``make mutants``."""

from __future__ import annotations

import ast

import pytest

from tests.mutants.__main__ import ROOT, mutated
from tests.mutants.table import MUTANTS, Mutant


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_fits_the_code(mutant: Mutant) -> None:
    """Its old text stands once in its file, what it makes of it is Python, and its tests exist."""
    source = (ROOT / mutant.file).read_text(encoding="utf-8")
    changed = mutated(source, mutant)
    assert changed != source
    ast.parse(changed)
    for test in mutant.tests:
        file, _, name = test.partition("::")
        assert f"def {name.partition('[')[0]}" in (ROOT / file).read_text(encoding="utf-8")


def test_there_are_enough_and_each_has_a_name_of_its_own() -> None:
    """At least twelve."""
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 12


def test_a_mutant_that_no_longer_fits_is_told() -> None:
    """Instead of being counted as seen."""
    with pytest.raises(ValueError, match="0 times"):
        mutated("nothing of the kind", MUTANTS[0])
