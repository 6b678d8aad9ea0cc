"""The pitfalls of time arithmetic on calendars, by their numbers: where other desks have been wrong."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cstrack.domain.calendar import Calendar
from cstrack.domain.deadlines import due
from cstrack.domain.errors import BadInput
from tests.support.calendars import always

HOUR = 3600
CHINA = "Asia/Shanghai"
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
WEEK = (*WORKDAYS, "sat", "sun")
OFFICE = {day: ["09:00-12:00", "13:00-18:00"] for day in WORKDAYS}


def desk(
    hours: dict[str, list[str]], zone: str = CHINA, days: dict[str, dict[str, Any]] | None = None
) -> Calendar:
    return Calendar({"name": "desk", "zone": zone, "hours": hours, "days": days or {}})


def at(local: str, zone: str = CHINA, *, fold: int = 0) -> int:
    return int(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone), fold=fold).timestamp())


def shown(instant: int, zone: str = CHINA) -> str:
    return datetime.fromtimestamp(instant, ZoneInfo(zone)).isoformat()


@pytest.mark.parametrize(
    ("zone", "start", "ends"),
    [
        ("Europe/Berlin", "2027-03-27T16:20", "2027-03-28T17:20:00+02:00"),
        ("Europe/Berlin", "2027-10-30T16:20", "2027-10-31T15:20:00+01:00"),
        ("America/Santiago", "2026-09-05T21:40", "2026-09-06T22:40:00-03:00"),
        ("Australia/Lord_Howe", "2026-10-03T18:00", "2026-10-04T18:30:00+11:00"),
        ("Asia/Shanghai", "2026-10-03T18:00", "2026-10-04T18:00:00+08:00"),
    ],
)
def test_p01_a_day_of_hours_across_a_change_is_twenty_four_real_hours(
    zone: str, start: str, ends: str
) -> None:
    assert shown(always(zone).add(at(start, zone), 24 * HOUR), zone) == ends
    assert shown(due(at(start, zone), "24h", zone), zone) == ends


@pytest.mark.parametrize(
    ("zone", "start", "seconds", "ends"),
    [
        # Sunday's shift of 22:00-06:00 has seven hours in spring and nine in autumn
        ("Europe/Berlin", "2027-03-27T21:00", 8 * HOUR, "2027-04-03T23:00:00+02:00"),
        ("Europe/Berlin", "2027-10-30T21:00", 8 * HOUR, "2027-10-31T05:00:00+01:00"),
    ],
)
def test_p01_a_night_shift_across_a_change_has_the_hours_that_are_worked(
    zone: str, start: str, seconds: int, ends: str
) -> None:
    assert shown(desk({"sat": ["22:00-06:00"]}, zone).add(at(start, zone), seconds), zone) == ends


@pytest.mark.parametrize(
    ("zone", "date", "before"),
    [
        ("Africa/Cairo", "2027-04-30", "2027-04-29"),
        ("America/Santiago", "2027-09-05", "2027-09-04"),
        ("Asia/Beirut", "2026-03-29", "2026-03-28"),
    ],
)
def test_p02_a_day_that_begins_at_one_is_neither_skipped_nor_a_crash(
    zone: str, date: str, before: str
) -> None:
    whole = always(zone)
    midnight = at(f"{date}T01:00", zone)
    found = whole.days(midnight - HOUR, midnight + HOUR)
    assert [day.date for day in found] == [before, date]
    assert found[1].spans == ((midnight, midnight + 23 * HOUR),)
    early = desk({day: ["00:00-02:00"] for day in WEEK}, zone)
    assert list(early.spans(midnight - HOUR, midnight + 2 * HOUR)) == [(midnight, midnight + HOUR)]
    assert shown(early.add_days(at(f"{before}T00:15", zone), 1), zone)[:16] == f"{date}T01:00"


@pytest.mark.parametrize(
    ("hours", "spans"),
    [
        # 01:00 to 02:00 comes twice, and a boundary in it means the first time; in minutes since midnight
        (["00:30-01:20"], [(30, 80)]),
        (["01:20-03:00"], [(80, 240)]),
        (["00:30-01:20", "01:20-03:00"], [(30, 240)]),
        (["00:30-01:20", "01:40-03:00"], [(30, 80), (100, 240)]),
        (["01:10-01:50"], [(70, 110)]),
        (["01:00-02:00"], [(60, 180)]),
    ],
)
@pytest.mark.parametrize(
    ("zone", "date"), [("Europe/London", "2027-10-31"), ("America/Chicago", "2026-11-01")]
)
def test_p03_a_boundary_in_an_hour_that_comes_twice_is_one_instant(
    zone: str, date: str, hours: list[str], spans: list[tuple[int, int]]
) -> None:
    shifts = desk({"sun": hours}, zone)
    midnight = at(f"{date}T00:00", zone)
    expected = [(midnight + begins * 60, midnight + ends * 60) for begins, ends in spans]
    assert list(shifts.spans(midnight, midnight + 25 * HOUR)) == expected


def test_p03_the_second_time_of_the_hour_is_open_where_the_shift_ends_after_it() -> None:
    shifts = desk({"sun": ["01:20-03:00"]}, "Europe/London")
    again = at("2027-10-31T01:05", "Europe/London", fold=1)
    assert shifts.next_open(again) == again
    assert shifts.used(at("2027-10-31T00:00", "Europe/London"), again) == 45 * 60


def test_p03_the_second_time_of_the_hour_is_closed_where_the_shift_has_ended_in_the_first() -> None:
    shifts = desk({"sun": ["00:30-01:20"]}, "Europe/London")
    again = at("2027-10-31T01:05", "Europe/London", fold=1)
    assert shifts.next_open(again) > again


def test_p03_a_boundary_that_is_jumped_over_comes_when_the_clock_jumps() -> None:
    zone = "Europe/London"
    jump = at("2027-03-28T02:00", zone)
    shifts = desk({"sun": ["00:00-01:30", "01:45-03:00"]}, zone)
    assert list(shifts.spans(jump - 2 * HOUR, jump + 2 * HOUR)) == [(jump - HOUR, jump + HOUR)]
    assert desk({"sun": ["00:00-01:30"]}, zone).add(jump - HOUR, HOUR) == jump
    gone = desk({"sun": ["01:10-01:50"]}, zone)
    assert list(gone.spans(jump - 2 * HOUR, jump + 2 * HOUR)) == []


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe"])
def test_p04_around_the_clock_loses_no_second_at_midnight(zone: str) -> None:
    whole = always(zone)
    start = at("2026-10-30T23:59:59", zone)
    for seconds in (1, 2, 60, 86_400, 9 * 86_400, 400 * 86_400):
        assert whole.add(start, seconds) == start + seconds
        assert whole.used(start, start + seconds) == seconds
        assert whole.next_open(start + seconds) == start + seconds


def test_p04_a_night_shift_and_the_morning_after_lose_no_second_at_midnight() -> None:
    shifts = desk({"mon": ["20:00-24:00"], "tue": ["00:00-04:00"]})
    assert shown(shifts.add(at("2026-11-16T23:59:30"), 60)) == "2026-11-17T00:00:30+08:00"
    assert desk({"mon": ["20:00-04:00"]}).add(at("2026-11-16T23:59:30"), 60) == at("2026-11-17T00:00:30")


def test_p05_a_desk_of_one_day_a_week_has_due_times() -> None:
    fridays = desk({"fri": ["10:00-16:00"]})
    assert shown(fridays.add(at("2026-11-20T15:00"), 13 * HOUR)) == "2026-12-04T16:00:00+08:00"
    assert shown(fridays.add_days(at("2026-11-21T09:00"), 3)) == "2026-12-18T10:00:00+08:00"
    assert shown(fridays.add(at("2026-11-20T15:00"), 320 * HOUR)) == "2027-12-03T11:00:00+08:00"


def test_p05_nine_days_of_holidays_are_waited_for() -> None:
    off = {f"2027-02-{day:02}": {"name": "春节"} for day in range(5, 14)}
    shifts = desk(OFFICE, days=off)
    assert shown(shifts.add(at("2027-02-04T17:30"), HOUR)) == "2027-02-15T09:30:00+08:00"
    assert shown(shifts.next_open(at("2027-02-04T18:00"))) == "2027-02-15T09:00:00+08:00"
    assert shifts.used(at("2027-02-04T18:00"), at("2027-02-15T09:00")) == 0


def test_p05_forty_weeks_of_working_hours_are_forty_weeks() -> None:
    start = at("2026-11-16T09:00")
    assert shown(desk(OFFICE).add(start, 40 * 40 * HOUR)) == "2027-08-20T18:00:00+08:00"


@pytest.mark.parametrize(
    ("hours", "code"),
    [
        ({}, "calendar-empty"),
        ({day: [] for day in WEEK}, "calendar-empty"),
        ({"wed": ["18:00-09:00"]}, "calendar-hours-backwards"),
        ({"wed": ["12:00-12:00"]}, "calendar-hours-backwards"),
    ],
)
def test_p06_an_impossible_calendar_is_refused_when_it_is_made(
    hours: dict[str, list[str]], code: str
) -> None:
    with pytest.raises(BadInput, match=code):
        desk(hours)


def test_p06_no_sum_runs_for_ever() -> None:
    with pytest.raises(BadInput, match="calendar-too-far"):
        desk({"sun": ["00:00-00:01"]}).add(at("2026-11-16T09:00"), 4 * 400 * HOUR)


@pytest.mark.parametrize("received", ["2026-11-20T18:00", "2026-11-21T14:00", "2026-11-23T08:59:59"])
def test_p07_received_out_of_hours_both_due_and_used_begin_at_the_next_opening(received: str) -> None:
    office, start = desk(OFFICE), at(received)
    opening = at("2026-11-23T09:00")
    assert office.next_open(start) == opening
    assert office.add(start, 2 * HOUR) == opening + 2 * HOUR
    assert [office.used(start, opening + by) for by in (-600, 0, 600)] == [0, 0, 600]
    assert shown(office.add_days(start, 1)) == "2026-11-24T09:00:00+08:00"


@pytest.mark.parametrize(
    ("due_at", "left", "mark"),
    [
        ("2026-11-17T10:00", HOUR, "2026-11-16T18:00:00+08:00"),
        ("2026-11-17T09:45", HOUR, "2026-11-16T17:45:00+08:00"),
        ("2026-11-17T13:30", HOUR, "2026-11-17T11:30:00+08:00"),
        ("2026-11-23T09:15", HOUR, "2026-11-20T17:15:00+08:00"),
        ("2026-11-20T17:00", 2 * HOUR, "2026-11-20T15:00:00+08:00"),
    ],
)
def test_p08_so_long_before_due_is_measured_on_the_calendar(due_at: str, left: int, mark: str) -> None:
    office, start, ends = desk(OFFICE), at("2026-11-16T09:00"), at(due_at)
    found = office.mark(start, ends, left)
    assert shown(found) == mark
    assert office.used(found, ends) == left


@pytest.mark.parametrize("count", [100, 120, 168, 400, 2_000])
def test_p09_limits_of_more_than_ninety_nine_hours_are_whole(count: int) -> None:
    start = at("2026-11-18T10:40")
    for calendar in (desk(OFFICE), always("Europe/Berlin")):
        assert calendar.used(start, calendar.add(start, count * HOUR)) == count * HOUR
    assert due(start, f"{count}h", "Europe/Berlin") == start + count * HOUR


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Shanghai", "Africa/Cairo"])
def test_p10_a_holiday_is_on_its_civil_date_whatever_the_zone(zone: str) -> None:
    whole = desk({day: ["00:00-24:00"] for day in WEEK}, zone, days={"2026-12-25": {"name": "off"}})
    a, b = at("2026-12-24T00:00", zone), at("2026-12-27T00:00", zone)
    off, on = at("2026-12-25T00:00", zone), at("2026-12-26T00:00", zone)
    assert list(whole.spans(a, b)) == [(a, off), (on, b)]
    assert [day.kind for day in whole.days(a, b - 1)] == ["work", "holiday", "work"]


@pytest.mark.parametrize("date", [f"2026-11-{day}" for day in range(16, 28)])
def test_p11_one_holiday_more_makes_nothing_due_earlier(date: str) -> None:
    before, after = desk(OFFICE), desk(OFFICE, days={date: {"name": "off"}})
    for start in range(at("2026-11-16T00:00"), at("2026-11-20T00:00"), 5_400):
        assert after.add(start, 20 * HOUR) >= before.add(start, 20 * HOUR)
        assert after.add_days(start, 2) >= before.add_days(start, 2)
        assert after.close_of_day(start, 2) >= before.close_of_day(start, 2)


@pytest.mark.parametrize("began", range(0, 96, 5))
def test_p11_one_pause_more_makes_nothing_due_earlier(began: int) -> None:
    office, start = desk(OFFICE), at("2026-11-17T11:00")
    first = (start + 4 * HOUR, start + 26 * HOUR)
    second = (start + began * HOUR, start + (began + 7) * HOUR)
    limit = office.add(start, 20 * HOUR)
    one, both = (office.after_pauses(start, limit, pauses) for pauses in ([first], [first, second]))
    assert limit <= one <= both
    assert office.used(start, both, [first, second]) == 20 * HOUR


@pytest.mark.parametrize(
    ("received", "count", "ends"),
    [
        ("2026-11-16T00:00", 3, "2026-11-19T18:00:00+08:00"),
        ("2026-11-16T23:59:59", 3, "2026-11-19T18:00:00+08:00"),
        ("2026-11-18T17:59", 3, "2026-11-23T18:00:00+08:00"),
        ("2026-11-21T10:00", 3, "2026-11-25T18:00:00+08:00"),
        ("2026-11-16T09:00", 15, "2026-12-07T18:00:00+08:00"),
    ],
)
def test_p14_the_date_of_receipt_is_day_zero_and_the_last_day_ends_at_its_close(
    received: str, count: int, ends: str
) -> None:
    assert shown(desk(OFFICE).close_of_day(at(received), count)) == ends


def test_p14_holidays_are_not_counted_and_a_short_day_ends_when_it_ends() -> None:
    listed: dict[str, dict[str, Any]] = {
        "2026-11-18": {"name": "off"},
        "2026-11-19": {"name": "fair", "hours": ["09:00-12:00"]},
    }
    short = desk(OFFICE, days=listed)
    assert shown(short.close_of_day(at("2026-11-16T10:00"), 2)) == "2026-11-19T12:00:00+08:00"
    assert shown(short.close_of_day(at("2026-11-18T10:00"), 1)) == "2026-11-19T12:00:00+08:00"
