"""Rows of buttons -> Telegram's inline keyboard. Knows nothing of what the buttons mean."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.messages import Button

DATA_BYTES = 64


def inline(rows: Sequence[Sequence[Button]]) -> InlineKeyboardMarkup | None:
    """The keyboard, or None when there is no button. ValueError for what cannot be a button (data: 1 to 64 bytes)."""
    keys = [[_key(button) for button in row] for row in rows if row]
    return InlineKeyboardMarkup(keys) if keys else None


def _key(button: Button) -> InlineKeyboardButton:
    size = len(button.data.encode())
    if not 1 <= size <= DATA_BYTES or not button.label.strip():
        raise ValueError(f"a button needs a label and 1 to {DATA_BYTES} bytes of data, this one has {size}")
    return InlineKeyboardButton(button.label, callback_data=button.data)
