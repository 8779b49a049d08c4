"""The played parent meets the real conversation, and does what a truthful one would."""

from __future__ import annotations

import pytest

from bot.measuring.lines import Line
from bot.measuring.parent import PATIENCE, Guided, guided, summed
from tests.measuring.little import thin_door

CLEAR = Line("1", "hammas on kipeä ja ien turvonnut", "fi", ("suun-terveydenhuolto",))
VAGUE = Line("2", "apua tarvittais", "fi", ("kuraattori",))


def test_a_clear_worry_is_answered_at_once() -> None:
    """One message, and a service of hers is on the screen."""
    assert guided(thin_door(), CLEAR, wrong=0.0) == Guided(1, "found")


def test_a_vague_one_takes_questions_and_is_found() -> None:
    """By truthful answers alone."""
    played = guided(thin_door(), VAGUE, wrong=0.0)
    assert played.end == "found"
    assert 2 <= played.messages <= 6


def test_only_wrong_answers_do_not_lead_there_sooner() -> None:
    """A parent who taps wrong every time is not led better than a truthful one."""
    truthful, wrong = guided(thin_door(), VAGUE, 0.0), guided(thin_door(), VAGUE, 1.0)
    assert wrong.messages >= truthful.messages or wrong.end != "found"
    assert wrong.messages <= PATIENCE


def test_the_same_parent_plays_the_same_way() -> None:
    """Seeded by her line."""
    assert guided(thin_door(), VAGUE, 0.5) == guided(thin_door(), VAGUE, 0.5)


def test_a_service_offered_in_one_place_is_found_there() -> None:
    """Asked where she lives, she says so truthfully."""
    line = Line("3", "Voiko varhaisen tuen tiimi VATU ottaa meidän asian listalle?", "fi", ("vatu",))
    assert guided(thin_door(), line, 0.0).end == "found"


def test_games_are_summed() -> None:
    """Messages count where a service was found; spent everywhere."""
    told = summed([Guided(1, "found"), Guided(4, "found"), Guided(7, "person"), Guided(12, "gave_up")])
    assert told["messages"] == pytest.approx(2.5)
    assert told["spent"] == pytest.approx(6.0)
    assert (told["at_once"], told["found"], told["person"], told["gave_up"]) == (0.25, 0.5, 0.25, 0.25)
    assert summed([])["messages"] is None
