"""Whoever asks for a person in her own words is heard; whoever tells a worry with a person in it is not cut short."""

from __future__ import annotations

import pytest

from bot.conversation.reading import Event, read
from bot.conversation.states import Conversation
from bot.messages import Text
from tests.builders import starter

PLEAS = [
    "Saanko puhua ihmiselle?",
    "haluun puhua ihmisele",
    "onko siellä ketään??",
    "en halua puhua botille",
    "Jag vill prata med en människa!",
    "finns det någon där",
    "is there a person",
    "can i talk to somone",
    "I want to talk to a human.",
]
WORRIES = [
    "lapsi ei puhu kenellekään",
    "en halua puhua miehelleni",
    "haluaisin että poika puhuisi jonkun kanssa",
    "min son vill inte prata med någon",
    "can my child talk to someone at school about bullying",
    "I don't want to talk to my mother",
]


@pytest.mark.parametrize("text", PLEAS)
def test_a_plea_for_a_person_is_heard(text: str) -> None:
    """In three languages, with slips."""
    assert read(Text(text), Conversation(), starter()).event is Event.PERSON


@pytest.mark.parametrize("text", WORRIES)
def test_a_worry_about_talking_is_a_worry(text: str) -> None:
    """Not a plea for a person."""
    assert read(Text(text), Conversation(), starter()).event is not Event.PERSON
