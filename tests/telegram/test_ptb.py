"""python-telegram-bot's own tests of forums and keyboards, from its source package, run against our server.

They were written against Telegram itself, so what they accept is what Telegram answers. Only the address is another.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import re
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path

import pytest
import telegram

from tests.telegram.server import BotApi

VERSION = "22.8"
FORUM, CHAT = -1001838004577, 675666224
THEIRS = (
    "tests/test_forum.py::TestForumMethodsWithRequest",
    "tests/test_replykeyboardmarkup.py::TestReplyKeyboardMarkupWithRequest",
    "tests/test_replykeyboardremove.py::TestReplyKeyboardRemoveWithRequest",
    "tests/test_forcereply.py::TestForceReplyWithRequest",
    "tests/_inline/test_inlinekeyboardmarkup.py::TestInlineKeyborardMarkupWithRequest",
)
COUNT = 16
_ELSEWHERE = """
import os
import telegram
made = telegram.Bot.__init__
def elsewhere(self, token, **more):
    made(self, token, **{**more, "base_url": os.environ["OUR_SERVER"] + "/bot"})
telegram.Bot.__init__ = elsewhere
"""
_INI = """[pytest]
asyncio_mode = auto
asyncio_default_fixture_loop_scope = session
asyncio_default_test_loop_scope = session
"""


async def _run(*words: str, folder: Path, env: Mapping[str, str] | None = None) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *words,
        cwd=folder,
        env=None if env is None else dict(env),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


@pytest.fixture
async def theirs(tmp_path: Path) -> Path:
    """The source package, unpacked. Where it cannot be had the test is skipped, but never on the build machine."""
    package = f"python-telegram-bot=={VERSION}"
    asked = ("download", "--quiet", "--no-deps", "--no-binary", "python-telegram-bot", package)
    status, said = await _run("pip", "--disable-pip-version-check", *asked, folder=tmp_path)
    if status and os.environ.get("CI") != "true":
        pytest.skip(f"the source package of {package} cannot be had here: {said.strip().splitlines()[-1]}")
    assert status == 0, said
    with tarfile.open(tmp_path / f"python_telegram_bot-{VERSION}.tar.gz") as package_file:
        package_file.extractall(tmp_path, filter="data")
    return tmp_path / f"python_telegram_bot-{VERSION}"


async def test_ptb_s_own_forum_and_keyboard_tests_pass_against_our_server(server: BotApi, theirs: Path) -> None:
    """All of them, none skipped."""
    assert telegram.__version__ == VERSION, "take the tests of the version in use"
    server.parent(CHAT, "PTB")
    server.group(FORUM, "Forum")
    told = {"token": server.token, "chat_id": f"{CHAT}", "super_group_id": "-1001", "forum_group_id": f"{FORUM}"}
    told |= dict.fromkeys(("channel_id", "subscription_channel_id", "payment_provider_token", "name", "username"), "x")
    (theirs / "elsewhere.py").write_text(_ELSEWHERE)
    (theirs / "ours.ini").write_text(_INI)
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("COV_", "PYTEST_"))},
        "OUR_SERVER": server.base,
        "GITHUB_ACTIONS": "true",  # theirs then leave out what needs packages we do not have
        "BOTS": base64.b64encode(json.dumps([told, told]).encode()).decode(),
        "JOB_INDEX": "1",
    }
    words = (
        "pytest",
        "-c",
        "ours.ini",
        "--rootdir",
        ".",
        "-p",
        "elsewhere",
        "-p",
        "no:cacheprovider",
        "-q",
        "--tb=native",
        *THEIRS,
    )
    status, said = await _run(*words, folder=theirs, env=env)
    assert status == 0, said[:6000]
    assert re.search(rf"^{COUNT} passed( |,)(?!.*(skipped|xfailed))", said, re.MULTILINE), said[-1000:]
