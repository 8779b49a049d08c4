"""What stands around every page."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from bot.knowledge.model import LANGUAGES
from bot.ports import StoreBusy
from tests.web.house import SLEEP, House, Visitor, parent, phrase


@pytest.mark.parametrize("path", ["/", "/desk", "/health", "/nowhere", "/desk/in/x"])
async def test_every_answer_is_closed_to_others(house: House, path: str) -> None:
    """No frames, no foreign scripts, no referrer, nothing kept."""
    headers = (await Visitor(house).client.get(path)).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy
    assert headers["cache-control"] == "no-store"
    assert (headers["referrer-policy"], headers["x-frame-options"]) == ("no-referrer", "DENY")


async def test_static_files_may_be_kept(house: House) -> None:
    """Their addresses change with them."""
    answer = await Visitor(house).client.get("/static/page.css?v=1")
    assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://elsewhere.test"},
        {"origin": "https://elsewhere.test", "sec-fetch-site": "cross-site"},
    ],
)
async def test_a_form_of_another_site_is_refused(house: House, headers: dict[str, str]) -> None:
    """And nothing is saved."""
    visitor = await parent(house)
    page = await visitor.sends("/", {"once": "1", "text": SLEEP}, **headers)
    assert visitor.answer.status_code == 403
    assert phrase("web.refused.title") in page.text
    assert not house.store.state.conversations


@pytest.mark.parametrize(
    "headers",
    [{"origin": "http://front.test"}, {"origin": "null", "sec-fetch-site": "same-origin"}, {"origin": "null"}, {}],
)
async def test_our_own_form_is_taken(house: House, headers: dict[str, str]) -> None:
    """Browsers of every age, under our Referrer-Policy."""
    visitor = await parent(house)
    await visitor.sends("/", {"once": "1", "text": SLEEP}, **headers)
    assert visitor.answer.status_code == 200 and house.store.state.conversations


@pytest.mark.parametrize("path", ["/nowhere", "/desk/case/x", "/static/none.css"])
async def test_a_lost_page_is_kind_in_three_languages(house: House, path: str) -> None:
    """With 112 and the way on."""
    visitor = Visitor(house)
    page = await visitor.opens(path)
    assert visitor.answer.status_code == 404
    assert all(phrase("web.lost.title", each) in page.text for each in LANGUAGES)
    assert {"tel:112", "/"} <= set(page.links)


async def test_a_fault_is_a_kind_page_and_its_words_are_not_logged(house: House) -> None:
    """An error's text may hold what she wrote."""
    visitor = await parent(house)
    house.store.fault = RuntimeError(f"parameters: {SLEEP}")
    with capture_logs() as logs:
        page = await visitor.writes(SLEEP)
    assert visitor.answer.status_code == 500
    assert all(phrase("web.broken.title", each) in page.text for each in LANGUAGES)
    assert "tel:112" in page.links
    assert [entry["error"] for entry in logs if entry["event"] == "web.fault"] == ["RuntimeError"]
    assert SLEEP not in repr(logs)


async def test_a_busy_store_is_no_dead_end_when_looking(house: House) -> None:
    """The page of a failure, with the way on."""
    visitor = await parent(house)
    await visitor.writes(SLEEP)
    house.store.fault = StoreBusy("locked")
    page = await visitor.opens()
    assert visitor.answer.status_code == 503 and "tel:112" in page.links


@pytest.mark.parametrize(("ok", "status"), [(True, 200), (False, 503)])
async def test_health_says_how_things_are(house: House, ok: bool, status: int) -> None:
    """As JSON, for machines."""
    house.told = {"ok": ok, "outbox": {"unsent": 0}}
    answer = await Visitor(house).client.get("/health")
    assert (answer.status_code, answer.json()) == (status, house.told)


async def test_health_is_red_when_the_store_is_busy(house: House) -> None:
    """Without a trace."""

    class Busy(House):
        async def health(self) -> dict[str, object]:
            raise StoreBusy("locked")

    answer = await Visitor(Busy()).client.get("/health")
    assert (answer.status_code, answer.json()["ok"]) == (503, False)
