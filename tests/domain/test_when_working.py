"""Phrases of working time are understood whole or refused, and counted on the desk's calendar."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from cstrack.domain.calendar import Calendar
from cstrack.domain.errors import Usage
from cstrack.domain.when_working import parse

ZONE = ZoneInfo("Asia/Shanghai")
WEEK = {day: ["08:30-12:00", "13:30-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")}
WORKSHOP = Calendar(
    {
        "name": "workshop",
        "zone": ZONE.key,
        "hours": WEEK,
        "days": {"2026-11-18": {"name": "盘点"}, "2026-11-21": {"name": "补班", "works_as": "wed"}},
    }
)


def said(phrase: str, now: str = "2026-11-17 10:00") -> str:
    """The local time that a phrase names on a Tuesday morning."""
    at = parse(
        phrase, now=int(datetime.fromisoformat(now).replace(tzinfo=ZONE).timestamp()), calendar=WORKSHOP
    )
    return f"{datetime.fromtimestamp(at, ZONE):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    "phrase",
    ["in 3 working days", "3个工作日后", "三个工作日内", "+3wd", "in 3 business days", "3 个工作日之后"],
)
def test_working_days_leave_holidays_out_and_count_make_up_days(phrase: str) -> None:
    assert said(phrase) == "2026-11-21 10:00"


@pytest.mark.parametrize(
    "phrase", ["+8wh", "in 8 working hours", "8个工作小时后", "八个工作小时后", "8工作小时后"]
)
def test_working_hours_are_hours_of_work(phrase: str) -> None:
    assert said(phrase) == "2026-11-19 10:00"


@pytest.mark.parametrize("phrase", ["下个工作日", "next working day"])
def test_the_next_working_day(phrase: str) -> None:
    assert said(phrase) == "2026-11-19 10:00"


def test_out_of_hours_it_counts_from_the_next_opening() -> None:
    assert said("+1wd", "2026-11-17 20:00") == "2026-11-20 08:30"


@pytest.mark.parametrize(
    "phrase",
    ["0个工作日后", "3 business days ago", "3个工作日前", "+10001wd", "工作日", "in 3 working weeks", "-3wd"],
)
def test_anything_else_is_refused(phrase: str) -> None:
    with pytest.raises(Usage) as refused:
        said(phrase)
    assert (refused.value.code, refused.value.facts) == ("time-not-understood", {"phrase": phrase})
