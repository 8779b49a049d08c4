"""The channel "web"."""

from __future__ import annotations

from bot.messages import Address, Button, Part, PartKind, Say, StaffLine
from bot.ports import Delivery, OutboxRow, Sent, StoreBusy, TryAgain, Unreachable
from handlers.web.delivering import as_json, from_json
from tests.builders import A_TUESDAY
from tests.web.house import House

SAY = Say(
    (Part(PartKind.PHONE, "Päivystys", "116 117"), Part(PartKind.TEXT, "a\nb")),
    ((Button("Kyllä", "tell:yes"),), (Button("Ei", "tell:no"),)),
    voice="worker",
    language="sv",
)


def delivery(payload: Say | StaffLine, conversation: int | None = 7) -> Delivery:
    """A row of the outbox for a page."""
    return Delivery(OutboxRow(3, Address("web", "k"), payload, None, conversation, 0, 1, False, A_TUESDAY))


def test_a_message_comes_back_from_the_page_unchanged() -> None:
    """Kept as JSON."""
    assert from_json(as_json(SAY)) == SAY


async def test_a_row_delivered_twice_is_one_line(house: House) -> None:
    """An outbox that died in between sends it again."""
    for _ in range(2):
        assert await house.channel.deliver(delivery(SAY)) == Sent()
    lines = [line for where, line in house.store.state.web_lines.values() if where == 7]
    assert [(line.by, from_json(line.payload)) for line in lines] == [("worker", SAY)]


async def test_open_pages_are_woken(house: House) -> None:
    """Those of this conversation, and no others."""
    bells = house.channel.bells
    with bells.listening(7) as hers, bells.listening(8) as another:
        await house.channel.deliver(delivery(SAY))
        assert await hers.heard(0)
        assert not await another.heard(0)


async def test_a_busy_store_is_tried_again(house: House) -> None:
    """A value, not an exception."""
    house.store.fault = StoreBusy("locked")
    assert await house.channel.deliver(delivery(SAY)) == TryAgain("StoreBusy")


async def test_what_is_for_no_page_is_not_put_on_one(house: House) -> None:
    """Staff's words never reach a parent's page."""
    assert isinstance(await house.channel.deliver(delivery(StaffLine(1, "x"))), Unreachable)
    assert isinstance(await house.channel.deliver(delivery(SAY, None)), Unreachable)
    assert not house.store.state.web_lines
