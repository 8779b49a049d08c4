"""The key: what it hides, what a wrong one does, and how it is changed."""

from __future__ import annotations

import pytest
from cryptography.fernet import Fernet
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.sealing import WrongKey
from bot.store.sql import open_store
from tests.store.secret_words import SECRET, hear_it, raw_words, started, tell_a_secret
from tests.store.times import HELSINKI

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


async def test_words_are_sealed_when_there_is_a_key(url: str, engine: AsyncEngine) -> None:
    """None is to be read in the database, all of them through the store."""
    store = await started(url, OLD)
    await tell_a_secret(store)
    assert SECRET not in await raw_words(engine)
    assert await hear_it(store) == {SECRET}
    await store.close()


async def test_words_are_plain_without_a_key(url: str, engine: AsyncEngine) -> None:
    """The control of the test above: there the words would be found if they were there."""
    store = await started(url)
    await tell_a_secret(store)
    assert (await raw_words(engine)).count(SECRET) == 6
    await store.close()


@pytest.mark.parametrize("wrong", [NEW, None], ids=["another", "none"])
async def test_a_wrong_key_is_told_at_start(url: str, wrong: str | None) -> None:
    """One clear error that names the setting; the database is unharmed and opens with the right one."""
    store = await started(url, OLD)
    await tell_a_secret(store)
    await store.close()
    with pytest.raises(WrongKey, match="PERHENEUVO_KEY"):
        await started(url, wrong)
    store = await started(url, OLD)
    assert await hear_it(store) == {SECRET}
    await store.close()


async def test_the_old_key_can_be_dropped_after_one_start_with_both(url: str) -> None:
    """New in front, old behind; then the new one alone opens everything, and the old one nothing."""
    for keys in (OLD, f"{NEW},{OLD}", f" {NEW} ,", NEW):
        store = await started(url, keys)
        if keys == OLD:
            await tell_a_secret(store)
        assert await hear_it(store) == {SECRET}
        await store.close()
    with pytest.raises(WrongKey):
        await started(url, OLD)


async def test_the_first_key_seals_what_was_plain(url: str, engine: AsyncEngine) -> None:
    """Turning sealing on seals the past too."""
    store = await started(url)
    await tell_a_secret(store)
    await store.close()
    store = await started(url, NEW)
    assert SECRET not in await raw_words(engine)
    assert await hear_it(store) == {SECRET}
    await store.close()


def test_what_is_no_key_is_told() -> None:
    """Before anything is opened, and without repeating it."""
    with pytest.raises(WrongKey, match="is no key") as told:
        open_store("sqlite+aiosqlite:///never.sqlite", key="hunter2", zone=HELSINKI)
    assert "hunter2" not in str(told.value)
