"""`why` on a business calendar: start, days, pauses and marks of a clock, to be checked with a pencil."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from cstrack.domain.decide import flags, levels, waiting
from cstrack.render import i18n
from tests.support.garage import FEAST, block, drawn, explained, last, policy
from tests.support.spec import T0, days, did, given, hours, minutes, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.spec import Scene

SUNDAY_EVENING = hours(-13)


@pytest.fixture
def chinese() -> Iterator[None]:
    i18n.use("zh")
    yield
    i18n.use("en")


def told(scene: Scene, begins: str, at: int, width: int = 120) -> list[str]:
    return block(drawn(explained(scene), at, width), begins)


def weekend() -> Scene:
    """Received on a Sunday evening, waiting for parts from Monday 16:30 to Tuesday 09:00."""
    return given(
        opened(SUNDAY_EVENING),
        did(waiting.pause, hours(7.5), waiting_for="supplier", until=T0 + days(2)),
        did(waiting.resume, days(1)),
        policy=policy({1: "16wh"}),
    )


def test_p07_what_is_received_out_of_hours_counts_from_the_next_opening() -> None:
    scene = given(opened(SUNDAY_EVENING), policy=policy({1: "16wh"}))
    assert told(scene, "level 1", hours(1)) == [
        "level 1, 16 working h · from reaching level 1 · policy garage v2",
        "  starts   Sun 15 Nov 20:00  opened at level 1 by li",
        "  counts   Mon 16 Nov 08:30  out of hours before: from the next opening",
        "  + limit  Tue 17 Nov 18:00  16 working h, calendar workshop",
        "    Sun 15 Nov  closed all day",
        "    Mon 16 Nov  08:30-12:00 13:30-18:00  8 h  sum 8 h of 16 h",
        "    Tue 17 Nov  08:30-12:00 13:30-18:00  8 h  sum 16 h of 16 h",
        "  = due    Tue 17 Nov 18:00  in 32 h, 14 h 30 of work left",
        "  warns    Mon 16 Nov 18:00  at 50 %; at 75 %: Tue 17 Nov 14:00; 1 h before: Tue 17 Nov 17:00",
    ]


def test_p07_nothing_is_used_before_the_next_opening() -> None:
    scene = given(opened(SUNDAY_EVENING), policy=policy({1: "16wh"}))
    one = last(scene)
    assert one.counts_from == T0 - minutes(30)
    assert one.left(one.counts_from) == one.left(T0 + SUNDAY_EVENING) == hours(16)
    assert [day.used_s for day in one.days() or ()] == [0, hours(8), hours(8)]


def test_p08_an_hour_before_due_is_an_hour_of_the_clocks_own_calendar() -> None:
    scene = given(opened(hours(8.5)), policy=policy({1: "4wh"}))  # Monday 17:30, due Tuesday 13:30
    one = last(scene)
    assert one.clock.due_at == T0 + days(1) + hours(3)
    assert dict(one.marks())["1h"] == T0 + days(1) + hours(2)


def test_p08_an_hour_before_due_may_lie_on_the_working_day_before() -> None:
    scene = given(opened(hours(8.5)), policy=policy({1: "60wm"}))  # half an hour is left for Tuesday
    assert dict(last(scene).marks())["1h"] == T0 + hours(8.5)
    scene = given(opened(hours(7.5)), policy=policy({1: "2wh"}))  # due Tuesday 09:00
    assert dict(last(scene).marks())["1h"] == T0 + hours(8.5)


def test_p18_a_pause_takes_open_time_only() -> None:
    assert told(weekend(), "level 1", days(1))[3:] == [
        "  + limit   Tue 17 Nov 18:00  16 working h, calendar workshop",
        (
            "  + paused  Wed 18 Nov 10:30  2 h of work, Mon 16 Nov 16:30 to Tue 17 Nov 09:00, "
            "waiting for the supplier"
        ),
        "    Sun 15 Nov  closed all day",
        "    Mon 16 Nov  08:30-12:00 13:30-16:30  6 h 30 of 8 h  sum 6 h 30 of 16 h",
        "    Tue 17 Nov  09:00-12:00 13:30-18:00  7 h 30 of 8 h  sum 14 h of 16 h",
        "    Wed 18 Nov  08:30-10:30              2 h of 8 h     sum 16 h of 16 h",
        "  = due     Wed 18 Nov 10:30  in 25 h 30, 9 h 30 of work left",
        "  warns     Tue 17 Nov 10:30  at 50 %; at 75 %: Tue 17 Nov 16:00; 1 h before: Wed 18 Nov 09:30",
    ]


def test_a_day_that_was_paused_as_a_whole_counts_nothing() -> None:
    scene = given(
        opened(),
        did(waiting.pause, hours(7), waiting_for="supplier", until=T0 + days(2)),
        policy=policy({1: "16wh"}),
    )
    line = "    Tue 17 Nov  -                        0 min of 8 h   sum 5 h 30 of 16 h"
    assert line in told(scene, "level 1", hours(8))


def test_holidays_and_make_up_days_are_named() -> None:
    scene = given(opened(hours(31)), policy=policy({1: "24wh"}, days=FEAST))
    assert told(scene, "level 1", hours(31))[2:-1] == [
        "  + limit  Tue 24 Nov 16:00  24 working h, calendar workshop",
        "    Tue 17 Nov               16:00-18:00              2 h of 8 h  sum 2 h of 24 h",
        "    Wed 18 Nov - Fri 20 Nov  店庆, closed",
        (
            "    Sat 21 Nov               08:30-12:00 13:30-18:00  8 h         sum 10 h of 24 h  "
            "make-up day: 店庆调休"
        ),
        "    Sun 22 Nov               closed all day",
        "    Mon 23 Nov               08:30-12:00 13:30-18:00  8 h         sum 18 h of 24 h",
        "    Tue 24 Nov               08:30-12:00 13:30-16:00  6 h of 8 h  sum 24 h of 24 h",
        "  = due    Tue 24 Nov 16:00  in 7 d, 24 h of work left",
    ]


def test_a_limit_of_working_days_counts_days() -> None:
    scene = given(opened(hours(6)), policy=policy({1: "3wd"}, days=FEAST))
    assert told(scene, "level 1", hours(6))[2:-1] == [
        "  + limit  Mon 23 Nov 15:00  3 working days, calendar workshop",
        "    Mon 16 Nov               08:30-12:00 13:30-18:00  the day it counts from",
        "    Tue 17 Nov               08:30-12:00 13:30-18:00  day 1 of 3",
        "    Wed 18 Nov - Fri 20 Nov  店庆, closed",
        "    Sat 21 Nov               08:30-12:00 13:30-18:00  day 2 of 3              make-up day: 店庆调休",
        "    Sun 22 Nov               closed all day",
        "    Mon 23 Nov               08:30-12:00 13:30-18:00  day 3 of 3",
        "  = due    Mon 23 Nov 15:00  in 7 d, 24 h of work left",
    ]


def test_p14_the_day_of_receipt_is_day_zero() -> None:
    scene = given(opened(hours(11)), policy=policy({1: "2wd close"}))
    assert told(scene, "level 1", hours(12))[2:-2] == [
        "  + limit  Wed 18 Nov 18:00  close of working day 2, calendar workshop",
        "    Mon 16 Nov  08:30-12:00 13:30-18:00  the day it counts from",
        "    Tue 17 Nov  08:30-12:00 13:30-18:00  day 1 of 2",
        "    Wed 18 Nov  08:30-12:00 13:30-18:00  day 2 of 2",
    ]


def test_pauses_of_a_limit_in_working_days_are_made_up_for_in_hours() -> None:
    scene = given(
        opened(hours(6)),
        did(waiting.pause, hours(7), waiting_for="supplier", until=T0 + days(1) + hours(2)),
        policy=policy({1: "2wd"}),
    )
    lines = told(scene, "level 1", hours(7))
    assert [line[4:].split() for line in lines if "makes up" in line] == [
        ["Wed", "18", "Nov", "15:00-18:00", "3", "h", "makes", "up", "for", "pauses"],
        ["Thu", "19", "Nov", "08:30-10:00", "1", "h", "30", "makes", "up", "for", "pauses"],
    ]
    assert lines[3].startswith("  + paused  Thu 19 Nov 10:00  4 h 30 of work")


def test_a_long_stretch_is_folded_but_its_special_days_are_not() -> None:
    scene = given(opened(), policy=policy({1: "300wh"}, days=FEAST))
    rows = [line[4:] for line in told(scene, "level 1", hours(1)) if line.startswith("    ")]
    assert [row.split("  ")[0] for row in rows[:3]] == ["Mon 16 Nov", "Tue 17 Nov", "Wed 18 Nov - Fri 20 Nov"]
    assert [" ".join(row.split()) for row in rows[7:13]] == [
        "Wed 25 Nov 08:30-12:00 3 h 30 sum 43 h of 300 h own hours: 盘点",
        "Thu 26 Nov 08:30-12:00 13:30-18:00 8 h sum 51 h of 300 h",
        "Fri 27 Nov 08:30-12:00 13:30-18:00 8 h sum 59 h of 300 h",
        "Sat 28 Nov - Sun 29 Nov closed all day",
        "30 more working days sum 299 h of 300 h",
        "Mon 11 Jan 2027 08:30-09:30 1 h of 8 h sum 300 h of 300 h",
    ]


def test_a_night_shift_ends_on_the_next_morning_and_a_day_at_24() -> None:
    nights = {"mon": ["22:00-06:00"], "tue": ["18:00-24:00"]}
    scene = given(opened(), policy=policy({1: "14wh"}, calendar={"hours": nights}))
    assert [line for line in told(scene, "level 1", hours(1)) if line.startswith("    ")] == [
        "    Mon 16 Nov  22:00-06:00  8 h  sum 8 h of 14 h",
        "    Tue 17 Nov  18:00-24:00  6 h  sum 14 h of 14 h",
    ]


def test_a_calendar_of_another_zone_is_told_on_its_own_clocks() -> None:
    scene = given(opened(), policy=policy({1: "8wh"}, calendar={"zone": "Europe/London"}))
    lines = told(scene, "level 1", hours(1))
    assert lines[3:5] == [
        "  + limit  Tue 17 Nov 02:00  8 working h, calendar workshop (Europe/London)",
        "    Mon 16 Nov  08:30-12:00 13:30-18:00  8 h  sum 8 h of 8 h",
    ]


def test_levels_that_count_from_the_opening_say_so() -> None:
    scene = given(
        opened(),
        did(levels.escalate, days(1), text="x"),
        policy=policy({1: "16wh", 2: "40wh"}, counts_from="opening"),
    )
    assert told(scene, "level 2", days(1))[:4] == [
        "level 2, 40 working h · from the opening · policy garage v2",
        "  starts   Tue 17 Nov 09:00  level 1 -> 2, handed up by li",
        "  counts   Mon 16 Nov 09:00  by the policy all levels count from here",
        "  + limit  Mon 23 Nov 09:00  40 working h, calendar workshop",
    ]


def test_a_flag_that_hastens_counts_open_time_from_then() -> None:
    urgent = {"limit": "4wh", "flags": ["safety"], "channels": [], "categories": []}
    plan = {"limit": "16wh", "calendar": "workshop", "urgent": [urgent]}
    scene = given(
        opened(), did(flags.flag, hours(7), flag="safety"), policy=policy({}, clocks={"plan": plan})
    )
    assert told(scene, "plan 4 working h", hours(7))[2:6] == [
        "  + limit  Wed 18 Nov 09:00  16 working h, calendar workshop",
        "  moved    Tue 17 Nov 10:30  flag safety on Mon 16 Nov 16:00: 4 working h from then",
        "    Mon 16 Nov  16:00-18:00  2 h of 8 h  sum 2 h of 4 h",
        "    Tue 17 Nov  08:30-10:30  2 h of 8 h  sum 4 h of 4 h",
    ]


def test_a_level_that_hastens_names_itself() -> None:
    plan = {"limit": "16wh", "calendar": "workshop", "by_level": {"2": "4wh"}}
    scene = given(
        opened(), did(levels.escalate, hours(7), text="x"), policy=policy({}, clocks={"plan": plan})
    )
    assert [move.why for move in last(scene, "plan").moves] == ["level"]
    assert "level 2 on Mon 16 Nov 16:00: 4 working h from then" in told(scene, "plan", hours(7))[3]


def test_a_due_time_beyond_what_is_confirmed_is_marked_and_explained() -> None:
    scene = given(opened(), policy=policy({1: "16wh"}, calendar={"confirmed_through": "2026-11-16"}))
    assert told(scene, "level 1", hours(1), 140)[-2] == (
        "  = due    ~Wed 18 Nov 09:00  in ~47 h, 15 h of work left; "
        "provisional: the calendar is confirmed through Mon 16 Nov 2026"
    )


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    scene = given(opened(hours(31)), policy=policy({1: "45wd", 2: "300wh"}, days=FEAST))
    text = drawn(explained(scene.when(levels.escalate, days(3), text="x")), days(4), width)
    assert max(map(cell_len, text.split("\n"))) <= width


@pytest.mark.usefixtures("chinese")
def test_p07_the_sum_in_chinese() -> None:
    assert told(weekend(), "一级处理", days(1)) == [
        "一级处理 16个工作小时 · 自到达一级处理起 · 规则 garage v2",
        "  开始    11月15日 周日 20:00  受理人：li，一级处理",
        "  起算    11月16日 周一 08:30  此前不在工作时间：自下次上班起算",
        "  + 时限  11月17日 周二 18:00  16个工作小时，日历 workshop",
        (
            "  + 挂起  11月18日 周三 10:30  "
            "工作时间 2 小时，11月16日 周一 16:30 至 11月17日 周二 09:00，等待供应商"
        ),
        "    11月15日 周日  休息",
        "    11月16日 周一  08:30-12:00 13:30-16:30  6 小时 30 分（共 8 小时）  累计 6 小时 30 分 / 16 小时",
        "    11月17日 周二  09:00-12:00 13:30-18:00  7 小时 30 分（共 8 小时）  累计 14 小时 / 16 小时",
        "    11月18日 周三  08:30-10:30              2 小时（共 8 小时）        累计 16 小时 / 16 小时",
        "  = 截止  11月18日 周三 10:30  还有 25 小时 30 分，剩余工作时间 9 小时 30 分",
        (
            "  预警    11月17日 周二 10:30  "
            "已用 50%；已用 75%：11月17日 周二 16:00；提前 1 小时：11月18日 周三 09:30"
        ),
    ]


def test_contact_hours_are_called_that() -> None:
    scene = given(opened(flags=("repeated",)))
    assert told(scene, "next update", hours(1))[2].endswith("24 working h, contact hours")
