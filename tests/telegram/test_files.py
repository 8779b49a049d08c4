"""Pictures and documents between a parent and her worker: by their ids, never forwarded, never lost without a word."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.messages import Address, File, Incoming, Press, Text
from bot.ports import Delivery, Outcome, Sent
from bot.queueing.case import Case
from handlers.telegram.calling import CAPTION, messages
from tests.telegram.server import BotApi
from tests.telegram.stage import Stage, desk, said

PHOTO = File("photo", "f1")


class Silent:
    """A channel where everything arrives."""

    name = "web"

    async def deliver(self, delivery: Delivery) -> Outcome:
        """At once."""
        return Sent()


@pytest.fixture(params=["topics", "plain group"])
async def stage(request: pytest.FixtureRequest, server: BotApi) -> AsyncIterator[Stage]:
    """A desk in a group with topics and in one without."""
    async with desk(server, forum=request.param == "topics") as found:
        yield found


def test_words_go_under_the_picture_where_they_fit() -> None:
    """Longer ones follow it; no word is lost."""
    assert [method for method, _ in messages(["hei"], PHOTO)] == ["sendPhoto"]
    assert [method for method, _ in messages(["x" * (CAPTION + 1), "y"], PHOTO)] == ["sendPhoto", *["sendMessage"] * 2]
    assert messages([], File("document", "d")) == [("sendDocument", {"document": "d"})]
    assert [method for method, _ in messages(["a", "b"], None)] == ["sendMessage"] * 2


async def test_a_parent_s_picture_reaches_those_who_have_her_case(stage: Stage) -> None:
    """With her words under it and without her name; the case says that it is on Telegram."""
    wilma = await stage.hires()
    mother = await stage.claimed(wilma)
    before = len(mother.chat.said)
    await mother.send("photo", "tällainen ihottuma")
    await mother.send("document")
    await stage.settle()
    photo, document = [shown for shown in stage.group.chat.said if shown.file]
    assert (photo.file, document.file) == (("photo", "f1"), ("document", "f1"))
    assert "tällainen ihottuma" in photo.text
    assert photo.protected
    assert document.protected
    assert photo.thread == await stage.thread()
    assert len(mother.chat.said) == before, "the front door is silent while a worker is there"
    told = [line.text for line in await stage.lines() if line.by == "parent"]
    assert told[-2:] == [
        "📷 Vanhempi lähetti kuvan Telegramissa.\ntällainen ihottuma",
        "📎 Vanhempi lähetti tiedoston Telegramissa.",
    ]
    used = {call.method for call in stage.server.journal}
    assert not used & {"forwardMessage", "forwardMessages", "copyMessage"}


async def test_a_worker_answers_a_picture_with_words_or_a_picture(stage: Stage) -> None:
    """A reply to the picture is a reply to her; a picture in the case's place is hers, with its words."""
    wilma = await stage.hires()
    mother = await stage.claimed(wilma)
    await mother.send("photo")
    await stage.settle()
    photo = next(shown for shown in stage.group.chat.said if shown.file)
    await stage.says(wilma, "Näytä neuvolassa", reply_to=photo.message)
    assert mother.screen.text == "Näytä neuvolassa"
    await wilma.send(stage.group, "document", "Täytä tämä", thread=await stage.thread(), reply_to=photo.message)
    await stage.settle()
    assert (mother.screen.file, mother.screen.text) == (("document", "f1"), "Täytä tämä")
    assert [line.text for line in await stage.lines() if line.by == "worker"][-1].endswith("Täytä tämä")


async def test_a_picture_waits_with_the_case(stage: Stage) -> None:
    """Sent while nobody has come: she hears that it is in the queue, and it is there for who comes."""
    mother = await stage.asks_for_a_person()
    await mother.press("Jutellaan tässä")
    await stage.settle()
    await mother.send("photo")
    await stage.settle()
    assert "työntekijän jonossa" in mother.screen.text
    assert any(shown.file for shown in stage.group.chat.said)


async def test_what_cannot_be_relayed_is_told_to_its_sender(stage: Stage) -> None:
    """A voice from either side; a picture to a parent who is on the web page."""
    wilma = await stage.hires()
    mother = await stage.claimed(wilma)
    before = len(mother.chat.said)
    await mother.send("voice")
    await stage.settle()
    assert len(mother.chat.said) == before + 1
    card = next(shown for shown in stage.group.chat.said if shown.labels)
    await wilma.send(stage.group, "voice", thread=await stage.thread(), reply_to=card.message)
    await stage.settle()
    assert said(stage.group.chat, "Vain teksti, kuvat ja tiedostot")
    case = await _web_case(stage)
    await wilma.write(stage.group, f"/claim {case.number}")
    await stage.settle()
    topic = await stage.thread(case.number)
    card = next(s for s in stage.group.chat.said if s.labels and f"Asia {case.number}" in s.text)
    await wilma.send(stage.group, "photo", thread=topic, reply_to=card.message)
    await stage.settle()
    assert said(stage.group.chat, "Vanhempi kirjoittaa verkkosivulla")


async def test_a_picture_that_telegram_refuses_leaves_its_words(stage: Stage) -> None:
    """The workers know that there was one, and can ask."""
    wilma = await stage.hires()
    mother = await stage.claimed(wilma)
    stage.server.fail("sendPhoto", "400", words="Bad Request: wrong file identifier/HTTP URL specified")
    await mother.send("photo")
    await stage.settle()
    shown = await stage.group.hears("Vanhempi lähetti kuvan")
    assert shown.file is None
    assert shown.thread == await stage.thread()
    await stage.says(wilma, "En näe kuvaa", reply_to=shown.message)
    assert mother.screen.text == "En näe kuvaa"


async def _web_case(stage: Stage) -> Case:
    """The case of a parent who writes on the web page; what she is told there is not sent here."""
    stage.outbox._channels["web"] = Silent()
    for message in (Text("hei"), Press("person")):
        await stage.intake.parent(Incoming(Address("web", "hash"), message))
    await stage.settle()
    async with stage.store.begin() as work:
        return max(await work.open_cases(), key=lambda case: case.number)
