"""A worker process may crash, hang, dawdle or talk nonsense; whoever asks gets vectors or None, and it comes back."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.encoder.pipe import environment
from bot.encoder.process import EncoderProcess, Limits, NoEncoder
from tests.encoder.actor import SIZE, vector

PATIENT = Limits(patience=60.0, hang=60.0, loading=60.0, rests=(0.0,))
Make = Callable[..., EncoderProcess]
LONG = 60.0  # seconds, for what comes much sooner


@pytest.fixture
async def make(tmp_path: Path) -> AsyncIterator[Make]:
    """Makes encoders with the tiny worker; closes them."""
    made: list[EncoderProcess] = []

    def one(start: str = "well", limits: Limits = PATIENT) -> EncoderProcess:
        made.append(EncoderProcess("actor", command(tmp_path, start), limits))
        return made[-1]

    yield one
    for each in made:
        await each.close()


def command(folder: Path, start: str) -> tuple[str, ...]:
    """Starts the tiny worker."""
    return (sys.executable, "-m", "tests.encoder.actor", str(folder), start)


def starts(folder: Path) -> list[int]:
    """The process ids of its starts."""
    told = folder / "starts"
    return [int(line) for line in told.read_text(encoding="utf-8").split()] if told.exists() else []


def state(encoder: EncoderProcess) -> str:
    """How it is at this moment."""
    return encoder.state


async def test_an_answer_has_one_vector_for_each_text_in_order(make: Make) -> None:
    """Three texts of different lengths."""
    encoder = make()
    await encoder.start()
    assert await encoder.ready(LONG)
    answer = await encoder.vectors(["a", "aaa", "aa"])
    assert answer is not None
    assert np.array_equal(answer, [vector("a"), vector("aaa"), vector("aa")])
    assert state(encoder) == "ready"


async def test_no_texts_are_no_vectors(make: Make) -> None:
    """An empty matrix of the right width, without asking."""
    encoder = make()
    await encoder.start()
    assert await encoder.ready(LONG)
    answer = await encoder.vectors([])
    assert answer is not None and answer.shape == (0, SIZE)


async def test_before_its_start_and_after_its_end_there_is_no_answer(make: Make) -> None:
    """None both times, and the state says off."""
    encoder = make()
    assert await encoder.vectors(["a"]) is None
    await encoder.start()
    assert await encoder.ready(LONG)
    await encoder.close()
    assert await encoder.vectors(["a"]) is None
    assert state(encoder) == "off"


@pytest.mark.parametrize("text", ["crash", "garbage", "few", "long", "fault"])
async def test_a_worker_that_breaks_is_none_now_and_well_again_soon(make: Make, tmp_path: Path, text: str) -> None:
    """The answer is None; a new worker is started, and it answers."""
    encoder = make()
    await encoder.start()
    assert await encoder.ready(LONG)
    assert await encoder.vectors([text, "aa"]) is None
    assert state(encoder) != "ready"
    assert await encoder.ready(LONG)
    assert await encoder.vectors(["aa"]) is not None
    assert len(starts(tmp_path)) == 2
    with pytest.raises(ProcessLookupError):
        os.kill(starts(tmp_path)[0], 0)


async def test_a_worker_that_hangs_is_ended_and_another_takes_its_place(make: Make, tmp_path: Path) -> None:
    """The limit named hang ends it, however patient the caller is."""
    encoder = make(limits=Limits(patience=60.0, hang=0.05, loading=60.0, rests=(0.0,)))
    await encoder.start()
    assert await encoder.ready(LONG)
    assert await encoder.vectors(["hang"]) is None
    assert await encoder.ready(LONG)
    assert len(starts(tmp_path)) == 2


async def test_a_slow_answer_is_none_and_does_not_become_the_next_ones(make: Make, tmp_path: Path) -> None:
    """The caller goes on without it; the same worker answers the next question with the next answer."""
    os.mkfifo(tmp_path / "gate")
    encoder = make(limits=Limits(patience=0.2, hang=60.0, loading=60.0, rests=(0.0,)))
    await encoder.start()
    assert await encoder.ready(LONG)
    assert await encoder.vectors(["wait"]) is None
    assert state(encoder) == "slow"
    assert await encoder.vectors(["a"]) is None  # it is still at the first
    await asyncio.to_thread((tmp_path / "gate").write_bytes, b"")
    answer = None
    for _ in range(300):
        answer = await encoder.vectors(["a"])
        if answer is not None:
            break
    assert answer is not None and np.array_equal(answer[0], vector("a"))
    assert state(encoder) == "ready"
    assert len(starts(tmp_path)) == 1


async def test_a_caller_who_leaves_does_not_mix_up_the_others(make: Make, tmp_path: Path) -> None:
    """Cancelled while the worker is at it."""
    os.mkfifo(tmp_path / "gate")
    encoder = make()
    await encoder.start()
    assert await encoder.ready(LONG)
    leaving = asyncio.create_task(encoder.vectors(["wait"]))
    staying = asyncio.create_task(encoder.vectors(["aaa"]))
    await asyncio.wait([leaving, staying], timeout=0.05)
    leaving.cancel()
    await asyncio.to_thread((tmp_path / "gate").write_bytes, b"")
    answer = await staying
    assert answer is not None and np.array_equal(answer[0], vector("aaa"))


async def test_many_at_once_each_get_their_own(make: Make) -> None:
    """Fifty questions in one moment, answered one after another."""
    encoder = make()
    await encoder.start()
    assert await encoder.ready(LONG)
    texts = ["a" * number for number in range(1, 51)]
    answers = await asyncio.gather(*(encoder.vectors([text]) for text in texts))
    for text, answer in zip(texts, answers, strict=True):
        assert answer is not None and np.array_equal(answer[0], vector(text))


@pytest.mark.parametrize("start", ["once", "flood", "dumb"])
async def test_a_worker_that_starts_badly_is_started_again(make: Make, tmp_path: Path, start: str) -> None:
    """It ends, floods or says hello with nothing; the second start is good."""
    encoder = make(start)
    await encoder.start()
    assert await encoder.ready(LONG)
    assert await encoder.vectors(["a"]) is not None
    assert len(starts(tmp_path)) == 2


async def test_a_worker_that_never_says_hello_is_ended(make: Make, tmp_path: Path) -> None:
    """And started again; closing leaves none of them running."""
    encoder = make("mute", Limits(loading=0.3, rests=(0.0, 0.0, LONG)))
    with capture_logs() as logs:
        await encoder.start()
        assert state(encoder) == "starting"
        assert not await encoder.ready(1.0)
        await encoder.close()
    assert {line["reason"] for line in logs} == {"TimeoutError"}
    for pid in starts(tmp_path):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


async def test_a_command_that_is_not_there_is_an_encoder_that_rests(tmp_path: Path) -> None:
    """No exception reaches anybody."""
    encoder = EncoderProcess("none", [str(tmp_path / "none")], Limits(rests=(LONG,)))
    with capture_logs() as logs:
        await encoder.start()
        assert not await encoder.ready(0.5)
        assert await encoder.vectors(["a"]) is None
        assert state(encoder) == "resting"
        await encoder.close()
    assert [line["reason"] for line in logs] == ["FileNotFoundError"]


async def test_the_rests_grow_till_it_answers(make: Make) -> None:
    """A worker that had answered is started again after the first rest."""
    encoder = make("well", Limits(patience=60.0, rests=(0.0, 1000.0)))
    with capture_logs() as logs:
        await encoder.start()
        assert await encoder.ready(LONG)
        assert await encoder.vectors(["a"]) is not None
        assert await encoder.vectors(["crash"]) is None
        assert await encoder.ready(LONG)
        assert await encoder.vectors(["crash"]) is None
        assert not await encoder.ready(0.5)
    assert [line["rest"] for line in logs if line["event"] == "encoder ended"] == [0.0, 1000.0]


@pytest.mark.parametrize("text", ["hang", "wait"])
async def test_closing_ends_a_worker_that_is_at_work(make: Make, tmp_path: Path, text: str) -> None:
    """Whoever waits gets None; no process is left."""
    os.mkfifo(tmp_path / "gate")
    encoder = make()
    await encoder.start()
    assert await encoder.ready(LONG)
    waiting = asyncio.create_task(encoder.vectors([text]))
    await asyncio.wait([waiting], timeout=0.05)
    await encoder.close()
    assert await waiting is None
    with pytest.raises(ProcessLookupError):
        os.kill(starts(tmp_path)[0], 0)


async def test_closing_at_once_leaves_nothing(make: Make) -> None:
    """Right after the start, and twice."""
    encoder = make()
    await encoder.start()
    await encoder.close()
    await encoder.close()
    assert state(encoder) == "off"


async def test_what_was_written_is_never_logged(make: Make) -> None:
    """Neither the text nor what a broken worker says of it."""
    encoder = make()
    with capture_logs() as logs:
        await encoder.start()
        for text in ("fault", "garbage", "crash"):
            assert await encoder.ready(LONG)
            assert await encoder.vectors([text, "my secret"]) is None
    assert logs
    assert "secret" not in repr(logs)


def test_the_worker_gets_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its environment is made anew, not handed on."""
    monkeypatch.setenv("PERHENEUVO_KEY", "secret")
    assert "secret" not in repr(environment())
    assert not [name for name in environment() if name.startswith("PERHENEUVO")]


async def test_without_an_encoder_there_is_never_an_answer() -> None:
    """And nothing to start or to close."""
    nobody = NoEncoder("missing")
    await nobody.start()
    assert not await nobody.ready(LONG)
    assert await nobody.vectors(["a"]) is None
    await nobody.close()
    assert nobody.state == "missing"


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], object]]:
    """Asks a running tiny worker from outside of any loop."""
    encoder = EncoderProcess("actor", command(tmp_path_factory.mktemp("any"), "well"), PATIENT)
    with asyncio.Runner() as runner:

        async def begin() -> bool:
            await encoder.start()
            return await encoder.ready(LONG)

        assert runner.run(begin())
        yield lambda text: runner.run(encoder.vectors([text]))
        runner.run(encoder.close())


@given(text=st.text(alphabet=st.characters(), max_size=600).filter(lambda text: "a" not in text[:8].lower()))
@settings(max_examples=150, deadline=None)
def test_any_text_at_all_gets_a_vector(asked: Callable[[str], object], text: str) -> None:
    """Lone surrogates, zeros and all; the words that make the tiny worker misbehave excepted."""
    answer = asked(text)
    assert isinstance(answer, np.ndarray) and answer.shape == (1, SIZE)
