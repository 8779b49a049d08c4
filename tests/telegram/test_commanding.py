"""What workers write to the desk, in the group and in private: who is heard, as what, and where the answer stands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from bot.acts import Advise, Ask, Claim, Consulting, HandOver, Merge, Note, Presence, TaskDone, Written
from bot.desk.reading import meant
from bot.messages import WorkerMessage
from bot.ports import Worker
from bot.queueing.case import NotAllowed
from handlers.telegram.api import Api
from handlers.telegram.commanding import commanded, replied
from handlers.telegram.menus import menu_words, set_menus
from tests.builders import A_TUESDAY, ZONE, starter
from tests.telegram.server import BotApi
from tests.telegram.stage import Stage, desk, said


@pytest.fixture
async def stage(server: BotApi) -> AsyncIterator[Stage]:
    """A desk with topics."""
    async with desk(server) as found:
        yield found


@pytest.mark.parametrize(
    ("words", "act", "case"),
    [
        ("/queue", Ask("queue"), None),
        ("/jono@perheneuvo_bot", Ask("queue"), None),
        ("/mine", Ask("mine"), None),
        ("/case 12", Ask("case"), 12),
        ("/asia #12", Ask("case"), 12),
        ("/on", Presence("on"), None),
        ("/on 16:00", Written("on", "16:00"), None),
        ("/away 13", Written("away", "13"), None),
        ("/off", Presence("off"), None),
        ("/note 12 kertaa soitettu", Note("12 kertaa soitettu"), None),
        ("/note #12 ei vastannut", Note("ei vastannut"), 12),
        ("/time 24.11. 14:00 Silta", Written("propose", "24.11. 14:00 Silta"), None),
        ("/advise 3 Kyllä, maanantaista", Advise(3, "Kyllä, maanantaista"), None),
        ("/done #12", Ask("help"), None),
        ("/done 2", TaskDone(2), None),
        ("/merge 7", Merge(7), None),
        ("/claim 99999999999999", Ask("help"), None),
        ("/help", Ask("help"), None),
        ("/jotain muuta", Ask("help"), None),
    ],
)
def test_a_command_is_its_act(words: str, act: WorkerMessage, case: int | None) -> None:
    """With the case it names; a slash word that is not ours is never taken for words to a parent."""
    expected = (Claim(), None) if words.startswith("/claim") else (act, case)
    assert commanded(words) == expected


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("note:12", Note("sanat")),
        ("offer:12:u:perhekeskus-silta", HandOver("sanat", unit="perhekeskus-silta")),
        ("offer:12:w:3", HandOver("sanat", to=3)),
        ("consult:12:vatu-askola", Consulting("sanat", ("vatu-askola",))),
        ("advise:12:4", Advise(4, "sanat")),
        ("vanha:12", Ask("help")),
    ],
)
def test_a_reply_to_a_question_is_what_the_question_s_last_line_says(code: str, act: WorkerMessage) -> None:
    """Nothing need be remembered, so a question of before the last start is answered, too."""
    expected = (act, None if act == Ask("help") else 12)
    assert replied(f"Kirjoita.\n↩ {code}", "sanat") == expected
    assert replied(f"↩ {code}\nVanhempi: hei", "sanat") is None


@pytest.mark.parametrize(
    ("text", "times", "place"),
    [
        ("24.11. 14:00 Perhekeskus", [(24, 11, 2026, 14, 0)], "Perhekeskus"),
        ("24.11.2026 klo 9.30", [(24, 11, 2026, 9, 30)], ""),
        ("24.11. 14:00, 25.11. 9:00 tai 7.1. 10:15 Silta, huone 2", 3, "Silta, huone 2"),
    ],
)
def test_times_are_read_with_the_place(text: str, times: list[tuple[int, ...]] | int, place: str) -> None:
    """A day long past is next year's."""
    act = meant(Written("propose", text), A_TUESDAY, {})
    assert act.place == place  # type: ignore[union-attr]  # a proposal
    found = act.times  # type: ignore[union-attr]
    if isinstance(times, int):
        assert found[-1] == datetime(2027, 1, 7, 10, 15, tzinfo=ZONE)
        assert len(found) == times
    else:
        assert [(t.day, t.month, t.year, t.hour, t.minute) for t in found] == times


@pytest.mark.parametrize("text", ["", "huomenna", "32.13. 14:00", "24.11.", "24.11. 25:00"])
def test_a_time_that_cannot_be_read_is_refused(text: str) -> None:
    """No guess."""
    with pytest.raises(NotAllowed, match=r"case\.time_unread"):
        meant(Written("propose", text), A_TUESDAY, {})


def test_a_task_may_name_a_colleague_and_a_day() -> None:
    """Without a name it is the family's; a colon alone is no name."""
    timo = Worker(4, "Timo", "desk", None, "fi", True)

    def task(text: str) -> tuple[str, int | None, str]:
        act = meant(Written("task", text), A_TUESDAY, {4: timo})
        return act.text, act.who, str(act.until)  # type: ignore[union-attr]  # a task

    assert task("Timo: soittaa kouluun 1.12.") == ("soittaa kouluun", 4, "2026-12-01")
    assert task("soittaa neuvolaan") == ("soittaa neuvolaan", None, "None")
    assert task("muista: kirja") == ("muista: kirja", None, "None")


