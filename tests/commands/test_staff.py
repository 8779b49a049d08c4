"""``perheneuvo staff`` as typed: what a worker takes on is checked against the knowledge, kept, and told again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.__main__ import app
from bot.knowledge.model import DAYS, Hours
from bot.ports import Worker
from bot.profiling import NOTHING, Told, line, presence, profiled, read_hours, told_hours
from bot.queueing.assigning import Profile, is_on
from tests.builders import A_NIGHT, A_TUESDAY, starter

RUNNER = CliRunner()


@pytest.fixture(name="own_folder")
def the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, and nothing of this machine's settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PERHENEUVO_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/var/test.db")
    return tmp_path


def staff(*words: str) -> tuple[int, str]:
    """The exit code, and what was printed."""
    done = RUNNER.invoke(app, ["staff", *words])
    return done.exit_code, done.output


@pytest.mark.usefixtures("own_folder")
def test_what_a_worker_takes_on_is_kept_and_listed() -> None:
    """Unit, areas, services, languages and hours; what is set later replaces only what it names."""
    told = ["--unit", "vatu-askola", "--area", "askola", "--service", "vatu", "--service", "perheohjaus"]
    assert staff("add", "Aino", "--lang", "sv", "--lang", "fi", "--hours", "mon-thu 8-16", *told)[0] == 0
    listed = staff("list")[1]
    assert "Aino  desk  sv, fi  web  by her hours" in listed
    assert "unit: vatu-askola  areas: askola  services: vatu, perheohjaus  hours: mon-thu 8:00-16:00" in listed
    assert staff("set", "Aino", "--role", "lead", "--area", "-", "--hours", "-")[0] == 0
    assert (
        "Aino  lead  sv, fi  web  by the desk's hours  unit: vatu-askola  services: vatu, perheohjaus\n"
        in staff("list")[1]
    )
    assert staff("remove", "Aino")[0] == 0
    assert "Aino  lead  sv, fi  web  (removed)" in staff("list")[1]


@pytest.mark.usefixtures("own_folder")
@pytest.mark.parametrize(
    ("words", "mend"),
    [
        (["--unit", "vatu-askla"], "vatu-askola"),
        (["--area", "askolla"], "askola"),
        (["--service", "perheohjuas"], "perheohjaus"),
        (["--lang", "fi", "--lang", "se"], "fi, sv or en"),
        (["--hours", "ma-pe 8-16"], "mon, tue"),
        (["--hours", "mon-fri 16-8"], "closing time"),
        (["--hours", "mon-fri"], "write each day once"),
        (["--role", "boss"], "network or lead"),
    ],
)
def test_a_wrong_word_changes_nothing(words: list[str], mend: str) -> None:
    """It is told with what to write; nobody is added, nothing is set."""
    code, output = staff("add", "Eila", *words)
    assert code == 2
    assert mend in " ".join(output.replace("│", " ").split())
    assert "No workers yet" in staff("list")[1]
    assert staff("add", "Aino")[0] == 0
    before = staff("list")
    assert staff("set", "Aino", *words)[0] == 2
    assert staff("list") == before


@pytest.mark.usefixtures("own_folder")
def test_nobody_is_set_who_is_not_there() -> None:
    """The mend is the list."""
    code, output = staff("set", "Eila", "--area", "askola")
    assert (code, "staff list" in output) == (1, True)


def test_what_is_not_told_stays() -> None:
    """And "-" takes away."""
    before = Profile(("fi",), "vatu-askola", ("askola",), ("vatu",), presence="away", hours=read_hours("mon 8-16"))
    assert profiled(Told(), before, starter()) == before
    nothing = Told(unit=NOTHING, areas=(NOTHING,), services=(NOTHING,), hours=NOTHING)
    assert profiled(nothing, before, starter()) == Profile(("fi",), presence="away")


@pytest.mark.parametrize(
    ("told", "again"),
    [
        ("mon-fri 8-16", "mon-fri 8:00-16:00"),
        ("mon-tue 8-16, wed 8-16", "mon-wed 8:00-16:00"),
        ("sat 10-12 13:30-15, mon 20-24", "mon 20:00-24:00, sat 10:00-12:00 13:30-15:00"),
    ],
)
def test_hours_are_told_again_as_they_are_typed(told: str, again: str) -> None:
    """In the order of the week, equal days together."""
    hours = read_hours(told)
    assert hours is not None
    assert told_hours(hours) == again


@given(st.dictionaries(st.sampled_from(DAYS), st.tuples(st.integers(0, 11), st.integers(12, 24)), min_size=1))
def test_hours_told_again_mean_the_same(days: dict[str, tuple[int, int]]) -> None:
    """Whatever the week looks like."""
    hours = Hours.model_validate({"week": {day: [f"{since}-{until}"] for day, (since, until) in days.items()}})
    again = read_hours(told_hours(hours))
    assert again is not None
    assert dict(again.week) == dict(hours.week)
    assert Hours.model_validate_json(hours.model_dump_json()) == hours


@pytest.mark.parametrize("told", ["", "8-16", "mon 8-16, mon 9-15", "mon 8-16,", "mon 8-25", "mon kahdeksasta"])
def test_hours_that_are_none_are_refused(told: str) -> None:
    """With what to write."""
    with pytest.raises(ValueError, match="tells no hours"):
        read_hours(told)


def test_her_hours_are_within_the_desk_s() -> None:
    """Outside her own she is not there, though the desk is open; where she has said so herself, that counts."""
    mornings, evenings = Profile(hours=read_hours("mon-fri 8-11")), Profile(hours=read_hours("mon-fri 12-16"))
    assert is_on(mornings, A_TUESDAY, desk_open=True)
    assert not is_on(mornings, A_TUESDAY, desk_open=False)
    assert not is_on(evenings, A_TUESDAY, desk_open=True)
    assert is_on(Profile(presence="on", hours=evenings.hours), A_TUESDAY, desk_open=True)


def test_presence_is_told_as_it_holds_now() -> None:
    """What has run out is no longer told."""
    later = A_TUESDAY + timedelta(hours=2)
    assert presence(Profile(), A_TUESDAY) == "by the desk's hours"
    assert presence(Profile(presence="on"), A_NIGHT) == "on"
    assert presence(Profile(presence="on", until=later), A_TUESDAY) == "on until 12:00"
    assert presence(Profile(presence="on", until=A_NIGHT), A_TUESDAY) == "off"
    assert presence(Profile(presence="away", until=A_NIGHT), A_TUESDAY) == "on"
    assert (
        line(Worker(1, "Aino", "desk", "123", "fi", True), A_TUESDAY)
        == "Aino  desk  fi  Telegram and web  by the desk's hours"
    )
