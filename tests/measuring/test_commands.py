"""``perheneuvo bench`` and ``perheneuvo match --report``, as typed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from tests.builders import STARTER

RUNNER = CliRunner()
LINES = """{"id": "a", "text": "hammas särkee", "lang": "fi", "expected": ["suun-terveydenhuolto"]}
{"id": "b", "text": "min son är mobbad i skolan", "lang": "sv", "expected": ["kuraattori"]}
{"id": "c", "text": "moi", "lang": "fi", "expected": []}
"""


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own with some lines, and the starter with but its best handful of worries."""
    shutil.copytree(STARTER, tmp_path / "thin", ignore=shutil.ignore_patterns("worries"))
    monkeypatch.setenv("PERHENEUVO_KNOWLEDGE", str(tmp_path / "thin"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lines.jsonl").write_text(LINES, encoding="utf-8")
    return tmp_path


def test_methods_are_compared_on_the_same_lines() -> None:
    """As JSON with every figure; as tables; as Markdown."""
    asked = ["bench", "match", "--data", "lines.jsonl", "--only", "bm25"]
    told = json.loads(RUNNER.invoke(app, [*asked, "--json"]).stdout)
    (row,) = told["methods"]
    assert (told["lines"], told["services"], row["name"]) == (3, 58, "bm25")
    assert {"top1", "top3", "macro", "calibration", "typo_loss", "rejected", "ms_p50", "ms_p99"} <= set(row)
    assert {"megabytes", "build_seconds"} <= set(row)
    assert set(row["by_language"]) == {"fi", "sv"}
    assert "| BM25" in RUNNER.invoke(app, [*asked, "--markdown"]).stdout
    assert "BM25" in RUNNER.invoke(app, asked).stdout


def test_a_wrong_word_is_told() -> None:
    """An unknown method with the known ones; a file that is not there."""
    wrong = RUNNER.invoke(app, ["bench", "match", "--only", "bm52"])
    assert wrong.exit_code == 2
    missing = RUNNER.invoke(app, ["bench", "match", "--data", "none.jsonl"])
    assert missing.exit_code == 1
    assert "none.jsonl cannot be read" in missing.stderr


def test_the_encoder_is_left_out_when_asked() -> None:
    """Nothing is then said of it either."""
    told = json.loads(
        RUNNER.invoke(app, ["bench", "match", "--data", "lines.jsonl", "--only", "e5", "--no-encoder", "--json"]).stdout
    )
    assert told["methods"] == told["left_out"] == []


def test_a_parent_is_played() -> None:
    """Truthful and not quite, in all and by language."""
    told = json.loads(RUNNER.invoke(app, ["bench", "guide", "--data", "lines.jsonl", "--json"]).stdout)
    assert [(row["parent"], row["language"]) for row in told["rows"][:3]] == [
        ("truthful", "all"),
        ("truthful", "fi"),
        ("truthful", "sv"),
    ]
    assert told["rows"][0]["lines"] == 2


def test_growth_without_a_catalogue_is_the_starter_alone() -> None:
    """And says so."""
    told = json.loads(
        RUNNER.invoke(app, ["bench", "scale", "--data", "lines.jsonl", "--only", "bm25", "--json"]).stdout
    )
    assert [row["services"] for row in told["rows"]] == [58]
    assert told["rows"][0]["own_name"] > 0.9
    assert any("--catalogue" in note for note in told["notes"])


def test_the_learning_curve_grows() -> None:
    """Six worries a service know less than all."""
    told = json.loads(
        RUNNER.invoke(app, ["bench", "learning", "--data", "lines.jsonl", "--only", "bm25", "--json"]).stdout
    )
    assert [row["worries"] for row in told["rows"]] == [6, 12, 24, 48, 96, "all"]
    known = [row["known"] for row in told["rows"]]
    assert known == sorted(known)
    assert known[0] == 6 * 58


def test_the_report_is_over_the_examples() -> None:
    """It cannot be asked for together with a text."""
    done = RUNNER.invoke(app, ["match", "--report"])
    assert done.exit_code == 0, done.output
    assert "worries find a right service first" in done.stdout
    assert RUNNER.invoke(app, ["match", "--report", "teksti"]).exit_code == 2
