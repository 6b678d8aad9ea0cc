"""iCalendar files: civil dates whatever the zone, spans, rules, and what is refused by its line."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from cstrack.domain.calendar_import import MOST_DAYS, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cstrack.domain.errors import BadInput

ZONES = ["Asia/Shanghai", "America/Los_Angeles", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Africa/Cairo"]
NATIONAL_DAY = "DTSTART;VALUE=DATE:20261001"


def ics(*events: str, head: str = "") -> str:
    """A file of these events; the first line of the first one is line 3."""
    body = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\n{head}{body}END:VCALENDAR\n"


def days_of(*events: str, through_year: int = 2027) -> list[str]:
    """The dates of the events; a problem fails the test."""
    changes, problems = read(ics(*events), through_year=through_year)
    assert problems == []
    return [change.date for change in changes]


def problems_of(text: str) -> list[tuple[str, object, object]]:
    found: list[BadInput] = read(text, through_year=2027)[1]
    return [(problem.code, problem.facts["place"], problem.facts["value"]) for problem in found]


# --- dates --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("zone", ZONES)
def test_p10_an_all_day_event_stays_on_its_civil_date_once_whatever_the_zone(zone: str) -> None:
    head = f"X-WR-TIMEZONE:{zone}\nBEGIN:VTIMEZONE\nTZID:{zone}\nEND:VTIMEZONE\n"
    text = ics(f"{NATIONAL_DAY}\nDTEND;VALUE=DATE:20261002\nSUMMARY:国庆节", head=head)
    assert read(text, through_year=2027) == ([("2026-10-01", {"name": "国庆节"})], [])


@pytest.mark.parametrize("zone", [*ZONES, "China Standard Time", '"Made up: by us"'])
def test_p10_an_event_from_midnight_to_midnight_of_its_zone_is_its_civil_days(zone: str) -> None:
    span = f"DTSTART;TZID={zone}:20261001T000000\nDTEND;TZID={zone}:20261003T000000"
    assert days_of(span) == ["2026-10-01", "2026-10-02"]


@pytest.mark.parametrize("mark", ["", "Z"])
def test_p10_midnight_in_utc_or_in_no_zone_is_a_civil_day_too(mark: str) -> None:
    assert days_of(f"DTSTART:20261001T000000{mark}\nDTEND:20261002T000000{mark}") == ["2026-10-01"]


def test_p10_a_date_that_names_a_zone_is_a_date_all_the_same() -> None:
    assert days_of("DTSTART;TZID=Asia/Shanghai;VALUE=DATE:20261001\nDTEND;VALUE=DATE:20261002") == [
        "2026-10-01"
    ]


def test_p10_the_same_event_twice_is_one_day() -> None:
    event = f"UID:1@desk\n{NATIONAL_DAY}\nSUMMARY:国庆节"
    assert days_of(event, event, event.replace("国庆节", "National Day")) == ["2026-10-01"]


@pytest.mark.parametrize(
    "end",
    [
        "DTEND;VALUE=DATE:20261004",
        "DTEND:20261004",
        "DURATION:P3D",
        "DURATION:PT72H",
        "DURATION:P2DT23H59M60S",
        "DURATION:+P3D",
    ],
)
def test_the_end_of_a_span_is_exclusive(end: str) -> None:
    assert days_of(f"{NATIONAL_DAY}\n{end}") == ["2026-10-01", "2026-10-02", "2026-10-03"]


@pytest.mark.parametrize("end", ["", "\nDTEND;VALUE=DATE:20261001", "\nDURATION:P1D"])
def test_an_event_without_an_end_or_with_that_of_its_start_is_one_day(end: str) -> None:
    assert days_of(NATIONAL_DAY + end) == ["2026-10-01"]


def test_a_week_is_seven_days() -> None:
    assert len(days_of(f"{NATIONAL_DAY}\nDURATION:P1W")) == 7


def test_a_year_is_the_longest_event() -> None:
    assert len(days_of(f"{NATIONAL_DAY}\nDURATION:P366D")) == 366
    text = ics(f"{NATIONAL_DAY}\nDURATION:P367D")
    assert problems_of(text) == [("calendar-import-span", 4, "P367D")]


@pytest.mark.parametrize(
    ("event", "line"),
    [
        ("DTSTART:20261001T090000\nDTEND:20261001T170000", 3),
        ("DTSTART:20261001T000000\nDTEND:20261001T120000", 4),
        ("DTSTART:20261001T000000\nDTEND:20261001T000000", 4),
        ("DTSTART:20261001T000000", 3),
        ("DTSTART:20261001T000000\nDURATION:PT12H", 4),
        ("DTSTART:20261001T000000\nDURATION:P0D", 4),
        ("DTSTART:20260930T160000Z\nDTEND:20261001T160000Z", 3),
        ("DTSTART;TZID=Asia/Shanghai:20261001T000000\nDTEND:20261001T000000Z", 4),
        ("DTSTART;TZID=Asia/Shanghai:20261001T000000\nDTEND;TZID=Asia/Tokyo:20261002T000000", 4),
        ("DTSTART;VALUE=DATE:20261001\nDTEND:20261001T120000", 4),
    ],
)
def test_an_event_with_times_is_refused_by_its_line(event: str, line: int) -> None:
    [(code, place, value)] = problems_of(ics(event))
    assert (code, place) == ("calendar-import-timed", line)
    assert str(value) in event


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (f"{NATIONAL_DAY}\nDTEND;VALUE=DATE:20260930", 4),
        (f"{NATIONAL_DAY}\nDTEND;VALUE=DATE:20261002\nDURATION:P1D", 4),
        (f"{NATIONAL_DAY}\nDURATION:1 day", 4),
        (f"{NATIONAL_DAY}\nDURATION:P", 4),
        (f"{NATIONAL_DAY}\nDURATION:P1DT", 4),
        (f"{NATIONAL_DAY}\nDURATION:-P1D", 4),
    ],
)
def test_an_event_that_ends_before_it_begins_or_in_two_ways_is_refused(event: str, line: int) -> None:
    [(code, place, value)] = problems_of(ics(event))
    assert (code, place) == ("calendar-import-span", line)
    assert str(value) in event


@pytest.mark.parametrize(
    ("event", "line", "value"),
    [
        ("SUMMARY:no date", 2, ""),
        ("RECURRENCE-ID:20261001", 2, ""),
        ("DTSTART;VALUE=DATE:20260230", 3, "20260230"),
        ("DTSTART:2026-10-01", 3, "2026-10-01"),
        ("DTSTART;VALUE=DATE:15991231", 3, "15991231"),
        ("DTSTART;VALUE=DATE:22000101", 3, "22000101"),
        (f"{NATIONAL_DAY}\nDTEND:tomorrow", 4, "tomorrow"),
        (f"{NATIONAL_DAY}\nEXDATE:20261001,soon", 4, "soon"),
        (f"{NATIONAL_DAY}\nRDATE;VALUE=PERIOD:20261001T000000Z/P1D", 4, "20261001T000000Z/P1D"),
        (f"{NATIONAL_DAY}\nRECURRENCE-ID:never", 4, "never"),
    ],
)
def test_a_date_that_is_none_is_refused_by_its_line(event: str, line: int, value: str) -> None:
    assert problems_of(ics(event)) == [("calendar-import-date", line, value)]


# --- rules --------------------------------------------------------------------------------------------------

NEW_YEAR = "DTSTART;VALUE=DATE:20240101\nUID:ny@desk"


@pytest.mark.parametrize(
    ("rule", "years"),
    [
        ("FREQ=YEARLY", [2024, 2025, 2026, 2027]),
        ("FREQ=YEARLY;COUNT=2", [2024, 2025]),
        ("FREQ=YEARLY;UNTIL=20260101", [2024, 2025, 2026]),
        ("FREQ=YEARLY;UNTIL=20251231T235959Z", [2024, 2025]),
        ("freq=yearly;interval=2;wkst=su;", [2024, 2026]),
        ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=01;COUNT=3", [2024, 2025, 2026]),
        ("FREQ=YEARLY;UNTIL=20230101", []),
    ],
)
def test_a_yearly_rule_ends_by_count_by_date_or_with_the_year_asked_for(rule: str, years: list[int]) -> None:
    found, _problems = read(ics(f"{NEW_YEAR}\nRRULE:{rule}"), through_year=2027)
    assert [change.date for change in found] == [f"{year}-01-01" for year in years]


def test_each_day_of_a_span_comes_back_every_year() -> None:
    event = "DTSTART;VALUE=DATE:20261231\nDTEND;VALUE=DATE:20270102\nRRULE:FREQ=YEARLY"
    assert days_of(event) == ["2026-12-31", "2027-01-01", "2027-12-31", "2028-01-01"]


def test_the_29th_of_february_comes_back_in_leap_years() -> None:
    event = "DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY;COUNT=2"
    assert days_of(event, through_year=2040) == ["2024-02-29", "2028-02-29"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY",
        "FREQ=YEARLY;COUNT=2;UNTIL=20270101",
        "FREQ=YEARLY;COUNT=0",
        "FREQ=YEARLY;COUNT=two",
        "FREQ=YEARLY;INTERVAL=0",
        "FREQ=YEARLY;BYMONTH=2",
        "FREQ=YEARLY;BYMONTHDAY=2",
        "FREQ=YEARLY;BYDAY=4TH",
        "FREQ=YEARLY;FREQ=YEARLY",
        "COUNT=2",
        "every year",
    ],
)
def test_a_rule_that_is_not_followed_is_refused_by_its_line(rule: str) -> None:
    assert problems_of(ics(f"{NEW_YEAR}\nRRULE:{rule}")) == [("calendar-import-rule", 5, rule)]


def test_days_are_added_to_a_rule_and_left_out_of_it() -> None:
    event = f"{NEW_YEAR}\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20250101,20260101\nRDATE;VALUE=DATE:20240601"
    assert days_of(event) == ["2024-01-01", "2024-06-01", "2027-01-01"]


@pytest.fixture(params=["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def _machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine in this zone."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_machine")
def test_a_day_told_in_utc_is_that_of_the_events_own_zone() -> None:
    span = "DTSTART;TZID=Asia/Shanghai:20240101T000000\nDTEND;TZID=Asia/Shanghai:20240102T000000\nUID:1"
    rule = "RRULE:FREQ=YEARLY;UNTIL=20261231T160000Z\nEXDATE:20241231T160000Z\nRDATE:20240531T160000Z"
    moved = "UID:1\nRECURRENCE-ID:20251231T160000Z\n" + span.removesuffix("UID:1").replace("202401", "202607")
    assert days_of(f"{span}\n{rule}", moved, through_year=2030) == [
        "2024-01-01",
        "2024-06-01",
        "2026-07-01",
        "2027-01-01",
    ]


@pytest.mark.parametrize(
    ("zone", "out"), [("Our Zone", "20250101T000000Z"), ("Asia/Shanghai", "20250101T250000Z")]
)
def test_a_day_left_out_is_taken_as_written_where_its_instant_cannot_be_told(zone: str, out: str) -> None:
    span = f"DTSTART;TZID={zone}:20240101T000000\nDTEND;TZID={zone}:20240102T000000"
    assert days_of(f"{span}\nRRULE:FREQ=YEARLY;COUNT=2\nEXDATE:{out}") == ["2024-01-01"]


def test_an_event_that_replaces_a_day_of_a_rule_moves_it() -> None:
    moved = "UID:NY@desk\nRECURRENCE-ID;VALUE=DATE:20250101\nDTSTART;VALUE=DATE:20250102"
    other = "UID:other\nRECURRENCE-ID;VALUE=DATE:20260101\nDTSTART;VALUE=DATE:20260105"
    found = days_of(f"{NEW_YEAR}\nRRULE:FREQ=YEARLY;COUNT=2", moved, other)
    assert found == ["2024-01-01", "2025-01-02", "2026-01-05"]


def test_a_cancelled_day_of_a_rule_is_left_out() -> None:
    gone = "UID:ny@desk\nRECURRENCE-ID:20250101\nDTSTART:20250101\nSTATUS:CANCELLED"
    assert days_of(f"{NEW_YEAR}\nRRULE:FREQ=YEARLY;COUNT=2", gone) == ["2024-01-01"]


def test_a_cancelled_event_is_left_out_even_with_times() -> None:
    assert days_of("DTSTART:20261002T090000\nSTATUS:cancelled", NATIONAL_DAY) == ["2026-10-01"]


# --- names and marks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("SUMMARY:a\\, b\\; c\\\\d\\ne\\Nf", "a, b; c\\d e f"),
        ("SUMMARY;LANGUAGE=zh_CN:国庆节", "国庆节"),
        ('SUMMARY;ALTREP="http://x:1;y":国庆节', "国庆节"),
        ("SUMMARY:Nation\n al\n\t  Day", "National Day"),
        ("SUMMARY: \x1b[31mred\x07  \u202e", "[31mred"),
        ("SUMMARY:", ""),
        ("summary:" + "x" * 200, "x" * 100),
        ("CLASS:PUBLIC", ""),
    ],
)
def test_a_name_is_one_harmless_line_with_its_escapes_resolved(written: str, name: str) -> None:
    changes, problems = read(ics(f"{NATIONAL_DAY}\n{written}"), through_year=2027)
    assert (changes[0].entry["name"], problems) == (name, [])


@pytest.mark.parametrize(
    "title", ["国庆节（班）", "国庆节(班)", "【班】国庆节", "班｜国庆节", "国庆节补班", "国庆节 上班"]
)
def test_a_title_can_say_that_a_day_is_a_make_up_working_day(title: str) -> None:
    changes, _problems = read(
        ics("DTSTART:20261010\nSUMMARY:" + title, "DTSTART:20261007\nSUMMARY:国庆节（休）"), through_year=2027
    )
    assert changes[1].entry == {"name": title, "works_as": "wed"}


@pytest.mark.parametrize("title", ["国庆节（休）", "三八节不上班", "班主任节", "休｜国庆节"])
def test_other_titles_are_days_off(title: str) -> None:
    changes, _problems = read(ics("DTSTART:20261010\nSUMMARY:" + title), through_year=2027)
    assert changes[0].entry == {"name": title}


def test_in_a_file_with_apples_marks_only_marked_events_count() -> None:
    off = "DTSTART:20261007\nSUMMARY:国庆节\nX-APPLE-SPECIAL-DAY:WORK-HOLIDAY"
    work = "DTSTART:20261010\nSUMMARY:国庆节\nX-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY"
    festival = "DTSTART:20261018\nSUMMARY:重阳节"
    changes, problems = read(ics(off, work, festival), through_year=2027)
    assert problems == []
    assert changes == [
        ("2026-10-07", {"name": "国庆节"}),
        ("2026-10-10", {"name": "国庆节", "works_as": "wed"}),
    ]


# --- syntax -------------------------------------------------------------------------------------------------


def test_blank_lines_may_stand_before_a_file_and_its_last_line_may_be_folded() -> None:
    text = "\n\n" + ics(NATIONAL_DAY).replace("END:VCALENDAR", "END:VCAL\n ENDAR")
    assert [change.date for change in read(text, through_year=2027)[0]] == ["2026-10-01"]


def test_a_day_that_is_off_and_worked_is_a_conflict_named_by_both_lines() -> None:
    text = ics("DTSTART:20261010\nSUMMARY:x", "DTSTART:20261010\nSUMMARY:x（班）")
    [problem] = read(text, through_year=2027)[1]
    assert problem.facts == {"place": 7, "value": "2026-10-10", "first_place": 3}


def test_line_ends_of_every_kind_are_read_alike() -> None:
    text = ics(f"{NATIONAL_DAY}\nSUMMARY:国庆\n 节")
    expected = read(text, through_year=2027)
    assert expected[0] == [("2026-10-01", {"name": "国庆节"})]
    assert read(text.replace("\n", "\r\n"), through_year=2027) == expected
    assert read(text.replace("\n", "\r"), through_year=2027) == expected


def test_alarms_zones_tasks_and_blank_lines_are_passed_over() -> None:
    zone = "BEGIN:VTIMEZONE\nBEGIN:STANDARD\nDTSTART:19700101T000000\nRRULE:FREQ=DAILY\nEND:STANDARD\n"
    task = "END:VTIMEZONE\n\nBEGIN:VTODO\nDTSTART:20260101T090000\nodd\nEND:VTODO\n"
    alarm = "BEGIN:VALARM\nDURATION:PT5M\nodd\nEND:VALARM"
    text = ics(f"{NATIONAL_DAY}\n{alarm}", head=zone + task)
    assert read(text, through_year=2027) == ([("2026-10-01", {"name": ""})], [])


def test_a_line_of_an_event_that_is_no_property_is_named() -> None:
    text = ics(f"{NATIONAL_DAY}\nDESCRIPTION:two\nlines")
    assert problems_of(text) == [("calendar-import-row", 5, "lines")]


@pytest.mark.parametrize("name", ["DTSTART", "DTEND", "SUMMARY", "RRULE", "STATUS", "RECURRENCE-ID"])
def test_a_property_that_stands_twice_is_named(name: str) -> None:
    text = ics(f"{name}:20261001\n{name}:20261002")
    assert problems_of(text) == [("calendar-import-row", 4, name)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (ics(NATIONAL_DAY).removesuffix("END:VCALENDAR\n"), 4),
        (ics(NATIONAL_DAY).partition("END:VEVENT")[0], 3),
        (ics(NATIONAL_DAY).replace("END:VEVENT", "END:VTODO"), 4),
        (ics() + "END:VCALENDAR\n", 3),
    ],
)
def test_a_torn_file_is_named_where_it_ends(text: str, line: int) -> None:
    [(code, place, value)] = problems_of(text)
    assert (code, place) == ("calendar-import-unreadable", line)
    assert value == text.splitlines()[line - 1]


def test_several_calendars_in_one_file_are_read_as_one() -> None:
    text = ics(NATIONAL_DAY) + ics("DTSTART:20261002")
    assert [change.date for change in read(text, through_year=2027)[0]] == ["2026-10-01", "2026-10-02"]


def test_a_calendar_without_events_is_empty() -> None:
    assert [code for code, *_place in problems_of(ics())] == ["calendar-import-empty"]


def test_every_problem_is_named_not_only_the_first() -> None:
    text = ics("DTSTART:20261001T090000", "DTSTART:soon", f"{NATIONAL_DAY}\nRRULE:FREQ=DAILY", NATIONAL_DAY)
    changes, problems = read(text, through_year=2027)
    assert [problem.facts["place"] for problem in problems] == [3, 6, 10]
    assert [change.date for change in changes] == ["2026-10-01"]


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n" * 80_000,
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY" + ';A="' * 250_000,
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY" + ";A=b" * 250_000,
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x" + "\n y" * 340_000,
        ics(f"{NATIONAL_DAY}\nDURATION:P" + "1" * 1_000_000),
        ics(f"{NATIONAL_DAY}\nEXDATE:" + "20261001," * 110_000 + "20261001"),
        ics(*["DTSTART:16000101\nDURATION:P366D\nRRULE:FREQ=YEARLY"] * 12_000),
        ics(*["UID:1\nRECURRENCE-ID:20261001\nDTSTART:20261001"] * 12_000),
    ],
    ids=["begins", "quotes", "parameters", "folds", "duration", "exdates", "rules", "replaced"],
)
def test_a_hostile_file_is_read_in_bounded_time(text: str) -> None:
    began = time.process_time()
    changes, _problems = read(text, through_year=9999)
    assert time.process_time() - began < 10
    assert len(changes) <= MOST_DAYS


def test_an_event_of_a_year_names_every_one_of_its_days() -> None:
    found = days_of(f"{NATIONAL_DAY}\nDURATION:P366D")
    assert found == [(date(2026, 10, 1) + timedelta(days=n)).isoformat() for n in range(366)]
