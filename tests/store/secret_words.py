"""A secret told through every door by which words of a parent come in, and heard again from each."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.conversation.states import Conversation
from bot.messages import Address, Part, PartKind, Say
from bot.queueing.case import Case
from bot.store.sealing import Seal
from bot.store.sql import SqlStore, open_store
from bot.store.tables import make_tables
from tests.store.times import HELSINKI, NOON

SECRET = "salaisuuksia"
AINO = Address("web", "aino")
TABLES = make_tables(HELSINKI, Seal(None))


async def started(url: str, key: str | None = None) -> SqlStore:
    """A store on the database."""
    store = open_store(url, key=key, zone=HELSINKI)
    assert isinstance(store, SqlStore)
    try:
        await store.start()
    except BaseException:
        await store.close()
        raise
    return store


async def tell_a_secret(store: SqlStore) -> None:
    """Through every door by which words of a parent come in."""
    async with store.begin() as work:
        number, _ = await work.conversation(AINO)
        await work.save_conversation(number, Conversation(worries=(SECRET,)), NOON)
        case = await work.add_case(Case(conversation=number, language="fi", opened_at=NOON, said=(SECRET,)))
        await work.add_case_line(case.number, "parent", None, SECRET, NOON)
        await work.inbox_add("telegram", "1", 1, "d", {"text": SECRET}, NOON)
        await work.outbox_add(AINO, Say((Part(PartKind.TEXT, SECRET),)), NOON)
        await work.add_web_line(number, "parent", {"text": SECRET}, NOON)


async def hear_it(store: SqlStore) -> set[str]:
    """What comes back from each of those doors."""
    async with store.begin() as work:
        number, conversation = await work.conversation(AINO)
        case = (await work.open_cases())[0]
        line = (await work.case_lines(case.number))[0]
        update_ = await work.inbox_next("telegram", NOON)
        row = await work.outbox_take(NOON, ("web",))
        page = (await work.web_lines(number))[0]
        assert update_ is not None
        assert row is not None
        assert isinstance(row.payload, Say)
        await work.outbox_again(row.id, NOON, repeat=False, error="heard")
    said = {update_.payload["text"], page.payload["text"], row.payload.parts[0].text}
    return said | {*conversation.worries, *case.said, line.text}


async def raw_words(engine: AsyncEngine) -> str:
    """Every sealed column as it lies in the database."""
    async with engine.connect() as connection:
        found = [
            str(value)
            for column in TABLES.sealed()
            for value in (await connection.execute(text(f'SELECT "{column.name}" FROM {column.table}'))).scalars()
        ]
    assert len(found) == 7
    return "\n".join(found)
