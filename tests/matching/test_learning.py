"""The parts that learn, on lines few enough to think through."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from bot.matching.alarm import Alarm, Heard
from bot.matching.bayes import complement_weights
from bot.matching.concepts import concepts
from bot.matching.lexicon import Lexicon, Line
from bot.matching.logistic import many_class_weights, softmax, two_class_weights
from bot.matching.phrases import phrase_names
from bot.matching.worry import Gate

SLEEP = [
    Line("fi", text) for text in ("vauva ei nuku yolla", "lapsi heraa yolla ja itkee", "ei nuku omassa sangyssa")
] * 5
TEETH = [Line("fi", text) for text in ("hammas on kipea", "hammaslaakari pelottaa", "reika hampaassa ja sarky")] * 5
CHAT = [Line("fi", text) for text in ("moi", "kiitos paljon", "millainen saa huomenna", "resepti pullaan")] * 5


@pytest.fixture
def lexicon() -> Lexicon:
    """Learnt from all the lines."""
    return Lexicon.of([*SLEEP, *TEETH, *CHAT])


def test_rows_have_length_one(lexicon: Lexicon) -> None:
    """A long text weighs no more than a short one."""
    for line in (*SLEEP, *TEETH):
        _, values = lexicon.row(line)
        assert float(np.square(values).sum()) == pytest.approx(1, abs=1e-5)


def test_an_unknown_text_has_an_empty_row(lexicon: Lexicon) -> None:
    """Nothing known is nothing, not a fault."""
    ids, values = lexicon.row(Line("fi", "xyzzy"))
    assert ids.size == values.size == 0


def test_a_slip_of_the_finger_is_read_as_the_word(lexicon: Lexicon) -> None:
    """A typo shares the stem's column with the word it was meant to be."""
    column = next(lexicon.columns[name] for name in lexicon.columns if name.startswith("whammaslaakar"))
    ids, _ = lexicon.row(Line("fi", "hammaslakari"))
    assert column in ids


def test_concepts_join_the_languages() -> None:
    """The same thing has the same concept in all three."""
    assert set(concepts("hammaslaakari", "fi")) & set(concepts("tandlakare", "sv")) & set(concepts("dentist", "en"))
    assert not concepts("xyzzy", "fi")


def test_both_ways_of_comparing_tell_classes_apart(lexicon: Lexicon) -> None:
    """Lines they did not learn from fall to the right side."""
    matrix = lexicon.matrix([*SLEEP, *TEETH])
    labels = np.asarray([0] * len(SLEEP) + [1] * len(TEETH))
    start = np.zeros((len(lexicon.columns), 2), dtype=np.float32)
    for weights in (complement_weights(matrix, labels, 2), many_class_weights(matrix, labels, start, 0.2, 20)):
        for text, label in (("vauva heraa", 0), ("hammasta sarkee", 1)):
            ids, values = lexicon.row(Line("fi", text))
            assert int((values @ weights[ids]).argmax()) == label


def test_regression_finds_the_lowest_point() -> None:
    """With one column the slope is nothing at the end: the answer is the known one."""
    matrix = np.asarray([[1.0], [1.0], [-1.0], [-1.0]], dtype=np.float32)
    truth = np.asarray([1, 0, 0, 0], dtype=np.float32)
    weights = two_class_weights(csr_array(matrix), truth, np.ones(4, dtype=np.float32), 0.5, 60)
    scores = matrix[:, 0] * weights[0] + weights[1]
    wrong = 1 / (1 + np.exp(-scores)) - truth
    assert float(wrong @ matrix[:, 0] + 0.5 * weights[0]) == pytest.approx(0, abs=1e-3)
    assert float(wrong.sum()) == pytest.approx(0, abs=1e-3)


def test_softmax_sums_to_one_even_for_huge_scores() -> None:
    """No overflow."""
    assert softmax(np.asarray([1e6, 0.0, -1e6])).sum() == pytest.approx(1)


def test_the_gate_tells_worries_from_chat(lexicon: Lexicon) -> None:
    """A worry passes, small talk does not."""
    gate = Gate.of(lexicon.matrix([*SLEEP, *TEETH]), lexicon.matrix(CHAT))
    assert gate.chance(*lexicon.row(Line("fi", "lapsi ei nuku yolla"))) > 0.5
    assert gate.chance(*lexicon.row(Line("fi", "kiitos moi"))) < 0.5


def test_with_no_examples_of_chat_everything_is_a_worry(lexicon: Lexicon) -> None:
    """Nothing learnt, nobody sent away."""
    gate = Gate.of(lexicon.matrix(SLEEP), lexicon.matrix([]))
    assert gate.chance(*lexicon.row(Line("fi", "kiitos"))) > 0.5


def alarm(lexicon: Lexicon, kinds: tuple[str, ...] = ("sleep", "teeth")) -> Alarm:
    """Taught that lines of sleep and teeth are danger of two kinds, and that talk is a near miss."""
    told = (("sleep", SLEEP), ("teeth", TEETH), (None, CHAT))
    heard = [Heard(line, kind, False) for kind, lines in told for line in lines if kind is None or kind in kinds]
    return Alarm.of(lexicon, heard, CHAT * 4, [])


def test_the_alarm_sounds_for_what_it_was_taught(lexicon: Lexicon) -> None:
    """The worst sentence counts, the kind is told, and talk beside it takes nothing away."""
    taught = alarm(lexicon)
    score, kind = taught.score(Line("fi", "moi . kiitos paljon moi . vauva ei nuku yolla"))
    assert kind == "sleep"
    assert score > taught.limits.alone > taught.score(Line("fi", "kiitos paljon"))[0]
    assert taught.score(Line("fi", "hammasta sarkee"))[1] == "teeth"


def test_an_alarm_that_was_taught_nothing_never_sounds(lexicon: Lexicon) -> None:
    """And it takes no sign away either."""
    silent = alarm(lexicon, kinds=())
    score, kind = silent.score(SLEEP[0])
    assert kind is None
    assert silent.limits.beside < score < silent.limits.alone


def test_phrases_join_words_near_one_another() -> None:
    """Words that stand far apart do not belong together."""
    names = phrase_names(Line("fi", "en aio nyt enaa herata"))
    assert {"sen|aio", "sen|ena"} <= {name.replace("enaa", "ena") for name in names}
    assert not any(name.startswith("sen|hera") for name in names)
