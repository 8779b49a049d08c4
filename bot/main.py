"""Everything put together and kept running: the knowledge, the store, the inbox, the outbox, and the channels.

The one place that knows every room. Nothing is decided here.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import signal
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
import uvicorn

from bot.clock import SystemClock
from bot.conversation.turn import Door
from bot.inbox import Inbox
from bot.intake import Intake, hashed
from bot.knowledge.loading import load
from bot.knowledge.model import LANGUAGES, Base
from bot.matching.matcher import Matcher
from bot.messages import Address
from bot.outbox.worker import Outbox
from bot.ports import Channel, Clock, Store
from bot.queueing import telling
from bot.settings import Settings
from bot.store.sql import open_store
from handlers.telegram.api import Api
from handlers.telegram.masking import keep_secrets
from handlers.telegram.polling import Receiver
from handlers.telegram.sending import TelegramChannel
from handlers.telegram.updates import reader
from handlers.web.app import make_app
from handlers.web.delivering import WebChannel

log = structlog.get_logger()
INVITE_HOURS = 24
HOME = ZoneInfo("Europe/Helsinki")  # where the field is; the knowledge may name another zone
_DEAF = 60.0  # seconds without a good poll after which health is red


def set_up_logging(level: str) -> None:
    """Structured lines on standard error: our own ids, never what anybody wrote. Tokens are masked everywhere."""
    handler = logging.StreamHandler(sys.stderr)
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
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def zone_of(base: Base) -> ZoneInfo:
    """The time zone the knowledge is written in."""
    return ZoneInfo(base.settings.timezone)


def read_knowledge(settings: Settings) -> Base:
    """The base as it is on disk. Raises KnowledgeFaults."""
    return load(settings.knowledge, SystemClock(HOME).now().date())


def store_of(settings: Settings, zone: ZoneInfo) -> Store:
    """The configured database, not yet started."""
    key = settings.key.get_secret_value() if settings.key else None
    return open_store(settings.database_url, key=key, zone=zone)


class Pages(uvicorn.Server):
    """Uvicorn without its own signal handlers: one place stops everything."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


@dataclass
class Telegram:
    """The parts of the Telegram channel."""

    api: Api
    receiver: Receiver
    inbox: Inbox


@dataclass
class FrontDoor:
    """One running front door."""

    settings: Settings
    store: Store
    clock: Clock
    door: Door
    intake: Intake = field(init=False)
    outbox: Outbox = field(init=False)
    pages: Pages = field(init=False)
    telegram: Telegram | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        """Join the parts; nothing runs yet."""
        web = WebChannel(self.store, self.clock)
        channels: dict[str, Channel] = {"web": web}
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
        )
        self.intake = Intake(self.store, self.clock, lambda: self.door, lambda: staff, self.outbox.wake)
        if api is not None:
            self.telegram = self._telegram(api)
        app = make_app(
            store=self.store,
            intake=self.intake,
            clock=self.clock,
            door=lambda: self.door,
            channel=web,
            health=self.health,
        )
        self.pages = Pages(
            uvicorn.Config(
                app,
                host=self.settings.host,
                port=self.settings.port,
                log_config=None,
                access_log=False,
                lifespan="off",
                timeout_graceful_shutdown=3,
                server_header=False,
            )
        )

    def staff(self) -> Address | None:
        """The staff group, where there is one."""
        chat = self.settings.staff_chat
        return Address("telegram", chat) if chat and self.settings.telegram_token else None

    def _telegram(self, api: Api) -> Telegram:
        inbox = Inbox(self.store, self.clock, self.intake, "telegram", reader(self.settings.staff_chat))
        receiver = Receiver(api, self.store, self.clock, inbox.wake, menus=menus(self.door.base))
        return Telegram(api, receiver, inbox)

    async def health(self) -> Mapping[str, Any]:
        """How things are, without a word about anybody."""
        async with self.store.begin() as work:
            unsent, since = await work.outbox_unsent()
        now = self.clock.now()
        oldest = (now - since).total_seconds() if since else 0.0
        told: dict[str, Any] = {
            "ok": not self.outbox.alarms,
            "services": len(self.door.base.services),
            "knowledge": self.door.base.digest[:12],
            "outbox": {"unsent": unsent, "oldest_seconds": round(oldest, 1), "alarms": dict(self.outbox.alarms)},
        }
        if self.telegram is not None:
            last, alarm = self.telegram.receiver.last_good, self.telegram.receiver.alarm
            age = (now - last).total_seconds() if last else None
            told["telegram"] = {"last_good_seconds": None if age is None else round(age, 1), "alarm": alarm}
            told["ok"] = told["ok"] and alarm is None and age is not None and age < _DEAF
        return told

    async def run(self, stopping: asyncio.Event) -> None:
        """Run until ``stopping`` is set; then finish what is in hand and leave nothing open."""
        tasks = [
            asyncio.create_task(self.pages.serve(), name="pages"),
            asyncio.create_task(self.outbox.run(), name="outbox"),
        ]
        if self.telegram is not None:
            tasks.append(asyncio.create_task(self.telegram.inbox.run(), name="inbox"))
            tasks.append(asyncio.create_task(self.telegram.receiver.run(), name="receiver"))
        waiting = asyncio.create_task(stopping.wait(), name="stop")
        try:
            done, _ = await asyncio.wait([waiting, *tasks], return_when=asyncio.FIRST_COMPLETED)
            self._stop()
            await asyncio.gather(*tasks)
            for task in done - {waiting}:
                log.error("ended by itself", part=task.get_name())
        finally:
            waiting.cancel()
            if self.telegram is not None:
                await self.telegram.api.close()

    def _stop(self) -> None:
        if self.telegram is not None:
            self.telegram.receiver.stop()
            self.telegram.inbox.stop()
        self.outbox.stop()
        self.pages.should_exit = True


