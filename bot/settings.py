"""The settings, from the environment (``PERHENEUVO_*``) or a ``.env`` file, checked once at start. README lists all."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import AfterValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "PERHENEUVO_"
STARTER = Path(__file__).resolve().parent.parent / "knowledge"


class SettingsFault(Exception):
    """A setting is wrong; the message is one sentence that names it and says what to write."""


def _bind(value: str) -> str:
    host, _, port = value.rpartition(":")
    if not host or not port.isdigit() or not 0 <= int(port) <= 65535:
        raise ValueError('write an address and a port, such as "127.0.0.1:8080"')
    return value


def _database(value: str) -> str:
    if not value.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
        raise ValueError('write "sqlite+aiosqlite:///PATH" or "postgresql+asyncpg://USER@HOST/NAME"')
    return value


def _encoder(value: str) -> str:
    if value not in ("auto", "off") and not Path(value).is_dir():
        raise ValueError('write "auto", "off", or a folder with model.onnx and tokenizer.json')
    return value


def _http(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError('write an address such as "http://127.0.0.1:8081"')
    return value.rstrip("/")


def _hook(value: str) -> str:
    parts = urlsplit(value)
    open_to_all = parts.scheme == "https" and (parts.port or 443) in (443, 80, 88, 8443)
    at_home = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
    if not parts.hostname or not (open_to_all or at_home) or not parts.path.endswith("/telegram"):
        raise ValueError(_HOOK)
    return value


_HOOK = (
    'write the address Telegram is to post to, such as "https://example.org/telegram": '
    "https, port 443, 80, 88 or 8443, and /telegram at its end"
)


def _secret(value: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", value.get_secret_value()):
        raise ValueError("write 16 to 256 letters (a to z), digits, _ or -")
    return value


def _token(value: SecretStr) -> SecretStr:
    number, _, secret = value.get_secret_value().partition(":")
    if not number.isdigit() or len(secret) < 30:
        raise ValueError("write the token as BotFather gave it: digits, a colon, and at least 30 characters")
    return value


class Settings(BaseSettings):
    """All settings with their defaults. Secrets are never printed."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore", env_ignore_empty=True)

    telegram_token: Annotated[SecretStr, AfterValidator(_token)] | None = None
    telegram_api_base: Annotated[str, AfterValidator(_http)] = "https://api.telegram.org"
    telegram_mode: Literal["polling", "webhook"] = "polling"
    webhook_url: Annotated[str, AfterValidator(_hook)] | None = Field(default=None, validate_default=True)
    webhook_secret: Annotated[SecretStr, AfterValidator(_secret)] | None = None
    staff_chat: Annotated[str, Field(pattern=r"^-?\d+$")] | None = None
    database_url: Annotated[str, AfterValidator(_database)] = "sqlite+aiosqlite:///var/perheneuvo.db"
    knowledge: Path = STARTER
    key: SecretStr | None = None
    encoder: Annotated[str, AfterValidator(_encoder)] = "auto"
    metrics: Literal["auto", "on", "off"] = "auto"
    bind: Annotated[str, AfterValidator(_bind)] = "127.0.0.1:8080"
    log: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("webhook_url")
    @classmethod
    def _named_for_a_webhook(cls, value: str | None, told: ValidationInfo) -> str | None:
        if value is None and told.data.get("telegram_mode") == "webhook":
            raise ValueError(_HOOK)
        return value

    @property
    def host(self) -> str:
        """The address the pages listen at."""
        return self.bind.rpartition(":")[0].strip("[]")

    @property
    def shows_metrics(self) -> bool:
        """Whether ``/metrics`` is there: by itself only where nobody outside this machine can ask."""
        at_home = self.host in ("127.0.0.1", "::1", "localhost")
        return self.metrics == "on" or (self.metrics == "auto" and at_home)

    @property
    def port(self) -> int:
        """The port the pages listen at (0 = any free one)."""
        return int(self.bind.rpartition(":")[2])


def _unknown(names: Iterable[str]) -> str | None:
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    for name in sorted(names):
        if name.startswith(PREFIX) and name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), known, 1)
            return f"There is no setting {name}" + (
                f"; did you mean {near[0]}?" if near else "; the README lists them all."
            )
    return None


def load_settings() -> Settings:
    """The settings as they are now. Raises :class:`SettingsFault` with one sentence about the first wrong one."""
    unknown = _unknown([*os.environ, *dotenv_values(".env")])
    if unknown is not None:
        raise SettingsFault(unknown)
    try:
        return Settings()
    except ValidationError as fault:
        first = fault.errors(include_input=False)[0]
        name = PREFIX + str(first["loc"][0]).upper()
        said = first["msg"].removeprefix("Value error, ")
        raise SettingsFault(f"The setting {name} is not right: {said}.") from None
