"""The shipped days of China: the counts of the three notices, and make-up days that can be what they say."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import cstrack
from cstrack.domain.calendar_data import WEEKDAYS

FILE = Path(cstrack.__file__).parent / "data" / "china.json"
SHIPPED: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
DAYS: dict[str, dict[str, str]] = SHIPPED["days"]
LONGEST = timedelta(days=21)
"""So far from a holiday its make-up days lie at most."""


def weekday(day: str) -> str:
    return WEEKDAYS[date.fromisoformat(day).weekday()]


@pytest.mark.parametrize(("year", "off", "made_up"), [("2024", 28, 8), ("2025", 28, 5), ("2026", 33, 6)])
def test_a_year_has_the_days_of_its_notice(year: str, off: int, made_up: int) -> None:
    works = ["works_as" in entry for day, entry in DAYS.items() if day.startswith(year)]
    assert (works.count(False), works.count(True)) == (off, made_up)


def test_the_days_are_confirmed_to_the_end_of_the_last_year_that_has_them() -> None:
    assert SHIPPED["confirmed_through"] == max(DAYS)[:4] + "-12-31"


def test_the_days_stand_in_their_order() -> None:
    assert list(DAYS) == sorted(DAYS)


def test_a_make_up_day_is_a_weekend_that_works_as_a_weekday() -> None:
    for day, entry in DAYS.items():
        if "works_as" in entry:
            assert weekday(day) in WEEKDAYS[5:], day
            assert entry["works_as"] in WEEKDAYS[:5], day


def test_a_make_up_day_works_as_a_weekday_that_its_holiday_took() -> None:
    for day, entry in DAYS.items():
        if "works_as" in entry:
            near = [
                other
                for other, off in DAYS.items()
                if off["name"] + "调休" == entry["name"]
                and abs(date.fromisoformat(other) - date.fromisoformat(day)) <= LONGEST
            ]
            assert entry["works_as"] in map(weekday, near), day


def test_every_day_has_a_name_and_every_source_its_number() -> None:
    assert all(entry["name"] for entry in DAYS.values())
    assert all(number in SHIPPED["source"] for number in ("〔2023〕7号", "〔2024〕12号", "〔2025〕7号"))


def test_the_days_off_and_the_working_days_are_those_of_an_independent_list() -> None:
    constants = pytest.importorskip("chinese_calendar.constants", reason="needs chinesecalendar")
    years = {int(day[:4]) for day in DAYS}
    off = {day.isoformat() for day in constants.holidays if day.year in years}
    made_up = {day.isoformat() for day in constants.workdays if day.year in years}
    assert off == {day for day, entry in DAYS.items() if "works_as" not in entry}
    assert made_up == {day for day, entry in DAYS.items() if "works_as" in entry}


def test_make_up_days_work_as_the_weekdays_of_an_independent_list() -> None:
    holidays = pytest.importorskip("holidays", reason="needs holidays")
    named = holidays.country_holidays("CN", years=sorted({int(day[:4]) for day in DAYS}), language="en_US")
    exchanged = {}
    for day, name in named.items():
        if found := re.search(r"substituted from (\d\d)/(\d\d)/(\d{4})", name):
            exchanged[f"{found[3]}-{found[1]}-{found[2]}"] = WEEKDAYS[day.weekday()]
    assert exchanged == {day: entry["works_as"] for day, entry in DAYS.items() if "works_as" in entry}
