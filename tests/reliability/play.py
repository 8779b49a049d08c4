"""What every fault test plays: parents with cases that a worker holds, who write to one another while things go wrong.

A parent's words must be seen in her case's topic, a worker's reply in the parent's chat. Everything that is pushed
holds a key; :meth:`Play.look` gathers what became of it for the checker: from the server what was confirmed and shown,
from the database, which it opens only to read, what was stored.
"""

from __future__ import annotations

import asyncio
import json
import random
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from bot.conversation.states import Stage
from bot.messages import Address
from bot.ports import StaffLink, Store
from bot.queueing import case as moves
from bot.queueing.case import Case
from bot.store.sql import open_store
from handlers.telegram.updates import digest
from tests.builders import ZONE, starter
from tests.reliability.checker import Checker, Report, key, keys_in
from tests.reliability.product import Running
from tests.telegram.server import BotApi
from tests.telegram.server.people import Group, Worker
from tests.telegram.watching import on_disk, watch

Json = dict[str, Any]
Rows = Callable[[str], Sequence[Sequence[Any]]]

FIRST = 7001
GROUP = -1001
WILMA = 501


async def furnish(store: Store, parents: int, now: datetime, *, waiting: int = 0) -> None:
    """Parents, each with a case in the topic of the same number; nothing is unsent. Wilma holds all cases but those of
    the first so many parents, who still wait.
    """
    async with store.begin() as work:
        wilma = await work.add_worker("Wilma", "desk", str(WILMA), "fi", now)
        for number in range(1, parents + 1):
            row, conversation = await work.conversation(Address("telegram", str(FIRST + number - 1)))
            case = await work.add_case(Case(conversation=row, language="fi", opened_at=now, waiting_since=now))
            held = number > waiting
            await work.save_case(moves.claim(case, wilma.id, now) if held else case)
            stage = Stage.HELD if held else Stage.WAITING
            await work.save_conversation(row, replace(conversation, stage=stage, case=case.number), now)
            await work.save_staff_link(case.number, StaffLink(str(GROUP), number, None))


@dataclass
class Play:
    """The server's side and the database's. ``repeats`` are the desk's marks of a possible repeat, by parent.

    ``in_group`` False: the house has no staff group; parents only, and a worker sees their words at the desk. ``rows``
    asks the database, as an outsider.
    """

    server: BotApi
    path: Path
    parents: int
    worker: Worker
    group: Group
    in_group: bool = True
    rows: Rows | None = None
    checker: Checker = field(default_factory=Checker)
    repeats: Counter[int] = field(default_factory=Counter)
    report: Report | None = None
    _numbers: dict[tuple[str, int], count[int]] = field(default_factory=lambda: defaultdict(count))
    _messages: count[int] = field(default_factory=lambda: count(1_000_000))
    _by_id: dict[int, str] = field(default_factory=dict)
    _digests: dict[str, str] = field(default_factory=dict)
    _coming: set[str] = field(default_factory=set)
    _seen_in: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    # Pushing

    def words(self, parent: int) -> Json:
        """What the parent of that number writes next, not yet pushed."""
        text = self._text("parent", parent)
        her = {"id": parent, "is_bot": False, "first_name": "Aino"}
        return self._message({"id": parent, "type": "private", "first_name": "Aino"}, her, text)

    def reply(self, parent: int) -> Json:
        """What Wilma answers her, in her case's topic."""
        text = self._text("worker", parent)
        thread = parent - FIRST + 1
        update = self._message(self.group.chat.raw(), self.worker.user, text)
        update["message"] |= {"message_thread_id": thread, "is_topic_message": True}
        return update

    def _text(self, by: Any, parent: int) -> str:
        return f"Viesti {key(by, parent, next(self._numbers[by, parent]))} kotoa"

    def _message(self, chat: Json, by: Json, text: str) -> Json:
        raw = {"message_id": next(self._messages), "date": int(self.server.now()), "chat": chat, "from": by}
        return {"message": {**raw, "text": text}}

    def anything(self, rng: random.Random, replies: float = 0.2) -> Json:
        """Somebody's next words; such a share of them are the worker's, where there is a group."""
        parent = FIRST + rng.randrange(self.parents)
        return self.reply(parent) if self.in_group and rng.random() < replies else self.words(parent)

    async def push(self, update: Json) -> Json:
        """It happens; with the id it got. Pushed again as it then is, it is the same update a second time."""
        known = "update_id" in update and digest(update) in self._digests
        update = {"update_id": self.server.stream.next_id, **update}
        number, [said] = update["update_id"], keys_in(update["message"]["text"])
        self._by_id[number] = said
        self._digests[digest(update)] = said
        if not known:
            self.checker.saw("pushed", place_of(said), said)
            self._coming.add(said)
        following = self.server.stream.next_id
        await self.server.push(update)
        self.server.stream.next_id = following if known else self.server.stream.next_id
        return update

    async def some(self, many: int, rng: random.Random, replies: float = 0.2) -> None:
        """So many of anything."""
        for _ in range(many):
            await self.push(self.anything(rng, replies))

    # Waiting

    def done(self) -> bool:
        """Whether everything pushed has come to where it is to be seen."""
        if not self.in_group:
            return self._in_cases() >= len(self._coming)
        for chat in self.server.chats.values():
            for shown in chat.messages[self._seen_in[chat.id] :]:
                if shown.by["is_bot"]:
                    self._coming.difference_update(keys_in(shown.text))
            self._seen_in[chat.id] = len(chat.messages)
        return not self._coming

    def _in_cases(self) -> int:
        [(count,)] = self._asked("SELECT count(*) FROM case_lines WHERE by = 'parent'")
        return int(count)

    def _asked(self, statement: str) -> Sequence[Sequence[Any]]:
        if self.rows is not None:
            return self.rows(statement)
        with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=20)) as database:
            return database.execute(statement).fetchall()

    def left(self) -> int:
        """How many are still on their way."""
        self.done()
        return len(self._coming)

    async def finish(self, seconds: float = 60, look: float = 0.05) -> None:
        """Wait until everything has arrived and been confirmed; ``look``: the seconds between two looks at a case."""
        if self.in_group:
            await self.server.until(lambda: not self.server.stream.waiting and self.done(), seconds)
            return
        await self.server.until(lambda: not self.server.stream.waiting, seconds)
        async with asyncio.timeout(seconds):
            while not self.done():  # noqa: ASYNC110  # a database tells nobody outside when it changes
                await asyncio.sleep(look)

    async def to_the_end(self, running: Running, seconds: float) -> None:
        """The last process, just started, finishes all that is left, and is then stopped as one stops it."""
        before = len(self.server.journal)
        try:
            await self.server.until(lambda: len(self.server.journal) > before, 30)
            await self.finish(seconds)
        except (AssertionError, TimeoutError) as error:
            raise AssertionError(f"{self.left()} left; {error}\n{running.told()}") from error
        await running.stop()

    # Judging

    def look(self) -> Checker:
        """Everything that can be seen now."""
        found = Checker()
        found.seen["pushed"] = self.checker.seen["pushed"]
        found.seen["acknowledged"] = self.checker.seen["acknowledged"]
        self._look_outside(found)
        self._look_inside(found)
        return found

    def _look_outside(self, found: Checker) -> None:
        for chat in self.server.chats.values():
            for shown in chat.said:
                if chat.id == GROUP:
                    found.saw("shown", FIRST + (shown.thread or 0) - 1, shown.text)
                else:
                    found.saw("delivered", chat.id, shown.text)

    def _look_inside(self, found: Checker) -> None:
        for (known,) in self._asked("SELECT digest FROM inbox ORDER BY id"):
            if said := self._digests.get(known):
                found.saw("stored", place_of(said), said)
        lines = self._asked(
            'SELECT c.key, l.by, l.text FROM case_lines l JOIN cases s ON s.number = l."case"'
            " JOIN conversations c ON c.id = s.conversation ORDER BY l.id"
        )
        mark = starter().phrases["fi"]["staff.repeat"]
        self.repeats.clear()
        for chat, by, text in lines:
            if by == "desk":
                self.repeats[int(chat)] += json.loads(text) == mark
                continue
            found.saw("in_case" if by == "parent" else "replied", int(chat), json.loads(text))
            if by == "parent" and not self.in_group:
                found.saw("shown", int(chat), json.loads(text))

    def judged(self, *, may_repeat: Collection[str] | None = ()) -> frozenset[str]:
        """No fault, or the test fails; what went out more than once. A worker's repeated reply must be marked."""
        report = self.look().report()
        faults = report.faults(may_repeat)
        assert not faults, "\n".join(faults)
        wrongly = [each for each in report.repeated if each[0] == "w" and not self.repeats[place_of(each)]]
        assert not wrongly, f"repeated and not marked: {wrongly}"
        self.report = report
        return report.repeated

    async def confirmed(self, offset: int, ids: list[int]) -> None:
        """The server's hook: Telegram was told that these are received."""
        for number in ids:
            if said := self._by_id.get(number):
                self.checker.saw("acknowledged", place_of(said), said)


