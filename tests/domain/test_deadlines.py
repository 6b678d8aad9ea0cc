"""The arithmetic of limits: real seconds for hours, the local calendar for days, late at the limit."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from cstrack.domain.calendar import Calendar
from cstrack.domain.deadlines import due, due_after_pauses, is_late, marked
from cstrack.domain.errors import Usage
from tests.support.rules import OFFICE
from tests.support.spec import T0, ZONE, days, hours


def after(start: str, limit: str, zone: str) -> str:
    """The local due time of a limit from a local start."""
    moment = int(datetime.fromisoformat(start).replace(tzinfo=ZoneInfo(zone)).timestamp())
    return datetime.fromtimestamp(due(moment, limit, zone), ZoneInfo(zone)).isoformat()


@pytest.mark.parametrize(
    ("start", "zone", "ends"),
    [
        ("2026-03-28T12:00", "Europe/London", "2026-03-29T13:00:00+01:00"),
        ("2026-10-24T12:00", "Europe/London", "2026-10-25T11:00:00+00:00"),
        ("2026-03-07T12:00", "America/New_York", "2026-03-08T13:00:00-04:00"),
        ("2026-10-31T12:00", "America/New_York", "2026-11-01T11:00:00-05:00"),
        ("2026-04-23T12:00", "Africa/Cairo", "2026-04-24T13:00:00+03:00"),
        ("2026-11-16T12:00", "Asia/Shanghai", "2026-11-17T12:00:00+08:00"),
    ],
)
def test_p01_twenty_four_hours_are_real_hours_across_a_change(start: str, zone: str, ends: str) -> None:
    assert after(start, "24h", zone) == ends


@pytest.mark.parametrize(
    ("start", "limit", "ends"),
    [
        ("2026-03-28T12:00", "1d", "2026-03-29T12:00:00+01:00"),
        ("2026-10-24T12:00", "1d", "2026-10-25T12:00:00+00:00"),
        ("2026-03-25T12:00", "1w", "2026-04-01T12:00:00+01:00"),
        ("2026-03-01T12:00", "1mo", "2026-04-01T12:00:00+01:00"),
        ("2026-03-28T01:30", "1d", "2026-03-29T02:30:00+01:00"),
        ("2026-10-24T01:30", "1d", "2026-10-25T01:30:00+01:00"),
    ],
)
def test_days_weeks_and_months_keep_the_local_clock_time(start: str, limit: str, ends: str) -> None:
    assert after(start, limit, "Europe/London") == ends


@pytest.mark.parametrize(
    ("start", "limit", "ends"),
    [
        ("2027-01-31T09:00", "1mo", "2027-02-28T09:00:00+08:00"),
        ("2028-01-31T09:00", "1mo", "2028-02-29T09:00:00+08:00"),
        ("2026-11-30T09:00", "3mo", "2027-02-28T09:00:00+08:00"),
        ("2026-08-31T09:00", "1mo", "2026-09-30T09:00:00+08:00"),
        ("2026-12-15T09:00", "1mo", "2027-01-15T09:00:00+08:00"),
        ("2026-01-31T09:00", "13mo", "2027-02-28T09:00:00+08:00"),
    ],
)
def test_p13_the_end_of_a_month_is_clamped(start: str, limit: str, ends: str) -> None:
    assert after(start, limit, ZONE) == ends


@pytest.mark.parametrize(
    ("limit", "seconds"),
    [
        ("15m", 900),
        ("2h", hours(2)),
        ("72h", hours(72)),
        ("168h", hours(168)),
        ("8w", days(56)),
        ("15d", days(15)),
    ],
)
def test_p09_long_limits_are_whole(limit: str, seconds: int) -> None:
    assert due(T0, limit, ZONE) - T0 == seconds


def test_due_exactly_at_the_limit_is_late() -> None:
    assert [is_late(T0, T0 + by) for by in (-1, 0, 1)] == [False, True, True]


def test_what_has_no_due_time_is_never_late() -> None:
    assert not is_late(None, T0)


@pytest.mark.parametrize(
    ("pauses", "moved"),
    [
        ([], 0),
        ([(2, 5)], 3),
        ([(2, 5), (6, 7)], 4),
        ([(-5, -1)], 0),
        ([(-5, 0)], 0),
        ([(-5, 4)], 4),
        ([(23, 99)], 76),
        ([(24, 99)], 0),
        ([(2, 12), (33, 34)], 11),
        ([(2, 12), (34, 35)], 10),
    ],
)
def test_a_pause_adds_what_the_clock_stood_and_hides_nothing_that_ran_out(
    pauses: list[tuple[int, int]], moved: int
) -> None:
    stood = [(T0 + hours(began), T0 + hours(ended)) for began, ended in pauses]
    assert due_after_pauses(T0, "24h", ZONE, stood) - T0 == hours(24 + moved)


@pytest.mark.parametrize("more", range(1, 30, 4))
def test_p11_a_pause_never_makes_a_deadline_earlier(more: int) -> None:
    pauses = [(T0 + hours(4 * n), T0 + hours(4 * n + 1)) for n in range(more)]
    shorter, longer = (due_after_pauses(T0, "1d", ZONE, pauses[:count]) for count in (more - 1, more))
    assert longer >= shorter


OFFICE_HOURS = Calendar({**OFFICE, "zone": ZONE})


@pytest.mark.parametrize("limit", ["8wh", "30wm", "5wd", "3wd close"])
def test_working_time_needs_a_calendar(limit: str) -> None:
    with pytest.raises(Usage, match="limit-needs-calendar") as refusal:
        due(T0, limit, ZONE)
    assert (refusal.value.status, refusal.value.facts) == (2, {"limit": limit})


@pytest.mark.parametrize(
    ("limit", "ends"),
    [
        ("8wh", hours(8)),
        ("90wm", hours(1.5)),
        ("1wd", days(1)),
        ("1wd close", days(1) + hours(8)),
        ("9h", hours(9)),
    ],
)
def test_working_time_is_counted_on_its_calendar_and_real_time_is_not(limit: str, ends: int) -> None:
    assert due(T0, limit, ZONE, OFFICE_HOURS) - T0 == ends


@pytest.mark.parametrize(("limit", "moved"), [("8wh", days(1) + hours(2)), ("24h", days(1) + hours(12))])
def test_a_pause_moves_working_time_by_open_hours_only(limit: str, moved: int) -> None:
    pause = [(T0 + hours(6), T0 + hours(18))]
    assert due_after_pauses(T0, limit, ZONE, pause, OFFICE_HOURS) - T0 == moved


@pytest.mark.parametrize(
    ("limit", "mark", "at"),
    [
        ("24h", "50%", hours(12)),
        ("24h", "75%", hours(18)),
        ("24h", "1h", hours(23)),
        ("24h", "90m", hours(22.5)),
        ("3d", "1d", days(2)),
        ("1h", "2h", 0),
        ("16wh", "50%", hours(8)),
        ("16wh", "75%", days(1) + hours(4)),
        ("5wd", "50%", days(2) + hours(4)),
        ("5wd", "1wd", days(4)),
        ("5wd", "2d", days(3)),
        ("3wd close", "1d", days(2) + hours(8)),
        ("2wd", "2d", 0),
        ("2wd", "3d", 0),
        ("40wh", "1d", days(3) + hours(8)),
    ],
)
def test_a_mark_is_a_share_of_the_limit_or_a_time_left(limit: str, mark: str, at: int) -> None:
    assert marked(T0, limit, ZONE, [], OFFICE_HOURS, mark) - T0 == at


@pytest.mark.parametrize(
    ("limit", "mark", "at"),
    [("8wh", "1h", hours(7)), ("10wh", "1h", days(1) + hours(1)), ("9wh", "2h", hours(7))],
)
def test_p08_an_hour_before_is_measured_on_the_clocks_own_calendar(limit: str, mark: str, at: int) -> None:
    assert marked(T0, limit, ZONE, [], OFFICE_HOURS, mark) - T0 == at


def test_a_mark_moves_with_the_pauses_before_it_and_not_with_later_ones() -> None:
    pauses = [(T0 + hours(2), T0 + hours(4)), (T0 + hours(20), T0 + hours(30))]
    assert marked(T0, "24h", ZONE, pauses, None, "50%") - T0 == hours(14)
    assert marked(T0, "16wh", ZONE, [(T0 + hours(6), T0 + hours(20))], OFFICE_HOURS, "50%") - T0 == days(
        1
    ) + hours(2)


@pytest.mark.parametrize(
    ("ended", "moved"),
    [
        (hours(20), days(1)),
        (days(1), days(1)),
        (days(1) + hours(3), days(1) + hours(3)),
        (days(1) + hours(11), days(2)),
    ],
)
def test_p15_a_clock_with_no_open_time_left_does_not_run_out_in_its_pause(ended: int, moved: int) -> None:
    pause = [(T0 + hours(9), T0 + ended)]
    assert due_after_pauses(T0, "1wd", ZONE, pause, OFFICE_HOURS) - T0 == moved
