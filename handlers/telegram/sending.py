"""The Telegram channel: one outbox row -> calls of the Bot API -> what became of it. Only the outbox calls this.

Decides nothing about content and never sleeps: what must wait is handed back with the seconds to wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal, TypeVar, assert_never

from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.messages import PressAnswer, Say, StaffCard, StaffLine, StaffNotice
from bot.ports import Clock, Delivery, OutboxRow, Outcome, Sent, StaffLink, TryAgain, Unreachable
from handlers.telegram import failing
from handlers.telegram.api import Api
from handlers.telegram.keyboards import inline
from handlers.telegram.pacing import Pace
from handlers.telegram.rendering import pieces, plain
from handlers.telegram.staffroom import HalfDone, StaffRoom

T = TypeVar("T")

PRESS_ANSWER_LENGTH = 200
NO_PREVIEW = {"is_disabled": True}


class TooSoon(Exception):
    """Telegram's limits do not let this go yet; ``after`` seconds they do. Nothing was sent."""

    def __init__(self, after: float) -> None:
        super().__init__()
        self.after = after


class TelegramChannel:
    """Implements :class:`bot.ports.Channel`. ``TryAgain("pace")``: our own limit; nothing failed."""

    name: Literal["telegram", "web", "console"] = "telegram"

    def __init__(self, api: Api, clock: Clock, pace: Pace | None = None) -> None:
        self._api = api
        self._clock = clock
        self._pace = pace or Pace()
        self._room = StaffRoom(api)
        self._begun: dict[int, int] = {}

    async def deliver(self, delivery: Delivery) -> Outcome:
        """Send one row. Whatever goes wrong is the outcome."""
        try:
            return await self._send(delivery)
        except TooSoon as soon:
            return TryAgain("pace", after=soon.after)
        except HalfDone as half:
            return self._with_link(self._failed(delivery.row, half.error), half.link)
        except TelegramError as error:
            return self._failed(delivery.row, error)
        except ValueError:  # our own making (a button nobody can tap): no use to ask again
            return Unreachable("unsendable")
        except Exception as fault:  # a channel never takes the outbox down with it
            return TryAgain(type(fault).__name__, unknown=True)

    async def _send(self, delivery: Delivery) -> Outcome:
        row = delivery.row
        match row.payload:
            case Say() as said:
                return await self._say(row, said)
            case StaffCard() as card:
                self._paced(row, await self._room.cost(row.to.key, card, delivery.link))
                return await self._room.card(row.to.key, card, delivery.link)
            case StaffLine() as line:
                return await self._line(delivery, line)
            case StaffNotice() as notice:
                self._paced(row, 1)
                return Sent(await self._room.notice(row.to.key, notice))
            case PressAnswer() as answer:
                return await self._answer(answer)
            case never:
                assert_never(never)

    async def _say(self, row: OutboxRow, said: Say) -> Outcome:
        texts, keys = pieces(said.parts), inline(said.buttons)
        calls = [self._message(row, text, parse_mode="HTML") for text in texts]
        if not calls:
            raise ValueError("nothing to say")
        calls[-1]["reply_markup"] = keys
        return Sent(await self._all(row, calls))

    async def _line(self, delivery: Delivery, line: StaffLine) -> Outcome:
        row, chat = delivery.row, delivery.row.to.key
        texts = plain(line.text)
        self._paced(row, len(texts) - self._begun.get(row.id, 0) + await self._room.place_cost(chat, delivery.link))
        placed = await self._room.place(chat, line.case, delivery.link)
        message: int | None = None
        try:
            for number, text in self._left(row, texts):
                message, placed = await self._room.line(chat, line.case, text, placed)
                self._begun[row.id] = number
        except TelegramError as error:
            raise HalfDone(placed, error) from error
        self._begun.pop(row.id, None)
        return Sent(message, placed if placed != delivery.link else None)

    async def _answer(self, answer: PressAnswer) -> Outcome:
        try:
            await self._api.call(
                "answerCallbackQuery", callback_query_id=answer.press, text=answer.text[:PRESS_ANSWER_LENGTH] or None
            )
        except BadRequest as error:
            if not failing.press_too_old(error):
                raise
        return Sent()

    def _message(self, row: OutboxRow, text: str, **more: Any) -> dict[str, Any]:
        return {"chat_id": row.to.key, "text": text, "link_preview_options": NO_PREVIEW, **more}

    async def _all(self, row: OutboxRow, calls: list[dict[str, Any]]) -> int | None:
        """Every piece once: a message that broke off goes on where it stopped, as long as this process lives."""
        self._paced(row, len(calls) - self._begun.get(row.id, 0))
        message: int | None = None
        for number, call in self._left(row, calls):
            message = (await self._api.call("sendMessage", **call))["message_id"]
            self._begun[row.id] = number
        self._begun.pop(row.id, None)
        return message

    def _left(self, row: OutboxRow, whole: Sequence[T]) -> list[tuple[int, T]]:
        return list(enumerate(whole, start=1))[self._begun.get(row.id, 0) :]

    def _paced(self, row: OutboxRow, cost: int) -> None:
        after = self._pace.wait(row.to.key, cost, self._clock.now())
        if after > 0:
            raise TooSoon(after)

    def _failed(self, row: OutboxRow, error: TelegramError) -> Outcome:
        if isinstance(error, RetryAfter):
            self._pace.hold(row.to.key, self._clock.now() + timedelta(seconds=failing.seconds(error)))
        outcome = failing.outcome_of(error)
        if isinstance(outcome, Unreachable):
            self._begun.pop(row.id, None)
        return outcome

    @staticmethod
    def _with_link(outcome: Outcome, link: StaffLink) -> Outcome:
        """Of the outcomes only "try again" can carry the place along."""
        return replace(outcome, link=link) if isinstance(outcome, TryAgain) else outcome
