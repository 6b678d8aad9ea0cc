"""Business calendars: the conventions on which peers disagree, each pinned, and what a calendar tells."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cstrack.domain import calendar_spans
from cstrack.domain.calendar import Calendar, Day
from cstrack.domain.calendar_data import day_number
from cstrack.domain.errors import BadInput
from tests.support.calendars import always

ZONE = "Asia/Shanghai"
WEEK = {day: ["08:30-12:00", "13:30-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")}
HOURS = {**WEEK, "sat": ["09:00-12:00"]}
DAYS = {
    "2026-10-01": {"name": "国庆节"},
    "2026-10-02": {"name": "国庆节"},
    "2026-10-10": {"name": "国庆节调休", "works_as": "fri"},
    "2026-12-31": {"name": "年末", "hours": ["08:30-12:00"]},
    "2027-01-04": {},
}


def calendar(hours: dict[str, list[str]] = HOURS, zone: str = ZONE, **more: Any) -> Calendar:
    return Calendar({"name": "workshop", "zone": zone, "hours": hours, **more})


def workshop() -> Calendar:
    return calendar(days=DAYS, confirmed_through="2026-12-31")


def nights() -> Calendar:
    return calendar({"fri": ["08:00-12:00", "22:00-06:00"], "sat": ["05:00-09:00"], "mon": ["08:00-12:00"]})


def at(local: str, zone: str = ZONE) -> int:
    return int(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).timestamp())


def local(instant: int, zone: str = ZONE) -> str:
    return datetime.fromtimestamp(instant, ZoneInfo(zone)).replace(tzinfo=None).isoformat()


def hours(count: float) -> int:
    return int(count * 3600)


@pytest.mark.parametrize(
    ("start", "seconds", "due"),
    [
        ("2026-11-16T09:00", hours(2), "2026-11-16T11:00:00"),
        ("2026-11-16T11:00", hours(2), "2026-11-16T14:30:00"),
        ("2026-11-16T08:30", hours(8), "2026-11-16T18:00:00"),
        ("2026-11-16T08:30", hours(8) + 1, "2026-11-17T08:30:01"),
        ("2026-11-20T17:00", hours(5), "2026-11-23T09:30:00"),
        ("2026-09-30T17:00", hours(2), "2026-10-03T10:00:00"),
        ("2026-10-10T11:00", hours(2), "2026-10-10T14:30:00"),
        ("2026-12-31T11:00", hours(2), "2027-01-01T09:30:00"),
    ],
)
def test_due_is_when_so_many_open_seconds_have_gone_by(start: str, seconds: int, due: str) -> None:
    assert local(workshop().add(at(start), seconds)) == due


@pytest.mark.parametrize(
    ("start", "due"),
    [("2026-11-16T08:30", "2026-11-16T12:00:00"), ("2026-11-20T14:30", "2026-11-20T18:00:00")],
)
def test_due_exactly_at_a_closing_stays_there(start: str, due: str) -> None:
    assert local(workshop().add(at(start), hours(3.5))) == due


@pytest.mark.parametrize(
    ("instant", "opening"),
    [
        ("2026-11-16T08:29:59", "2026-11-16T08:30:00"),
        ("2026-11-16T08:30", "2026-11-16T08:30:00"),
        ("2026-11-16T11:59:59", "2026-11-16T11:59:59"),
        ("2026-11-16T12:00", "2026-11-16T13:30:00"),
        ("2026-11-21T12:00", "2026-11-23T08:30:00"),
        ("2026-09-30T18:00", "2026-10-03T09:00:00"),
    ],
)
def test_open_is_from_an_opening_until_just_before_its_closing(instant: str, opening: str) -> None:
    assert local(workshop().next_open(at(instant))) == opening
    assert workshop().add(at(instant), 0) == workshop().next_open(at(instant))


@pytest.mark.parametrize(
    ("start", "end", "pauses", "used"),
    [
        ("2026-11-16T09:00", "2026-11-16T09:00", [], 0),
        ("2026-11-17T09:00", "2026-11-16T09:00", [], 0),
        ("2026-11-16T00:00", "2026-11-22T00:00", [], hours(43)),
        ("2026-11-16T11:00", "2026-11-16T14:00", [], hours(1.5)),
        ("2026-11-16T11:00", "2026-11-16T14:00", [("2026-11-16T11:30", "2026-11-16T13:45")], hours(0.75)),
        ("2026-11-16T11:00", "2026-11-16T14:00", [("2026-11-16T08:00", "2026-11-16T11:15")], hours(1.25)),
        ("2026-11-16T11:00", "2026-11-16T14:00", [("2026-11-16T13:45", "2026-11-16T15:00")], hours(1.25)),
        ("2026-11-16T11:00", "2026-11-16T14:00", [("2026-11-16T12:00", "2026-11-16T13:30")], hours(1.5)),
        ("2026-11-16T11:00", "2026-11-16T14:00", [("2026-11-16T09:00", "2026-11-16T10:00")], hours(1.5)),
        (
            "2026-11-16T14:00",
            "2026-11-16T17:00",
            [("2026-11-16T15:00", "2026-11-16T16:00"), ("2026-11-16T14:30", "2026-11-16T15:30")],
            hours(1.5),
        ),
    ],
)
def test_used_counts_open_seconds_and_leaves_pauses_out(
    start: str, end: str, pauses: list[tuple[str, str]], used: int
) -> None:
    stood = [(at(began), at(ended)) for began, ended in pauses]
    assert workshop().used(at(start), at(end), stood) == used


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        ([], "2026-11-16T11:00:00"),
        ([("2026-11-16T10:00", "2026-11-16T10:30")], "2026-11-16T11:30:00"),
        ([("2026-11-16T10:00", "2026-11-16T15:00")], "2026-11-16T16:00:00"),
        ([("2026-11-16T10:59:59", "2026-11-16T11:59:59")], "2026-11-16T12:00:00"),
        ([("2026-11-16T11:00", "2026-11-16T15:00")], "2026-11-16T11:00:00"),
        ([("2026-11-16T08:00", "2026-11-16T09:00")], "2026-11-16T11:00:00"),
        ([("2026-11-16T08:00", "2026-11-16T09:30")], "2026-11-16T11:30:00"),
        (
            [("2026-11-16T10:00", "2026-11-16T11:00"), ("2026-11-16T11:30", "2026-11-16T14:00")],
            "2026-11-16T14:30:00",
        ),
        (
            [("2026-11-16T12:00", "2026-11-16T14:00"), ("2026-11-16T10:00", "2026-11-16T11:00")],
            "2026-11-16T12:00:00",
        ),
    ],
)
def test_a_pause_moves_due_by_the_time_the_clock_would_have_run(
    pauses: list[tuple[str, str]], due: str
) -> None:
    start = at("2026-11-16T09:00")
    stood = [(at(began), at(ended)) for began, ended in pauses]
    assert local(workshop().after_pauses(start, workshop().add(start, hours(2)), stood)) == due


def test_a_pause_in_closed_hours_leaves_a_due_time_at_closing_there() -> None:
    due = at("2026-11-21T12:00")
    pause = (at("2026-11-20T18:00"), at("2026-11-21T08:00"))
    assert workshop().after_pauses(at("2026-11-20T17:00"), due, [pause]) == due


@pytest.mark.parametrize(
    ("start", "due", "left", "mark"),
    [
        ("2026-11-16T09:00", "2026-11-16T16:00", hours(1), "2026-11-16T15:00:00"),
        ("2026-11-16T09:00", "2026-11-16T14:00", hours(1), "2026-11-16T11:30:00"),
        ("2026-11-16T09:00", "2026-11-16T14:30", hours(1), "2026-11-16T12:00:00"),
        ("2026-11-20T09:00", "2026-11-23T09:30", hours(1), "2026-11-21T12:00:00"),
        ("2026-11-16T09:00", "2026-11-16T10:00", hours(1), "2026-11-16T09:00:00"),
        ("2026-11-16T09:00", "2026-11-16T10:00", hours(9), "2026-11-16T09:00:00"),
        ("2026-11-16T09:00", "2026-11-16T10:00", 0, "2026-11-16T10:00:00"),
        ("2026-11-15T09:00", "2026-11-16T10:00", hours(9), "2026-11-15T09:00:00"),
        ("2026-11-17T09:00", "2026-11-16T10:00", 0, "2026-11-17T09:00:00"),
    ],
)
def test_a_mark_is_the_first_instant_with_so_much_left(start: str, due: str, left: int, mark: str) -> None:
    assert local(workshop().mark(at(start), at(due), left)) == mark


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2026-11-16T10:15:30", 1, "2026-11-17T10:15:30"),
        ("2026-11-16T10:15:30", 5, "2026-11-21T10:15:30"),
        ("2026-11-16T10:15:30", 0, "2026-11-16T10:15:30"),
        ("2026-11-16T12:30", 0, "2026-11-16T13:30:00"),
        ("2026-11-16T12:30", 1, "2026-11-17T13:30:00"),
        ("2026-11-15T12:30", 1, "2026-11-17T08:30:00"),
        ("2026-11-20T16:00", 1, "2026-11-23T08:30:00"),
        ("2026-11-20T08:45", 1, "2026-11-21T09:00:00"),
        ("2026-11-20T11:59:59", 1, "2026-11-21T11:59:59"),
        ("2026-09-30T10:00", 1, "2026-10-03T10:00:00"),
        ("2026-10-09T16:00", 1, "2026-10-10T16:00:00"),
    ],
)
def test_work_days_keep_the_local_time_and_roll_to_the_next_opening(start: str, count: int, due: str) -> None:
    assert local(workshop().add_days(at(start), count)) == due


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-10-24T12:34:56", "2026-10-25T12:34:56"),
        ("2026-10-25T12:34:56", "2026-10-26T12:34:56"),
        ("2026-10-26T12:34:56", "2026-10-27T12:34:56"),
        ("2026-03-28T01:34:56", "2026-03-29T02:00:00"),
        ("2026-03-29T03:34:56", "2026-03-30T03:34:56"),
    ],
)
def test_work_days_keep_the_local_time_over_a_change_of_the_clocks(start: str, due: str) -> None:
    zone = "Europe/London"
    assert local(always(zone).add_days(at(start, zone), 1), zone) == due


def test_no_work_day_on_is_the_very_instant_even_in_an_hour_that_comes_twice() -> None:
    zone = "Europe/London"
    again = at("2026-10-25T01:10", zone) + hours(1)
    assert always(zone).add_days(again, 0) == again


def test_a_night_shift_over_a_change_of_the_clocks_keeps_the_local_time_too() -> None:
    zone = "Europe/London"
    desk = calendar({"sat": ["22:00-06:00"]}, zone)
    assert local(desk.add_days(at("2026-10-25T03:30", zone), 1), zone) == "2026-11-01T03:30:00"
    assert local(desk.add_days(at("2026-10-18T03:30", zone), 1), zone) == "2026-10-25T03:30:00"


def test_each_work_day_is_after_the_one_before() -> None:
    desk, start = workshop(), at("2026-11-16T10:00")
    due = [desk.add_days(start, count) for count in range(150)]
    assert due == sorted(set(due))


def test_a_work_day_that_ends_at_its_closing_stays_there() -> None:
    desk = calendar({"mon": ["09:00-18:00"], "tue": ["09:00-17:00"], "wed": ["09:00-18:00"]})
    assert local(desk.add_days(at("2026-11-16T17:00"), 1)) == "2026-11-17T17:00:00"
    assert local(desk.add_days(at("2026-11-16T17:00:01"), 1)) == "2026-11-18T09:00:00"


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2026-11-21T02:00", 1, "2026-11-23T08:00:00"),
        ("2026-11-21T05:30", 1, "2026-11-23T08:00:00"),
        ("2026-11-21T06:30", 1, "2026-11-23T08:00:00"),
        ("2026-11-20T23:00", 3, "2026-11-27T23:00:00"),
        ("2026-11-21T02:00", 3, "2026-11-28T02:00:00"),
        ("2026-11-21T05:30", 3, "2026-11-28T05:30:00"),
        ("2026-11-21T06:30", 3, "2026-11-28T06:30:00"),
    ],
)
def test_a_night_shift_belongs_to_the_day_it_begins_on(start: str, count: int, due: str) -> None:
    assert local(nights().add_days(at(start), count)) == due


def test_a_night_shift_that_runs_into_the_next_hours_is_counted_once() -> None:
    assert nights().used(at("2026-11-20T00:00"), at("2026-11-22T00:00")) == hours(4 + 8 + 3)
    assert nights().close_of_day(at("2026-11-19T15:00"), 1) == at("2026-11-21T06:00")
    assert nights().close_of_day(at("2026-11-21T02:00"), 1) == at("2026-11-23T12:00")


def test_a_night_shift_may_run_over_the_first_hours_of_the_next_day() -> None:
    desk = calendar({"fri": ["22:00-08:00"], "sat": ["05:00-07:00", "07:30-09:00"]})
    assert desk.used(at("2026-11-20T00:00"), at("2026-11-22T00:00")) == hours(11)
    assert desk.close_of_day(at("2026-11-20T15:00"), 1) == at("2026-11-21T09:00")
    assert local(desk.add_days(at("2026-11-21T06:00"), 1)) == "2026-11-27T22:00:00"
    assert local(desk.add_days(at("2026-11-20T23:00"), 2)) == "2026-11-27T23:00:00"
    assert [day.spans for day in desk.days(at("2026-11-21T01:00"), at("2026-11-21T02:00"))] == [
        ((at("2026-11-20T22:00"), at("2026-11-21T08:00")),),
        ((at("2026-11-21T08:00"), at("2026-11-21T09:00")),),
    ]


def test_a_time_after_midnight_is_not_taken_for_one_of_the_day_after() -> None:
    """Friday's night shift ends on Saturday; Monday has none, and Tuesday's early hours are Tuesday's."""
    early = ["00:00-06:00"]
    desk = calendar({"fri": ["22:00-06:00"], "mon": early, "tue": early})
    assert local(desk.add_days(at("2026-11-21T05:59"), 1)) == "2026-11-24T00:00:00"
    assert local(desk.add_days(at("2026-11-23T00:15"), 1)) == "2026-11-24T00:15:00"


