"""What people would use instead: python-telegram-bot's own polling and one handler that says the words again.

Nothing is kept and nothing understood: the ceiling for any front door on the same client and server.
Run as ``python -m tests.load.echo BASE TOKEN``.
"""

from __future__ import annotations

import sys
from typing import Any

from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters


async def say_again(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """The same words back."""
    if update.effective_message is not None and update.effective_message.text:
        await update.effective_message.reply_text(update.effective_message.text)


def main(base: str, token: str) -> None:
    """Until it is stopped."""
    app: Application[Any, Any, Any, Any, Any, Any] = ApplicationBuilder().token(token).base_url(f"{base}/bot").build()
    app.add_handler(MessageHandler(filters.TEXT, say_again))
    app.run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:3])
