"""The third opinion: what a vector adds, and that nothing changes without one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bot.conversation.turn import Door
from bot.knowledge.model import LANGUAGES, Base
from bot.matching.matcher import Matcher
from bot.matching.meaning import Meaning, Told, together
from tests.matching.sense import SIZE, known, vector


@pytest.fixture(scope="module")
def taught(few: Base) -> Matcher:
    """Of six services, with vectors."""
    few = replace(few, danger_examples={})
    return Matcher(few, Matcher.trained(few, known))


NONE = Told(np.zeros((0, SIZE), np.float32), np.zeros(0, np.int8), np.zeros(0, np.int64))


def told(texts: list[str], services: list[int]) -> Told:
    """Finnish lines with the vectors of the test's own encoder."""
    rows, _ = known(texts)
    return Told(rows, np.zeros(len(texts), dtype=np.int8), np.asarray(services))


def test_a_text_of_unknown_words_is_found_by_its_vector(taught: Matcher) -> None:
    """No word of it stands in the knowledge; what it is about does."""
    text = "xyzzy qwx"
    by_words = taught.match(text).services
    assert taught.match(text, vector=vector("hammas")).services[0].id == "suun-terveydenhuolto"
    assert taught.match(text, vector=vector("money")).services[0].id == "toimeentulotuki"
    assert taught.match(text).services == by_words


def test_without_a_vector_a_match_is_as_if_none_had_been_learnt(few: Base, taught: Matcher) -> None:
    """The two mixes are apart."""
    alone = Matcher(replace(few, danger_examples={}))
    for text in ("hammas kipeä", "rahat loppu", "vi ska skiljas", "xyzzy"):
        assert taught.match(text) == alone.match(text)


def test_a_vector_of_another_model_is_not_looked_at(taught: Matcher) -> None:
    """After a change of the encoder its first vectors may meet a door of the old one."""
    assert taught.match("hammas", vector=np.ones(SIZE + 1, dtype=np.float32)) == taught.match("hammas")


def test_too_few_vectors_are_no_opinion(few: Base) -> None:
    """A base that was not encoded yet is matched by its words."""
    assert Meaning.of(told(["hammas"] * 5, [0] * 5), NONE, 1) is None
    none = Matcher.trained(
        replace(few, danger_examples={}),
        lambda lines: (np.zeros((len(lines), SIZE), np.float32), np.ones(len(lines), np.bool_)),
    )
    assert none.meaning is None


def test_a_service_without_vectors_is_neither_pulled_nor_pushed() -> None:
    """Its opinion is the middle one."""
    meaning = Meaning.of(told(["hammas", "raha"] * 15, [0, 2] * 15), NONE, 3)
    assert meaning is not None
    opinion = meaning.of_one(vector("hammas"), "fi").services
    assert opinion[0] > opinion[1] == 0 > opinion[2]


def test_a_line_does_not_speak_for_itself() -> None:
    """Without its twins a line is as unknown as a new text: only the others count."""
    texts = ["hammas", "raha", "ero", "puhuu"] * 10
    meaning = Meaning.of(told(texts, [0, 1, 2, 3] * 10), NONE, 4)
    assert meaning is not None
    rows, languages = np.stack([vector("hammas")]), np.zeros(1, dtype=np.int8)
    assert meaning.sense(rows, languages).services[0].argmax() == 0
    assert meaning.sense(rows, languages, twins=False).services[0].argmax() != 0


def test_texts_have_one_vector_together_only_when_each_has_one() -> None:
    """Half of what she said is not what she said."""
    one, other = vector("hammas"), vector("raha")
    both = together([one, other])
    assert both is not None
    assert float(np.linalg.norm(both)) == pytest.approx(1)
    assert both @ one == pytest.approx(both @ other, abs=1e-3)
    assert together([one, None]) is None
    assert together([]) is None


def test_a_door_joins_the_vectors_of_what_she_wrote(few: Base, taught: Matcher) -> None:
    """Two texts, matched as one, with both vectors; with one of them unknown by words alone."""
    door = Door(few, taught, {"xyzzy": vector("hammas"), "qwx": vector("hammas")})
    assert door.match(("xyzzy", "qwx")).services[0].id == "suun-terveydenhuolto"
    assert door.match(("xyzzy", "muuta")) == taught.match("xyzzy\nmuuta")
    assert LANGUAGES[0] == "fi"