def test_a_holiday_ends_no_night_shift_that_began_before_it() -> None:
    desk = calendar({"fri": ["22:00-06:00"], "sat": ["22:00-06:00"]}, days={"2026-11-21": {"name": "off"}})
    assert list(desk.spans(at("2026-11-20T00:00"), at("2026-11-23T00:00"))) == [
        (at("2026-11-20T22:00"), at("2026-11-21T06:00"))
    ]


@pytest.mark.parametrize(
    ("a", "b", "found"),
    [
        ("2026-11-16T11:00", "2026-11-16T14:00", [("11:00", "12:00"), ("13:30", "14:00")]),
        ("2026-11-16T12:00", "2026-11-16T13:30", []),
        ("2026-11-16T09:00", "2026-11-16T09:00", []),
        ("2026-11-16T14:00", "2026-11-16T09:00", []),
        ("2026-11-16T09:00", "2026-11-16T12:00", [("09:00", "12:00")]),
    ],
)
def test_spans_are_the_open_stretches_cut_at_both_ends(a: str, b: str, found: list[tuple[str, str]]) -> None:
    expected = [(at(f"2026-11-16T{begins}"), at(f"2026-11-16T{ends}")) for begins, ends in found]
    assert list(workshop().spans(at(a), at(b))) == expected


