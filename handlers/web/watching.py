"""The looks of the workers' pages at the store. Every look asks anew who is signed in; without her nothing is given."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from bot.ports import UnitOfWork, Worker
from handlers.web.board import Board, Tab, board, tab_of
from handlers.web.cases import Looking
from handlers.web.network import Network, network
from handlers.web.sights import Sight, sight
from handlers.web.signing import worker_of
from handlers.web.site import Site


@dataclass(frozen=True)
class Seen:
    """One case before a worker's eyes; ``sight`` None = there is none."""

    look: Looking
    sight: Sight | None


class Watch:
    """Looks on behalf of whoever is signed in; None when nobody is."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def worker(self, request: Request) -> Worker | None:
        """Who is signed in."""
        async with self._site.store.begin() as work:
            return await worker_of(work, self._site, request)

    async def board(self, request: Request) -> tuple[Looking, Board] | None:
        """The desk under the tab of the address."""
        show: Tab = tab_of(request.query_params.get("show", ""))
        async with self._site.store.begin() as work:
            look = await self._look(work, request)
            return None if look is None else (look, await board(work, self._site.door(), look, show))

    async def case(self, request: Request, *, logged: bool = False) -> Seen | None:
        """The case of the address. ``logged``: that she saw it is kept, in the same unit of work."""
        number = int(request.path_params["number"])
        async with self._site.store.begin() as work:
            look = await self._look(work, request)
            if look is None:
                return None
            found = await sight(work, self._site.door(), look, number)
            if found is not None and logged:
                await self._site.intake.saw(work, look.worker.id, number)
            return Seen(look, found)

    async def network(self, request: Request) -> tuple[Looking, Network] | None:
        """The units, who is there, and what the network is asked."""
        async with self._site.store.begin() as work:
            look = await self._look(work, request)
            return None if look is None else (look, await network(work, self._site.door(), look))

    async def _look(self, work: UnitOfWork, request: Request) -> Looking | None:
        worker = await worker_of(work, self._site, request)
        if worker is None:
            return None
        return Looking(self._site.door().base, worker, await work.workers(), self._site.clock.now())
