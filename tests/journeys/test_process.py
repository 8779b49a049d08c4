"""The product as it is run: ``perheneuvo run`` as a process of its own, over Telegram's Bot API on loopback."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from tests.builders import STARTER
from tests.telegram.server import BotApi
from tests.telegram.watching import on_disk, watch

START = 90.0  # seconds it may take to begin on a busy machine; a start takes a tenth of that


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def perheneuvo(folder: Path, settings: dict[str, str], *words: str) -> asyncio.subprocess.Process:
    """A command, in a folder of its own, with nothing of this machine's own settings."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PERHENEUVO_")}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        cwd=folder,
        env={**clean, "PYTHONPATH": str(STARTER.parent), "PERHENEUVO_KNOWLEDGE": str(STARTER), **settings},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@asynccontextmanager
async def running(folder: Path, settings: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """``perheneuvo run``, begun; at the end it is told to stop, and must end well within ten seconds."""
    process = await perheneuvo(folder, settings, "run")
    try:
        assert process.stdout is not None
        async with asyncio.timeout(START):
            while b"Stop with Ctrl+C" not in (line := await process.stdout.readline()):
                assert line, (await process.stderr.read()).decode() if process.stderr else ""
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            _, said = await process.communicate()
    assert process.returncode == 0, said.decode()


async def test_a_case_over_telegram_with_the_product_as_a_process(tmp_path: Path) -> None:
    """Worry, card, a person, a topic in the staff's group, claim, answers both ways, close: all by the Bot API."""
    port = free_port()
    async with BotApi() as server:
        watch(server, on_disk(tmp_path / "var" / "perheneuvo.db"))
        mother, group, wilma = server.parent(), server.group(), server.worker()
        settings = {
            "PERHENEUVO_TELEGRAM_TOKEN": server.token,
            "PERHENEUVO_TELEGRAM_API_BASE": server.base,
            "PERHENEUVO_STAFF_CHAT": group.id,
            "PERHENEUVO_BIND": f"127.0.0.1:{port}",
        }
        added = await perheneuvo(tmp_path, settings, "staff", "add", "Wilma", "--telegram", str(wilma.user["id"]))
        assert await added.wait() == 0
        await added.communicate()
        async with running(tmp_path, settings), httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as browser:
            await mother.write("/start")
            await mother.hears("Kerro omin sanoin")
            await mother.write("hammas on kipeä ja lapsi pelkää hammaslääkäriä")
            await mother.hears("Suun terveydenhuolto")
            await mother.press("Haluan puhua ihmiselle")
            await mother.hears("Asiasi numero on 1")
            topic = await group.topic("Asia 1")
            await wilma.press(group, "Otan tämän", thread=topic.thread)
            await mother.hears("Työntekijä on nyt täällä")
            await wilma.write(group, "Hei, soitanko huomenna?", thread=topic.thread)
            await mother.hears("Hei, soitanko huomenna?")
            await mother.write("joo soita vaan")
            await group.hears("joo soita vaan", thread=topic.thread)
            await wilma.press(group, "Päätä…", thread=topic.thread)
            await server.until(lambda: any("Asia selvisi tässä" in shown.labels for shown in group.chat.said))
            await wilma.press(group, "Asia selvisi tässä", thread=topic.thread)
            await mother.hears("Työntekijä päätti asian 1")
            health = (await browser.get("/health")).json()
            assert health["ok"], health
            assert health["telegram"]["alarm"] is None
        cards = [shown for shown in group.chat.said if "Otan tämän" in shown.labels or shown.edits]
        assert all("hammas" not in shown.text for shown in cards), "a card holds nothing the parent wrote"
        assert all("hammas" not in each.name for each in group.chat.topics.values())


async def test_a_wrong_setting_stops_the_start_with_one_sentence(tmp_path: Path) -> None:
    """No traceback: the setting's name and what to write."""
    for name, value, mend in (
        ("PERHENEUVO_BIND", "everywhere", "127.0.0.1:8080"),
        ("PERHENEUVO_TELEGRAM_TOKEN", "secret", "BotFather"),
        ("PERHENEUVO_DATABASE_URL", "mysql://x", "sqlite+aiosqlite"),
        ("PERHENEUVO_TELEGRAM_TOKN", "1", "PERHENEUVO_TELEGRAM_TOKEN"),
    ):
        process = await perheneuvo(tmp_path, {name: value}, "run")
        _, said = await process.communicate()
        assert process.returncode == 1
        assert name in said.decode()
        assert mend in said.decode()
        assert len(said.decode().strip().splitlines()) == 1, said.decode()
        assert "secret" not in said.decode()
