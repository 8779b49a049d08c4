"""The Telegram channel against the loopback server: what a parent and the staff see, and what each refusal means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bot.messages import (
    Address,
    Button,
    Outgoing,
    Part,
    PartKind,
    PressAnswer,
    Say,
    StaffCard,
    StaffLine,
    StaffNotice,
    StaffPlace,
)
from bot.ports import Delivery, MovedTo, OutboxRow, Outcome, Sent, StaffLink, Stop, TryAgain, Unreachable
from handlers.telegram.api import Api
from handlers.telegram.sending import TelegramChannel
from tests.telegram.conftest import ToldClock
from tests.telegram.server import BotApi

HELLO = Say((Part(PartKind.TEXT, "Hei!"),))


def delivery(payload: Outgoing, to: str, *, link: StaffLink | None = None, row: int = 1) -> Delivery:
    """One outbox row."""
    return Delivery(OutboxRow(row, Address("telegram", to), payload, 12, 3, 0, 1, False, ToldClock().now()), link)


def card(text: str = "Tapaus 12 odottaa", *, closed: bool = False) -> StaffCard:
    """The card of case 12."""
    return StaffCard(12, "#12 fi Espoo", text, ((Button("Otan", "claim:12"),),), closed)


# To a parent ------------------------------------------------------------------------------------------------------


async def test_every_part_is_shown_and_nothing_she_reads_is_markup(server: BotApi, channel: TelegramChannel) -> None:
    """Each kind has its look; angle brackets and ampersands arrive as they were written."""
    aino = server.parent()
    said = Say(
        (
            Part(PartKind.TITLE, "Perheneuvola <3 & muut"),
            Part(PartKind.URGENT, "Soita heti"),
            Part(PartKind.PHONE, "Päivystys", "09 310 4811"),
            Part(PartKind.LINK, "Lue lisää", "https://example.org/?a=1&b=2"),
            Part(PartKind.QUOTE, "minä </b> itse"),
            Part(PartKind.FINE, "Tarkistettu"),
        ),
        ((Button("Ihminen", "person"),),),
    )
    assert await channel.deliver(delivery(said, "7001")) == Sent(message=1)
    assert aino.screen.text.split("\n\n") == [
        "Perheneuvola <3 & muut",
        "❗ Soita heti",
        "Päivystys: +358 9 310 4811\nLue lisää",
        "minä </b> itse",
        "Tarkistettu",
    ]
    kinds = [entity["type"] for entity in aino.screen.entities]
    assert kinds == ["bold", "bold", "text_link", "blockquote", "italic"]
    assert aino.screen.entities[2]["url"] == "https://example.org/?a=1&b=2"
    assert aino.screen.buttons == [[("Ihminen", "person")]]
    assert server.calls("sendMessage")[0]["link_preview_options"] == {"is_disabled": True}
    assert not aino.screen.protected


async def test_a_long_message_is_cut_between_paragraphs_with_its_buttons_last(
    server: BotApi, channel: TelegramChannel
) -> None:
    """No piece is refused as too long, no word is lost, and the buttons stand at the end."""
    aino = server.parent()
    paragraphs = [f"{number} " + "😀ä" * 600 for number in range(5)]
    said = Say(tuple(Part(PartKind.TEXT, text) for text in paragraphs), ((Button("Ihminen", "person"),),))
    assert isinstance(await channel.deliver(delivery(said, "7001")), Sent)
    assert "\n\n".join(shown.text for shown in aino.chat.said) == "\n\n".join(paragraphs)
    assert [shown.labels for shown in aino.chat.said] == [[], [], ["Ihminen"]]


async def test_a_message_that_broke_off_goes_on_where_it_stopped(
    server: BotApi, channel: TelegramChannel, clock: ToldClock
) -> None:
    """What has arrived of it is not sent again."""
    aino = server.parent()
    said = Say((Part(PartKind.TEXT, "a" * 4000), Part(PartKind.TEXT, "b" * 4000)))
    server.fail("sendMessage", "500", when=lambda values: values["text"].startswith("b"))
    assert isinstance(await channel.deliver(delivery(said, "7001")), TryAgain)
    clock.advance(5)
    assert isinstance(await channel.deliver(delivery(said, "7001")), Sent)
    assert [shown.text[0] for shown in aino.chat.said] == ["a", "b"]


async def test_a_second_message_within_a_second_waits(
    server: BotApi, channel: TelegramChannel, clock: ToldClock
) -> None:
    """Our own pace names the seconds, sends nothing, and holds nobody else."""
    aino, _ = server.parent(), server.parent(7002, "Eeva")
    assert isinstance(await channel.deliver(delivery(HELLO, "7001")), Sent)
    assert await channel.deliver(delivery(HELLO, "7001")) == TryAgain("pace", after=1.0)
    assert isinstance(await channel.deliver(delivery(HELLO, "7002")), Sent)
    assert len(aino.chat.said) == 1
    clock.advance(1)
    assert isinstance(await channel.deliver(delivery(HELLO, "7001")), Sent)


@pytest.mark.parametrize(
    ("fault", "outcome", "shown"),
    [
        ({"kind": "429", "retry_after": 7}, TryAgain("RetryAfter", after=8.0), 0),
        ({"kind": "500"}, TryAgain("NetworkError", unknown=True), 0),
        ({"kind": "502"}, TryAgain("NetworkError", unknown=True), 0),
        ({"kind": "cut"}, TryAgain("NetworkError", unknown=True), 0),
        ({"kind": "apply then cut"}, TryAgain("NetworkError", unknown=True), 1),
        ({"kind": "truncated"}, TryAgain("TelegramError", unknown=True), 1),
        ({"kind": "html"}, TryAgain("TelegramError", unknown=True), 1),
        ({"kind": "400"}, Unreachable("gone"), 0),
        ({"kind": "400", "words": "Bad Request: BUTTON_DATA_INVALID"}, Unreachable("refused"), 0),
        ({"kind": "403"}, Unreachable("blocked"), 0),
        ({"kind": "migrate", "migrate_to": -1009}, MovedTo("-1009"), 0),
        ({"kind": "401"}, Stop("InvalidToken"), 0),
        ({"kind": "404"}, Stop("InvalidToken"), 0),
        ({"kind": "409"}, Stop("Conflict"), 0),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else "",
)
async def test_each_answer_means_what_the_table_says(
    server: BotApi, channel: TelegramChannel, fault: Mapping[str, Any], outcome: Outcome, shown: int
) -> None:
    """The outcome tells the outbox what to do next, and whether she may have it already."""
    aino = server.parent()
    server.fail("sendMessage", **fault)
    assert await channel.deliver(delivery(HELLO, "7001")) == outcome
    assert len(aino.chat.said) == shown


async def test_no_connection_means_not_sent(clock: ToldClock) -> None:
    """Nobody listens there: it cannot have arrived."""
    async with BotApi() as gone:
        address = gone.base
    nowhere = Api(gone.token, address)
    try:
        outcome = await TelegramChannel(nowhere, clock).deliver(delivery(HELLO, "7001"))
    finally:
        await nowhere.close()
    assert outcome == TryAgain("NetworkError", unknown=False)


async def test_a_parent_who_blocked_the_bot_cannot_be_reached(server: BotApi, channel: TelegramChannel) -> None:
    """Nor can somebody who has never written."""
    server.parent().chat.blocked = True
    assert await channel.deliver(delivery(HELLO, "7001")) == Unreachable("blocked")
    assert await channel.deliver(delivery(HELLO, "4242")) == Unreachable("gone")


async def test_a_button_that_cannot_be_one_is_never_sent(server: BotApi, channel: TelegramChannel) -> None:
    """65 bytes of data are our own fault, and no call is made of it."""
    server.parent()
    said = Say(HELLO.parts, ((Button("Liikaa", "x" * 65),),))
    assert await channel.deliver(delivery(said, "7001")) == Unreachable("unsendable")
    assert server.journal == []


# Presses ----------------------------------------------------------------------------------------------------------


async def test_a_press_gets_its_sign_and_an_old_one_is_let_go(
    server: BotApi, channel: TelegramChannel, clock: ToldClock
) -> None:
    """After 150 seconds nobody waits for it: done all the same."""
    aino = server.parent()
    await channel.deliver(delivery(Say(HELLO.parts, ((Button("Kyllä", "y"),),)), "7001"))
    press = await aino.press("Kyllä")
    assert await channel.deliver(delivery(PressAnswer(press, "Selvä"), "7001")) == Sent()
    assert server.answered == {press: "Selvä"}
    late = await aino.press("Kyllä")
    server.advance(151)
    assert await channel.deliver(delivery(PressAnswer(late), "7001")) == Sent()
    assert late not in server.answered


# The staff's group with topics ------------------------------------------------------------------------------------


async def test_a_case_gets_a_topic_with_its_card_and_keeps_them(
    server: BotApi, channel: TelegramChannel, clock: ToldClock
) -> None:
    """Made once, edited in place, its lines beside it, all of it protected."""
    group = server.group()
    made = await channel.deliver(delivery(card(), group.id))
    topic = await group.topic("#12")
    link = StaffLink(group.id, topic.thread, 2)
    assert made == Sent(message=2, link=link)
    line = await channel.deliver(delivery(StaffLine(12, "Vanhempi: hei"), group.id, link=link))
    assert line == Sent(message=3)
    assert await channel.deliver(delivery(card("Tapaus 12: Wilma"), group.id, link=link)) == Sent(message=2)
    shown = group.chat.in_thread(topic.thread)
    assert [(one.text, one.edits) for one in shown] == [("Tapaus 12: Wilma", 1), ("Vanhempi: hei", 0)]
    assert all(one.protected for one in shown)
    assert group.chat.in_thread(None) == []


async def test_the_same_card_again_is_done(server: BotApi, channel: TelegramChannel) -> None:
    """ "Not modified" means that it stands there already."""
    group = server.group()
    link = _link(await channel.deliver(delivery(card(), group.id)))
    assert await channel.deliver(delivery(card(), group.id, link=link)) == Sent(message=link.card)


async def test_a_topic_made_before_a_failure_is_not_made_twice(
    server: BotApi, channel: TelegramChannel, clock: ToldClock
) -> None:
    """The place travels back with "try again"."""
    group = server.group()
    server.fail("sendMessage", "502")
    failed = await channel.deliver(delivery(card(), group.id))
    assert isinstance(failed, TryAgain)
    assert failed.link == StaffLink(group.id, 1, None)
    clock.advance(60)
    again = await channel.deliver(delivery(card(), group.id, link=failed.link))
    assert again == Sent(message=2, link=StaffLink(group.id, 1, 2))
    assert len(server.calls("createForumTopic")) == 1


async def test_a_deleted_topic_is_made_anew_for_the_card_and_for_a_line(
    server: BotApi, channel: TelegramChannel, clock: ToldClock
) -> None:
    """Whatever comes first finds the case a new place, and tells of it."""
    group = server.group()
    first = _link(await channel.deliver(delivery(card(), group.id)))
    assert first.thread is not None
    group.delete_topic(first.thread)
    second = _link(await channel.deliver(delivery(card("uusi"), group.id, link=first)))
    assert second.thread not in (None, first.thread)
    assert group.chat.in_thread(second.thread)[0].text == "uusi"
    group.delete_topic(second.thread or 0)
    clock.advance(60)
    third = _link(await channel.deliver(delivery(StaffLine(12, "rivi"), group.id, link=second)))
    assert [one.text for one in group.chat.in_thread(third.thread)] == ["rivi"]
    assert third.card is None


async def test_a_closed_case_closes_its_topic_and_a_returning_one_opens_it(
    server: BotApi, channel: TelegramChannel, clock: ToldClock
) -> None:
    """Also when another process had closed it."""
    group = server.group()
    link = _link(await channel.deliver(delivery(card(), group.id)))
    topic = await group.topic("#12")
    await channel.deliver(delivery(card("Päättynyt", closed=True), group.id, link=link))
    assert topic.closed
    clock.advance(60)
    await channel.deliver(delivery(card("Odottaa taas"), group.id, link=link))
    assert not topic.closed


async def test_a_worker_s_closed_topic_still_takes_a_line(server: BotApi, channel: TelegramChannel) -> None:
    """Opening it again is part of sending."""
    group = server.group()
    link = _link(await channel.deliver(delivery(card(), group.id)))
    topic = await group.topic("#12")
    server.fail("sendMessage", "400", words="Bad Request: TOPIC_CLOSED")
    topic.closed = True
    assert isinstance(await channel.deliver(delivery(StaffLine(12, "rivi"), group.id, link=link)), Sent)
    assert not topic.closed


async def test_a_group_where_we_may_not_make_topics_still_gets_the_card(
    server: BotApi, channel: TelegramChannel
) -> None:
    """A card outside a topic is better than none."""
    group = server.group()
    group.chat.may_manage_topics = False
    assert _link(await channel.deliver(delivery(card(), group.id))) == StaffLink(group.id, None, 1)
    assert group.chat.said[0].labels == ["Otan"]


async def test_the_group_s_budget_counts_topics_and_edits(
    server: BotApi, channel: TelegramChannel, clock: ToldClock
) -> None:
    """Twelve calls a minute, of which a new case takes two."""
    group = server.group()
    outcomes = [await channel.deliver(delivery(card(), group.id, row=row)) for row in range(7)]
    assert [type(outcome) for outcome in outcomes] == [Sent] * 6 + [TryAgain]
    assert outcomes[-1] == TryAgain("pace", after=60.0)
    counted = [call for call in server.journal if call.method in ("createForumTopic", "sendMessage")]
    assert len(counted) == 12


# The staff's group without topics ---------------------------------------------------------------------------------


async def test_in_a_plain_group_lines_reply_to_the_card(server: BotApi, channel: TelegramChannel) -> None:
    """No topic is asked for; the card is edited in place."""
    group = server.group(-55, forum=False, kind="group")
    link = _link(await channel.deliver(delivery(card(), group.id)))
    assert link == StaffLink("-55", None, 1)
    assert await channel.deliver(delivery(StaffLine(12, "rivi"), group.id, link=link)) == Sent(message=2)
    assert await channel.deliver(delivery(card("Wilmalla"), group.id, link=link)) == Sent(message=1)
    assert [(one.text, one.reply_to) for one in group.chat.said] == [("Wilmalla", None), ("rivi", 1)]
    assert server.calls("createForumTopic") == []


async def test_a_moved_group_is_told_as_moved_and_gets_a_new_card(server: BotApi, channel: TelegramChannel) -> None:
    """Message ids do not travel along: the card is posted again in the new place."""
    group = server.group(-55, forum=False, kind="group")
    link = _link(await channel.deliver(delivery(card(), group.id)))
    new = await group.become_supergroup(-10055)
    assert await channel.deliver(delivery(card("x"), group.id, link=link)) == MovedTo("-10055")
    moved = await channel.deliver(delivery(card("x"), new.id, link=StaffLink(new.id, None, link.card)))
    assert moved == Sent(message=1)
    assert new.chat.said[0].text == "x"


async def test_a_notice_goes_to_its_place_or_to_the_group_when_that_is_gone(
    server: BotApi, channel: TelegramChannel, clock: ToldClock
) -> None:
    """It replies to what it is about."""
    group = server.group()
    link = _link(await channel.deliver(delivery(card(), group.id)))
    notice = StaffNotice("Ei oikeutta", StaffPlace(group.id, link.thread, link.card))
    assert isinstance(await channel.deliver(delivery(notice, group.id)), Sent)
    assert (group.chat.said[-1].thread, group.chat.said[-1].reply_to) == (link.thread, link.card)
    group.delete_topic(link.thread or 0)
    assert isinstance(await channel.deliver(delivery(notice, group.id)), Sent)
    assert group.chat.said[-1].thread is None
    assert group.chat.said[-1].protected


def _link(outcome: Outcome) -> StaffLink:
    assert isinstance(outcome, Sent), outcome
    assert outcome.link is not None
    return outcome.link