async def test_the_queue_is_told_where_it_was_asked(stage: Stage) -> None:
    """In the group, and to a worker in private; a parent's /queue is a parent's message."""
    wilma = await stage.hires()
    mother = await stage.asks_for_a_person()
    await stage.says(wilma, "/queue", case=None)
    assert "Jonossa 1" in stage.group.chat.said[-1].text
    hers = stage.private(wilma)
    await hers.write("/queue")
    await stage.settle()
    assert "Jonossa 1" in hers.screen.text
    assert hers.screen.protected
    before = len(mother.chat.said)
    await mother.write("/queue")
    await stage.settle()
    assert len(mother.chat.said) == before + 1, "a parent is never left without an answer"
    assert "Jonossa" not in mother.screen.text


async def test_a_worker_s_other_words_in_private_are_a_parent_s(stage: Stage) -> None:
    """She may have a family, too."""
    wilma = await stage.hires()
    hers = stage.private(wilma)
    await hers.write("lapsi ei nuku")
    await stage.settle()
    assert hers.screen.buttons, "she is guided as any parent"
    assert not await stage.kinds()


async def test_she_says_whether_she_is_there(stage: Stage) -> None:
    """From either place, until a time; the time is read or asked for again."""
    wilma = await stage.hires()
    hers = stage.private(wilma)
    for words, told in (("/on 16:00", "paikalla"), ("/away", "tauolla"), ("/off", "poissa"), ("/on pian", "selvää")):
        await hers.write(words)
        await stage.settle()
        assert told in hers.screen.text
    await stage.says(wilma, "/on 16:00", case=None)
    async with stage.store.begin() as work:
        found = await work.worker_by_telegram("501")
    assert found is not None
    assert (found.profile.presence, found.profile.private) == ("on", True)
    assert found.profile.until == A_TUESDAY.replace(hour=16)


async def test_one_case_and_hers_are_told(stage: Stage) -> None:
    """Also in private; an outsider in the group is refused."""
    wilma = await stage.hires()
    await stage.claimed(wilma)
    hers = stage.private(wilma)
    await hers.write("/mine")
    await stage.settle()
    assert "Sinulla nyt" in hers.screen.text
    await hers.write("/case 1")
    await stage.settle()
    assert "Asia 1 · hoidossa" in hers.screen.text
    assert "saw" in await stage.kinds()
    await stage.server.worker(999, "Vieras").write(stage.group, "/case 1")
    await stage.settle()
    assert "vain perheneuvon työntekijät" in stage.group.chat.said[-1].text


async def test_words_of_the_topic_are_moves(stage: Stage) -> None:
    """Each is logged as what it is, and only a reply reaches the parent as she wrote it."""
    wilma = await stage.hires()
    mother = await stage.claimed(wilma)
    for words in (
        "/note Kuulosti väsyneeltä",
        "/draft Soitan huomenna",
        "/consult Onko ryhmissä tilaa?",
        "/plan Tavataan viikoittain.",
        "/task soittaa kouluun",
        "/time 25.11. 14:00 Silta",
        "/correct Tarkoitin keskiviikkoa",
        "/snooze 25.11. 9:00",
    ):
        await stage.says(wilma, words)
    kinds = await stage.kinds()
    for kind in ("note", "draft", "consult", "plan", "task", "propose", "correct", "snooze"):
        assert kind in kinds, kinds
    assert said(mother.chat, "Silta")
    assert said(mother.chat, "Tarkoitin keskiviikkoa")
    for inner in ("väsyneeltä", "Soitan huomenna", "tilaa", "/"):
        assert not any(inner in shown.text for shown in mother.chat.said if not shown.buttons), inner
    case = await stage.case()
    assert case.bookings[0].times == (datetime(2026, 11, 25, 14, 0, tzinfo=ZONE),)


async def test_the_group_has_a_menu_of_its_own(server: BotApi, api: Api) -> None:
    """In the desk's language, only in that group; parents' menus are as they were."""
    group = server.group()
    await set_menus(api, menu_words(starter(), group.id))
    assert set(server.commands) == {"fi", "sv", "en", "", group.id}
    assert list(server.commands[group.id]) == ["queue", "mine", "case", "on", "away", "off", "help"]
    assert "queue" not in server.commands[""]


async def test_what_the_parent_told_is_not_shown_to_the_whole_group(stage: Stage) -> None:
    """Asked for in the group, a case is its card; in private the one who has it sees what was told, too."""
    wilma = await stage.hires()
    mother = stage.server.parent()
    await mother.write("vuokra on rästissä ja häätö tulossa")
    await stage.settle()
    await mother.write("/person")
    await stage.settle()
    await mother.press("Kyllä")
    await stage.settle()
    await wilma.write(stage.group, "/claim 1")
    await stage.settle()
    await stage.says(wilma, "/case 1", case=None)
    assert "Asia 1 · hoidossa" in stage.group.chat.said[-1].text
    assert "häätö" not in stage.group.chat.said[-1].text
    hers = stage.private(wilma)
    await hers.write("/case 1")
    await stage.settle()
    assert "häätö" in hers.screen.text
