"""The machine's clock set wrong, and the two nights when Finland's clocks change."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.queueing import telling
from bot.queueing.case import Case
from handlers.telegram.pacing import Pace
from tests.builders import ZONE, starter
from tests.reliability.conftest import all_at_once
from tests.reliability.house import House, living_in
from tests.reliability.play import begun
from tests.telegram.server import BotApi

AUTUMN = datetime(2026, 10, 25, 1, tzinfo=UTC)  # 4 o'clock becomes 3
SPRING = datetime(2027, 3, 28, 1, tzinfo=UTC)  # 3 o'clock becomes 4
WRONG = (-1, 40 * 24, -40 * 24)
"""Hours."""


async def quarrelsome(house: House, rng: random.Random) -> None:
    """Messages both ways, of which the first three are not taken by Telegram at once."""
    house.play.server.fail("sendMessage", "502", 2)
    house.play.server.fail("sendMessage", "429", 1, retry_after=1)
    await house.play.some(10, rng, replies=0.8)


@asynccontextmanager
async def houses(folder: Path, many: int) -> AsyncIterator[list[House]]:
    """So many, each with a Telegram of its own: most of what is played here is waiting, so it is played at once."""
    async with AsyncExitStack() as open_till_end:
        found = []
        for number in range(many):  # one after the other: two cannot migrate at once in one process
            server = await open_till_end.enter_async_context(BotApi(longest_poll=0.05))
            play = await begun(server, folder / str(number), 5)
            found.append(await open_till_end.enter_async_context(living_in(play, pace=Pace())))
        yield found


async def one_wrong(house: House, hours: int) -> None:
    """It is set in the middle of everything."""
    rng = random.Random(hours)
    await quarrelsome(house, rng)
    await house.until(lambda: house.play.server.calls("sendMessage") != [])
    house.clock.by = timedelta(hours=hours)
    await quarrelsome(house, rng)
    await house.settle(30)
    house.play.judged()


async def test_a_clock_set_wrong_holds_no_message_up(tmp_path: Path) -> None:
    """With retries waiting, Telegram's pace counted and a flood halt on: all arrives as if nothing had been."""
    async with houses(tmp_path, len(WRONG)) as found:
        await all_at_once(one_wrong(house, hours) for house, hours in zip(found, WRONG, strict=True))


async def one_night(house: House, change: datetime) -> None:
    """It begins a second before the change."""
    rng = random.Random(change.year)
    house.clock.by = change - timedelta(seconds=1) - datetime.now(UTC)
    await quarrelsome(house, rng)
    await house.until(lambda: house.clock.now() >= change.astimezone(ZONE) and len(house.play.server.journal) > 5)
    await quarrelsome(house, rng)
    await house.settle(30)
    house.play.judged()


async def test_the_night_of_the_change_holds_no_message_up(tmp_path: Path) -> None:
    """What is to be tried again in some seconds is, though by the clock on the wall that is an hour away or never."""
    async with houses(tmp_path, 2) as found:
        await all_at_once(one_night(house, change) for house, change in zip(found, (AUTUMN, SPRING), strict=True))


@pytest.mark.parametrize("change", [AUTUMN, SPRING], ids=["autumn", "spring"])
def test_what_has_waited_an_hour_has_waited_an_hour(change: datetime) -> None:
    """Also over the change: workers are told the time that has passed, not the difference of two clocks."""
    since, now = (change + timedelta(minutes=minutes) for minutes in (-30, 35))
    case = Case(conversation=1, language="fi", opened_at=since.astimezone(ZONE), waiting_since=since.astimezone(ZONE))
    base = starter()
    assert telling.waited(base, case, now.astimezone(ZONE)) == telling.say(base, "staff.waited.hours", n=1)
