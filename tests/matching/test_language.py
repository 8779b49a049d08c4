"""Telling the language of short texts."""

from __future__ import annotations

import pytest

from bot.knowledge.model import Language
from bot.matching.language import Detector
from bot.matching.matcher import Matcher
from bot.matching.normalising import normal, plain

LINES: list[tuple[Language, str]] = [
    ("fi", "vauva ei nuku ja olen vasynyt"),
    ("fi", "lapsi kiusataan koulussa"),
    ("sv", "barnet sover inte och jag ar trott"),
    ("sv", "min son mobbas i skolan"),
    ("en", "my baby does not sleep and i am tired"),
    ("en", "my son is bullied at school"),
]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("en jaksa enää", "fi"),
        ("lapseni ei puhu vielä", "fi"),
        ("aiti vasynyt apua", "fi"),
        ("jag orkar inte mer", "sv"),
        ("dottern vill inte gå till dagis", "sv"),
        ("vem hjälper oss med räkningarna", "sv"),
        ("I can't cope any more", "en"),
        ("he won't eat anything", "en"),
        ("where do I get help with rent", "en"),
    ],
)
def test_short_worries_are_heard_in_their_language(matcher: Matcher, text: str, language: Language) -> None:
    """A few words are enough."""
    assert matcher.match(text).language == language


def test_a_hint_decides_only_where_the_words_do_not() -> None:
    """The hint wins on nothing at all and loses against a clear sentence."""
    detector = Detector.of(LINES)
    assert detector.language("", "", "sv") == "sv"
    assert detector.language("123", "123", "en") == "en"
    assert detector.language("", "") == "fi"
    clear = "barnet sover inte och jag är trött på allt det här"
    assert detector.language(plain(clear), clear, "en") == "sv"


def test_mixed_text_may_be_in_both_languages() -> None:
    """A sentence in another language is not lost among the rest."""
    detector = Detector.of(LINES)
    mixed = normal("Vauva ei nuku ja olen väsynyt. My son is bullied at school.")
    assert set(detector.possible(mixed, "fi")) >= {"fi", "en"}
