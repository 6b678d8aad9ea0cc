"""What is no calendar is refused before anything is reckoned with it, every problem by its place."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cstrack.domain import calendar_spans
from cstrack.domain.calendar import Calendar, problems
from cstrack.domain.calendar_data import date_of
from cstrack.domain.errors import BadInput

DATA: dict[str, Any] = {"name": "desk", "zone": "Asia/Shanghai", "hours": {"mon": ["08:30-12:00"]}}
FIELDS = ["name", "zone", "hours", "days", "confirmed_through"]
WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def day(**entry: Any) -> dict[str, Any]:
    return {"days": {"2026-10-01": entry}}


@pytest.mark.parametrize(
    ("change", "code", "facts"),
    [
        ({"hour": {}}, "calendar-field-unknown", {"field": "hour", "known": FIELDS}),
        ({"hours": {"monday": []}}, "calendar-field-unknown", {"field": "hours.monday", "known": WEEK}),
        (
            day(works="fri"),
            "calendar-field-unknown",
            {"field": "days.2026-10-01.works", "known": ["name", "works_as", "hours"]},
        ),
        ({"name": 7}, "calendar-field-wrong", {"calendar": "7", "field": "name", "value": "7"}),
        ({"zone": None}, "calendar-field-wrong", {"field": "zone", "value": "None"}),
        ({"hours": []}, "calendar-field-wrong", {"field": "hours", "value": "[]"}),
        ({"days": "none"}, "calendar-field-wrong", {"field": "days", "value": "none"}),
        (
            {"hours": {"mon": "08:30-12:00"}},
            "calendar-field-wrong",
            {"field": "hours.mon", "value": "08:30-12:00"},
        ),
        (
            {"days": {"2026-10-01": "off"}},
            "calendar-field-wrong",
            {"field": "days.2026-10-01", "value": "off"},
        ),
        (day(name=1), "calendar-field-wrong", {"field": "days.2026-10-01.name", "value": "1"}),
        (
            day(works_as="friday"),
            "calendar-field-wrong",
            {"field": "days.2026-10-01.works_as", "value": "friday"},
        ),
        (
            day(works_as="fri", hours=[]),
            "calendar-field-wrong",
            {"field": "days.2026-10-01.works_as", "value": "fri"},
        ),
        (day(hours=9), "calendar-field-wrong", {"field": "days.2026-10-01.hours", "value": "9"}),
        ({"zone": "Mars/Olympus"}, "calendar-zone-unknown", {"zone": "Mars/Olympus"}),
        ({"zone": "../etc/passwd"}, "calendar-zone-unknown", {"zone": "../etc/passwd"}),
        ({"zone": "Asia"}, "calendar-zone-unknown", {"zone": "Asia"}),
        ({"zone": ""}, "calendar-zone-unknown", {"zone": ""}),
        ({"hours": {}}, "calendar-empty", {}),
        ({"hours": {"mon": [], "tue": []}, "days": {"2026-10-01": {"name": "off"}}}, "calendar-empty", {}),
        ({"confirmed_through": "2026-13-01"}, "calendar-date-wrong", {"value": "2026-13-01"}),
        ({"confirmed_through": "2026-12"}, "calendar-date-wrong", {"value": "2026-12"}),
        ({"confirmed_through": 20261231}, "calendar-date-wrong", {"value": "20261231"}),
        ({"confirmed_through": date(2026, 12, 31)}, "calendar-date-wrong", {"value": "2026-12-31"}),
        ({"days": {"1899-12-31": {"name": "off"}}}, "calendar-date-wrong", {"value": "1899-12-31"}),
        ({"days": {"9999-12-31": {"name": "off"}}}, "calendar-date-wrong", {"value": "9999-12-31"}),
        ({"days": {"2026-02-29": {"name": "leap"}}}, "calendar-date-wrong", {"value": "2026-02-29"}),
        ({"days": {"20261001": {"name": "off"}}}, "calendar-date-wrong", {"value": "20261001"}),
    ],
)
def test_what_is_wrong_with_a_calendar_is_named_by_its_place(
    change: dict[str, Any], code: str, facts: dict[str, Any]
) -> None:
    (problem,) = problems(DATA | change)
    assert (problem.code, problem.facts) == (code, {"calendar": "desk"} | facts)
    with pytest.raises(BadInput, match=code):
        Calendar(DATA | change)


@pytest.mark.parametrize("field", ["name", "zone", "hours"])
def test_a_calendar_needs_name_zone_and_hours(field: str) -> None:
    (problem,) = problems({key: value for key, value in DATA.items() if key != field})
    assert problem.code == "calendar-field-missing"
    assert problem.facts == {"calendar": "" if field == "name" else "desk", "field": field}


@pytest.mark.parametrize(
    "value",
    [
        "8:30-12:00",
        "08:30",
        "08:30 - 12:00",
        "08:30–12:00",
        "24:00-08:00",
        "08:60-12:00",
        "08:30-25:00",
        "08:30-24:30",
        "08:30-12:00 13:30-18:00",
        "０8:30-12:00",
        "08:30-12:00\n",
        "",
        900,
    ],
)
def test_hours_are_written_in_one_way(value: object) -> None:
    (problem,) = problems(DATA | {"hours": {"tue": ["13:00-14:00", value]}})
    assert problem.code == "calendar-hours-wrong"
    assert problem.facts == {"calendar": "desk", "day": "tue", "value": str(value)}


@pytest.mark.parametrize("value", ["17:00-08:30", "12:00-08:00", "09:00-09:00", "00:00-00:00", "18:00-06:01"])
def test_a_shift_over_midnight_of_more_than_twelve_hours_is_written_backwards(value: str) -> None:
    (problem,) = problems(DATA | day(hours=[value]))
    assert problem.code == "calendar-hours-backwards"
    assert problem.facts == {"calendar": "desk", "day": "2026-10-01", "value": value}


@pytest.mark.parametrize("value", ["18:00-06:00", "12:00-00:00", "08:00-00:00", "00:00-24:00", "00:00-23:59"])
def test_a_shift_of_twelve_hours_over_midnight_or_of_a_whole_day_is_one(value: str) -> None:
    assert problems(DATA | {"hours": {"mon": [value]}}) == []


@pytest.mark.parametrize(
    "texts",
    [
        ["08:00-12:00", "11:59-18:00"],
        ["11:59-18:00", "08:00-12:00"],
        ["08:00-12:00", "08:00-12:00"],
        ["08:00-18:00", "12:00-13:00"],
        ["20:00-04:00", "22:00-23:00"],
    ],
)
def test_two_spans_of_one_day_that_overlap_are_refused(texts: list[str]) -> None:
    (problem,) = problems(DATA | {"hours": {"mon": texts}})
    assert (problem.code, problem.facts) == ("calendar-hours-overlap", {"calendar": "desk", "day": "mon"})


@pytest.mark.parametrize(
    ("data", "days"),
    [
        ({"hours": {"sat": ["22:00-08:00"], "sun": ["01:00-02:00", "06:00-08:00"]}}, ["sun"]),
        ({"hours": {"sun": ["22:00-08:00"], "mon": ["01:00-08:00"]}}, ["mon"]),
        ({"hours": {"sat": ["22:00-08:00"], "sun": ["01:00-08:01"]}}, []),
        ({"hours": {"sat": ["22:00-08:00"], "mon": ["01:00-02:00"]}}, []),
        (
            {
                "hours": {"mon": ["22:00-08:00"], "wed": ["06:00-07:00"]},
                "days": {"2026-11-17": {"works_as": "mon"}},
            },
            ["2026-11-18"],
        ),
        (
            {"hours": {"mon": ["22:00-08:00"]}, "days": {"2026-11-17": {"hours": ["07:00-08:00"]}}},
            ["2026-11-17"],
        ),
    ],
)
def test_a_day_that_is_over_before_the_night_shift_before_it_is_refused(
    data: dict[str, Any], days: list[str]
) -> None:
    found = problems(DATA | data)
    assert [problem.code for problem in found] == ["calendar-hours-overlap"] * len(days)
    assert [problem.facts for problem in found] == [{"calendar": "desk", "day": day} for day in days]


def test_all_problems_are_told_at_once() -> None:
    data = {"zone": "Nowhere", "hours": {"mon": ["9-5"], "tue": ["17:00-09:00"], "wen": []}, "years": 1}
    assert [problem.code for problem in problems(data | {"confirmed_through": "soon"})] == [
        "calendar-field-unknown",
        "calendar-field-missing",
        "calendar-zone-unknown",
        "calendar-hours-wrong",
        "calendar-hours-backwards",
        "calendar-field-unknown",
        "calendar-date-wrong",
    ]


def listed(first: str, count: int, **entry: Any) -> dict[str, Any]:
    begin = date.fromisoformat(first)
    return {(begin + timedelta(days=by)).isoformat(): entry for by in range(count)}


@pytest.mark.parametrize(("closed", "refused"), [(730, []), (731, []), (732, ["calendar-never-opens"])])
def test_more_than_two_years_without_an_opening_are_refused(closed: int, refused: list[str]) -> None:
    week = {weekday: ["08:30-12:00"] for weekday in WEEK}
    data = DATA | {"hours": week, "days": listed("2026-11-17", closed, name="flood")}
    assert [problem.code for problem in problems(data)] == refused


def test_two_years_closed_are_waited_for() -> None:
    week = {weekday: ["00:00-24:00"] for weekday in WEEK}
    desk = Calendar(DATA | {"hours": week, "days": listed("2026-11-17", 731, name="flood")})
    begin = 1_794_844_800
    assert desk.next_open(begin) == begin + 731 * 86_400
    assert desk.add(begin - 3600, 7200) == begin + 731 * 86_400 + 3600


def test_a_closure_of_every_monday_is_one_closure() -> None:
    mondays = {
        (date(2026, 11, 16) + timedelta(weeks=week)).isoformat(): {"name": "off"} for week in range(106)
    }
    (problem,) = problems(DATA | {"days": mondays})
    assert problem.code == "calendar-never-opens"
    assert problem.facts == {"calendar": "desk", "since_at": 1_794_240_000}
    assert problems(DATA | {"days": dict(list(mondays.items())[:103])}) == []
    assert problems(DATA | {"days": mondays | {"2027-11-14": {"works_as": "mon"}}}) == []


def test_a_calendar_of_listed_days_alone_ends_with_the_last_of_them() -> None:
    days = {"2026-11-16": {"hours": ["22:00-06:00"]}, "2026-11-01": {"works_as": "mon"}, "2027-01-01": {}}
    (problem,) = problems({"name": "fair", "zone": "Asia/Shanghai", "hours": {}, "days": days})
    assert problem.code == "calendar-never-opens"
    assert problem.facts == {"calendar": "fair", "since_at": 1_794_866_400}


def test_a_make_up_day_of_a_weekday_without_hours_stays_closed() -> None:
    desk = Calendar(DATA | day(works_as="sun"))
    assert [one.spans for one in desk.days(1_790_827_200, 1_790_827_200)] == [()]


def test_all_days_to_come_may_be_confirmed() -> None:
    assert problems(DATA | {"confirmed_through": "9999-12-31"}) == []


def test_the_first_and_the_last_day_that_is_reckoned_may_be_listed() -> None:
    assert problems(DATA | {"days": {"1900-01-01": {"name": "off"}, "2499-12-31": {"name": "off"}}}) == []
    assert [date_of(calendar_spans.FIRST_DAY), date_of(calendar_spans.LAST_DAY)] == [
        "1900-01-01",
        "2500-01-01",
    ]
