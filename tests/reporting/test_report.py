"""What is counted of a desk's work, and that it tells about nobody."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.wording import Wording
from bot.knowledge.model import LANGUAGES
from bot.ports import LogLine
from bot.queueing.case import Case, WrongDoor
from bot.reporting.hiding import FEW, Cell, Hidden
from bot.reporting.report import Goal, Report, Row, Table, report
from bot.reporting.waiting import Wait
from bot.reporting.writing import HEAD, as_csv, as_json, lines
from tests.builders import starter
from tests.reporting.month import FIRST, a_case, closed, month

SINCE, UNTIL = date(2026, 10, 1), date(2026, 10, 31)


def told(cases: list[Case], log: tuple[LogLine, ...] = ()) -> Report:
    """The report of these."""
    return report(starter(), cases, log, SINCE, UNTIL)


def rows(found: Report, table: str) -> dict[str, int | Hidden | None]:
    """A table in short."""
    return {row.key: row.cell.hidden or row.cell.count for row in _table(found, table).rows}


def _table(found: Report, name: str) -> Table:
    return next(each for each in found.tables if each.id == name)


def many(n: int, first: int = 1, **changes: object) -> list[Case]:
    """So many alike."""
    return [closed(first + each, **changes) for each in range(n)]


def log_of(case: int, *kinds: str) -> tuple[LogLine, ...]:
    """Lines of a case, a minute apart; ``answer:yes`` has a detail."""
    made = [kind.partition(":") for kind in kinds]
    at = FIRST + timedelta(hours=12)
    return tuple(
        LogLine(kind, at + timedelta(minutes=n), None, case, said or None) for n, (kind, _, said) in enumerate(made)
    )


def test_fewer_than_five_cases_are_no_report() -> None:
    """Nothing at all is told of them."""
    assert told(many(4)) == Report(SINCE, UNTIL, Cell(None, Hidden.FEW))


def test_joined_cases_count_once() -> None:
    """The one that lives on in the other is left out."""
    assert told([*many(6), closed(7, merged_into=1)]).total.count == 6


def test_demand_is_told_by_kind_of_need_and_service() -> None:
    """Themes by size, each with its services."""
    cases = [*many(9, candidates=("toimeentulotuki",)), *many(7, 20, candidates=("asumisneuvonta", "neuvola"))]
    theme = told([*cases, *many(6, 40, candidates=())]).tables[0]
    assert [(row.key, row.cell.count) for row in theme.rows] == [("money", 16), ("unknown", 6)]
    assert [(row.key, row.cell.count) for row in theme.rows[0].rows] == [("toimeentulotuki", 9), ("asumisneuvonta", 7)]


def test_of_two_kinds_of_need_the_one_she_named_counts() -> None:
    """The clinic is about health, everyday life and growth."""
    cases = [*many(6), *many(8, 10, path=(("about", "growth"),))]
    assert rows(told(cases), "theme") == {"growth": 8, "health": 6}


def test_a_hidden_kind_of_need_shows_no_services() -> None:
    """They are parts of what is hidden."""
    cases = [*many(9), *many(3, 20, candidates=("toimeentulotuki",)), *many(6, 30, candidates=("kuraattori",))]
    for row in told(cases).tables[0].rows:
        assert row.cell.count is not None or row.rows == ()


def test_where_when_and_in_what_language() -> None:
    """By the day and hour at which she asked for a person."""
    evening = FIRST + timedelta(days=2, hours=20)
    found = told([*many(6, area="mikkeli"), *many(7, 10, area="askola", language="sv", opened_at=evening)])
    assert rows(found, "area") == {"askola": 7, "mikkeli": 6}
    assert rows(found, "language") == {"fi": 6, "sv": 7, "en": Hidden.FEW}
    hours = rows(found, "hour")
    assert (hours["9"], hours["20"], len(hours)) == (6, 7, 24)
    assert (rows(found, "weekday")["thu"], rows(found, "weekday")["sat"]) == (6, 7)


def test_waiting_is_told_by_the_clock_and_in_open_time() -> None:
    """Those whom nobody has taken yet are counted, and wait on."""
    found = told([*many(9), *(a_case(20 + each) for each in range(6))])
    assert rows(found, "reached") == {"answered": 9, "caught": Hidden.FEW, "not-caught": 6}
    assert found.waits is not None
    assert found.waits["caught", "clock"] == found.waits["caught", "open"] == Wait(10, 10)
    assert found.waits["answered", "open"] == Wait(20, 20)


def test_the_goal_is_at_most_one_handing_over() -> None:
    """Where few were handed over more often, only a bound is told."""
    cases = [*many(70), *many(20, 100, handed_over=1)]
    assert told([*cases, *many(10, 200, handed_over=2)]).goal == Goal(0.9)
    assert told([*cases, *many(10, 200, handed_over=0)]).goal == Goal(0.96, at_least=True)
    few = told([*cases, *many(3, 200, handed_over=3)])
    assert rows(few, "handed") == {"never": 70, "once": Hidden.BESIDE, "more": Hidden.FEW}
    assert few.goal == Goal(round(89 / 93, 4), at_least=True)


def test_what_climbed_and_came_back_is_read_from_the_log() -> None:
    """A case counts once however often it climbed."""
    log = tuple(line for case in range(1, 7) for line in log_of(case, "climb", "climb", "return"))
    found = told(many(20), log)
    assert rows(found, "climbed") == rows(found, "returned") == {"yes": 6, "no": 14}


def test_help_is_counted_by_when_she_was_asked() -> None:
    """Her first answers count: "not yet" opens the case again, and nothing said later takes it back."""
    log: tuple[LogLine, ...] = ()
    for case in range(1, 7):
        log += log_of(case, "close", "follow_up", "answer:yes", "follow_up")
    again = ("close", "follow_up", "answer:yes", "follow_up", "answer:yes", "answer:notyet")
    for case in range(7, 15):
        log += log_of(case, "close", "follow_up", "answer:notyet", *again)
    found = told(many(20), log)
    now, later = rows(found, "help_now"), rows(found, "help_later")
    assert (now["yes"], now["notyet"], now["silent"], now["not-asked"]) == (6, 8, Hidden.FEW, 6)
    assert (later["yes"], later["notyet"], later["silent"], later["not-asked"]) == (8, Hidden.FEW, 6, 6)


def test_how_it_ended_is_told_of_what_the_desk_has_closed() -> None:
    """A parent who left and a case still open are counted apart; where few are closed nothing more is told of them."""
    open_still = [a_case(60 + each) for each in range(10)]
    found = told([*many(9), *many(6, 20, outcome="guided-on"), *many(7, 40, outcome="parent-left"), *open_still])
    assert rows(found, "state") == {"closed": 15, "left": 7, "open": 10}
    assert rows(found, "outcome") == {"helped-here": 9, "guided-on": 6}
    assert {row.key: row.cell.share for row in _table(found, "outcome").rows} == {"helped-here": 0.6, "guided-on": 0.4}
    few = told([*many(3), *open_still])
    assert [rows(few, each) for each in ("outcome", "wrong_door", "help_now", "help_later")] == [{}, {}, {}, {}]


def test_needs_without_a_service_and_wrong_doors() -> None:
    """The very counts of the other tables."""
    door = WrongDoor("perheneuvola", "neuvola")
    found = told([*many(20), *many(6, 30, candidates=()), *many(7, 50, outcome="wrong-place", wrong_door=door)])
    assert rows(found, "unmet") == {"unknown": 6, "wrong-place": 7}
    assert rows(told(many(20)), "unmet") == {"unknown": Hidden.FEW, "wrong-place": Hidden.FEW}
    assert rows(found, "wrong_door") == {"perheneuvola > neuvola": 7, "none": 26}


def cells(found: list[Row]) -> list[Cell]:
    """All of them."""
    return [cell for row in found for cell in (row.cell, *cells(list(row.rows)))]


@settings(max_examples=25, deadline=None)
@given(st.integers(5, 120), st.integers(0, 999))
def test_no_count_under_five_leaves_in_any_form(size: int, seed: int) -> None:
    """In the value, the CSV and the JSON, however small the month."""
    cases, log = month(size, seed)
    found = told(list(cases), log)
    every = [cell for table in found.tables for cell in cells(list(table.rows))]
    assert every
    assert all(cell.count is None or cell.count >= FEW for cell in every)
    assert all(cell.share is None or cell.count is not None for cell in every)
    words = Wording(starter(), "fi")
    assert not [line for line in lines(found, words) if line[5] == "cases" and line[4] in ("0", "1", "2", "3", "4")]
    assert not set(_numbers(as_json(found, words)["tables"])) & {0, 1, 2, 3, 4}


def _numbers(value: object) -> list[int]:
    if isinstance(value, dict):
        return [number for each in value.values() for number in _numbers(each)]
    if isinstance(value, list):
        return [number for each in value for number in _numbers(each)]
    return [value] if isinstance(value, int) else []


def test_nobodys_words_and_no_id_of_anybody_leave() -> None:
    """What she wrote, her number and her worker are not in it."""
    secret = {"said": ("Salainen sana",), "phone": "0401234567", "last_owner": 987654}
    found = told([replace(each, **secret) for each in many(12)])  # type: ignore[arg-type]  # real fields
    words = Wording(starter(), "fi")
    written = as_csv(found, words) + json.dumps(as_json(found, words)) + repr(found)
    assert not any(each in written for each in ("Salainen", "0401234567", "987654"))


def test_every_row_has_a_name_in_each_language() -> None:
    """CSV lines have the columns of the head; what the knowledge has no more keeps its id."""
    cases, log = month()
    cases += tuple(many(6, 500, candidates=("gone-service",), outcome="gone", area="gone-area"))
    cases += tuple(many(6, 600, outcome="parent-left"))
    found = report(starter(), cases, log, SINCE, UNTIL)
    for language in LANGUAGES:
        names = list(lines(found, Wording(starter(), language)))
        assert all(len(line) == len(HEAD) and line[3] for line in names)
