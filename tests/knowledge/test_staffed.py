"""What the desk and the network need: targets and signs, units and those on call, ready replies, duties."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.knowledge.loading import check, load
from bot.knowledge.model import GAPS, Base, Climb
from bot.knowledge.schema import schema
from bot.queueing.promising import opening
from tests.builders import starter
from tests.knowledge.small import write
from tests.knowledge.staffed import staffed
from tests.knowledge.staffed_slips import STAFFED_DOUBTS, STAFFED_SLIPS

TODAY = date(2026, 2, 3)


@pytest.fixture(name="base")
def the_base(tmp_path: Path) -> Base:
    """The folder as it is read."""
    staffed(tmp_path)
    assert check(tmp_path, TODAY) == ()
    return load(tmp_path, TODAY)


@pytest.mark.parametrize(
    ("file", "old", "new", "wrong", "instead"), [*STAFFED_SLIPS, *STAFFED_DOUBTS], ids=lambda text: text[:30]
)
def test_a_slip_is_told_with_its_mend(tmp_path: Path, file: str, old: str, new: str, wrong: str, instead: str) -> None:
    """At its place, where one is marked; what is only doubtful is told too."""
    place = staffed(tmp_path, file, old, new)
    told = [fault for fault in check(tmp_path, TODAY) if fault.wrong == wrong]
    assert {fault.instead for fault in told} == {instead}, check(tmp_path, TODAY)
    if "^" in new:
        assert place in [(fault.file, fault.line, fault.column) for fault in told]


def test_files_of_before_still_load(tmp_path: Path) -> None:
    """Without any of it the desk has sane targets, no sign, no replies and no duties."""
    base = load(write(tmp_path), TODAY)
    desk = base.settings.desk
    assert desk.climb(danger=False) == Climb(18, 30, 45, 90)
    assert desk.climb(danger=True) == Climb(3, 5, 10, 15)
    assert (desk.silent_minutes, desk.offer_minutes, desk.most_waiting, desk.follow_up_days) == (60, 60, 20, 14)
    assert desk.staffed() == desk.hours
    assert (base.replies, base.duties, base.on_call("enonkoski")) == ((), None, None)


def test_the_closed_sign_closes_the_desk(base: Base) -> None:
    """From its first to its last day, and nothing is promised for them."""
    desk, zone = base.settings.desk, ZoneInfo("Europe/Helsinki")
    assert desk.closed_sign(date(2026, 6, 30)) is None
    assert desk.closed_sign(date(2026, 7, 4)) is None
    for day in (date(2026, 7, 1), date(2026, 7, 3)):
        sign = desk.closed_sign(day)
        assert sign is not None
        assert sign.text.sv == "Ord"
    wednesday = datetime(2026, 7, 1, 10, 0, tzinfo=zone)
    assert opening(desk.hours, wednesday, base.holidays).is_open
    told = opening(desk.staffed(), wednesday, base.holidays)
    assert (told.is_open, told.changes_at) == (False, datetime(2026, 7, 6, 8, 0, tzinfo=zone))


def test_the_nearest_on_call_answers(base: Base) -> None:
    """The area's own, the larger area's, or the desk's."""
    own, desk = base.on_call("saimaa"), base.settings.desk.on_call
    assert own is not None
    assert desk is not None
    assert own.phones[0].label.fi == "Oma"
    assert base.on_call("enonkoski") == own
    assert base.on_call("muualla") == base.on_call(None) == base.on_call("nowhere") == desk


def test_leaving_the_organisation_needs_consent(base: Base) -> None:
    """What is not known counts as another one."""
    assert not base.needs_consent("perheneuvo", "vatu")
    assert base.needs_consent("perheneuvo", "seurakunta")
    assert base.needs_consent("perheneuvo", "vanha")
    assert base.needs_consent("vanha", "vanha")
    assert base.needs_consent(None, "vatu")
    assert base.needs_consent("perheneuvo", "gone")


