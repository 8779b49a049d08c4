"""The settings of the webhook: what is taken, and the sentence for what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import SettingsFault, load_settings
from handlers.telegram.webhook import place_of

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of this machine's settings; a token and the webhook are set."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PERHENEUVO_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("PERHENEUVO_TELEGRAM_MODE", "webhook")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/telegram",
        "https://example.org:8443/telegram",
        "https://example.org:80/perhe/telegram",
        "http://127.0.0.1:8080/telegram",
    ],
)
def test_an_address_telegram_can_post_to_is_taken(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """With a secret of its own, or one made from the token."""
    monkeypatch.setenv("PERHENEUVO_WEBHOOK_URL", url)
    made = place_of(load_settings())
    assert made is not None
    assert made.url == url
    assert TOKEN[:9] not in made.secret
    monkeypatch.setenv("PERHENEUVO_WEBHOOK_SECRET", "kaksikymmenta_merkkia")
    told = place_of(load_settings())
    assert told is not None
    assert told.secret == "kaksikymmenta_merkkia"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org/telegram",
        "http://example.org/telegram",
        "https://example.org:8444/telegram",
        "https://example.org:x/telegram",
        "https://example.org/",
        "https:///telegram",
    ],
)
def test_an_address_telegram_cannot_post_to_stops_the_start(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """One sentence that names the setting; so does none at all."""
    monkeypatch.setenv("PERHENEUVO_WEBHOOK_URL", url)
    with pytest.raises(SettingsFault, match="PERHENEUVO_WEBHOOK_URL is not right"):
        load_settings()


@pytest.mark.parametrize("secret", ["short", "välilyönti ja ääkköset", "x" * 257])
def test_a_secret_telegram_does_not_take_stops_the_start(monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    """And is not repeated in the sentence."""
    monkeypatch.setenv("PERHENEUVO_WEBHOOK_URL", "https://example.org/telegram")
    monkeypatch.setenv("PERHENEUVO_WEBHOOK_SECRET", secret)
    with pytest.raises(SettingsFault, match="PERHENEUVO_WEBHOOK_SECRET is not right") as fault:
        load_settings()
    assert secret not in str(fault.value)


def test_a_webhook_s_address_means_nothing_while_telegram_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mode decides."""
    monkeypatch.setenv("PERHENEUVO_WEBHOOK_URL", "https://example.org/telegram")
    monkeypatch.setenv("PERHENEUVO_TELEGRAM_MODE", "polling")
    assert place_of(load_settings()) is None
