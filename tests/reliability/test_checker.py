"""The checker itself: each kind of fault is seen, and a clean run is clean."""

from __future__ import annotations

import pytest

from tests.reliability.checker import REPLY, WORDS, Checker, key, keys_in

AINO, EEVA = 7001, 7002


def clean(count: int = 3) -> Checker:
    """Two parents and a worker who answers them; everything arrives."""
    checker = Checker()
    for place in (AINO, EEVA):
        for number in range(count):
            for by, road in (("parent", WORDS), ("worker", REPLY)):
                for stage in road:
                    text = f"hei {key('parent' if by == 'parent' else 'worker', place, number)}!"
                    checker.saw(stage, place, text)
    return checker


def test_a_clean_run_is_clean() -> None:
    """Nothing is missing, nothing is told."""
    report = clean().report()
    assert report.faults() == []
    assert report.pushed == 12
    assert clean().missing() == 0


def test_a_key_is_found_in_any_text() -> None:
    """With what stands around it; no other number is one."""
    assert keys_in("Vanhempi: (p-7001-12) 09 310-4811 ja w-7-1.") == ["p-7001-12", "w-7-1"]


@pytest.mark.parametrize(("by", "road"), [("parent", WORDS), ("worker", REPLY)])
def test_what_does_not_come_through_is_lost_where_it_was_last(by: str, road: tuple[str, ...]) -> None:
    """Every stage it should have passed names it."""
    for reached in range(1, len(road)):
        checker, lost = clean(), key("parent" if by == "parent" else "worker", AINO, 99)
        for stage in road[:reached]:
            checker.saw(stage, AINO, lost)
        assert set(checker.report().lost) == {(stage, lost) for stage in road[reached:]}
        assert checker.missing() == 1


@pytest.mark.parametrize("stage", ["stored", "in_case", "replied"])
def test_twice_inside_the_house_is_a_fault(stage: str) -> None:
    """Whatever the reason."""
    checker = clean()
    twice = checker.seen[stage][AINO][0]
    checker.saw(stage, AINO, twice)
    assert checker.report().duplicated == ((stage, twice),)


@pytest.mark.parametrize("stage", ["shown", "delivered"])
def test_twice_outside_is_a_fault_unless_it_may_be(stage: str) -> None:
    """Only what is named may repeat."""
    checker = clean()
    twice = checker.seen[stage][AINO][1]
    checker.saw(stage, AINO, twice)
    report = checker.report()
    assert report.faults() == [f"1 repeated: out {twice}"]
    assert report.faults(may_repeat=[twice]) == []
    assert report.faults(may_repeat=None) == []


def test_what_nobody_said_is_unexpected() -> None:
    """Also words in another one's case, and a parent's words sent back to her."""
    checker = clean()
    checker.saw("in_case", AINO, "p-7001-50")
    checker.saw("shown", EEVA, "p-7001-1")
    checker.saw("delivered", AINO, "p-7001-2")
    assert set(checker.report().unexpected) == {
        ("in_case", "p-7001-50"),
        ("shown", "p-7001-1"),
        ("delivered", "p-7001-2"),
    }


@pytest.mark.parametrize("stage", ["in_case", "shown", "replied", "delivered"])
def test_another_order_is_told(stage: str) -> None:
    """The first time counts; a late repeat is no other order."""
    checker = clean()
    letter = "p" if stage in WORDS else "w"
    checker.saw(stage, AINO, f"{letter}-7001-0")
    assert checker.report().reordered == ()
    checker.seen[stage][AINO] = [f"{letter}-7001-{number}" for number in (1, 0, 2)]
    assert set(checker.report().reordered) == {(stage, f"{letter}-7001-0"), (stage, f"{letter}-7001-1")}
