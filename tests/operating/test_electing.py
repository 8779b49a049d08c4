"""Only who leads polls: begun, ended and begun anew as the place is won and lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bot.operating.electing import Elected
from bot.store.alone import Alone


class Company(Alone):
    """One that leads when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.leads = self.stood = False

    def stand(self) -> None:
        """It wants to."""
        self.stood = True

    def lead(self, leads: bool) -> None:
        """The place is won or lost."""
        self.leads = leads
        self.tell("lead")


class Poller:
    """Tells when it runs."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.began, self.ended, self._stop = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.fault = fault

    async def run(self) -> None:
        """Until stopped, or the fault."""
        self.began.set()
        if self.fault is None:
            await self._stop.wait()
        self.ended.set()
        if self.fault is not None:
            raise self.fault

    def stop(self) -> None:
        """Soon."""
        self._stop.set()


def made_in_turn(pollers: list[Poller]) -> Callable[[], Poller]:
    """One after the other."""
    left = iter(pollers)
    return lambda: next(left)


async def test_it_polls_while_it_leads_and_not_otherwise() -> None:
    """A new poller each time; the old one has ended before."""
    company, pollers = Company(), [Poller(), Poller()]
    elected = Elected(company, made_in_turn(pollers))
    running = asyncio.create_task(elected.run())
    assert company.stood
    await asyncio.sleep(0)
    assert not pollers[0].began.is_set()
    async with asyncio.timeout(10):
        company.lead(True)
        await pollers[0].began.wait()
        company.lead(False)
        await pollers[0].ended.wait()
        company.lead(True)
        await pollers[1].began.wait()
        elected.stop()
        await running
    assert pollers[1].ended.is_set()


async def test_what_the_poller_raises_is_not_swallowed() -> None:
    """The process must end, so that it is started anew."""
    company = Company()
    elected = Elected(company, lambda: Poller(ValueError("a fault of ours")))
    company.lead(True)
    with pytest.raises(ValueError, match="of ours"):
        async with asyncio.timeout(10):
            await elected.run()
