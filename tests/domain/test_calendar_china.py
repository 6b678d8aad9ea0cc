"""The shipped days of China, each day of three years against two packages that others keep."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import chinese_calendar
import holidays
import pytest

import cstrack
from cstrack.domain.calendar import Calendar

FILE = Path(cstrack.__file__).parent / "data" / "china.json"
SHIPPED = json.loads(FILE.read_text(encoding="utf-8"))
ZONE = ZoneInfo("Asia/Shanghai")
CHINA = Calendar(
    {
        "name": "china",
        "zone": "Asia/Shanghai",
        "hours": {day: ["08:30-12:00", "13:30-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")},
        "days": SHIPPED["days"],
        "confirmed_through": SHIPPED["confirmed_through"],
    }
)


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_each_day_of_a_year_is_worked_or_not_as_two_other_sources_say(year: int) -> None:
    others = holidays.country_holidays("CN", years=year)
    first = date(year, 1, 1)
    dates = [first + timedelta(days=by) for by in range((date(year + 1, 1, 1) - first).days)]
    begins, ends = (
        int(datetime(year + on, 1, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai")).timestamp()) for on in (0, 1)
    )
    ours = [bool(day.spans) for day in CHINA.days(begins, ends)][:-1]
    assert ours == [others.is_working_day(day) for day in dates]
    assert ours == [chinese_calendar.is_workday(day) for day in dates]
    assert 245 < sum(ours) < 255