def together(plays: Iterable[Play]) -> dict[str, int]:
    """What was found when they were judged, added up."""
    found: Counter[str] = Counter()
    for play in plays:
        assert play.report is not None
        for kind, number in play.report.figures().items():
            found[kind] += number  # not update(): a nought is to be told, too
    return dict(found)


def place_of(said: str) -> int:
    """The parent a key belongs to."""
    return int(said.split("-")[1])


async def begun(server: BotApi, folder: Path, parents: int, *, in_group: bool = True, waiting: int = 0) -> Play:
    """The play with its database furnished and the server's watch over every confirmation."""
    path = folder / "perheneuvo.db"
    store = open_store(f"sqlite+aiosqlite:///{path}", key=None, zone=ZONE)
    await store.start()
    await furnish(store, parents, datetime.now(ZONE), waiting=waiting)
    await store.close()
    watch(server, on_disk(path))
    return peopled(Play(server, path, parents, server.worker(WILMA), server.group(GROUP), in_group))


def peopled(play: Play) -> Play:
    """With its parents and topics at the server."""
    for number in range(play.parents):
        play.server.parent(FIRST + number, "Aino")
        play.server.begin_topic(play.group.chat, f"Asia {number + 1}")
    play.server.stream.acknowledged.append(play.confirmed)
    return play


def settings(play: Play, port: int, *, webhook: bool = False) -> dict[str, str]:
    """The product's settings for it."""
    told = {
        "PERHENEUVO_TELEGRAM_TOKEN": play.server.token,
        "PERHENEUVO_TELEGRAM_API_BASE": play.server.base,
        "PERHENEUVO_STAFF_CHAT": f"{GROUP}" if play.in_group else "",
        "PERHENEUVO_DATABASE_URL": f"sqlite+aiosqlite:///{play.path}",
        "PERHENEUVO_BIND": f"127.0.0.1:{port}",
        "PERHENEUVO_LOG": "warning",
        "PERHENEUVO_ENCODER": "off",  # it has tests of its own, and no part in keeping
    }
    if webhook:
        told |= {
            "PERHENEUVO_TELEGRAM_MODE": "webhook",
            "PERHENEUVO_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        }
    return told