def test_spans_that_touch_at_midnight_are_one() -> None:
    a, b = at("2026-11-16T09:00"), at("2026-11-19T09:00")
    assert list(always(ZONE).spans(a, b)) == [(a, b)]


def test_days_tell_what_each_day_was() -> None:
    found = workshop().days(at("2026-10-02T12:00"), at("2026-10-05T00:00"))
    assert found == [
        Day("2026-10-02", "holiday", "国庆节", ()),
        Day("2026-10-03", "work", "", ((at("2026-10-03T09:00"), at("2026-10-03T12:00")),)),
        Day("2026-10-04", "rest", "", ()),
        Day(
            "2026-10-05",
            "work",
            "",
            (
                (at("2026-10-05T08:30"), at("2026-10-05T12:00")),
                (at("2026-10-05T13:30"), at("2026-10-05T18:00")),
            ),
        ),
    ]


@pytest.mark.parametrize(
    ("date", "kind", "name"),
    [
        ("2026-10-10", "makeup", "国庆节调休"),
        ("2026-12-31", "special", "年末"),
        ("2027-01-04", "holiday", ""),
    ],
)
def test_a_listed_day_says_what_it_is(date: str, kind: str, name: str) -> None:
    (day,) = workshop().days(at(f"{date}T10:00"), at(f"{date}T11:00"))
    assert (day.date, day.kind, day.name) == (date, kind, name)


