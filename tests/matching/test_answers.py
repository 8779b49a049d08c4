"""Ages, and answers a worry gives by itself."""

from __future__ import annotations

import pytest

from bot.knowledge.model import Answer, Lines, Question, Words
from bot.matching.ages import age_words, ages
from bot.matching.answers import Reader
from bot.matching.normalising import normal
from tests.builders import starter


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("4v", 48),
        ("5-vuotias", 60),
        ("nelivuotias poika", 48),
        ("1v 6kk", 18),
        ("5,5 kk", 5.5),
        ("3vk vauva", 0.75),
        ("treåring", 36),
        ("min 7-åriga son", 84),
        ("2 år gammal", 24),
        ("8 months old", 8),
        ("3 yo", 36),
        ("my twelve year old", 144),
    ],
)
def test_ages_are_read_however_written(text: str, months: float) -> None:
    """Digits or words, years, months or weeks."""
    assert [age.months for age in ages(normal(text))] == [months]


@pytest.mark.parametrize("text", ["12 tuntia päivässä", "2 kertaa yössä", "klo 8", "500 euroa", "three times a night"])
def test_other_numbers_are_no_ages(text: str) -> None:
    """A number alone says nothing of age."""
    assert age_words(normal(text)) == ()


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("4v ei nuku", {"age": "preschool"}),
        ("vauva itkee iltaisin", {"age": "baby"}),
        ("5kk vauva valvoo", {"age": "baby"}),
        ("teini ei käy koulua", {"age": "teen"}),
        ("treåringen biter", {"age": "preschool"}),
        ("our toddler bites", {"age": "toddler"}),
        ("olen raskaana ja pahoinvointi vie voimat", {"age": "expecting"}),
        ("eskarilainen ei viihdy", {"age": "preschool"}),
        ("meidän parisuhde on lopussa", {"who": "couple"}),
        ("I need help for myself", {"who": "parent"}),
    ],
)
def test_what_the_text_tells_is_not_asked(text: str, answers: dict[str, str]) -> None:
    """Age and who it is about are taken from the words."""
    assert Reader.of(starter().questions).answers(normal(text), "fi") == answers


@pytest.mark.parametrize(
    "text",
    [
        "olen 26v äiti",
        "I'm a 24 years old mother",
        "4v ja 9v tappelevat",
        "vauva ja 3v sisarus",
        "jonossa 2 vuotta",
        "lapsi ei nuku",
        "",
    ],
)
def test_what_is_not_sure_is_left_open(text: str) -> None:
    """Two ages, a parent's own age and a stretch of time answer nothing."""
    assert Reader.of(starter().questions).answers(normal(text), "fi") == {}


def test_words_an_admin_wrote_under_an_answer_count() -> None:
    """The knowledge may teach words; two answers at once teach nothing."""
    words = Words(fi="Sana", sv="Ord", en="Word")
    yes = Answer(id="teeth", text=words, words=Lines(fi=("hammaslääkäri",)))
    no = Answer(id="ill", text=words, words=Lines(fi=("kuume",)))
    reader = Reader.of([Question(id="health", text=words, answers=(yes, no))])
    assert reader.answers(normal("Hammaslääkäri pelottaa"), "fi") == {"health": "teeth"}
    assert reader.answers(normal("hammaslääkäri ja kuume"), "fi") == {}
    assert reader.answers(normal("hammaslääkäri"), "sv") == {}
