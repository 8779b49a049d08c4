"""Workers, staff groups, pages and keys: what is kept comes back, and what may happen once does. On every store."""

from __future__ import annotations

import asyncio

import pytest

from bot.messages import Address, Part, PartKind, Say, StaffCard, StaffNotice, StaffPlace
from bot.ports import StaffLink, Store
from tests.store.cast import AINO, new_case, new_worker
from tests.store.times import NOON, after

# Workers


async def test_a_name_or_telegram_id_in_use_is_refused(store: Store) -> None:
    """And the refusal does not spoil the unit of work."""
    async with store.begin() as work:
        await new_worker(work, "Kaisa", "77")
        for name, telegram in (("Kaisa", None), ("Lotta", "77")):
            with pytest.raises(ValueError, match="already"):
                await work.add_worker(name, "desk", telegram, "fi", NOON)
        await new_worker(work, "Lotta", "78")
    async with store.begin() as work:
        assert [worker.name for worker in await work.workers()] == ["Kaisa", "Lotta"]


async def test_a_worker_is_found_by_name_id_and_telegram(store: Store) -> None:
    """The same worker each way; strangers are None."""
    async with store.begin() as work:
        number = await new_worker(work, "Kaisa", "77")
        worker = await work.worker(number)
        assert worker is not None
        assert await work.worker_by_name("Kaisa") == await work.worker_by_telegram("77") == worker
        assert await work.worker_by_name("kaisa") is None
        assert await work.worker_by_telegram("78") is None
        assert await work.worker(99) is None


async def test_an_invite_is_used_once(store: Store) -> None:
    """The second use, a late use and an unknown one open nothing."""
    async with store.begin() as work:
        number = await new_worker(work)
        await work.add_invite("good", number, after(60))
        await work.add_invite("late", number, after(60))
    async with store.begin() as work:
        used = await work.use_invite("good", after(59))
        assert used is not None
        assert used.id == number
    async with store.begin() as work:
        assert await work.use_invite("good", after(59)) is None
        assert await work.use_invite("late", after(60)) is None
        assert await work.use_invite("never", after(1)) is None


async def test_of_two_uses_of_an_invite_at_once_one_wins(store: Store) -> None:
    """One gets in, the other does not."""
    async with store.begin() as work:
        await work.add_invite("good", await new_worker(work), after(60))

    async def use() -> bool:
        async with store.begin() as work:
            return await work.use_invite("good", NOON) is not None

    assert sorted(await asyncio.gather(use(), use())) == [False, True]


async def test_a_worker_taken_away_is_out_at_once(store: Store) -> None:
    """Her sign-in and her invite end, Telegram no longer knows her, and coming back brings neither back."""
    async with store.begin() as work:
        number = await new_worker(work, "Kaisa", "77")
        await work.add_sign_in("in", number, after(60))
        await work.add_invite("invite", number, after(60))
        assert await work.signed_in("in", NOON) is not None
        await work.set_worker_active(number, False)
    async with store.begin() as work:
        assert await work.signed_in("in", NOON) is None
        assert await work.use_invite("invite", NOON) is None
        assert await work.worker_by_telegram("77") is None
        await work.set_worker_active(number, True)
        assert await work.signed_in("in", NOON) is None
        assert await work.worker_by_telegram("77") is not None


async def test_a_sign_in_holds_until_its_end(store: Store) -> None:
    """Until its time, or until she signs out."""
    async with store.begin() as work:
        number = await new_worker(work)
        await work.add_sign_in("a", number, after(60))
        await work.add_sign_in("b", number, after(60))
        assert await work.signed_in("a", after(59)) is not None
        assert await work.signed_in("a", after(60)) is None
        await work.end_sign_in("a")
        assert await work.signed_in("a", NOON) is None
        assert await work.signed_in("b", NOON) is not None


# Staff groups


async def test_a_case_is_found_by_topic_card_and_message(store: Store) -> None:
    """The topic first; what belongs to no case, or to another group, gives none."""
    async with store.begin() as work:
        one, two = (await new_case(work)).number, (await new_case(work)).number
        await work.save_staff_link(one, StaffLink("-1", None, None))
        await work.save_staff_link(one, StaffLink("-1", 40, 41))
        await work.save_staff_link(two, StaffLink("-1", None, 51))
        await work.add_staff_message("-1", 60, two)
        await work.add_staff_message("-1", 60, two)
    async with store.begin() as work:
        assert await work.staff_link(one, "-1") == StaffLink("-1", 40, 41)
        assert await work.staff_link(one, "-2") is None
        assert await work.case_at("-1", 40, 60) == one
        assert await work.case_at("-1", None, 41) == one
        assert await work.case_at("-1", None, 51) == two
        assert await work.case_at("-1", 99, 60) == two
        assert await work.case_at("-2", 40, 60) is None
        assert await work.case_at("-1", None, None) is None


