"""What a worker takes on is kept whole, and her role can change. On every store."""

from __future__ import annotations

from bot.knowledge.model import Hours
from bot.ports import Store
from bot.queueing.assigning import Profile
from tests.store.cast import new_worker
from tests.store.times import NOON


async def test_a_profile_comes_back_as_it_was_kept(store: Store) -> None:
    """Hours, times and all; without one it is the plain one."""
    hours = Hours.model_validate({"week": {"mon-fri": ["8-16"], "sat": ["20-24"]}})
    told = Profile(("sv", "fi"), "vatu", ("askola",), ("vatu",), "away", NOON, NOON, hours)
    async with store.begin() as work:
        number = await new_worker(work, "Kaisa", "77")
        plain = await work.worker(number)
        await work.set_worker_profile(number, told)
    async with store.begin() as work:
        kept = await work.worker(number)
    assert plain is not None
    assert kept is not None
    assert (plain.profile, plain.languages) == (Profile(), ("fi",))
    assert (kept.profile, kept.languages) == (told, ("sv", "fi"))


async def test_a_role_changes_and_nothing_else_does(store: Store) -> None:
    """She is a lead from then on."""
    async with store.begin() as work:
        number, other = await new_worker(work, "Kaisa", "77"), await new_worker(work, "Lotta", "78")
        await work.set_worker_role(number, "lead")
    async with store.begin() as work:
        kaisa, lotta = await work.worker(number), await work.worker(other)
    assert kaisa is not None
    assert lotta is not None
    assert (kaisa.role, kaisa.leads, kaisa.name, kaisa.telegram, lotta.role) == ("lead", True, "Kaisa", "77", "desk")
