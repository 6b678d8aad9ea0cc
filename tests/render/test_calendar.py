"""`calendar show`: what a person reads of a calendar, and what a program gets."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len

import cstrack
from cstrack.domain.calendar import Calendar
from cstrack.render import i18n
from cstrack.render.calendar import calendar_object, plain_lines, screen
from cstrack.render.screen import Look

if TYPE_CHECKING:
    from collections.abc import Iterator

SHANGHAI = "Asia/Shanghai"
CHINA: dict[str, Any] = json.loads((Path(cstrack.__file__).parent / "data" / "china.json").read_text("utf-8"))
WORKDAYS = {key: ["08:30-12:00", "13:30-18:00"] for key in ("mon", "tue", "wed", "thu", "fri")}
WORKSHOP = {
    "name": "workshop",
    "zone": SHANGHAI,
    "hours": {**WORKDAYS, "sat": ["09:00-12:00"]},
    "days": {**CHINA["days"], "2026-12-31": {"name": "年末", "hours": ["08:30-12:00", "22:00-24:00"]}},
    "confirmed_through": "2026-12-31",
}


def at(local: str) -> int:
    return int(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(SHANGHAI)).timestamp())


def shown(
    first: str, last: str, *, width: int = 80, now: str = "", colour: bool = False, **changed: Any
) -> str:
    """The screen for the days from `first` to `last`, as of the first morning."""
    calendar = {**WORKSHOP, **changed}
    days = Calendar(calendar).days(at(f"{first}T12:00"), at(f"{last}T12:00"))
    return screen(calendar, days, at(now or f"{first}T10:00"), Look(width, colour, terminal=True))


@pytest.fixture
def chinese() -> Iterator[None]:
    i18n.use("zh")
    yield
    i18n.use("en")


def test_a_calendar_is_its_week_its_confirmation_and_its_special_days() -> None:
    assert shown("2026-09-15", "2026-10-31") == (
        "workshop                                    Tue 15 Sep 10:00 Asia/Shanghai\n"
        "\n"
        "  hours      Mon-Fri 08:30-12:00 13:30-18:00\n"
        "             Sat 09:00-12:00\n"
        "             Sun closed all day\n"
        "  confirmed  through Thu 31 Dec 2026; what is due later is provisional\n"
        "\n"
        "DATE                      DAY          NAME        HOURS\n"
        "Sun 20 Sep                make-up day  国庆节调休  08:30-12:00 13:30-18:00\n"
        "Fri 25 Sep to Sun 27 Sep  day off      中秋节      closed all day\n"
        "Thu 1 Oct to Wed 7 Oct    day off      国庆节      closed all day\n"
        "Sat 10 Oct                make-up day  国庆节调休  08:30-12:00 13:30-18:00\n"
    )


def test_a_calendar_that_ends_soon_says_what_to_do_about_it() -> None:
    lines = shown("2026-11-22", "2027-01-20").splitlines()
    assert lines[-4:] == [
        "DATE        DAY        NAME  HOURS",
        "Thu 31 Dec  own hours  年末  08:30-12:00 22:00-24:00",
        "",
        "Add the days to come: cstrack calendar import FILE --calendar workshop",
    ]


def test_what_ends_soon_is_in_colour_and_said_in_words() -> None:
    assert "\x1b[33mthrough Thu 31 Dec 2026" in shown("2026-11-22", "2026-11-23", colour=True)
    assert "\x1b[33mthrough" not in shown("2026-10-31", "2026-11-02", colour=True)


def test_a_while_without_special_days_says_which_one_that_is() -> None:
    text = shown("2026-12-28", "2027-01-05", now="2026-08-01T10:00", days={})
    assert text.splitlines()[-1] == "No special days from Mon 28 Dec to Tue 5 Jan 2027."


def test_a_calendar_may_be_open_all_week_and_confirmed_by_nobody() -> None:
    always = {key: ["00:00-24:00"] for key in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    text = shown("2026-12-28", "2027-01-05", hours=always, days={}, confirmed_through=None)
    assert text.splitlines()[2:5] == [
        "  hours  Mon-Sun 00:00-24:00",
        "",
        "No special days from Mon 28 Dec to Tue 5 Jan 2027.",
    ]


def test_days_are_joined_only_where_they_follow_each_other_and_are_alike() -> None:
    days = {
        "2026-03-02": {"name": "a"},
        "2026-03-03": {"name": "b"},
        "2026-03-05": {"name": "b"},
        "2026-03-06": {"name": "b", "hours": ["22:00-02:00"]},
    }
    rows = shown("2026-03-01", "2026-03-31", days=days).splitlines()[-4:]
    assert [row.split("  ")[0] for row in rows] == ["Mon 2 Mar", "Tue 3 Mar", "Thu 5 Mar", "Fri 6 Mar"]
    assert rows[3].endswith("22:00-02:00")


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    name = "[/foo] \x1b[31mred\x1b[0m \u202e国庆节 :smile: " * 3
    days = {"2026-11-25": {"name": name}, "2026-11-26": {"name": ""}}
    text = shown("2026-11-22", "2026-12-22", width=width, days=days)
    assert max(map(cell_len, text.splitlines())) <= width
    assert "\x1b" not in text


@pytest.mark.usefixtures("chinese")
def test_weekdays_and_dates_are_said_in_chinese() -> None:
    text = shown("2026-09-15", "2026-10-31")
    assert "  周一至周五 08:30-12:00 13:30-18:00\n" in text
    assert "  周六 09:00-12:00\n" in text
    assert "2026年12月31日 周四" in text
    assert "\n9月20日 周日  " in text


def test_pipes_get_a_line_a_special_day() -> None:
    days = Calendar(WORKSHOP).days(at("2026-10-06T12:00"), at("2026-10-12T12:00"))
    assert plain_lines(WORKSHOP, days) == (
        "workshop\t2026-10-06\ttue\tholiday\t国庆节\t\n"
        "workshop\t2026-10-07\twed\tholiday\t国庆节\t\n"
        "workshop\t2026-10-10\tsat\tmakeup\t国庆节调休\t08:30-12:00,13:30-18:00\n"
    )


def test_programs_get_every_weekday_and_the_special_days() -> None:
    days = Calendar(WORKSHOP).days(at("2026-10-10T12:00"), at("2026-10-12T12:00"))
    assert calendar_object(WORKSHOP, days) == {
        "schema": 1,
        "name": "workshop",
        "zone": SHANGHAI,
        "hours": {**WORKDAYS, "sat": ["09:00-12:00"], "sun": []},
        "confirmed_through": "2026-12-31",
        "from": "2026-10-10",
        "to": "2026-10-12",
        "days": [
            {
                "date": "2026-10-10",
                "weekday": "sat",
                "kind": "makeup",
                "name": "国庆节调休",
                "hours": ["08:30-12:00", "13:30-18:00"],
            }
        ],
    }
