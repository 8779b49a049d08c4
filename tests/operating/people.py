"""Parents and a worker over HTTP, through whichever replica answers: they send a form again until it is taken."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

import httpx

from bot.clock import SystemClock
from bot.intake import hashed
from bot.ports import Store
from tests.operating.replicas import Running
from tests.store.times import HELSINKI

_TRIES = 400
_SOON = 0.05


@dataclass
class Balancer:
    """Round-robin over what runs now, as a proxy in front of the replicas has it."""

    replicas: Sequence[Running]
    client: httpx.AsyncClient
    retries: int = 0
    _turn: count[int] = field(default_factory=count)

    async def post(self, path: str, cookie: str, form: Mapping[str, str]) -> None:
        """Send a form until it is taken (303); every time to the next replica. The same form counts once."""
        for _ in range(_TRIES):
            to = self.replicas[next(self._turn) % len(self.replicas)]
            try:
                answer = await self.client.post(to.address + path, data=dict(form), headers={"cookie": cookie})
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code == 303:
                return
            if answer is not None and answer.status_code < 500:
                raise AssertionError(f"{path} answered {answer.status_code}")
            self.retries += 1
            await asyncio.sleep(_SOON)
        raise AssertionError(f"{path} was never taken")


@dataclass(frozen=True)
class Parent:
    """A mother with a browser. ``chat`` is her number in the test's keys."""

    chat: int

    @property
    def token(self) -> str:
        """What her cookie holds."""
        return f"{self.chat:043d}"

    @property
    def key(self) -> str:
        """The key of her address."""
        return hashed(self.token)

    async def asks_for_a_person(self, through: Balancer) -> None:
        """Taps the button that stands on every screen."""
        await through.post("/", f"perheneuvo={self.token}", {"ask": "person", "once": "person"})

    async def writes(self, through: Balancer, text: str) -> None:
        """One message."""
        await through.post("/", f"perheneuvo={self.token}", {"text": text, "once": text})


@dataclass(frozen=True)
class Desk:
    """A worker who is signed in."""

    token: str = "w" * 43

    async def sign_in(self, store: Store) -> None:
        """As if she had used a link."""
        now = SystemClock(HELSINKI).now()
        async with store.begin() as work:
            worker = await work.add_worker("Wilma", "desk", None, "fi", now)
            await work.add_sign_in(hashed(self.token), worker.id, now + timedelta(hours=8))

    async def does(self, through: Balancer, case: int, act: str, text: str = "") -> None:
        """Claims a case or replies in it."""
        form = {"act": act, "text": text, "once": f"{act} {text}"}
        await through.post(f"/desk/case/{case}", f"desk={self.token}", form)