def test_days_begin_with_the_one_whose_night_shift_still_runs() -> None:
    dates = [
        [day.date for day in nights().days(at(a), at("2026-11-21T10:00"))]
        for a in ("2026-11-21T05:59", "2026-11-21T06:00")
    ]
    assert dates == [["2026-11-20", "2026-11-21"], ["2026-11-21"]]


@pytest.mark.parametrize(
    ("due", "provisional"),
    [
        ("2026-12-31T23:59:59", False),
        ("2027-01-01T00:00:00", True),
        ("2027-03-01T09:00:00", True),
    ],
)
def test_a_due_time_after_the_last_confirmed_day_is_provisional(due: str, provisional: bool) -> None:
    assert workshop().provisional(at(due)) == provisional


def test_a_calendar_that_confirms_nothing_is_never_provisional() -> None:
    now = at("2026-12-01T09:00")
    assert not calendar().provisional(now)
    assert not calendar(confirmed_through=None).provisional(now)


def test_a_calendar_knows_its_name_and_zone() -> None:
    assert (workshop().name, workshop().zone) == ("workshop", ZONE)
    assert (always("Europe/London").name, always("Europe/London").zone) == ("24x7", "Europe/London")


def test_the_answers_do_not_depend_on_what_was_asked_before() -> None:
    starts = [at(f"{year}-03-01T10:00") for year in (2026, 1990, 2050, 2026, 1970)]
    used = calendar(days=DAYS)
    for start in starts:
        fresh = calendar(days=DAYS)
        assert used.add(start, hours(40)) == fresh.add(start, hours(40))
        assert used.add_days(start, 7) == fresh.add_days(start, 7)
        assert used.used(start, start + hours(999)) == fresh.used(start, start + hours(999))


