"""What the fault tests share. ``SOAK=1`` (``make soak``) makes them long: the right-hand figures of the table."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.reliability.product import Nursery, nursery

SOAK = os.environ.get("SOAK") == "1"


@dataclass(frozen=True)
class Figures:
    """How much is played. Seconds are the longest a play may take to come to its end."""

    updates: int = 1_000
    kills: int = 20
    repeated: int = 2_000
    sends: int = 500
    seeds: int = 5
    freeze: float = 3.0
    seconds: float = 90


@pytest.fixture(scope="session")
def figures() -> Figures:
    """The figures of this run."""
    return Figures(20_000, 400, 50_000, 5_000, 20, 25.0, 1800) if SOAK else Figures()


@pytest.fixture(scope="session")
def one_nursery() -> Iterator[Nursery]:
    """One for all tests: what it reads and builds takes a while."""
    with nursery() as made:
        yield made


@pytest.fixture
def born(one_nursery: Nursery) -> Iterator[Nursery]:
    """Where the product is started from."""
    yield one_nursery
    one_nursery.clear()
