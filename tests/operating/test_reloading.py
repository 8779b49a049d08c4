"""The knowledge in use changes whole or not at all, while the old one answers."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation.turn import Door
from bot.knowledge.faults import Fault, KnowledgeFaults
from bot.operating.reloading import Reloading, signature
from bot.store.alone import Alone
from tests.web.house import little_door


class Admin:
    """Somebody who edits the folder, and what is in use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.edits = 0
        self.door = little_door()
        self.heard: list[str] = []
        self.fault: KnowledgeFaults | None = None
        self.while_building: Callable[[], None] = lambda: None
        self.company = Alone()
        self.swapped = asyncio.Event()
        self.company.listen(self.heard.append)
        self.edit()
        self.watching = Reloading(folder, self.build, lambda: self.door, self.swap, self.company, signature(folder))

    def edit(self) -> None:
        """A file changes."""
        self.edits += 1
        (self.folder / "settings.yaml").write_text("x" * self.edits, encoding="utf-8")

    def build(self) -> Door:
        """The door of the folder as it is."""
        size = (self.folder / "settings.yaml").stat().st_size
        self.while_building()
        if self.fault is not None:
            raise self.fault
        return replace(little_door(), base=replace(little_door().base, digest=f"digest {size}"))

    def swap(self, door: Door) -> None:
        """In use from now on."""
        self.door = door
        self.swapped.set()


@pytest.fixture
def admin(tmp_path: Path) -> Admin:
    """With a folder of her own."""
    return Admin(tmp_path)


async def test_an_edit_is_taken_and_told_to_the_others(admin: Admin) -> None:
    """Once; without an edit nothing is built."""
    assert not await admin.watching.look()
    admin.edit()
    assert await admin.watching.look()
    assert admin.door.base.digest == "digest 2"
    assert admin.heard == ["knowledge:digest 2"]
    assert not await admin.watching.look()


async def test_a_broken_edit_keeps_the_old_base_and_says_why(admin: Admin) -> None:
    """Until it is mended."""
    before = admin.door
    admin.edit()
    admin.fault = KnowledgeFaults([Fault("settings.yaml", 1, 2, "this is wrong", "write that")])
    assert not await admin.watching.look()
    assert admin.door is before
    assert [fault.startswith("settings.yaml:1:2: this is wrong") for fault in admin.watching.faults] == [True]
    admin.edit()
    admin.fault = None
    assert await admin.watching.look()
    assert admin.watching.faults == ()


async def test_an_edit_while_another_is_read_is_not_taken_by_halves(admin: Admin) -> None:
    """What was built of two minds is dropped; the next look takes the whole."""
    admin.edit()
    admin.while_building = admin.edit
    assert not await admin.watching.look()
    assert admin.door is little_door()
    admin.while_building = lambda: None
    assert await admin.watching.look()
    assert admin.door.base.digest == "digest 3"


async def test_the_old_one_answers_while_the_new_one_is_built(admin: Admin) -> None:
    """Building happens in a thread; the loop goes on."""
    begun, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        begun.set()
        assert go_on.wait(10)

    admin.while_building = slowly
    admin.edit()
    looking = asyncio.create_task(admin.watching.look())
    assert await asyncio.to_thread(begun.wait, 10)
    assert admin.door.matcher.match("vauva ei nuku").services
    assert admin.door is little_door()
    go_on.set()
    assert await looking


async def test_another_replicas_new_base_is_looked_for_at_once(admin: Admin) -> None:
    """Not after the next interval; while ours is another one, it says so."""
    admin.edit()
    running = asyncio.create_task(admin.watching.run())
    admin.company.tell("knowledge:digest 2")
    assert admin.watching.elsewhere == "digest 2"
    async with asyncio.timeout(10):
        await admin.swapped.wait()
    admin.watching.stop()
    await running
    assert admin.watching.elsewhere is None
