"""A start that cannot succeed says in one sentence which setting is wrong, and leaves nothing open."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.operating.pages import listen
from bot.operating.starting import opened
from bot.settings import Settings, SettingsFault
from tests.operating.replicas import command
from tests.store.times import HELSINKI


async def refusal(**settings: object) -> str:
    """What is said when the front door's database is opened with these."""
    chosen = Settings(_env_file=None, **settings)  # type: ignore[arg-type]  # checked by pydantic
    with pytest.raises(SettingsFault) as told:
        async with opened(chosen, HELSINKI, serve=True):
            pass
    said = str(told.value)
    assert len(said.splitlines()) == 1
    return said


async def test_a_database_that_cannot_be_used_is_named_without_its_password(tmp_path: Path) -> None:
    """Not there, no folder to write in, a folder in its place, no database at all."""
    gone = await refusal(database_url=f"postgresql+asyncpg://me:{'secret'}@/none?host={tmp_path}")
    (tmp_path / "file").write_bytes(b"this is no database, whatever its name says" * 100)
    (tmp_path / "folder").mkdir()
    for said in (
        gone,
        await refusal(database_url=f"sqlite+aiosqlite:///{tmp_path}/file/var/here.db"),
        await refusal(database_url=f"sqlite+aiosqlite:///{tmp_path}/folder"),
        await refusal(database_url=f"sqlite+aiosqlite:///{tmp_path}/file"),
    ):
        assert "PERHENEUVO_DATABASE_URL" in said
        assert "secret" not in said


@pytest.mark.postgresql
async def test_a_missing_database_of_a_server_is_named(database: str) -> None:
    """The server is there, the database is not."""
    said = await refusal(database_url=database.replace("/t", "/never"))
    assert "never" in said
    assert "PERHENEUVO_DATABASE_URL" in said


async def test_a_wrong_key_is_named(tmp_path: Path) -> None:
    """No key at all, one that is none, another one than the database was sealed with."""
    url = f"sqlite+aiosqlite:///{tmp_path}/here.db"
    sealed = Settings(_env_file=None, database_url=url, key=Fernet.generate_key().decode())
    async with opened(sealed, HELSINKI):
        pass
    for key in (None, "short", Fernet.generate_key().decode()):
        assert "PERHENEUVO_KEY" in await refusal(database_url=url, key=key)


def test_a_place_that_is_taken_is_named() -> None:
    """Before anything is begun."""
    with listen(Settings(_env_file=None, bind="127.0.0.1:0")) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsFault, match="PERHENEUVO_BIND"):
            listen(Settings(_env_file=None, bind=f"127.0.0.1:{port}"))


async def test_the_command_ends_with_that_sentence_and_exit_code_one(tmp_path: Path) -> None:
    """No trace."""
    settings = {"PERHENEUVO_DATABASE_URL": f"postgresql+asyncpg://me@/none?host={tmp_path}"}
    code, _, said = await command(tmp_path, settings, "run")
    assert code == 1
    assert said.count("\n") == 1, said
    assert "PERHENEUVO_DATABASE_URL" in said
