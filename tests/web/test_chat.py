"""The parent's page without any script."""

from __future__ import annotations

import pytest

from bot.intake import hashed
from bot.knowledge.model import LANGUAGES, Language
from bot.messages import Claim, FromWorker, Reply
from bot.ports import StoreBusy
from tests.web.house import SLEEP, VIOLENCE, House, Visitor, at_the_desk, parent, phrase


async def test_a_look_saves_nothing(house: House) -> None:
    """A crawler may come a thousand times."""
    visitor = await parent(house)
    await visitor.opens()
    assert phrase("welcome.title") in visitor.page.text
    state = house.store.state
    assert not state.conversations and not state.web_lines and not state.outbox


@pytest.mark.parametrize(
    ("asked", "path", "language"),
    [("sv-FI,fi;q=0.5", "/", "sv"), ("de,en-GB;q=0.7", "/", "en"), ("de", "/", "fi"), ("fi", "/?lang=en", "en")],
)
async def test_the_page_speaks_her_language(house: House, asked: str, path: str, language: Language) -> None:
    """Her browser's language, until she picks another."""
    visitor = Visitor(house, asked)
    page = await visitor.opens(path)
    assert page.attributes["html"]["lang"] == language
    assert phrase("welcome.title", language) in page.text


async def test_words_are_answered_on_the_page_that_follows(house: House) -> None:
    """She writes, and the next page holds her words and an answer."""
    visitor = await parent(house)
    page = await visitor.writes(SLEEP)
    assert str(visitor.answer.url) == "http://front.test/#end"
    assert [whose for whose, _ in page.lines][:3] == ["bot", "parent", "bot"]
    assert SLEEP in page.said("parent")[0]


async def test_the_welcome_is_said_once(house: House) -> None:
    """What she saw before her first act stays the first line, and who we are is not told again."""
    visitor = await parent(house)
    page = await visitor.writes(SLEEP)
    assert phrase("welcome.title") in page.said("bot")[0]
    assert sum(phrase("welcome.fine") in text for text in page.said("bot")) == 1


async def test_a_tapped_button_shows_as_her_line(house: House) -> None:
    """By its words, not by what it carries."""
    visitor = await parent(house)
    label = next(knob.label for knob in visitor.page.knobs if knob.value.startswith("a:"))
    page = await visitor.taps(label)
    assert label in page.said("parent")[0]
    assert len(page.said("bot")) == 2


async def test_older_buttons_stay_answerable(house: House) -> None:
    """The welcome's buttons work after the talk has moved on."""
    visitor = await parent(house)
    label = next(knob.label for knob in visitor.page.knobs if knob.value.startswith("a:"))
    await visitor.writes(SLEEP)
    before = len(visitor.page.lines)
    page = await visitor.taps(label)
    assert len(page.lines) > before and label in page.said("parent")[-1]


async def test_only_the_last_buttons_are_open(house: House) -> None:
    """Older ones wait behind a word."""
    visitor = await parent(house)
    page = await visitor.writes(SLEEP)
    assert page.text.count("<details") == 2
    assert page.text.count('<details class="choices fresh" open>') == 1


async def test_a_form_sent_twice_counts_once(house: House) -> None:
    """A double click opens one case."""
    visitor = await parent(house)
    knob = visitor.page.knob(phrase("button.person"))
    form = {**knob.fields, knob.name: knob.value}
    await visitor.sends("/", form)
    before = visitor.page.lines
    page = await visitor.sends("/", form)
    assert page.lines == before
    assert len(house.store.state.cases) == 1


async def test_another_button_of_the_same_page_counts(house: House) -> None:
    """Only the same act is the same."""
    visitor = await parent(house)
    one, two = [knob for knob in visitor.page.knobs if knob.value.startswith("a:")][:2]
    await visitor.sends("/", {**one.fields, one.name: one.value})
    page = await visitor.sends("/", {**one.fields, two.name: two.value})
    assert len(page.said("parent")) == 2


async def test_a_person_is_one_tap_away_on_every_page(house: House) -> None:
    """On the first page, after words, and with a case open."""
    visitor = await parent(house)
    visitor.page.knob(phrase("button.person"))
    page = await visitor.writes(SLEEP)
    page.knob(phrase("button.person"))
    page = await visitor.taps(phrase("button.person"))
    page.knob(phrase("button.person"))
    assert phrase("button.person") in page.said("parent")[-1]
    assert [case.number for case in house.store.state.cases.values()] == [1]


async def test_words_in_the_box_go_along_with_the_button_for_a_person(house: House) -> None:
    """Tapping it must not lose what she had written."""
    visitor = await parent(house)
    page = await visitor.taps(phrase("button.person"), text=SLEEP)
    assert SLEEP in page.said("parent")[0]
    assert house.store.state.cases


@pytest.mark.parametrize("language", LANGUAGES)
async def test_switching_the_language_changes_the_page(house: House, language: Language) -> None:
    """The frame follows the conversation."""
    visitor = await parent(house)
    await visitor.writes(SLEEP)
    page = await visitor.taps(language)
    assert page.attributes["html"]["lang"] == language
    page.knob(phrase("web.send", language))


async def test_a_picked_language_holds_against_a_guess(house: House) -> None:
    """She picked Swedish; a Finnish sentence does not take it back."""
    visitor = Visitor(house)
    await visitor.opens("/?lang=sv")
    page = await visitor.writes(SLEEP)
    assert page.attributes["html"]["lang"] == "sv"


