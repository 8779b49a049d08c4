"""The parts that learn, on lines few enough to think through."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from bot.matching.alarm import Alarm, Heard
from bot.matching.aside import Aside
from bot.matching.bayes import Bayes
from bot.matching.concepts import concepts
from bot.matching.features import Line
from bot.matching.lexicon import Lexicon
from bot.matching.logistic import Regression, many_class_weights, softmax, two_class_weights
from bot.matching.nearness import Nearness
from bot.matching.phrases import phrase_names
from bot.matching.ranking import Mix
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


def test_all_ways_of_comparing_tell_classes_apart(lexicon: Lexicon) -> None:
    """Lines they did not learn from fall to the right side."""
    matrix = lexicon.matrix([*SLEEP, *TEETH])
    labels = np.asarray([0] * len(SLEEP) + [1] * len(TEETH))
    start = np.zeros((len(lexicon.columns), 2), dtype=np.float32)
    every = np.arange(len(start), dtype=np.int32)
    regression = Regression(many_class_weights(matrix, labels, start, 0.2, 20), every)
    for judge in (Bayes.of(matrix, labels, 2), regression, Nearness.of(matrix, labels, 2)):
        for text, label in (("vauva heraa", 0), ("hammasta sarkee", 1)):
            assert int(judge.scores(*lexicon.row(Line("fi", text))).argmax()) == label


def test_many_rows_are_the_same_as_one_by_one(lexicon: Lexicon) -> None:
    """Known words, a slip of the finger, unknown ones, none at all: each gives one row, whichever way it is asked."""
    lines = [*SLEEP, Line("fi", "hammaslakari xyzzy hammas"), Line("sv", "tanden"), Line("fi", "3 v ei nuku . 3 v")]
    matrix = lexicon.matrix([*lines, Line("fi", "xyzzy")])
    for number, line in enumerate(lines):
        ids, values = lexicon.row(line)
        begin, end = matrix.indptr[number], matrix.indptr[number + 1]
        assert matrix.indices[begin:end].tolist() == ids.tolist()
        assert matrix.data[begin:end] == pytest.approx(values, abs=1e-6)
    assert matrix.indptr[-1] == matrix.indptr[-2]


def test_rows_that_are_remembered_are_the_rows() -> None:
    """While learning goes on a line's row is made once; afterwards none is kept."""
    taught = Lexicon.taught([*SLEEP, *TEETH])
    asked = [TEETH[0], Line("fi", "lapsi pelottaa"), SLEEP[1]]
    assert abs(taught.matrix(asked) - taught.bare().matrix(asked)).max() == pytest.approx(0, abs=1e-6)
    assert taught.remembered is not None
    assert taught.bare().remembered is None


def test_sparse_bayes_is_complement_bayes(lexicon: Lexicon) -> None:
    """The weights of the paper, written out for every column and class, give the same scores."""
    matrix = lexicon.matrix([*SLEEP, *TEETH, *CHAT])
    labels = np.repeat([0, 1, 2], [len(SLEEP), len(TEETH), len(CHAT)])
    inside = np.stack([matrix[labels == each].sum(axis=0) for each in range(3)], axis=1)
    outside = inside.sum(axis=1, keepdims=True) - inside + 0.2
    weights = -np.log(outside / outside.sum(axis=0))
    weights *= 1000 / weights.sum(axis=0)
    bayes = Bayes.of(matrix, labels, 3)
    for line in (SLEEP[0], TEETH[1], Line("fi", "lapsi pelottaa kiitos")):
        ids, values = lexicon.row(line)
        assert bayes.scores(ids, values) == pytest.approx(values @ weights[ids], rel=1e-3)


def test_scores_of_many_rows_are_those_of_each(lexicon: Lexicon) -> None:
    """For every judge."""
    lines = [*SLEEP, *TEETH]
    matrix, labels = lexicon.matrix(lines), np.repeat([0, 1], [len(SLEEP), len(TEETH)])
    narrow = np.where(np.arange(matrix.shape[1]) % 2, np.arange(matrix.shape[1]) // 2, -1).astype(np.int32)
    weights = np.linspace(0, 1, int(narrow.max()) * 2 + 2, dtype=np.float32).reshape(-1, 2)
    regression = Regression(weights, narrow)
    for judge in (Bayes.of(matrix, labels, 2), Nearness.of(matrix, labels, 2), regression):
        every = judge.all_scores(matrix)
        for number, line in enumerate(lines):
            assert every[number] == pytest.approx(judge.scores(*lexicon.row(line)), rel=1e-3, abs=1e-4)


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
    heard = [Heard(line, kind) for kind, lines in told for line in lines if kind is None or kind in kinds]
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


def test_a_mix_learns_which_opinion_to_trust_and_how_sure_to_be() -> None:
    """The first opinion is right four times in five, the second is noise; chances then tell about as much."""
    draw = np.random.default_rng(1)
    labels = draw.integers(0, 4, 600)
    seen = np.where(draw.random(600) < 0.8, labels, draw.integers(0, 4, 600))
    right, noise = np.eye(4)[seen] * 3, draw.normal(size=(600, 4))
    mix = Mix.of(np.stack([right, noise], axis=1).astype(np.float32), Aside(labels >= 0, np.eye(4)[labels] > 0, False))
    assert mix.weights[0] > 5 * mix.weights[1]
    assert 0.8 < mix.told([("a", 0.85), ("b", 0.1), ("c", 0.05)])[0][1] < 0.95


def test_how_sure_it_is_changes_no_order_and_no_sum() -> None:
    """From hardly anything known to a word for word line; one service alone stays certain."""
    mix = Mix(np.ones(2), np.zeros(3), 0.25, 0.6)
    for first in (0.2, 0.3, 0.6, 0.9, 0.999):
        told = mix.told([("a", first), ("b", (1 - first) * 0.6), ("c", (1 - first) * 0.4)])
        assert [service for service, _ in told] == ["a", "b", "c"]
        assert [p for _, p in told] == sorted((p for _, p in told), reverse=True)
        if first > 0.4:
            assert sum(p for _, p in told) == pytest.approx(1)
    assert mix.told([("a", 1.0)]) == (("a", 1.0),)
    assert mix.told([(str(number), 0.02) for number in range(50)])[0][1] == pytest.approx(0.04)