def test_units_serve_their_own_area_first(base: Base) -> None:
    """Those of everywhere come after; those of elsewhere do not come."""
    assert [unit.id for unit in base.serving("raha", "enonkoski")] == ["vatu", "perheneuvo"]
    assert [unit.id for unit in base.serving("raha", None)] == ["perheneuvo"]
    assert [unit.id for unit in base.serving(None, "muualla")] == ["vanha", "perheneuvo", "seurakunta"]


@pytest.mark.parametrize(
    ("written", "meant"), [('"9:30"', "9:30"), ("13:30", "13:30"), ("08:00", "8:00"), ("14", "14:00")]
)
def test_a_team_s_time_is_read_as_it_is_written(tmp_path: Path, written: str, meant: str) -> None:
    """With or without quotation marks: a bare 13:30 is a number to YAML."""
    staffed(tmp_path, "units.yaml", 'time: "9:30"', f"time: {written}")
    team = load(tmp_path, TODAY).units["vatu"].team
    assert team is not None
    hour, _, minute = meant.partition(":")
    assert team.time == time(int(hour), int(minute))


@pytest.mark.parametrize(
    ("now", "meets"),
    [
        ("2026-10-20T12:00", "2026-10-21T09:30"),
        ("2026-10-21T09:29", "2026-10-21T09:30"),
        ("2026-10-21T09:30", "2026-10-28T09:30"),
        ("2026-10-22T08:00", "2026-10-28T09:30"),
    ],
)
def test_the_next_meeting_is_the_next_one_by_the_wall_clock(base: Base, now: str, meets: str) -> None:
    """Also over the night when clocks are turned back."""
    zone, team = ZoneInfo("Europe/Helsinki"), base.units["vatu"].team
    assert team is not None
    told = team.next_meeting(datetime.fromisoformat(now).replace(tzinfo=zone))
    assert told.replace(tzinfo=None) == datetime.fromisoformat(meets)
    assert told.tzinfo is zone


def test_a_draft_keeps_what_is_not_known(base: Base) -> None:
    """The worker writes over the rest."""
    offer, guide = base.reply("offer"), base.reply("guide")
    assert offer is not None
    assert guide is not None
    assert offer.draft("sv", {"time": "ons 9:30"}) == "Passar ons 9:30?"
    assert offer.draft("en", {"place": "here"}) == "Does {time} suit?"
    assert (guide.card, offer.card) == (True, False)
    assert base.reply("gone") is None


def test_an_editor_may_write_a_time_of_day() -> None:
    """The schema takes what the model takes apart."""
    assert schema("units.yaml")["$defs"]["Team"]["properties"]["time"]["type"] == "string"


def test_the_starter_helps_at_every_moment() -> None:
    """Replies for each moment, every gap of use somewhere, and none left unfilled once all is known."""
    base = starter()
    assert len(base.replies) >= 9
    every = [reply for group in base.replies for reply in group.replies]
    assert len(every) >= 25
    known = dict.fromkeys(GAPS, "x")
    for gap in GAPS:
        assert any(f"{{{gap}}}" in reply.text.fi for reply in every), gap
    for reply in every:
        for words in (reply.draft("fi", known), reply.draft("sv", known), reply.draft("en", known)):
            assert "{" not in words, reply.id


def test_the_starter_s_duties_name_law_and_numbers() -> None:
    """Both name section 25 and 112; every area has somebody on call; the joint request is in the parent's language."""
    base = starter()
    assert base.duties is not None
    for duty in (base.duties.report, base.duties.lasta):
        assert "25 §" in duty.source.sv
        assert "112" in [phone.value for phone in duty.phones]
        assert duty.never
    for area in base.areas:
        on_call = base.on_call(area)
        assert on_call is not None
        assert "112" in [phone.value for phone in on_call.phones]
        for phone in on_call.phones:
            assert phone.example == phone.value.startswith("000"), "a number nobody has tried is an example"


def test_the_starter_s_early_support_team_meets_weekly() -> None:
    """VATU of Askola, and no other unit."""
    teams = {unit.id: unit.team for unit in starter().units.values() if unit.team is not None}
    assert list(teams) == ["vatu-askola"]
