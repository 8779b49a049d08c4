"""Smaller parts of the knowledge for the learning curve."""

from __future__ import annotations

import pytest

from bot.knowledge.model import Language
from bot.measuring.subsets import part, shared
from tests.builders import starter


@pytest.mark.parametrize(
    ("count", "there", "given"),
    [
        (6, {"fi": 150, "sv": 60, "en": 60}, {"fi": 4, "sv": 1, "en": 1}),
        (12, {"fi": 150, "sv": 60, "en": 60}, {"fi": 7, "sv": 3, "en": 2}),
        (24, {"fi": 12, "sv": 6, "en": 6}, {"fi": 12, "sv": 6, "en": 6}),
        (96, {"fi": 12, "sv": 6, "en": 6}, {"fi": 12, "sv": 6, "en": 6}),
        (2, {"fi": 5, "sv": 0, "en": 0}, {"fi": 2, "sv": 0, "en": 0}),
    ],
)
def test_a_count_is_shared_in_proportion(count: int, there: dict[Language, int], given: dict[Language, int]) -> None:
    """It comes out whole, and never above what there is."""
    assert shared(count, there) == given


def test_a_part_has_so_many_worries_of_every_service_and_nothing_else_spoken() -> None:
    """The rest of a service is as it was."""
    few = part(starter(), 6)
    for name, service in few.services.items():
        assert len(few.all_worries(name)) == 6
        assert not service.not_for
        assert service.summary == starter().services[name].summary


def test_smaller_parts_lie_in_larger_ones_and_stay_the_same() -> None:
    """So that a curve shows more worries, not other ones."""
    small, large, again = part(starter(), 12), part(starter(), 48), part(starter(), 12)
    for name in small.services:
        assert set(small.all_worries(name)) < set(large.all_worries(name))
        assert small.all_worries(name) == again.all_worries(name)


def test_all_is_the_base_itself() -> None:
    """Nothing is taken away."""
    assert part(starter(), None) is starter()
