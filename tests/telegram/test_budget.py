"""The group's budget: a card is edited once however often it changed, and a full group sends a case to its worker."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.desk.showing import MUCH
from bot.messages import StaffLine
from tests.telegram.server import BotApi
from tests.telegram.server.limits import Limits
from tests.telegram.server.people import Parent, Worker
from tests.telegram.stage import Stage, desk, said


@pytest.fixture
async def stage(server: BotApi) -> AsyncIterator[Stage]:
    """A desk with topics, at a server that refuses what is too much."""
    server.limits = Limits()
    async with desk(server) as found:
        yield found
    assert not [call for call in server.journal if call.status == 429], "we never ask for more than there is"


async def _in_private(stage: Stage, worker: Worker) -> Parent:
    hers = stage.private(worker)
    await hers.write("/on")
    await stage.settle()
    return hers


async def _rush(stage: Stage, mother: Parent, lines: int) -> None:
    """So much is written in somebody's case that the group cannot take it at once."""
    for number in range(lines):
        await mother.write(f"rivi {number}")
    await stage.turns()


async def test_only_the_last_form_of_a_card_is_sent(stage: Stage) -> None:
    """Ten presses while the group is slow are one edit, and each press still gets its sign."""
    wilma = await stage.hires()
    await stage.claimed(wilma)
    card = next(shown for shown in stage.group.chat.said if shown.labels)
    before = len(stage.server.calls("editMessageText"))
    presses = []
    for _ in range(5):
        presses.append(await wilma.press(stage.group, "Ajat…"))
        presses.append(await wilma.press(stage.group, "Siirrä…"))
        await stage.turns()
    await stage.settle()
    assert len(stage.server.calls("editMessageText")) == before + 1
    assert "Palauta jonoon" in card.labels
    assert all(press in stage.server.answered for press in presses)


async def test_a_full_group_sends_a_case_s_lines_to_its_worker_and_she_answers_there(stage: Stage) -> None:
    """What the parent writes is with her within seconds, while the group's own lines take their minutes; a reply to it
    reaches the parent, and only her.
    """
    wilma, timo = await stage.hires(), await stage.hires(502, "Timo")
    hers = await _in_private(stage, wilma)
    mother, other = await stage.claimed(wilma), await stage.claimed(timo, 7002)
    stage.passes(120)
    await _rush(stage, other, 20)
    await mother.write("ehditkö vastata?")
    await stage.turns()
    for _ in range(3):
        await stage.outbox.drain()
        stage.passes(1)
    line = hers.screen
    assert line.text.startswith("Asia 1 (vastaa tähän")
    assert "ehditkö vastata?" in line.text
    assert line.protected
    assert not said(stage.group.chat, "ehditkö vastata?")
    assert not said(stage.group.chat, "rivi 19"), "the group is still behind"
    await hers.reply("Soitan heti", line.message)
    await stage.turns()
    await stage.outbox.drain()
    assert mother.screen.text == "Soitan heti"
    assert not said(other.chat, "Soitan heti")
    assert await stage.settle() > 30
    assert said(stage.group.chat, "rivi 19")


async def test_a_group_with_room_keeps_the_case_where_all_can_see_it(stage: Stage) -> None:
    """Her private chat is for when it is needed; and a worker without one keeps the group."""
    wilma, timo = await stage.hires(), await stage.hires(502, "Timo")
    hers = await _in_private(stage, wilma)
    mother = await stage.claimed(wilma)
    stage.passes(60)
    before = len(hers.chat.said)
    await mother.write("moi")
    await stage.settle()
    assert said(stage.group.chat, "Vanhempi: moi")
    other = await stage.claimed(timo, 7002)
    await _rush(stage, other, MUCH + 8)
    await stage.settle()
    assert said(stage.group.chat, f"rivi {MUCH + 7}")
    assert len(hers.chat.said) == before


async def test_who_cannot_be_reached_in_private_gets_it_in_the_group(stage: Stage) -> None:
    """She has blocked the bot since: the line waits for the group instead, and is not lost."""
    wilma, timo = await stage.hires(), await stage.hires(502, "Timo")
    hers = await _in_private(stage, wilma)
    mother, other = await stage.claimed(wilma), await stage.claimed(timo, 7002)
    hers.chat.blocked = True
    await _rush(stage, other, 20)
    await mother.write("oletko siellä?")
    await stage.turns()
    async with stage.store.begin() as work:
        waiting = await work.outbox_waiting(stage.staff)
    assert waiting >= MUCH
    await stage.settle()
    shown = await stage.group.hears("oletko siellä?")
    assert shown.thread == await stage.thread(1)


async def test_an_edited_reply_in_private_is_told_to_have_gone(stage: Stage) -> None:
    """What has gone to a parent cannot be changed, and the worker is no parent for trying."""
    wilma = await stage.hires()
    hers = await _in_private(stage, wilma)
    mother = await stage.claimed(wilma)
    async with stage.store.begin() as work:
        await work.add_staff_message("501", 77, 1)
    await hers.reply("Soitan kahdelta", 77)
    await stage.settle()
    await hers.edit("Soitan kolmelta", 77)
    await stage.settle()
    assert mother.screen.text == "Soitan kahdelta"
    assert "ei voi muuttaa" in hers.screen.text


async def test_a_reply_in_private_is_refused_to_who_has_not_the_case(stage: Stage) -> None:
    """After it went to somebody else; and one who is no worker any more is a parent like others."""
    wilma, timo = await stage.hires(), await stage.hires(502, "Timo")
    hers = await _in_private(stage, wilma)
    mother = await stage.claimed(wilma)
    async with stage.store.begin() as work:
        await work.outbox_add(
            stage.staff, StaffLine(1, "väliin"), stage.clock.now(), case=1
        )  # the group's own row, so that her chat's is a row of another lane
        await work.add_staff_message("501", 77, 1)
    await stage.says(timo, "/take sairastui")
    before = len(mother.chat.said)
    await hers.reply("vielä yksi asia", 77)
    await stage.settle()
    assert len(mother.chat.said) == before
    async with stage.store.begin() as work:
        found = await work.worker_by_telegram("501")
        assert found is not None
        await work.set_worker_active(found.id, False)
    await hers.reply("lapsi ei nuku", 77)
    await stage.settle()
    assert len(mother.chat.said) == before
    assert hers.screen.buttons, "she is guided as any parent"


async def test_the_group_in_the_place_of_a_private_chat_may_have_moved(server: BotApi) -> None:
    """Its new number is never taken for a new number of the worker's own chat: her other messages stay hers."""
    async with desk(server, forum=False) as stage:
        wilma, timo = await stage.hires(), await stage.hires(502, "Timo")
        hers = await _in_private(stage, wilma)
        mother, other = await stage.claimed(wilma), await stage.claimed(timo, 7002)
        await _rush(stage, other, 20)
        await mother.write("mihin katositte?")
        await stage.turns()
        hers.chat.blocked = True
        new = await stage.group.become_supergroup(-10099)
        await stage.settle()
        assert said(new.chat, "mihin katositte?")
        async with stage.store.begin() as work:
            assert await work.staff_link(1, "501") is None
            assert await work.case_at("501", None, new.chat.said[-1].message) is None
