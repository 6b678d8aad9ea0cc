"""Holidays out of JSON and CSV, what a file says as a whole, and everything odd in it by its place."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import cstrack
from cstrack.domain.calendar_import import MOST_DAYS, MOST_PROBLEMS, read

if TYPE_CHECKING:
    from cstrack.domain.calendar_entry import Change
    from cstrack.domain.errors import BadInput

CHINA = Path(cstrack.__file__).parent / "data" / "china.json"


def changes_of(text: str) -> list[Change]:
    """The changes of a file; a problem fails the test."""
    changes, problems = read(text, through_year=2027)
    assert [(problem.code, problem.facts) for problem in problems] == []
    return changes


def entries(text: str) -> dict[str, dict[str, Any]]:
    return {change.date: change.entry for change in changes_of(text)}


def problems_of(text: str) -> list[tuple[str, object, object]]:
    found: list[BadInput] = read(text, through_year=2027)[1]
    return [(problem.code, problem.facts["place"], problem.facts["value"]) for problem in found]


def published(*days: tuple[str, str, object]) -> str:
    """A file as the notices of China are published: (name, date, isOffDay)."""
    listed = [{"name": name, "date": date, "isOffDay": off} for name, date, off in days]
    return json.dumps({"year": 2026, "papers": [], "days": listed}, ensure_ascii=False)


# --- JSON ---------------------------------------------------------------------------------------------------


def test_published_days_are_closed_or_make_up_working_days() -> None:
    text = published(("国庆节", "2026-10-07", True), ("国庆节", "2026-10-10", False))
    assert changes_of(text) == [
        ("2026-10-07", {"name": "国庆节"}),
        ("2026-10-10", {"name": "国庆节", "works_as": "wed"}),
    ]


def test_a_list_of_days_needs_nothing_around_it() -> None:
    assert entries('[{"date": "2026-10-01"}]') == {"2026-10-01": {"name": ""}}


def test_a_list_may_hold_hours_and_weekdays_as_well() -> None:
    text = """[{"date": "2026-12-31", "hours": "8:30-12:00"},
               {"date": "2026-10-10", "works_as": "fri"},
               {"date": "2026-10-11", "works_as": "fri", "isOffDay": false}]"""
    assert entries(text) == {
        "2026-10-10": {"name": "", "works_as": "fri"},
        "2026-10-11": {"name": "", "works_as": "fri"},
        "2026-12-31": {"name": "", "hours": ["08:30-12:00"]},
    }


def test_the_days_of_a_calendar_come_back_as_they_are() -> None:
    text = CHINA.read_text(encoding="utf-8")
    assert entries(text) == json.loads(text)["days"]


def test_a_day_may_have_several_spans() -> None:
    text = '\n {"2026-12-31": {"hours": ["13:00-15:00", "08:30-12:00"]}}'
    assert entries(text) == {"2026-12-31": {"name": "", "hours": ["08:30-12:00", "13:00-15:00"]}}


def test_dates_with_names_are_closed_days() -> None:
    text = """{"2026-01-01": "元旦", "2026/5/1": {"name": "劳动节"},
               "20261001": {}, "2026年10月2日": {"hours": []}}"""
    assert entries(text) == {
        "2026-01-01": {"name": "元旦"},
        "2026-05-01": {"name": "劳动节"},
        "2026-10-01": {"name": ""},
        "2026-10-02": {"name": ""},
    }


@pytest.mark.parametrize(
    ("text", "code", "place", "value"),
    [
        ('{"days": [{"date": "2026-13-01"}]}', "date", "days[0].date", "2026-13-01"),
        ('{"days": [{"name": "x"}]}', "date", "days[0].date", ""),
        ('[{"date": 20261001}]', "row", "[0].date", "20261001"),
        ('[{"date": "2026-10-01", "name": []}]', "row", "[0].name", "[...]"),
        ('["2026-10-01"]', "row", "[0]", "2026-10-01"),
        ('[{"date": "2026-10-01", "isOffDay": "yes"}]', "kind", "[0].isOffDay", "yes"),
        ('[{"date": "2026-10-01", "isOffDay": null}]', "kind", "[0].isOffDay", "None"),
        ('[{"date": "2026-10-01", "isOffDay": {}}]', "kind", "[0].isOffDay", "{...}"),
        ('[{"date": "2026-10-01", "isOffDay": true, "works_as": "fri"}]', "kind", "[0].isOffDay", "True"),
        ('{"days": {"2026-02-30": {}}}', "date", "days.2026-02-30", "2026-02-30"),
        ('{"2026-10-01": true}', "row", "2026-10-01", "True"),
        ('{"2026-10-01": {"work_as": "fri"}}', "row", "2026-10-01.work_as", "work_as"),
        ('{"2026-10-01": {"works_as": "friday"}}', "kind", "2026-10-01.works_as", "friday"),
        ('{"2026-10-01": {"works_as": []}}', "kind", "2026-10-01.works_as", "[...]"),
        ('{"2026-10-01": {"works_as": "fri", "hours": []}}', "kind", "2026-10-01.works_as", "fri"),
        ('{"2026-10-01": {"hours": ["9-12"]}}', "hours", "2026-10-01.hours", "9-12"),
        ('{"2026-10-01": {"hours": 9}}', "hours", "2026-10-01.hours", "9"),
        ('{"2026-10-01": {"name": 9}}', "row", "2026-10-01.name", "9"),
        ('[{"date": "2026-10-01", "hours": "9"}]', "hours", "[0].hours", "9"),
        ('{"days": 7}', "unreadable", "days", "7"),
        ("[" * 100_000, "unreadable", 1, "[" * 20),
        ("[" + "1" * 5000 + "]", "unreadable", 1, "[" + "1" * 19),
        ("{}", "empty", 1, ""),
        ('{"days": []}', "empty", 1, ""),
    ],
)
def test_what_is_wrong_in_json_is_named_by_its_path(text: str, code: str, place: object, value: str) -> None:
    assert problems_of(text) == [(f"calendar-import-{code}", place, value)]


def test_json_that_is_broken_is_named_by_its_line() -> None:
    [(code, line, value)] = problems_of('{"days":\n7,}')
    assert (code, line) == ("calendar-import-unreadable", 2)
    assert value  # the parser's own words, which differ from one Python to the next


# --- CSV ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    "header", ["date,name,kind", "日期,名称,类型", "Date,节日,TYPE", "day , holiday, 类型"]
)
def test_a_header_in_either_language_names_the_columns(delimiter: str, header: str) -> None:
    text = f"{header}\n2026-10-07,国庆节,off\n2026/10/10,国庆节,班\n".replace(",", delimiter)
    assert changes_of(text) == [
        ("2026-10-07", {"name": "国庆节"}),
        ("2026-10-10", {"name": "国庆节", "works_as": "wed"}),
    ]


@pytest.mark.parametrize("kind", ["", "off", "OFF", "closed", "休", "放假"])
def test_a_day_is_closed_where_its_kind_says_so_or_nothing(kind: str) -> None:
    assert entries(f"date,kind\n2026-10-10,{kind}\n") == {"2026-10-10": {"name": ""}}


@pytest.mark.parametrize("kind", ["work", "Workday", "班", "上班", "补班"])
def test_a_day_works_where_its_kind_says_so(kind: str) -> None:
    assert entries(f"kind,date\n{kind},2026-10-10\n") == {"2026-10-10": {"name": "", "works_as": "mon"}}


@pytest.mark.parametrize(
    ("hours", "spans"),
    [
        ("09:00-12:00", ["09:00-12:00"]),
        ("9:00-12:00 13:30-18:00", ["09:00-12:00", "13:30-18:00"]),
        ("13:30-18:00；9：00–12：00", ["09:00-12:00", "13:30-18:00"]),
        ("9:00至12:00、12:00～24:00", ["09:00-12:00", "12:00-24:00"]),
        ("22:00-06:00", ["22:00-06:00"]),
        ("00:00-00:00", ["00:00-24:00"]),
        ("00:00-24:00", ["00:00-24:00"]),
        ("20:00-08:00", ["20:00-08:00"]),
    ],
)
def test_a_day_may_have_hours_of_its_own(hours: str, spans: list[str]) -> None:
    assert entries(f"日期\t时间\n2026-12-31\t{hours}\n") == {"2026-12-31": {"name": "", "hours": spans}}


@pytest.mark.parametrize(
    "hours",
    [
        "9-12",
        "09:00",
        "25:00-26:00",
        "24:00-06:00",
        "09:60-12:00",
        "09:00-12:60",
        "09:00-24:01",
        "x 9:00-10:00",
        "09:00-12:00 11:59-13:00",
        "22:00-06:00 05:00-07:00 23:00-23:30",
        "19:59-08:00",
        "18:00-09:00",
        "late",
    ],
)
def test_hours_that_cannot_be_are_named(hours: str) -> None:
    assert problems_of(f"date;hours\n2026-12-31;{hours}\n") == [("calendar-import-hours", 2, hours)]


def test_a_kind_beside_hours_must_agree() -> None:
    assert entries("date,kind,hours\n2026-12-31,work,09:00-12:00\n")["2026-12-31"]["hours"] == ["09:00-12:00"]
    text = "date,kind,hours\n2026-12-31,off,09:00-12:00\n"
    assert problems_of(text) == [("calendar-import-kind", 2, "off")]


def test_other_columns_short_rows_and_blank_rows_are_taken_as_they_are() -> None:
    text = "weekday,date,name,note\nThu,2026-10-01\n\n,,,\nFri,2026-10-02,国庆节,x,y\n"
    assert entries(text) == {"2026-10-01": {"name": ""}, "2026-10-02": {"name": "国庆节"}}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_kind_are_read_alike(end: str) -> None:
    text = end.join(["", ";;", "date;name, kind", "2026-10-01;x", ""])
    assert entries(text) == {"2026-10-01": {"name": ""}}
    assert problems_of(text.replace("x", "y") + "soon;")[0][1] == 5


def test_quoted_cells_may_hold_delimiters_and_breaks() -> None:
    text = 'date,name\r\n2026-10-01,"a, ""b""\r\nc"\r\n2026-10-02,d\r\nsoon,e\r\n'
    changes, problems = read(text, through_year=2027)
    assert [change.entry["name"] for change in changes] == ['a, "b" c', "d"]
    assert [problem.facts["place"] for problem in problems] == [5]


@pytest.mark.parametrize(
    ("text", "code", "line", "value"),
    [
        ("2026-10-01,国庆节\n", "unreadable", 1, "2026-10-01,国庆节"),
        ("just a text", "unreadable", 1, "just a text"),
        ("date,日期\n", "row", 1, "日期"),
        ('date,"name\n', "unreadable", 1, 'date,"name'),
        ('date,name\n2026-10-01,"x" y\n', "unreadable", 2, '2026-10-01,"x" y'),
        ("date\n01/02/2026\n", "date", 2, "01/02/2026"),
        ("date\n2026-1/2\n", "date", 2, "2026-1/2"),
        ("date\n2026-02-29\n", "date", 2, "2026-02-29"),
        ("date,kind\n2026-10-01,调休\n", "kind", 2, "调休"),
        ("date\n", "empty", 1, ""),
        (",,\n,,\n", "empty", 1, ""),
        ("", "empty", 1, ""),
        (" \n \n", "empty", 1, ""),
    ],
)
def test_what_is_wrong_in_csv_is_named_by_its_line(text: str, code: str, line: int, value: str) -> None:
    assert problems_of(text) == [(f"calendar-import-{code}", line, value)]


# --- the whole file -----------------------------------------------------------------------------------------


def test_changes_come_in_order_of_date() -> None:
    text = "date\n2026-10-02\n2026-01-01\n2026-10-01\n"
    assert list(entries(text)) == ["2026-01-01", "2026-10-01", "2026-10-02"]


def test_a_date_told_twice_alike_counts_once_with_its_first_name() -> None:
    text = "date,name\n2026-10-01,国庆节\n2026-10-01,National Day\n"
    assert changes_of(text) == [("2026-10-01", {"name": "国庆节"})]


@pytest.mark.parametrize(
    ("text", "place", "first"),
    [
        ("date,kind\n2026-10-10,off\n2026-10-10,work\n", 3, 2),
        ("date,hours\n2026-10-10,9:00-12:00\n2026-10-10,9:00-13:00\n", 3, 2),
        ('{"2026-10-10": "x", "2026-10-10": {"works_as": "fri"}}', "2026-10-10", "2026-10-10"),
        (published(("a", "2026-10-10", True), ("b", "2026-10-10", False)), "days[1]", "days[0]"),
    ],
)
def test_a_date_told_in_two_ways_is_a_conflict(text: str, place: object, first: object) -> None:
    [problem] = read(text, through_year=2027)[1]
    assert problem.code == "calendar-import-conflict"
    assert problem.facts == {"place": place, "value": "2026-10-10", "first_place": first}


def test_everything_that_is_wrong_is_named() -> None:
    text = "date,kind,hours\nsoon,off,\n2026-10-01,odd,\n2026-10-02,,late\n2026-10-03,,\n2026-10-03,work,\n"
    assert [code.removeprefix("calendar-import-") for code, *_ in problems_of(text)] == [
        "date",
        "kind",
        "hours",
        "conflict",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("date\n2026-10-01\x00", "text-has-nul"),
        ("date\n2026-10-01\ud800", "text-not-unicode"),
        ("x" * (1024 * 1024 + 1), "text-too-long"),
    ],
)
def test_a_text_that_cannot_be_kept_is_refused_whole(text: str, code: str) -> None:
    changes, [problem] = read(text, through_year=2027)
    assert (changes, problem.code, problem.facts["what"]) == ([], code, "FILE")


def test_names_with_half_characters_are_made_whole_lines() -> None:
    assert entries('{"2026-10-01": "a\\ud800\\u0000b\\n c"}') == {"2026-10-01": {"name": "a b c"}}


def test_problems_and_days_are_bounded() -> None:
    assert len(problems_of("date\n" + "x\n" * 100_000)) == MOST_PROBLEMS
    pairs = "".join(
        f"{year}-01-{day:02},\n{year}-01-{day:02},x\n" for year in range(1600, 2200) for day in [1]
    )
    assert len(problems_of("date,hours\n" + pairs)) == 600
    twice = "".join(
        f"{1600 + n // 28}-01-{n % 28 + 1:02},{part}\n" for n in range(2000) for part in ("off", "班")
    )
    assert len(problems_of("date,kind\n" + twice)) == MOST_PROBLEMS
    many = "date\n" + "20261001\n" * (MOST_DAYS + 1)
    [problem] = read(many, through_year=2027)[1]
    assert problem.code == "calendar-import-too-many"
    assert problem.facts == {"place": MOST_DAYS + 2, "most": MOST_DAYS}


@pytest.mark.parametrize(
    "text",
    [
        "date,name\n" + '2026-10-01,"' * 80_000,
        "date\n" * 200_000,
        '{"a":' * 200_000,
        "[{}," * 250_000,
        "date" + "," * 1_000_000,
        'date\n"' + "x" * 1_000_000,
        '{"2026-10-01":"' + "x" * 1_000_000 + '"}',
    ],
    ids=["quotes", "headers", "objects", "lists", "commas", "long cell", "long name"],
)
def test_a_hostile_file_is_read_in_bounded_time(text: str) -> None:
    began = time.process_time()
    read(text, through_year=2027)
    assert time.process_time() - began < 10


# --- make-up days -------------------------------------------------------------------------------------------


def test_a_make_up_day_works_as_the_last_weekdays_that_its_holiday_took() -> None:
    text = published(
        *(("国庆节", f"2026-10-0{day}", True) for day in range(1, 8)),
        ("国庆节", "2026-09-20", False),
        ("国庆节调休", "2026-10-10", False),
    )
    found = entries(text)
    assert (found["2026-09-20"]["works_as"], found["2026-10-10"]["works_as"]) == ("tue", "wed")


def test_more_make_up_days_than_weekdays_off_begin_as_mondays() -> None:
    text = published(("x", "2026-10-07", True), ("x", "2026-10-10", False), ("x", "2026-10-11", False))
    assert [entry.get("works_as") for entry in entries(text).values()] == [None, "mon", "wed"]


def test_a_make_up_day_that_is_a_weekday_works_as_itself() -> None:
    text = published(("x", "2026-10-01", True), ("x", "2026-10-08", False))
    assert entries(text)["2026-10-08"] == {"name": "x", "works_as": "thu"}


def test_holidays_of_one_name_and_two_years_are_kept_apart() -> None:
    text = published(
        ("元旦", "2026-01-02", True),
        ("元旦", "2026-01-04", False),
        ("元旦", "2027-01-01", True),
        ("元旦", "2026-12-27", False),
        ("元旦", "2027-12-01", True),
    )
    found = entries(text)
    assert (found["2026-01-04"]["works_as"], found["2026-12-27"]["works_as"]) == ("fri", "fri")


def test_the_rule_for_make_up_days_finds_all_but_one_of_those_shipped() -> None:
    shipped = json.loads(CHINA.read_text(encoding="utf-8"))["days"]
    text = published(*((entry["name"], day, "works_as" not in entry) for day, entry in shipped.items()))
    found = entries(text)
    assert [day for day, entry in found.items() if entry != shipped[day]] == ["2024-09-14"]
