"""`cstrack why` as a process on a desk whose policy counts open time, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cstrack.domain.decide import waiting
from tests.support.cli import Shell
from tests.support.garage import applied, garage
from tests.support.spec import T0, days, hours

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.desks import Desk

AT = ("--at", "2026-11-17T10:00:00+08:00")


@pytest.fixture
def shell(sqlite_desk: Desk, tmp_path: Path) -> Shell:
    """C-1 from Sunday 20:00, 16 working hours, paused from Monday 16:30 to Tuesday 09:00."""
    rules = garage({1: "16wh"}, calendar={"confirmed_through": "2026-11-17"})
    applied(sqlite_desk, -days(1), rules)
    sqlite_desk.open(-hours(13))
    sqlite_desk.does(waiting.pause, hours(7.5), waiting_for="supplier", until=T0 + days(1) + hours(1))
    sqlite_desk.does(waiting.resume, days(1))
    home = tmp_path / "home"
    home.mkdir()
    return Shell(home, sqlite_desk.url)


def test_the_sum_can_be_checked_with_a_pencil(shell: Shell) -> None:
    told = shell("why", "1", *AT).ok.out.split("\n\n")
    [sum_] = [part for part in told if part.startswith("level 1")]
    assert sum_.split("\n") == [
        "level 1, 16 working h · from reaching level 1 · policy garage v2",
        "  starts    Sun 15 Nov 20:00   opened at level 1 by li",
        "  counts    Mon 16 Nov 08:30   out of hours before: from the next opening",
        "  + limit   Tue 17 Nov 18:00   16 working h, calendar workshop",
        (
            "  + paused  Wed 18 Nov 10:30   2 h of work, Mon 16 Nov 16:30 to Tue 17 Nov 09:00, "
            "waiting for the supplier"
        ),
        "    Sun 15 Nov  closed all day",
        "    Mon 16 Nov  08:30-12:00 13:30-16:30  6 h 30 of 8 h  sum 6 h 30 of 16 h",
        "    Tue 17 Nov  09:00-12:00 13:30-18:00  7 h 30 of 8 h  sum 14 h of 16 h",
        "    Wed 18 Nov  08:30-10:30              2 h of 8 h     sum 16 h of 16 h",
        (
            "  = due     ~Wed 18 Nov 10:30  in ~24 h 30, 8 h 30 of work left; "
            "provisional: the calendar is confirmed through Tue 17 Nov 2026"
        ),
        "  warns     Tue 17 Nov 10:30   at 50 %; at 75 %: Tue 17 Nov 16:00; 1 h before: Wed 18 Nov 09:30",
    ]


def test_the_sum_in_chinese(shell: Shell) -> None:
    told = shell("why", "1", *AT, "--lang", "zh").ok.out
    assert "还有 ~24 小时 30 分，剩余工作时间 8 小时 30 分；暂定：日历只确认到 2026年11月17日 周二" in told
    assert "08:30-10:30              2 小时（共 8 小时）        累计 16 小时 / 16 小时" in told


def test_the_numbers_say_what_the_screen_says(shell: Shell) -> None:
    clocks = shell("why", "1", *AT, "--json").json["clocks"]
    [level] = [clock for clock in clocks if clock["kind"] == "level"]
    assert [(day["date"], day["open_s"], day["used_s"]) for day in level["days"]] == [
        ("2026-11-15", 0, 0),
        ("2026-11-16", hours(8), hours(6.5)),
        ("2026-11-17", hours(8), hours(7.5)),
        ("2026-11-18", hours(8), hours(2)),
    ]
    assert [(pause["s"], pause["open_s"]) for pause in level["pauses"]] == [(hours(16.5), hours(2))]
    assert (level["since"], level["calendar_zone"], level["provisional"]) == (
        "2026-11-15T12:00:00Z",
        "Asia/Shanghai",
        True,
    )


def test_show_marks_what_is_provisional_and_says_so(shell: Shell) -> None:
    told = shell("show", "1", *AT).ok.out
    assert "~Wed 18 Nov 10:30" in told
    assert "~ may still move: the calendar is not confirmed that far" in told
