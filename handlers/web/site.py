"""What all pages share: the parts they are given and the templates. Knows no page of its own."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from bot.conversation.turn import Door
from bot.conversation.wording import Wording
from bot.intake import Intake
from bot.knowledge.model import LANGUAGES, Language
from bot.ports import Clock, Store
from handlers.web.delivering import WebChannel
from handlers.web.waking import Bells

HERE = Path(__file__).resolve().parent
STATIC = HERE / "static"


def _version() -> str:
    """Changes with the static files, so that a browser may keep them for long."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def dial(number: str) -> str:
    """A number as a telephone takes it: digits, and a plus in front."""
    shown = number.replace("(0)", "").strip()
    return ("+" if shown.startswith("+") else "") + "".join(letter for letter in shown if letter.isdigit())


def _templates() -> Environment:
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["dial"] = dial
    found.globals["once"] = lambda: secrets.token_urlsafe(12)
    found.globals["version"] = _version()
    found.globals["languages"] = LANGUAGES
    return found


def time_of_day(at: datetime, now: datetime, language: Language) -> str:
    """``8.05``, in English ``8:05``; with the day before it when that was another one."""
    here = at.astimezone(now.tzinfo)
    said = f"{here.hour}{':' if language == 'en' else '.'}{here.minute:02d}"
    if here.date() == now.date():
        return said
    return f"{here.day}/{here.month} {said}" if language == "en" else f"{here.day}.{here.month}. {said}"


@dataclass(frozen=True)
class Site:
    """The parts the pages are made of."""

    store: Store
    intake: Intake
    clock: Clock
    door: Callable[[], Door]
    channel: WebChannel
    health: Callable[[], Awaitable[Mapping[str, Any]]]
    templates: Environment = field(default_factory=_templates)

    @property
    def bells(self) -> Bells:
        """What wakes the open pages."""
        return self.channel.bells

    def wording(self, language: Language) -> Wording:
        """The phrases of a language, as they are now."""
        return Wording(self.door().base, language)

    def render(self, template: str, language: Language, **values: Any) -> str:
        """A page or a piece of one, as text."""
        every = {each: self.wording(each) for each in LANGUAGES}
        found = self.templates.get_template(template)
        return found.render(t=every[language], every=every, language=language, **values)

    def page(self, template: str, language: Language, status: int = 200, **values: Any) -> HTMLResponse:
        """A page as an answer."""
        headers = {"content-language": language}
        return HTMLResponse(self.render(template, language, **values), status, headers=headers)
