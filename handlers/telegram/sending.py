"""The Telegram channel: one outbox row -> calls of the Bot API -> what became of it. Only the outbox calls this.

Decides nothing about content and never sleeps: what must wait is handed back with the seconds to wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, timedelta
from typing import Literal, TypeVar, assert_never

from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.messages import PressAnswer, Say, StaffCard, StaffLine, StaffNotice, StaffPlace
from bot.ports import Clock, Delivery, OutboxRow, Outcome, Sent, StaffLink, TryAgain, Unreachable
from handlers.telegram import failing
from handlers.telegram.api import Api
from handlers.telegram.calling import Call, messages
from handlers.telegram.commanding import MARK
from handlers.telegram.keyboards import inline
from handlers.telegram.pacing import Pace
from handlers.telegram.rendering import pieces, plain
from handlers.telegram.staffroom import HalfDone, StaffRoom

T = TypeVar("T")

PRESS_ANSWER_LENGTH = 200


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
        self._unreached: set[str] = set()  # workers who take nothing in private

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
        calls = messages(texts, said.file, parse_mode="HTML")
        if not calls:
            raise ValueError("nothing to say")
        calls[-1][1]["reply_markup"] = keys
        return Sent(await self._all(row, calls))

    async def _line(self, delivery: Delivery, line: StaffLine) -> Outcome:
        row, chat = delivery.row, delivery.row.to.key
        texts = plain(line.text.replace(MARK.strip(), "⤺"))  # a parent must not write what only a question may say
        calls = messages(texts, line.file)
        if line.instead is not None:
            return await self._privately(row, line, line.instead, calls)
        self._paced(row, len(calls) - self._begun.get(row.id, 0) + await self._room.place_cost(chat, delivery.link))
        placed = await self._room.place(chat, line.case, delivery.link)
        message: int | None = None
        try:
            for number, call in self._left(row, calls):
                message, placed = await self._room.line(chat, line.case, call, placed)
                self._begun[row.id] = number
        except TelegramError as error:
            if line.file is not None and failing.outcome_of(error) == Unreachable("refused"):
                without = await self._line(replace(delivery, link=placed), replace(line, file=None))
                return replace(without, link=without.link or placed) if isinstance(without, Sent) else without
            raise HalfDone(placed, error) from error
        self._begun.pop(row.id, None)
        return Sent(message, placed if placed != delivery.link else None)

    async def _privately(self, row: OutboxRow, line: StaffLine, place: StaffPlace, calls: list[Call]) -> Outcome:
        """To the worker's own chat; into the group where that cannot be, for nothing may be lost. Her chat's number
        must never be taken for the group's: what the group answers is not told as if she had said it.
        """
        chat = row.to.key
        if chat not in self._unreached:
            try:
                hers = [(method, {**values, "protect_content": True}) for method, values in calls]
                return Sent(await self._all(row, hers))
            except (BadRequest, Forbidden):
                self._unreached.add(chat)
                self._begun.pop(row.id, None)
        return await self._instead(line.case, StaffLink(place.chat, place.thread, place.reply_to), calls)

    async def _instead(self, case: int, place: StaffLink, calls: list[Call]) -> Outcome:
        after, link = self._pace.wait(place.chat, len(calls), self._clock.now()), place
        if after > 0:
            raise TooSoon(after)
        try:
            for call in calls:
                _, link = await self._room.line(link.chat, case, call, link)
        except ChatMigrated as moved:
            return await self._instead(case, StaffLink(str(moved.new_chat_id), None, None), calls)
        except RetryAfter as error:
            return TryAgain("RetryAfter", after=failing.seconds(error) + failing.MARGIN)
        return Sent(link=link if link != place else None)

    async def _answer(self, answer: PressAnswer) -> Outcome:
        try:
            await self._api.call(
                "answerCallbackQuery", callback_query_id=answer.press, text=answer.text[:PRESS_ANSWER_LENGTH] or None
            )
        except BadRequest as error:
            if not failing.press_too_old(error):
                raise
        return Sent()

    async def _all(self, row: OutboxRow, calls: list[Call]) -> int | None:
        """Every piece once: a message that broke off goes on where it stopped, as long as this process lives."""
        self._paced(row, len(calls) - self._begun.get(row.id, 0))
        message: int | None = None
        for number, (method, values) in self._left(row, calls):
            message = (await self._api.call(method, chat_id=row.to.key, **values))["message_id"]
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
            self._pace.hold(row.to.key, self._clock.now().astimezone(UTC) + timedelta(seconds=failing.seconds(error)))
        outcome = failing.outcome_of(error)
        if isinstance(outcome, Unreachable):
            self._begun.pop(row.id, None)
        return outcome

    @staticmethod
    def _with_link(outcome: Outcome, link: StaffLink) -> Outcome:
        """Of the outcomes only "try again" can carry the place along."""
        return replace(outcome, link=link) if isinstance(outcome, TryAgain) else outcome
