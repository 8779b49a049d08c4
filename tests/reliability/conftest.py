"""What the fault tests share: how much they play, and where the product is started from."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest

from tests.figures import SOAK, grown
from tests.operating.replicas import small_knowledge
from tests.reliability.product import Nursery, nursery
from tests.store.conftest import database, server

__all__ = ["database", "server"]

T = TypeVar("T")


@dataclass(frozen=True)
class Figures:
    """How much is played. Seconds are the longest a play may take to come to its end."""

    updates: int = grown(1_000, 20_000)
    kills: int = grown(20, 400)
    repeated: int = grown(2_000, 50_000)
    sends: int = grown(500, 5_000)
    shared: int = grown(5_000, 50_000)
    seeds: int = grown(5, 20)
    freeze: float = 25.0
    seconds: float = 1800 if SOAK else 90


async def all_at_once(plays: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """What each gave. All are played to their end, whatever becomes of one; then the first fault is raised."""
    ends = await asyncio.gather(*plays, return_exceptions=True)
    faults = [end for end in ends if isinstance(end, BaseException)]
    if faults:
        raise faults[0]
    return [end for end in ends if not isinstance(end, BaseException)]


@pytest.fixture(scope="session")
def figures() -> Figures:
    """The figures of this run."""
    return Figures()


@pytest.fixture(scope="session")
def one_nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """One for all tests: what it reads and builds takes a while, though it is only a small knowledge."""
    with nursery(small_knowledge(tmp_path_factory.mktemp("small") / "knowledge")) as made:
        yield made


@pytest.fixture
def born(one_nursery: Nursery) -> Iterator[Nursery]:
    """Where the product is started from."""
    yield one_nursery
    one_nursery.clear()