def menus(base: Base) -> dict[str, dict[str, str]]:
    """The words of the command menu, by language; Finnish first, for everybody else."""
    names = ("start", "person", "again", "language", "help")
    return {language: {name: base.phrases[language][f"command.{name}"] for name in names} for language in LANGUAGES}


async def invite(store: Store, clock: Clock, name: str) -> str | None:
    """A one-time token for a worker's sign-in, good for a day; None when there is no such active worker."""
    async with store.begin() as work:
        worker = await work.worker_by_name(name)
        if worker is None or not worker.active:
            return None
        token = secrets.token_urlsafe(32)
        await work.add_invite(hashed(token), worker.id, clock.now() + timedelta(hours=INVITE_HOURS))
    return token


async def first_worker(store: Store, clock: Clock, base: Base) -> str:
    """The name of a worker to try the desk with; one is added when there is none."""
    async with store.begin() as work:
        active = [worker for worker in await work.workers() if worker.active]
        if active:
            return active[0].name
        added = await work.add_worker("Perheneuvo", "lead", None, base.settings.desk.language, clock.now())
    return added.name


async def run(settings: Settings) -> None:
    """Start everything and run until told to stop (SIGINT, SIGTERM). Raises KnowledgeFaults, SettingsFault, OSError."""
    base = read_knowledge(settings)
    clock = SystemClock(zone_of(base))
    store = store_of(settings, zone_of(base))
    await store.start()
    try:
        front = FrontDoor(settings, store, clock, Door(base, Matcher(base)))
        stopping = asyncio.Event()
        for each in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(each, stopping.set)
        await _greet(front)
        await front.run(stopping)
    finally:
        await store.close()


async def _greet(front: FrontDoor) -> None:
    """Say where the doors are. Without Telegram it is somebody trying things out: a one-time desk link as well."""
    here = f"http://{front.settings.bind}"
    lines = [f"Parents write here:   {here}/", f"Workers answer here:  {here}/desk"]
    if front.telegram is None:
        name = await first_worker(front.store, front.clock, front.door.base)
        token = await invite(front.store, front.clock, name)
        lines.append(f"One-time desk link:   {here}/desk/in/{token}  (for {name}, once, within {INVITE_HOURS} h)")
        lines.append("Telegram:             not set up (PERHENEUVO_TELEGRAM_TOKEN)")
    else:
        group = "with" if front.staff() is not None else "without (PERHENEUVO_STAFF_CHAT)"
        lines.append(f"Telegram:             on, {group} a staff group")
    lines.append("Stop with Ctrl+C.")
    sys.stdout.write("\n" + "\n".join(lines) + "\n\n")
    sys.stdout.flush()
