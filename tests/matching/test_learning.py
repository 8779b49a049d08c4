"""The parts that learn, on lines few enough to think through."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from bot.matching.alarm import Alarm
from bot.matching.bayes import complement_weights
from bot.matching.concepts import concepts
from bot.matching.lexicon import Lexicon, Line
from bot.matching.logistic import many_class_weights, softmax, two_class_weights
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


def test_the_alarm_sounds_for_what_reads_like_an_emergency(lexicon: Lexicon) -> None:
    """And for nothing when there are no emergency services."""
    matrix = lexicon.matrix([*SLEEP, *TEETH])
    urgent = np.asarray([True] * len(SLEEP) + [False] * len(TEETH))
    alarm = Alarm.of(matrix, urgent, ~urgent)
    assert alarm.sounds(*lexicon.row(SLEEP[0]))
    assert not alarm.sounds(*lexicon.row(TEETH[0]))
    silent = Alarm.of(matrix, np.zeros_like(urgent), ~urgent)
    assert not silent.sounds(*lexicon.row(SLEEP[0]))
