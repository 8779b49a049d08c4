"""``perheneuvo run`` as processes: one, or several on one database; with a small knowledge, so that they start soon."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree

import httpx
import yaml

from tests.builders import STARTER
from tests.journeys.test_process import free_port

START = 60.0
_KEPT = ("neuvola", "turvakoti")
_LOADER, _DUMPER = (getattr(yaml, name, getattr(yaml, name[1:])) for name in ("CSafeLoader", "CSafeDumper"))


def small_knowledge(folder: Path) -> Path:
    """The starter with the worries of a few services only: the matcher of it is built much sooner."""
    copytree(STARTER, folder)
    for path in (*folder.glob("worries/*.yaml"), *folder.glob("examples/*.yaml")):
        if path.stem not in _KEPT and path.stem != "off-topic":
            path.unlink()
    for path in folder.glob("services/*.yaml"):
        if path.stem not in _KEPT:
            service = yaml.load(path.read_text(encoding="utf-8"), _LOADER)
            left = {name: value for name, value in service.items() if name not in ("worries", "not_for", "keywords")}
            path.write_text(yaml.dump(left, Dumper=_DUMPER, allow_unicode=True), encoding="utf-8")
    return folder


def set_phrase(knowledge: Path, key: str, text: str, language: str = "fi") -> None:
    """An edit of the knowledge as an admin makes it."""
    path = knowledge / "phrases" / f"{language}.yaml"
    phrases = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump({**phrases, key: text}, allow_unicode=True), encoding="utf-8")


@dataclass
class Running:
    """One process. ``said`` is its standard error."""

    process: asyncio.subprocess.Process
    port: int
    log: Path

    @property
    def address(self) -> str:
        """Where its pages are."""
        return f"http://127.0.0.1:{self.port}"

    def said(self) -> str:
        """What it logged."""
        return self.log.read_text(encoding="utf-8")

    async def health(self, path: str = "/health") -> httpx.Response:
        """As a machine asks for it."""
        async with httpx.AsyncClient(base_url=self.address, trust_env=False, timeout=10, verify=False) as client:
            return await client.get(path)

    async def kill(self) -> None:
        """As the kernel would, without a word."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def stop(self) -> int:
        """As an operator would; it has ten seconds."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            return await self.process.wait()


async def command(folder: Path, settings: dict[str, str], *words: str) -> tuple[int, str, str]:
    """A command to its end: exit code, standard output, standard error."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        cwd=folder,
        env=_environment(settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()


def _environment(settings: dict[str, str]) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PERHENEUVO_")}
    ours = {"PYTHONPATH": str(STARTER.parent), "PERHENEUVO_KNOWLEDGE": str(STARTER), "PERHENEUVO_ENCODER": "off"}
    return {**clean, **ours, **settings}


async def begin(folder: Path, settings: dict[str, str], port: int | None = None) -> Running:
    """Start one; it is ready when this returns."""
    port = port or free_port()
    log = folder / f"log-{port}"
    with log.open("ab") as kept:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            cwd=folder,
            env=_environment({**settings, "PERHENEUVO_BIND": f"127.0.0.1:{port}"}),
            stdout=asyncio.subprocess.PIPE,
            stderr=kept,
        )
    assert process.stdout is not None
    async with asyncio.timeout(START):
        while b"Stop with Ctrl+C" not in (line := await process.stdout.readline()):
            assert line, log.read_text(encoding="utf-8")
    return Running(process, port, log)


@asynccontextmanager
async def front_doors(folder: Path, settings: dict[str, str], many: int = 1) -> AsyncIterator[list[Running]]:
    """Several, started at once; all are ended afterwards."""
    running = list(await asyncio.gather(*(begin(folder, settings) for _ in range(many))))
    try:
        yield running
    finally:
        for each in running:
            await each.kill()
