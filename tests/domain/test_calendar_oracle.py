"""Made-up calendars in zones of all kinds: the engine agrees with an oracle that counts minutes."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstrack.domain.calendar import Calendar
from tests.support.calendars import Example, Oracle, example

ALL = 10_000
EVERY_DAY = 1_000
BLOCK = 100


def agree(number: int) -> None:
    """The engine says what the oracle counts, and what must hold of any calendar holds of this one."""
    asked = example(number)
    desk, oracle = Calendar(asked.data), Oracle(asked.data, asked.start)
    start, limit, pauses = asked.start, asked.limit, asked.pauses
    due = desk.add(start, limit)
    moved = desk.after_pauses(start, due, pauses)
    assert due == oracle.add(start, limit)
    assert moved == oracle.add(start, limit, pauses)
    assert desk.used(start, due) == limit == desk.used(start, moved, pauses)
    assert desk.used(start, due + 7_777, pauses) == oracle.used(start, due + 7_777, pauses)
    assert desk.mark(start, due, limit // 3) == oracle.add(start, limit - limit // 3)
    assert desk.next_open(start) == oracle.next_open(start)
    for count in (0, 1, 4):
        assert desk.add_days(start, count) == oracle.add_days(start, count)
    assert desk.close_of_day(start, 2) == oracle.close_of_day(start, 2)
    assert sum(ends - begins for begins, ends in desk.spans(start, due)) == limit
    nothing_is_shortened(asked, desk, due, moved)


def nothing_is_shortened(asked: Example, desk: Calendar, due: int, moved: int) -> None:
    """A later start, a longer limit, one pause or one holiday more: nothing falls due earlier."""
    start, limit, pauses = asked.start, asked.limit, asked.pauses
    rnd = Random(limit)  # noqa: S311  the same holiday for an example every time
    assert desk.add(start + rnd.randrange(90_000), limit) >= due
    assert desk.add(start, limit + rnd.randrange(90_000)) >= due
    later = start + rnd.randrange(200_000)
    for count in (0, 1, 4):
        assert desk.add_days(start, count) <= desk.add_days(start, count + 1)
        assert twice(desk, later) or desk.add_days(start, count) <= desk.add_days(later, count)
    began = start + rnd.randrange(-3_600, 200_000)
    assert desk.after_pauses(start, due, [*pauses, (began, began + rnd.randrange(1, 90_000))]) >= moved
    off = datetime.fromtimestamp(start, ZoneInfo(desk.zone)).date() + timedelta(days=rnd.randrange(-1, 4))
    days = asked.data["days"] | {off.isoformat(): {"name": "one more"}}
    fewer = Calendar(asked.data | {"days": days})
    assert fewer.add(start, limit) >= due
    assert fewer.after_pauses(start, fewer.add(start, limit), pauses) >= moved
    for count in (0, 1, 4):
        assert fewer.add_days(start, count) >= desk.add_days(start, count)
    assert fewer.close_of_day(start, 2) >= desk.close_of_day(start, 2)


def twice(desk: Calendar, at: int) -> bool:
    """Whether counting begins in an hour lived for the second time, and so at an earlier clock time."""
    return bool(datetime.fromtimestamp(desk.next_open(at), ZoneInfo(desk.zone)).fold)


def block(first: int) -> list[int]:
    """The numbers of a block that do not agree; each can be asked again alone."""
    failed = []
    for number in range(first, first + BLOCK):
        try:
            agree(number)
        except AssertionError:
            failed.append(number)
    return failed


@pytest.mark.parametrize("first", range(0, EVERY_DAY, BLOCK))
def test_p11_the_engine_agrees_with_counted_minutes_and_nothing_is_shortened(first: int) -> None:
    assert block(first) == []


@settings(max_examples=200)
@given(st.integers(ALL, 2**40))
def test_any_other_calendar_agrees_too(number: int) -> None:
    agree(number)


@pytest.mark.soak
@pytest.mark.parametrize("first", range(EVERY_DAY, ALL, BLOCK))
def test_ten_thousand_calendars_agree_with_counted_minutes(first: int) -> None:
    assert block(first) == []


def test_the_examples_meet_what_is_hard() -> None:
    """A third of them lie around a change of the clocks; nights, make-up days and pauses are there."""
    asked = [example(number) for number in range(EVERY_DAY)]
    hours = [
        span for one in asked for spans in one.data["hours"].values() for span in spans if span[6:] != "24:00"
    ]
    assert sum(span[6:] <= span[:5] for span in hours) > 100
    assert sum(len(one.pauses) > 1 for one in asked) > 100
    assert len({one.data["zone"] for one in asked}) > 15
    assert sum("works_as" in entry for one in asked for entry in one.data["days"].values()) > 100
    assert sum(around_a_change(one) for one in asked) > 300


def around_a_change(asked: Example) -> bool:
    there = ZoneInfo(asked.data["zone"])
    offsets = [datetime.fromtimestamp(asked.start + by * 86_400, there).utcoffset() for by in (-2, 5)]
    return offsets[0] != offsets[1]