@pytest.mark.parametrize(
    "asked",
    [
        lambda desk: desk.add(at("2026-11-16T09:00"), hours(100_000)),
        lambda desk: desk.add_days(at("2026-11-16T09:00"), 10_000),
        lambda desk: desk.close_of_day(at("2026-11-16T09:00"), 10_000),
        lambda desk: desk.next_open(at("2050-01-02T09:00")),
        lambda desk: desk.next_open(at("1900-01-02T09:00")),
        lambda desk: desk.next_open(-(10**15)),
        lambda desk: desk.used(at("2026-11-16T09:00"), 10**15),
        lambda desk: desk.days(at("2026-11-16T09:00"), 10**15),
    ],
)
def test_what_no_desk_will_live_to_see_is_too_far(asked: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_spans, "LAST_DAY", day_number("2050-01-01"))
    with pytest.raises(BadInput) as caught:
        asked(calendar())
    assert (caught.value.code, caught.value.facts) == ("calendar-too-far", {"calendar": "workshop"})


def test_the_longest_limit_that_can_be_typed_is_not_too_far() -> None:
    desk, start = calendar(WEEK), datetime(2026, 11, 16, 9)  # noqa: DTZ001  the desk's own zone
    due = start + timedelta(weeks=19_999, days=4)
    assert local(desk.add_days(at(start.isoformat()), 99_999)) == due.isoformat()
