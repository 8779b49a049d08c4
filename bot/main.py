"""Everything put together and kept running: the knowledge, the store, the inbox, the outbox, and the channels.

The one place that knows every room. Nothing is decided here.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from starlette.routing import Route

from bot.clock import SystemClock
from bot.conversation.turn import Door
from bot.encoder.choosing import choose
from bot.encoder.process import NoEncoder
from bot.encoder.recent import Recent
from bot.inbox import Inbox
from bot.intake import Intake
from bot.messages import Address
from bot.operating.doors import Doors, read_knowledge, vectors_of, zone_of
from bot.operating.electing import Elected, Part
from bot.operating.encoding import Encoding, Sentences
from bot.operating.health import Health, Receiving
from bot.operating.inviting import INVITE_HOURS, first_worker, invite
from bot.operating.metrics import Metrics
from bot.operating.pages import Pages, listen
from bot.operating.reloading import Reloading, Signature, signature
from bot.operating.starting import opened
from bot.operating.unfailing import unfailing_stderr
from bot.outbox.worker import Outbox
from bot.ports import Channel, Clock, EncoderState, Store, Wake
from bot.queueing import telling
from bot.settings import Settings
from bot.ticking import Ticker
from handlers.telegram.api import Api
from handlers.telegram.masking import keep_secrets
from handlers.telegram.menus import menu_words
from handlers.telegram.polling import Receiver
from handlers.telegram.sending import TelegramChannel
from handlers.telegram.updates import reader
from handlers.telegram.webhook import PATH, Hook, place_of
from handlers.web.app import make_app
from handlers.web.delivering import WebChannel
from handlers.web.health import metrics_route
from handlers.web.waking import DESK

log = structlog.get_logger()
STOP = 7.0  # seconds everything has to end by itself


def set_up_logging(level: str) -> None:
    """Structured lines on standard error: our own ids, never what anybody wrote. Tokens are masked everywhere."""
    stream = unfailing_stderr()
    handler = logging.StreamHandler(stream)
    logging.basicConfig(level=level.upper(), handlers=[handler], format="%(message)s", force=True)
    keep_secrets([handler])
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=True,
    )


@dataclass
class Telegram:
    """The parts of the Telegram channel."""

    api: Api
    receiver: Receiver | Hook
    running: Part
    inbox: Inbox
    began: datetime


@dataclass
class FrontDoor:
    """One running front door."""

    settings: Settings
    store: Store
    clock: Clock
    door: Door
    source: tuple[Callable[[], Door], Signature]
    metrics: Metrics
    sentences: Sentences | None = None
    encoding: Encoding | None = field(init=False, default=None)
    knowledge: Reloading = field(init=False)
    health: Health = field(init=False)
    web: WebChannel = field(init=False)
    intake: Intake = field(init=False)
    outbox: Outbox = field(init=False)
    ticker: Ticker = field(init=False)
    pages: Pages = field(init=False)
    telegram: Telegram | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """Join the parts; nothing runs yet."""
        build, known = self.source
        company, folder = self.store.company, self.settings.knowledge
        self.knowledge = Reloading(folder, build, lambda: self.door, self._swap, company, known)
        self.web = WebChannel(self.store, self.clock)
        channels: dict[str, Channel] = {"web": self.web}
        token, staff = self.settings.telegram_token, self.staff()
        api = Api(token.get_secret_value(), self.settings.telegram_api_base) if token else None
        if api is not None:
            channels["telegram"] = TelegramChannel(api, self.clock)
        self.outbox = Outbox(
            self.store,
            self.clock,
            channels,
            staff=lambda: staff,
            undelivered_text=lambda: telling.say(self.door.base, "staff.undelivered"),
            late_text=lambda: telling.say(self.door.base, "staff.late"),
            repeated_text=lambda: telling.say(self.door.base, "staff.repeat"),
            seen=self.metrics.tried,
        )
        seen = self.metrics.turn
        hearing = Recent(self.sentences.encoder) if self.sentences else None
        self.intake = Intake(self.store, self.clock, lambda: self.door, lambda: staff, self.outbox.wake, seen, hearing)
        showing = self.intake.showing
        self.ticker = Ticker(self.store, self.clock, lambda: self.door, showing, self.outbox.wake)
        if self.sentences is not None:
            self.encoding = Encoding(self.sentences, lambda: self.door, self._swap)
        if api is not None:
            self.telegram = self._telegram(api)
        parts = (lambda: self.door, self.knowledge, self._receiving, self._encoder)
        self.health = Health(self.store, self.clock, self.outbox, *parts)
        app = make_app(
            store=self.store,
            intake=self.intake,
            clock=self.clock,
            door=lambda: self.door,
            channel=self.web,
            health=self.health,
            more=self._more(),
        )
        self.pages = Pages(app)
        self.store.company.listen(self._heard)

    def staff(self) -> Address | None:
        """The staff group, where there is one."""
        chat = self.settings.staff_chat
        return Address("telegram", chat) if chat and self.settings.telegram_token else None

    def _telegram(self, api: Api) -> Telegram:
        inbox = Inbox(self.store, self.clock, self.intake, "telegram", reader(self.settings.staff_chat))
        parts = (api, self.store, self.clock, inbox.wake)
        place, words = place_of(self.settings), menu_words(self.door.base, self.settings.staff_chat)
        if place is not None:
            hook = Hook(*parts, place, menus=words, revived=self._revived)
            return Telegram(api, hook, hook, inbox, self.clock.now())
        elected = Elected(self.store.company, lambda: self._receiver(self._made_receiver(parts)))
        return Telegram(api, Receiver(*parts), elected, inbox, self.clock.now())

    def _made_receiver(self, parts: tuple[Api, Store, Clock, Wake]) -> Receiver:
        return Receiver(*parts, menus=menu_words(self.door.base, self.settings.staff_chat), revived=self._revived)

    def _revived(self) -> None:
        """Telegram can be reached again."""
        self.outbox.revive("telegram")

    def _receiver(self, receiver: Receiver) -> Receiver:
        """The one that asks Telegram from now on."""
        if self.telegram is not None:
            self.telegram.receiver, self.telegram.began = receiver, self.clock.now()
        return receiver

    def _more(self) -> list[Route]:
        """Where Telegram posts updates, when it is to; the metrics, where they are shown."""
        more = [metrics_route(lambda: self.metrics.told(self.health))] if self.settings.shows_metrics else []
        if self.telegram is not None and isinstance(self.telegram.receiver, Hook):
            more.append(Route(PATH, self.telegram.receiver.receive, methods=["POST"]))
        return more

    def _receiving(self) -> Receiving | None:
        if self.telegram is None:
            return None
        standing = self.telegram.receiver.standing
        here = isinstance(self.telegram.receiver, Hook) or self.store.company.leads
        return Receiving(standing.last_good, standing.alarm, here, self.telegram.began)

    def _heard(self, what: str) -> None:
        """Something was kept, here or by another replica; the empty word: anything may have been."""
        if what in ("", "inbox") and self.telegram is not None:
            self.telegram.inbox.wake()
        if what in ("", "outbox"):
            self.outbox.wake()
        if what in ("", "desk"):
            self.ticker.wake()
        name, _, number = what.partition(":")
        if name == "desk" or number.isdigit():
            self.web.bells.ring(DESK if name == "desk" else int(number))

    def _encoder(self) -> EncoderState:
        return self.sentences.encoder.state if self.sentences else "off"

    def _swap(self, door: Door) -> None:
        self.door = door

    def _parts(self) -> Iterator[tuple[str, Part]]:
        """What runs, in the order in which it is told to stop."""
        if self.telegram is not None:
            yield "receiver", self.telegram.running
            yield "inbox", self.telegram.inbox
        yield "knowledge", self.knowledge
        if self.encoding is not None:
            yield "encoding", self.encoding
        yield "ticker", self.ticker
        yield "outbox", self.outbox
        yield "company", self.store.company

    async def run(self, stopping: asyncio.Event, listening: socket.socket) -> None:
        """Run until ``stopping`` is set; then finish what is in hand, within ten seconds, and leave nothing open.

        What is not finished then is on disk and goes on at the next start. Raises what a part ended by.
        """
        tasks = [asyncio.create_task(self.pages.serve([listening]), name="pages")]
        tasks += [asyncio.create_task(part.run(), name=name) for name, part in self._parts()]
        waiting = asyncio.create_task(stopping.wait(), name="stop")
        try:
            done, _ = await asyncio.wait([waiting, *tasks], return_when=asyncio.FIRST_COMPLETED)
            for task in done - {waiting}:
                log.error("ended by itself", part=task.get_name())
            await self._stop(tasks)
        finally:
            waiting.cancel()
            if self.telegram is not None:
                await self.telegram.api.close()

    async def _stop(self, tasks: Sequence[asyncio.Task[None]]) -> None:
        self.health.stopping = True
        self.pages.should_exit = True
        for _, part in self._parts():
            part.stop()
        _, late = await asyncio.wait(tasks, timeout=STOP)
        for task in late:
            log.warning("given up", part=task.get_name())
            task.cancel()
        ends = await asyncio.gather(*tasks, return_exceptions=True)
        for end in ends:
            if isinstance(end, Exception):
                raise end


async def run(settings: Settings) -> None:
    """Start everything and run until told to stop (SIGINT, SIGTERM). Raises KnowledgeFaults, SettingsFault, OSError."""
    known = await asyncio.to_thread(signature, settings.knowledge)
    metrics = Metrics()
    chosen = choose(settings.encoder)
    vectors = None if isinstance(chosen.encoder, NoEncoder) else vectors_of(settings, chosen.encoder.name)
    doors = Doors(settings, metrics, vectors)
    base = read_knowledge(settings)
    zone = zone_of(base)
    async with opened(settings, zone, serve=True) as store:
        with listen(settings) as listening:
            door, behind = doors.first(base)
            sentences = Sentences(chosen.encoder, vectors, doors.made, behind)
            front = FrontDoor(settings, store, SystemClock(zone), door, (doors.build, known), metrics, sentences)
            stopping = asyncio.Event()
            for each in (signal.SIGINT, signal.SIGTERM):
                asyncio.get_running_loop().add_signal_handler(each, stopping.set)
            await _greet(front, chosen.said)
            await front.run(stopping, listening)


async def _greet(front: FrontDoor, encoder: str) -> None:
    """Say where the doors are. Without Telegram it is somebody trying things out: a one-time desk link as well."""
    here = f"http://{front.settings.bind}"
    lines = [f"Parents write here:   {here}/", f"Workers answer here:  {here}/desk"]
    if front.telegram is None:
        name = await first_worker(front.store, front.clock, front.door.base)
        token = await invite(front.store, front.clock, name)
        lines.append(f"One-time desk link:   {here}/desk/in/{token}  (for {name}, once, within {INVITE_HOURS} h)")
        lines.append("Telegram:             not set up (PERHENEUVO_TELEGRAM_TOKEN)")
    else:
        how = "polling" if isinstance(front.telegram.receiver, Receiver) else "webhook"
        group = "with" if front.staff() is not None else "without (PERHENEUVO_STAFF_CHAT)"
        lines.append(f"Telegram:             on by {how}, {group} a staff group")
    lines.append(f"Sentence encoder:     {encoder}")
    lines.append("Stop with Ctrl+C.")
    sys.stdout.write("\n" + "\n".join(lines) + "\n\n")
    sys.stdout.flush()
