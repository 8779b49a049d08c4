"""The whole matcher on the starter knowledge."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import thread_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.knowledge.model import Base
from bot.matching.matcher import Matcher
from tests.builders import starter

LIMIT = 0.1  # seconds of work for one text, however odd
OWN = [(service, line) for service in sorted(starter().services) for line in starter().all_worries(service)]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(OWN))
def test_a_services_own_worry_is_found(own: tuple[str, tuple[str, str]]) -> None:
    """What the knowledge says word for word is among the first three."""
    service, (_, text) = own
    matcher = _matcher()
    assert service in [ranked.id for ranked in matcher.match(text).services[:3]]


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(OWN))
def test_case_space_and_full_stop_do_not_matter(own: tuple[str, tuple[str, str]]) -> None:
    """Shouting and typing carelessly change nothing."""
    _, (_, text) = own
    matcher = _matcher()
    expected = matcher.match(text)
    assert matcher.match(text.upper()).services == expected.services
    assert matcher.match(f"  {text.replace(' ', '   ')}\n.") == expected


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=4096))
def test_any_text_is_matched_in_no_time(text: str) -> None:
    """No crash, all services ranked, chances that sum to one, a tenth of a second at most."""
    matcher = _matcher()
    before = thread_time()
    match = matcher.match(text)
    assert thread_time() - before < LIMIT
    assert {ranked.id for ranked in match.services} == set(starter().services)
    assert sum(ranked.p for ranked in match.services) == pytest.approx(1)
    assert 0 <= match.worry <= 1


@pytest.mark.parametrize("word", ["lyö ", "ei ", "mies löi minua ", "a", "1v ", "itsemurhaa", "...", "he hit me "])
def test_a_wall_of_one_word_is_matched_in_no_time(word: str) -> None:
    """Nothing grows with the square of the length. The quicker of two: a pause of the machine is not the matcher's."""
    matcher, spent = _matcher(), []
    for _ in range(2):
        before = thread_time()
        matcher.match((word * 4096)[:4096])
        spent.append(thread_time() - before)
    assert min(spent) < LIMIT


def test_services_are_ranked_best_first() -> None:
    """Chances never rise down the list."""
    ranked = [service.p for service in _matcher().match("lapsi ei puhu vielä").services]
    assert ranked == sorted(ranked, reverse=True)


@pytest.mark.parametrize(
    ("text", "service"),
    [
        ("hammasta särkee", "suun-terveydenhuolto"),
        ("barnet har tandvärk", "suun-terveydenhuolto"),
        ("my child has a toothache", "suun-terveydenhuolto"),
        ("3-vuotias ei puhu vielä kuin pari sanaa", "puheterapia"),
        ("tvååringen säger inga ord", "puheterapia"),
        ("he stammers and it is getting worse", "puheterapia"),
        ("poikaa kiusataan koulussa", "kuraattori"),
        ("rahat ei riitä ruokaan", "toimeentulotuki"),
        ("we can't pay the rent, landlord says eviction", "asumisneuvonta"),
    ],
)
def test_plain_worries_find_their_service(matcher: Matcher, text: str, service: str) -> None:
    """The service is among the first three, in each language."""
    assert service in [ranked.id for ranked in matcher.match(text).services[:3]]


@pytest.mark.parametrize(
    "text", ["kiitos paljon", "hej hej", "what's the weather tomorrow", "ostetaan vanha polkupyörä"]
)
def test_small_talk_is_no_worry(matcher: Matcher, text: str) -> None:
    """It is told from a worry."""
    assert matcher.match(text).worry < starter().settings.deciding.worry


@pytest.mark.parametrize("text", ["en jaksa enää", "barnet sover inte", "I am so tired of fighting with my teenager"])
def test_a_short_worry_is_a_worry(matcher: Matcher, text: str) -> None:
    """A tired parent writes little."""
    assert matcher.match(text).worry >= starter().settings.deciding.worry


def test_a_service_of_some_areas_is_left_out_elsewhere(matcher: Matcher) -> None:
    """With no area known it is ranked; in an area that has it too; elsewhere not."""
    limited = next(service for service in starter().services.values() if service.areas)
    text = "moni asia huolettaa"
    elsewhere = next(area for area in starter().areas if not starter().offered(limited.id, area))
    assert limited.id in {ranked.id for ranked in matcher.match(text).services}
    assert limited.id in {ranked.id for ranked in matcher.match(text, area=limited.areas[0]).services}
    assert limited.id not in {ranked.id for ranked in matcher.match(text, area=elsewhere).services}


def test_the_order_of_services_does_not_matter(few: Base) -> None:
    """A base turned round gives the same matcher."""
    turned = replace(few, services=dict(reversed(list(few.services.items()))))
    one, other = Matcher(few), Matcher(turned)
    for text in ("hammas kipeä", "rahat loppu", "vi ska skiljas", "he does not talk", "?"):
        assert one.match(text) == other.match(text)


def test_a_base_with_one_service_and_no_lines_can_be_built(few: Base) -> None:
    """The least knowledge there can be is still a matcher."""
    only = few.services["neuvola"]
    least = replace(few, services={only.id: only}, worries={}, dangers=(), off_topic=type(few.off_topic)())
    assert [ranked.id for ranked in Matcher(least).match("mitä vain").services] == ["neuvola"]


def test_many_threads_may_match_at_once(matcher: Matcher) -> None:
    """The same texts give the same matches side by side as one by one."""
    texts = [text for _, (_, text) in OWN[::97]]
    alone = [matcher.match(text) for text in texts]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(matcher.match, texts)) == alone


def _matcher() -> Matcher:
    from tests.builders import front_door

    return front_door().matcher
