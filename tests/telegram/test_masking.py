"""No token in any log line, whoever writes it and however it went wrong."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from handlers.telegram.api import Api
from handlers.telegram.masking import keep_secrets, mask
from tests.telegram.server import BotApi


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The whole log as it would be written, at its most talkative."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    root, before = logging.getLogger(), logging.getLogger().level
    levels = {name: logging.getLogger(name).level for name in ("httpx", "httpcore", "telegram")}
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    keep_secrets([handler])
    yield written
    root.removeHandler(handler)
    root.setLevel(before)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def test_a_token_is_masked_in_messages_arguments_and_tracebacks(log: io.StringIO, server: BotApi) -> None:
    """Wherever it hides."""
    logger = logging.getLogger("anybody")
    logger.warning("calling %s", f"https://example.org/bot{server.token}/getMe")
    try:
        raise RuntimeError(f"no answer from /bot{server.token}/sendMessage")
    except RuntimeError:
        logger.exception("failed", stack_info=True)
    assert server.token not in log.getvalue()
    assert "calling https://example.org/bot<token>/getMe" in log.getvalue()
    assert "RuntimeError: no answer from /bot<token>/sendMessage" in log.getvalue()


async def test_the_libraries_write_neither_tokens_nor_words(log: io.StringIO, server: BotApi, api: Api) -> None:
    """Not when it works, and not when an answer cannot be read."""
    aino = server.parent()
    await api.call("sendMessage", chat_id=7001, text="salaisuus")
    await aino.write("salaisuus, josta en kerro")
    server.fail("getUpdates", "truncated")
    with pytest.raises(Exception, match="Invalid server response"):
        await api.updates(0, 0, ("message",))
    logged = log.getvalue()
    assert "salaisuus" not in logged
    assert server.token not in logged
    assert "httpx" not in logged


@pytest.mark.parametrize("text", ["klo 12:30 alkaen", "1:2:3", "suhde 3:kolme"])
def test_what_is_no_token_stays(text: str) -> None:
    """Times and the like are readable."""
    assert mask(text) == text
