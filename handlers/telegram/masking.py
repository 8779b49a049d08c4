"""Keeps the bot's token out of the log. It is in the address of every call, so any library may log it."""

from __future__ import annotations

import logging
import re

_TOKEN = re.compile(r"\d+:[\w-]{30,}")
_QUIET = ("httpx", "httpcore", "telegram")  # PTB logs what people write at DEBUG, httpx every address at INFO


def mask(text: str) -> str:
    """The text with every token made unreadable."""
    return _TOKEN.sub("<token>", text)


class MaskTokens(logging.Filter):
    """Masks tokens in a record and its traceback. Goes on handlers: a logger's filter misses its children's."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Never drops a record."""
        record.msg, record.args = mask(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        record.exc_text = mask(record.exc_text) if record.exc_text else record.exc_text
        record.stack_info = mask(record.stack_info) if record.stack_info else record.stack_info
        return True


def keep_secrets(handlers: list[logging.Handler]) -> None:
    """Called once at start with every handler of the log."""
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for handler in handlers:
        handler.addFilter(MaskTokens())
