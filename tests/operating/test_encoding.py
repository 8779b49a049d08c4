"""New lines get their vectors in the background, while the door in use answers."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation.turn import Door
from bot.encoder.cache import Cache
from bot.encoder.lines import lines_of
from bot.encoder.process import NoEncoder
from bot.knowledge.model import Base
from bot.main import FrontDoor
from bot.operating.encoding import Encoding, Sentences
from bot.operating.metrics import Metrics
from bot.settings import Settings
from bot.store.memory import MemoryStore
from tests.builders import SetClock
from tests.encoder.test_cache import Scribe
from tests.web.house import little_door


class Ready(Scribe):
    """An encoder that is up, or not."""

    name = "m"
    loads = True

    async def start(self) -> None:
        """It is."""

    async def ready(self, seconds: float) -> bool:
        """At once, or never."""
        return self.loads

    async def close(self) -> None:
        """Nothing is open."""
        self.state = "off"


def small(digest: str, worry: str = "") -> Base:
    """A base with few lines to encode."""
    base = little_door().base
    one = {"neuvola": base.services["neuvola"]}
    none = type(base.off_topic)()
    lines = replace(base, services=one, worries={}, off_topic=none, danger_examples={}, examples={}, digest=digest)
    if not worry:
        return lines
    service = one["neuvola"].model_copy(update={"keywords": one["neuvola"].keywords})
    worries = service.worries.model_copy(update={"fi": (*service.worries.fi, worry)})
    return replace(lines, services={"neuvola": service.model_copy(update={"worries": worries})})


class Running:
    """One front door's encoding; ``built`` are the digests of the doors that were made."""

    def __init__(self, folder: Path, encoder: Ready | None = None) -> None:
        self.encoder = encoder or Ready()
        self.cache = Cache("m", folder / "own.npz", None)
        self.door = self.of(small("a"))
        self.built: list[str] = []
        self.swapped = asyncio.Event()
        sentences = Sentences(self.encoder, self.cache, self.build)  # type: ignore[arg-type]  # stands in for it
        self.encoding = Encoding(sentences, lambda: self.door, self.swap)

    @staticmethod
    def of(base: Base) -> Door:
        """A door; its matcher is another base's, nothing is matched here."""
        return Door(base, little_door().matcher)

    def build(self, base: Base) -> Door:
        """Made anew."""
        self.built.append(base.digest)
        return self.of(base)

    def swap(self, door: Door) -> None:
        """In use from now on."""
        self.door = door
        self.swapped.set()


async def test_what_is_missing_is_encoded_and_a_door_is_made_of_it(tmp_path: Path) -> None:
    """Once; then there is nothing to do until the knowledge changes, and then only the new line."""
    house = Running(tmp_path)
    before = house.door
    assert await house.encoding.look()
    assert house.built == ["a"]
    assert house.door is not before
    assert not house.cache.missing(lines_of(house.door.base))
    house.encoder.asked.clear()
    assert not await house.encoding.look()
    house.door = house.of(small("b", "aivan uusi huoli"))
    assert await house.encoding.look()
    assert house.encoder.asked == ["aivan uusi huoli"]
    assert house.built == ["a", "b"]


async def test_an_edit_that_comes_meanwhile_is_not_undone(tmp_path: Path) -> None:
    """The door made of the old base is thrown away."""
    house = Running(tmp_path)
    edited = house.of(small("b"))

    def build(base: Base) -> Door:
        house.door = edited
        return house.of(base)

    house.encoding = Encoding(Sentences(house.encoder, house.cache, build), lambda: house.door, house.swap)  # type: ignore[arg-type]
    assert not await house.encoding.look()
    assert house.door is edited


@pytest.mark.parametrize("encoder", [True, False], ids=["encoder", "none"])
async def test_a_door_that_was_learnt_before_an_edit_is_made_anew_once(tmp_path: Path, encoder: bool) -> None:
    """With its new lines where there is an encoder; and once only."""
    house = Running(tmp_path)
    sentences = Sentences(NoEncoder("missing"), None, house.build, behind=True)
    if encoder:
        sentences = replace(sentences, encoder=house.encoder, cache=house.cache)  # type: ignore[arg-type]  # stands in
    behind = Encoding(sentences, lambda: house.door, house.swap)
    assert await behind.look()
    assert not await behind.look()
    assert house.built == ["a"]
    assert not encoder or not house.cache.missing(lines_of(house.door.base))


async def test_an_encoder_that_does_not_start_changes_nothing(tmp_path: Path) -> None:
    """It is asked again at the next look."""
    encoder = Ready()
    encoder.loads = False
    house = Running(tmp_path, encoder)
    assert not await house.encoding.look()
    encoder.loads = True
    assert await house.encoding.look()


async def test_it_ends_when_told_and_closes_the_encoder(tmp_path: Path) -> None:
    """Even where there is none."""
    house = Running(tmp_path)
    running = asyncio.create_task(house.encoding.run())
    await house.swapped.wait()
    house.encoding.stop()
    await running
    assert house.encoder.state == "off"
    none = Encoding(Sentences(NoEncoder("missing"), None, house.build), lambda: house.door, house.swap)
    none.stop()
    await none.run()


async def test_health_tells_how_the_encoder_is_and_stays_green(tmp_path: Path) -> None:
    """Nobody needs to get up for it: worries are matched by their words meanwhile."""
    settings = Settings(_env_file=None, knowledge=tmp_path)
    sentences = Sentences(Ready(state="resting"), None, Running.of)  # type: ignore[arg-type]  # stands in for it
    parts = (settings, MemoryStore(), SetClock(), little_door(), (little_door, ()), Metrics())
    told = await FrontDoor(*parts, sentences).health()
    assert (told["encoder"], told["red"]) == ("resting", [])
    assert (await FrontDoor(*parts).health())["encoder"] == "off"
