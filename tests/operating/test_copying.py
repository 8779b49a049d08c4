"""A copy made during writes is whole, and comes back as it was."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.messages import Address, Say
from bot.ports import Store
from bot.store.copying import CopyFault, back_up, restore
from bot.store.sql import SqlStore, open_store
from tests import postgres
from tests.operating.replicas import command
from tests.store.secret_words import started
from tests.store.times import HELSINKI, NOON

KINDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))


@pytest.fixture(params=KINDS)
def addresses(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Two empty databases of a kind."""
    if request.param == "sqlite":
        yield (f"sqlite+aiosqlite:///{tmp_path}/a/here.sqlite", f"sqlite+aiosqlite:///{tmp_path}/b/here.sqlite")
        return
    server: postgres.Server = request.getfixturevalue("server")
    server.sql("CREATE DATABASE copied TEMPLATE template0")
    server.sql("CREATE DATABASE back TEMPLATE template0")
    yield server.url("copied"), server.url("back")
    for name in ("copied", "back"):
        server.sql(f"DROP DATABASE {name} WITH (FORCE)")


async def write(store: Store, number: int) -> None:
    """One unit of work of two rows; a copy must have both or neither."""
    async with store.begin() as work:
        await work.inbox_add("telegram", "1", number, "d", {"n": number}, NOON)
        await work.outbox_add(Address("web", str(number)), Say(()), NOON)


async def counts(url: str) -> tuple[int, int]:
    """Rows of the inbox and of the outbox."""
    store = await started(url)
    async with store.begin() as work:
        backlog = await work.backlog()
    await store.close()
    return backlog.inbox, backlog.outbox


async def stored(url: str, many: int) -> SqlStore:
    """A database with so many units of work."""
    store = open_store(url, key=None, zone=HELSINKI)
    assert isinstance(store, SqlStore)
    await store.serve()
    await store.start()
    for number in range(many):
        await write(store, number)
    return store


async def test_a_copy_made_during_writes_is_whole_and_comes_back(addresses: tuple[str, str], tmp_path: Path) -> None:
    """At least what was kept before it began, at most what was kept when it ended, no half unit of work."""
    here, there = addresses
    store, written = await stored(here, 50), 50
    copying = asyncio.create_task(back_up(here, tmp_path / "copy"))
    while not copying.done():
        await write(store, written)
        written += 1
    await copying
    await store.close()
    assert (tmp_path / "copy").stat().st_mode & 0o077 == 0
    await restore(there, tmp_path / "copy", force=False)
    inbox, outbox = await counts(there)
    assert inbox == outbox
    assert 50 <= inbox <= written
    assert await counts(here) == (written, written)


async def test_bringing_back_is_refused_where_it_would_destroy(addresses: tuple[str, str], tmp_path: Path) -> None:
    """In use: always. Not empty: unless forced; then it is as it was. A broken copy changes nothing."""
    here, _ = addresses
    store = await stored(here, 3)
    await back_up(here, tmp_path / "copy")
    with pytest.raises(CopyFault, match="there already"):
        await back_up(here, tmp_path / "copy")
    await write(store, 9)
    with pytest.raises(CopyFault, match="in use"):
        await restore(here, tmp_path / "copy", force=True)
    await store.close()
    with pytest.raises(CopyFault, match="--force"):
        await restore(here, tmp_path / "copy", force=False)
    (tmp_path / "broken").write_bytes((tmp_path / "copy").read_bytes()[:3000])
    with pytest.raises(CopyFault):
        await restore(here, tmp_path / "broken", force=True)
    assert await counts(here) == (4, 4)
    await restore(here, tmp_path / "copy", force=True)
    assert await counts(here) == (3, 3)


async def test_the_commands_say_what_they_did(tmp_path: Path) -> None:
    """One sentence each, exit codes 0 and 1."""
    await (await stored(f"sqlite+aiosqlite:///{tmp_path}/var/perheneuvo.db", 1)).close()
    code, out, _ = await command(tmp_path, {}, "backup", "copies/monday")
    assert (code, "PERHENEUVO_KEY" in out) == (0, True)
    code, _, said = await command(tmp_path, {}, "restore", "copies/monday")
    assert (code, said.count("\n"), "--force" in said) == (1, 1, True)
    with pytest.raises(CopyFault, match="no database"):
        await back_up(f"sqlite+aiosqlite:///{tmp_path}/none.db", tmp_path / "none")


async def test_without_postgresqls_programs_it_says_which_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is left behind."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("bot.store.copying._PLACES", ())
    with pytest.raises(CopyFault, match="postgresql-client"):
        await back_up("postgresql+asyncpg://nobody@127.0.0.1:1/none", tmp_path / "copy")
    assert os.listdir(tmp_path) == []  # noqa: PTH208  # names are enough


async def test_a_database_that_is_gone_is_told(tmp_path: Path) -> None:
    """As a sentence, not as the driver's trace."""
    (tmp_path / "copy").write_bytes(b"x")
    with pytest.raises(CopyFault, match="PERHENEUVO_DATABASE_URL"):
        await restore(f"postgresql+asyncpg://nobody@/none?host={tmp_path}", tmp_path / "copy", force=False)