async def test_a_moved_group_keeps_its_cases_and_waiting_messages(store: Store) -> None:
    """Links, messages and rows go along; what the new group has already stays."""
    group = Address("telegram", "-1")
    async with store.begin() as work:
        one, two = (await new_case(work)).number, (await new_case(work)).number
        await work.save_staff_link(one, StaffLink("-1", 40, 41))
        await work.save_staff_link(two, StaffLink("-1", 42, 43))
        await work.save_staff_link(two, StaffLink("-2", 52, 53))
        await work.add_staff_message("-1", 60, one)
        await work.outbox_add(group, StaffNotice("hei", StaffPlace("-1", reply_to=5)), NOON)
        await work.outbox_add(Address("web", "-1"), Say(()), NOON)
        await work.move_staff_chat("-1", "-2")
    async with store.begin() as work:
        assert await work.staff_link(one, "-2") == StaffLink("-2", 40, 41)
        assert await work.staff_link(two, "-2") == StaffLink("-2", 52, 53)
        assert await work.staff_link(one, "-1") is None
        assert await work.case_at("-2", None, 60) == one
        row = await work.outbox_take(NOON, ("telegram",))
        assert row is not None
        assert (row.to.key, row.payload) == ("-2", StaffNotice("hei", StaffPlace("-2", reply_to=5)))
        web = await work.outbox_take(NOON, ("web",))
        assert web is not None
        assert web.to.key == "-1"


# Pages, keys


async def test_a_page_shows_each_outbox_row_once(store: Store) -> None:
    """Her own words have no row and may repeat; only lines after a known one are given when asked so."""
    said = {"type": "text", "text": "hei"}
    async with store.begin() as work:
        number, _ = await work.conversation(AINO)
        other, _ = await work.conversation(Address("web", "bea"))
        assert await work.add_web_line(number, "parent", said, after(1))
        assert await work.add_web_line(number, "parent", said, after(2))
        assert await work.add_web_line(number, "bot", {"type": "say"}, after(3), outbox=8)
        assert not await work.add_web_line(number, "bot", {"type": "say"}, after(4), outbox=8)
        assert await work.add_web_line(other, "worker", {"type": "say"}, after(5), outbox=9)
    async with store.begin() as work:
        lines = await work.web_lines(number)
        assert [(line.by, line.payload, line.at) for line in lines] == [
            ("parent", said, after(1)),
            ("parent", said, after(2)),
            ("bot", {"type": "say"}, after(3)),
        ]
        assert await work.web_lines(number, lines[1].id) == lines[2:]


async def test_a_key_is_new_once(store: Store) -> None:
    """Also for two at once."""

    async def press() -> bool:
        async with store.begin() as work:
            return await work.once("form-1", NOON)

    assert sorted(await asyncio.gather(press(), press())) == [False, True]
    assert not await press()


async def test_the_log_takes_kinds_and_numbers(store: Store) -> None:
    """A worker or case that is not there (any more) does not stop it."""
    async with store.begin() as work:
        await work.log("refused", NOON, worker=99, case=99)
        await work.log("started", NOON)


async def test_a_message_of_every_part_survives(store: Store) -> None:
    """Parts keep kind, text and value."""
    parts = tuple(Part(kind, "t", "v") for kind in PartKind)
    async with store.begin() as work:
        await work.outbox_add(AINO, Say(parts, voice="worker", language="en"), NOON)
        row = await work.outbox_take(NOON, ("web",))
    assert row is not None
    assert row.payload == Say(parts, voice="worker", language="en")


async def test_a_card_that_waits_is_replaced_in_its_place(store: Store) -> None:
    """The newest one of that case only; what is on its way, another case's, and a closing card stay as they are."""
    group = Address("telegram", "-1")

    def card(case: int, text: str, *, closed: bool = False) -> StaffCard:
        return StaffCard(case, f"#{case}", text, closed=closed)

    async with store.begin() as work:
        one, two = (await new_case(work)).number, (await new_case(work)).number
        assert not await work.replace_card(group, card(one, "a"))
        await work.outbox_add(group, card(one, "a"), NOON, case=one)
        await work.outbox_add(group, card(two, "x"), NOON, case=two)
        assert (await work.outbox_waiting(group), await work.outbox_waiting(Address("telegram", "-2"))) == (2, 0)
        assert await work.replace_card(group, card(one, "b"))
        assert not await work.replace_card(group, card(one, "loppu", closed=True))
        assert not await work.replace_card(Address("telegram", "-2"), card(one, "c"))
    async with store.begin() as work:
        row = await work.outbox_take(NOON, ("telegram",))
        assert row is not None
        assert row.payload == card(one, "b")
        assert not await work.replace_card(group, card(one, "c")), "it is on its way"
        await work.outbox_sent(row.id, NOON)
        row = await work.outbox_take(NOON, ("telegram",))
        assert row is not None
        assert row.payload == card(two, "x")
        assert await work.outbox_waiting(group) == 1