async def test_danger_is_shown_with_numbers_to_tap(house: House) -> None:
    """112 is a link a telephone can dial."""
    visitor = await parent(house)
    page = await visitor.writes(VIOLENCE)
    assert {"tel:112", "tel:080005005"} <= set(page.links)


async def test_what_a_worker_says_is_marked_as_hers(house: House) -> None:
    """Nobody takes a worker for a program."""
    visitor = await parent(house)
    await visitor.taps(phrase("button.person"))
    worker = await house.worker()
    for message in (Claim(), Reply("Hei, täällä Aino")):
        await house.intake.worker(FromWorker(message, identity=None, case=1, worker=worker.id))
    await house.outbox.drain()
    page = await visitor.opens()
    assert page.said("worker")[0].startswith(f"{phrase('voice.worker')}\nHei, täällä Aino")


async def test_nobody_else_sees_the_page(house: House) -> None:
    """Another browser gets the welcome; a made-up cookie as well."""
    hers = await parent(house)
    await hers.writes(SLEEP)
    for cookie in (None, "x" * 43, "'; drop table"):
        other = Visitor(house)
        if cookie:
            other.client.cookies.set("perheneuvo", cookie)
        page = await other.opens()
        assert SLEEP not in page.text
        assert page.attributes["body"]["data-begun"] == "no"


async def test_the_secret_is_kept_only_hashed(house: House) -> None:
    """What is in the database opens no page."""
    visitor = await parent(house)
    await visitor.writes(SLEEP)
    token = visitor.client.cookies["perheneuvo"]
    (address,) = house.store.state.addresses
    assert (address.channel, address.key) == ("web", hashed(token))
    assert token not in repr(house.store.state)


@pytest.mark.parametrize(("base", "secure"), [("http://front.test", False), ("https://front.test", True)])
async def test_the_cookie_is_out_of_reach_of_scripts(house: House, base: str, secure: bool) -> None:
    """HttpOnly, SameSite=Lax, and Secure where there is TLS."""
    visitor = Visitor(house, base=base)
    await visitor.opens()
    cookie = visitor.answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie
    assert ("Secure" in cookie) is secure


async def test_leaving_forgets_at_once(house: House) -> None:
    """The page after it is blank, and going back shows nothing of hers."""
    visitor = await parent(house)
    await visitor.writes(SLEEP)
    page = await visitor.taps(phrase("web.leave"))
    assert page.text == "<!doctype html><title></title>"
    page = await visitor.opens()
    assert SLEEP not in page.text


async def test_without_cookies_she_is_told(house: House) -> None:
    """A browser that keeps none would lose every word."""
    visitor = await parent(house)
    visitor.client.cookies.clear()
    page = await visitor.sends("/", {"text": SLEEP})
    assert phrase("web.cookies") in page.text
    assert not house.store.state.conversations


async def test_markup_in_her_words_stays_words(house: House) -> None:
    """Nothing she writes becomes part of the page."""
    visitor = await parent(house)
    page = await visitor.writes("<script>alert(1)</script> & <b>apua</b>")
    assert "<script>alert" not in page.text and "&lt;b&gt;apua" in page.text


async def test_control_characters_are_left_out(house: House) -> None:
    """A NUL would break a row of PostgreSQL."""
    visitor = await parent(house)
    await visitor.writes("Uni\x00 on\x1b huono\r\nyöt pitkiä")
    texts = [line.payload["text"] for _, line in house.store.state.web_lines.values() if "text" in line.payload]
    assert texts == ["Uni on huono\nyöt pitkiä"]


async def test_an_empty_box_changes_nothing(house: House) -> None:
    """She tapped too early."""
    visitor = await parent(house)
    await visitor.writes("   \n ")
    assert visitor.answer.status_code == 200
    assert not house.store.state.conversations


async def test_too_much_is_refused_kindly(house: House) -> None:
    """More than 64 KB."""
    visitor = await parent(house)
    page = await visitor.writes("yö " * 40_000)
    assert visitor.answer.status_code == 413
    assert phrase("web.long") in page.text
    assert not house.store.state.conversations


async def test_a_busy_store_keeps_her_words_in_the_box(house: House) -> None:
    """Nothing was saved, and she need not write it again."""
    visitor = await parent(house)
    house.store.fault = StoreBusy("locked")
    page = await visitor.writes(SLEEP)
    assert visitor.answer.status_code == 503
    assert page.draft == SLEEP and phrase("web.busy") in page.text
    house.store.fault = None
    page = await visitor.writes(SLEEP)
    assert SLEEP in page.said("parent")[0]


async def test_a_busy_store_says_so_to_the_script(house: House) -> None:
    """One sentence, in her language."""
    visitor = await parent(house, "sv")
    house.store.fault = StoreBusy("locked")
    answer = await visitor.client.post("/", data={"text": SLEEP}, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["said"]) == (503, phrase("web.busy", "sv"))


async def test_a_press_nobody_offered_is_answered_like_a_call_for_help(house: House) -> None:
    """Whatever arrives, there is an answer; what is no button's data at all is left alone."""
    visitor = await parent(house)
    page = await visitor.sends("/", {"once": "1", "press": "nonsense"})
    assert phrase("help.title") in page.text
    before = len(house.store.state.web_lines)
    await visitor.sends("/", {"once": "2", "press": "x" * 65})
    assert len(house.store.state.web_lines) == before


async def test_a_worker_on_the_same_browser_is_still_a_parent_here(house: House) -> None:
    """The two cookies know nothing of each other."""
    worker = await at_the_desk(house, await house.worker())
    page = await worker.opens("/")
    assert page.attributes["body"]["data-begun"] == "no"
    assert "Aino" not in page.text
