"""Faults made by hand in the way of a message, each a small change of one file, and the tests that must see it.

A mutant that survives means that a test is missing. Run by :mod:`tests.mutants`; here is only what is changed.
"""

from __future__ import annotations

from dataclasses import dataclass

POLLING, WEBHOOK = "tests/telegram/test_polling.py", "tests/telegram/test_webhook.py"
INBOX = "tests/reliability/test_inbox.py"
POINTS = "tests/reliability/test_points.py"
RETRYING, WORKER, RUNNING = (f"tests/outbox/test_{name}.py" for name in ("retrying", "worker", "running"))
IN_LANES, OUT_LANES = "tests/store/test_inbox.py", "tests/store/test_outbox.py"
IN_ROOM, OUT_ROOM = "bot/store/rooms/inbox.py", "bot/store/rooms/outbox.py"
SOME = "                while await self._take_next(work, rows):\n                    pass\n"
"""Where the inbox takes some in one unit of work; and one of them taken by hand."""
ONE = (
    "                row = await work.inbox_next(self.channel, self.clock.now())\n"
    "                if row is None:\n                    return 0\n                rows.append(row)\n"
)


@dataclass(frozen=True)
class Mutant:
    """``old`` stands once in ``file``. ``tests`` are pytest's words for the few that are run against it."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


MUTANTS = (
    # Receiving
    Mutant(
        "the offset is one too high",
        "handlers/telegram/polling.py",
        "return next((found + 1 for found",
        "return next((found + 2 for found",
        (POLLING,),
    ),
    Mutant(
        "Telegram is told before it is committed",
        "handlers/telegram/polling.py",
        "            wait = await self._kept(batch, offset)\n",
        "            await self._api.updates(_next_offset(batch) or 0, 0, ALLOWED_UPDATES)\n"
        "            wait = await self._kept(batch, offset)\n",
        (POLLING,),
    ),
    Mutant(
        "the offset is saved before the updates",
        "handlers/telegram/polling.py",
        "        async with self._store.begin() as work:\n            for raw in batch:",
        "        async with self._store.begin() as work:\n"
        "            await work.set_offset(CHANNEL, onward or 0)\n"
        "        async with self._store.begin() as work:\n            for raw in batch:",
        (POLLING, f"{POINTS}::test_it_may_die_at_any_step[before-insert]"),
    ),
    Mutant(
        "the webhook answers 200 although nothing could be kept",
        "handlers/telegram/webhook.py",
        "            return Response(status_code=503)",
        "            return Response(status_code=200)",
        (WEBHOOK,),
    ),
    Mutant(
        "an update is known by its number alone",
        "handlers/telegram/keeping.py",
        "digest(raw), storable(raw)",
        '"", storable(raw)',
        (POLLING, "tests/reliability/test_updates.py::test_repeated_and_shuffled_updates_are_each_taken_once[polling]"),
    ),
    Mutant(
        "a repeated update is a new one",
        "handlers/telegram/keeping.py",
        "digest(raw), storable(raw)",
        "digest(raw) + now.isoformat(), storable(raw)",
        (POLLING, WEBHOOK, "tests/reliability/test_updates.py::test_repeated_and_shuffled_updates_are_each_taken_once"),
    ),
    # Handling
    Mutant(
        "done is saved before the effect",
        "bot/inbox.py",
        SOME,
        f"{ONE}                await work.inbox_done(row.id, self.clock.now())\n"
        "            async with self.store.begin() as work:\n                await self._turn(work, self._read(row))\n",
        (INBOX,),
    ),
    Mutant(
        "done is saved after the effect, by itself",
        "bot/inbox.py",
        SOME,
        f"{ONE}                await self._turn(work, self._read(row))\n"
        "            async with self.store.begin() as work:\n"
        "                await work.inbox_done(row.id, self.clock.now())\n",
        (INBOX,),
    ),
    Mutant(
        "no quarantine: what cannot be read is tried for ever",
        "bot/inbox.py",
        "if isinstance(fault, _Unreadable) or row.tries + 1 >= MOST_TRIES:",
        "if row.tries < 0:",
        (INBOX,),
    ),
    Mutant(
        "what cannot be read is tried again like a failed turn",
        "bot/inbox.py",
        "if isinstance(fault, _Unreadable) or row.tries",
        "if row.tries",
        (INBOX,),
    ),
    Mutant(
        "a failed turn is never tried again",
        "bot/inbox.py",
        "or row.tries + 1 >= MOST_TRIES:",
        "or row.tries >= 0:",
        (INBOX,),
    ),
    Mutant(
        "a busy store counts as the update's own fault",
        "bot/inbox.py",
        "            raise  # no fault of the update's",
        "            if not rows:\n                raise\n            await self._failed(rows[0], KeyError())  #",
        (INBOX,),
    ),
    Mutant(
        "the first of several is blamed for another's fault",
        "bot/inbox.py",
        "            if len(rows) > 1:\n",
        "            if not rows:\n",
        (INBOX,),
    ),
    Mutant(
        "updates of one chat are taken in any order",
        IN_ROOM,
        "in_words(inbox.c.state, WAITING), ~waits, ~blocked)",
        "in_words(inbox.c.state, WAITING), ~waits)",
        (f"{IN_LANES}::test_a_postponed_update_blocks_only_its_own_lane",),
    ),
    Mutant(
        "rows another replica works on do not hold their chat",
        IN_ROOM,
        "    blocked = exists().where(",
        "    mine = select(older.c.id).with_for_update(skip_locked=True).scalar_subquery()\n"
        "    blocked = exists().where(\n        older.c.id.in_(mine),",
        ("tests/store/test_database.py",),
    ),
    Mutant(
        "a form sent twice is two turns",
        "bot/intake.py",
        '        if once is not None and not await work.once(f"{incoming.address.channel}:{once}", now):',
        "        if once is not None and not once:",
        ("tests/journeys/test_cases.py::test_the_same_message_sent_twice_counts_once",),
    ),
    # Sending
    Mutant(
        "marked as sent before it is sent",
        "bot/outbox/worker.py",
        "case = place_of(row)",
        "case = await work.outbox_sent(row.id, now) or place_of(row)",
        (RUNNING, f"{POINTS}::test_it_may_die_at_any_step[before-send]"),
    ),
    Mutant(
        "the second message of a chat goes while the first is on its way",
        OUT_ROOM,
        "        in_words(older.c.state, UNSENT),\n",
        '        older.c.state == "waiting",\n',
        (f"{OUT_LANES}::test_one_chat_gets_one_message_at_a_time_in_order",),
    ),
    Mutant(
        "messages of one chat are sent in any order",
        OUT_ROOM,
        "in_words(outbox.c.state, UNSENT), due, ~blocked)",
        "in_words(outbox.c.state, UNSENT), due)",
        (f"{OUT_LANES}::test_a_lane_that_waits_blocks_only_itself",),
    ),
    Mutant(
        "staff before parents",
        OUT_ROOM,
        "found.order_by(outbox.c.priority, outbox.c.id)",
        "found.order_by(outbox.c.priority.desc(), outbox.c.id)",
        (f"{OUT_LANES}::test_parents_go_before_staff_but_never_past_their_own_lane",),
    ),
    Mutant(
        "what cannot be delivered holds its chat for ever",
        "bot/store/lanes.py",
        'UNSENT = ("waiting", "sending")',
        'UNSENT = ("waiting", "sending", "undeliverable")',
        (f"{OUT_LANES}::test_a_message_that_cannot_be_delivered_lets_its_lane_go_on",),
    ),
    Mutant(
        "a row is thought to be left by the clock on the wall",
        "bot/store/lanes.py",
        "return now.astimezone(UTC) - span",
        "return now - span",
        (f"{OUT_LANES}::test_no_row_is_left_because_the_clocks_change",),
    ),
    Mutant(
        "what may have arrived is not marked as a repeat",
        "bot/outbox/retrying.py",
        "return Again(now + after, row.repeat or outcome.unknown, outcome.error)",
        "return Again(now + after, row.repeat, outcome.error)",
        (RETRYING, WORKER),
    ),
    Mutant(
        "what a dead process was sending is not marked as a repeat",
        OUT_ROOM,
        '"taken_by": None, "repeat": True}',
        '"taken_by": None}',
        (f"{OUT_LANES}::test_recovering_makes_left_rows_due_again",),
    ),
    Mutant(
        "what a dead process was sending is forgotten",
        OUT_ROOM,
        'left = outbox.c.state == "sending" if alone',
        'left = outbox.c.state == "left" if alone',
        (f"{OUT_LANES}::test_recovering_makes_left_rows_due_again",),
    ),
    Mutant(
        "a fault of the channel is tried for ever",
        "bot/outbox/retrying.py",
        "if row.tries < FAULTS else",
        "if row.tries > 0 else",
        (RETRYING, WORKER),
    ),
    Mutant(
        "nothing is sent a second time",
        "bot/outbox/retrying.py",
        "        case TryAgain():\n            return _again(outcome, row, now)",
        '        case TryAgain():\n            return GiveUp("once is enough")',
        (RETRYING, WORKER),
    ),
    Mutant(
        "having to wait counts as a failed try",
        "bot/outbox/retrying.py",
        "row.repeat, ASKED, counted=False)",
        "row.repeat, ASKED)",
        (RETRYING, WORKER),
    ),
    Mutant(
        "what was sent is forgotten when the store is busy",
        "bot/outbox/ledger.py",
        "if asked >= RECORD_TRIES - 1 and self._ending():",
        "if asked >= 0:",
        (WORKER, RUNNING),
    ),
    Mutant(
        "a refused message is tried like a bad network",
        "handlers/telegram/failing.py",
        '            return Unreachable("gone" if _says(error, *_GONE) else "refused")',
        "            return TryAgain(type(error).__name__, unknown=True)",
        ("tests/telegram/test_sending.py",),
    ),
    Mutant(
        "a flooded group holds everybody",
        "handlers/telegram/pacing.py",
        "        self._held[chat] = until.astimezone(UTC)\n",
        "        self._held.update(dict.fromkeys([chat, *self._chats], until))\n",
        ("tests/telegram/test_pacing.py", "tests/telegram/test_sending.py"),
    ),
)
