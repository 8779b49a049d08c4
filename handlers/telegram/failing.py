"""Telegram's errors -> what the outbox does next. Knows no message, only answers."""

from __future__ import annotations

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.ports import MovedTo, Outcome, Stop, TryAgain, Unreachable

MARGIN = 1.0  # seconds beyond retry_after: the server rounds down

_GONE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "user is deactivated",
    "bot was kicked",
    "group chat was deactivated",
)
_THREAD_GONE = ("message thread not found", "topic_deleted", "topic_id_invalid")
_CARD_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")


def outcome_of(error: TelegramError) -> Outcome:
    """What an error means for the message that was being sent."""
    match error:
        case BadRequest():  # first: it is a NetworkError too, and asking again would help nobody
            return Unreachable("gone" if _says(error, *_GONE) else "refused")
        case RetryAfter():
            return TryAgain("RetryAfter", after=seconds(error) + MARGIN)
        case NetworkError():
            return TryAgain(type(error).__name__, unknown=not never_left(error))
        case Forbidden():
            return Unreachable("blocked")
        case ChatMigrated():
            return MovedTo(str(error.new_chat_id))
        case InvalidToken() | EndPointNotFound() | Conflict():
            return Stop(type(error).__name__)
    return TryAgain(
        type(error).__name__, unknown=True
    )  # an answer that could not be read: it may well have been applied


def seconds(error: RetryAfter) -> float:
    """How long Telegram wants us to wait."""
    after = error.retry_after
    return float(after) if isinstance(after, int) else after.total_seconds()


def never_left(error: TelegramError) -> bool:
    """The request did not reach the server: no connection, or none free to use."""
    return isinstance(error.__cause__, httpx.ConnectTimeout | httpx.ConnectError | httpx.PoolTimeout)


def unchanged(error: BadRequest) -> bool:
    """It already reads so."""
    return _says(error, "message is not modified")


def card_gone(error: BadRequest) -> bool:
    """The message to edit is not there any more."""
    return _says(error, *_CARD_GONE)


def thread_gone(error: BadRequest) -> bool:
    """The topic is not there any more."""
    return _says(error, *_THREAD_GONE)


def thread_closed(error: BadRequest) -> bool:
    """The topic takes no messages until it is opened again."""
    return _says(error, "topic_closed")


def press_too_old(error: BadRequest) -> bool:
    """Nobody waits for the sign any more."""
    return _says(error, "query is too old", "query id is invalid", "query_id_invalid")


def chat_gone(error: BadRequest) -> bool:
    """There is no such chat for us."""
    return _says(error, *_GONE)


def _says(error: TelegramError, *texts: str) -> bool:
    said = error.message.lower()
    return any(text in said for text in texts)
