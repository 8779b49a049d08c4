"""The starter's matcher, built once, and a small base to build anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.knowledge.model import Base
from bot.matching.matcher import Matcher
from tests.builders import front_door, starter

FEW = ("neuvola", "suun-terveydenhuolto", "puheterapia", "toimeentulotuki", "eroauttaminen", "paivystys")


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    """The matcher of the starter knowledge."""
    return front_door().matcher


@pytest.fixture(scope="session")
def few() -> Base:
    """A base of six services that are easy to tell apart, and no stories."""
    base = starter()
    return replace(base, services={name: base.services[name] for name in FEW}, examples=base.measures)
