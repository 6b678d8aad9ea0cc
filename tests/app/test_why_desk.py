"""`why` on a desk whose policy changes: each clock by the version that judged it, each move by its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cstrack.domain.decide import levels, talk, waiting
from tests.support.garage import FEAST, applied, block, drawn, extended, garage, numbers, on_desk
from tests.support.spec import T0, days, hours

if TYPE_CHECKING:
    from tests.support.desks import Desk

PLAN = {"plan": {"limit": "8wh", "calendar": "workshop", "extensions": ["16wh"]}}


def moved_three_times(desk: Desk) -> None:
    """Opened on Monday 09:00 under v2; a longer limit at 10:00, more time at 11:00, days off at 12:00."""
    applied(desk, -hours(1), garage({1: "16wh"}, clocks=PLAN))
    desk.open()
    applied(desk, hours(1), garage({1: "24wh"}, clocks=PLAN))
    desk.does(extended, hours(2), clock="plan")
    applied(desk, hours(3), garage({1: "24wh"}, clocks=PLAN, days=FEAST), "calendar")


def test_moves_by_policy_calendar_and_extension_are_told_apart(desk: Desk) -> None:
    moved_three_times(desk)
    assert [move["why"] for move in numbers(desk, hours(4))["moved"]] == ["policy", "calendar"]
    assert [move["why"] for move in numbers(desk, hours(4), "plan")["moved"]] == ["extension", "calendar"]


def test_a_move_names_from_when_to_when_and_who_approved(sqlite_desk: Desk) -> None:
    moved_three_times(sqlite_desk)
    text = drawn(on_desk(sqlite_desk, hours(4)), hours(4), 200)
    assert block(text, "level 1")[2:5] == [
        "  + limit  Wed 18 Nov 09:00  16 working h, calendar workshop",
        (
            "  moved    Thu 19 Nov 09:00  policy garage v3 applied on Mon 16 Nov 10:00: 24 working h, "
            "Wed 18 Nov 09:00 -> Thu 19 Nov 09:00"
        ),
        (
            "  moved    Mon 23 Nov 09:00  calendar changed by policy garage v4 on Mon 16 Nov 12:00, "
            "Thu 19 Nov 09:00 -> Mon 23 Nov 09:00"
        ),
    ]
    assert block(text, "plan")[3] == (
        "  moved    Wed 18 Nov 09:00  extended on Mon 16 Nov 11:00, approved by wang: 16 working h, "
        "Tue 17 Nov 09:00 -> Wed 18 Nov 09:00"
    )


def test_the_days_after_a_move_are_those_of_the_new_calendar(desk: Desk) -> None:
    moved_three_times(desk)
    told = numbers(desk, hours(4))["days"]
    assert [(day["date"], day["kind"], day["used_s"]) for day in told] == [
        ("2026-11-16", "work", hours(7.5)),
        ("2026-11-17", "work", hours(8)),
        ("2026-11-18", "holiday", 0),
        ("2026-11-19", "holiday", 0),
        ("2026-11-20", "holiday", 0),
        ("2026-11-21", "makeup", hours(8)),
        ("2026-11-22", "rest", 0),
        ("2026-11-23", "work", hours(0.5)),
    ]
    assert told[2] == {"date": "2026-11-18", "kind": "holiday", "name": "店庆", "open_s": 0, "used_s": 0}


def test_p49_a_clock_that_stopped_is_explained_by_the_calendar_of_its_time(desk: Desk) -> None:
    applied(desk, -hours(1), garage({1: "24wh", 2: "24wh"}))
    desk.open()
    desk.does(levels.escalate, hours(2), text="x")
    applied(desk, hours(3), garage({1: "24wh", 2: "24wh"}, days=FEAST), "calendar")
    first, second = [one for one in on_desk(desk, hours(4)).clocks if one.clock.kind == "level"]
    assert first.moves == []
    assert {day.kind for day in first.days() or ()} == {"work"}
    assert "holiday" in {day.kind for day in second.days() or ()}


def test_an_event_that_names_no_policy_is_judged_by_the_one_in_use_when_it_was_typed(desk: Desk) -> None:
    applied(desk, -hours(1), garage({1: "8wh"}))
    desk.open()  # due Tuesday 09:00, before the first day off: nothing moves at once
    applied(desk, hours(1), garage({1: "8wh"}, days=FEAST), "calendar")
    desk.does(waiting.pause, hours(2), waiting_for="supplier", until=T0 + days(1) + hours(2))
    one = [one for one in on_desk(desk, hours(3)).clocks if one.clock.kind == "level"][-1]
    assert (one.policy, one.moves) == ("garage v2", [])
    assert one.clock.due_at == T0 + days(5)  # eight hours later: Saturday, worked for Friday


@pytest.mark.parametrize("pause_first", [True, False])
def test_within_a_second_what_was_written_first_was_judged_first(desk: Desk, *, pause_first: bool) -> None:
    applied(desk, -hours(1), garage({1: "8wh"}))
    desk.open()
    feast = {"2026-11-16": {"name": "店庆"}}
    if not pause_first:
        applied(desk, hours(2), garage({1: "8wh"}, days=feast), "calendar")
    desk.does(waiting.pause, hours(2), waiting_for="supplier", until=T0 + days(1) + hours(2))
    if pause_first:
        applied(desk, hours(2), garage({1: "8wh"}, days=feast), "calendar")
    one = [one for one in on_desk(desk, hours(3)).clocks if one.clock.kind == "level"][-1]
    assert [move.why for move in one.moves] == ["calendar"]
    desk.is_sound()


def test_a_clock_that_starts_later_names_the_policy_of_its_start(desk: Desk) -> None:
    desk.open(flags=("repeated",))
    applied(desk, hours(1), garage({}, clocks={"next-update": {"limit": "8wh", "calendar": "workshop"}}))
    desk.does(talk.contact, hours(2), direction="out", text="x")
    assert numbers(desk, hours(3), "next-update")["policy"] == "garage v2"
    assert numbers(desk, hours(3), "first-response")["policy"] == "dealer v1"


def test_the_calendar_of_a_clock_is_told_with_its_zone_marks_and_confirmation(desk: Desk) -> None:
    away = {"zone": "Europe/London", "confirmed_through": "2026-11-16"}
    applied(desk, -hours(1), garage({1: "16wh"}, calendar=away))
    desk.open()  # 01:00 in London, where it opens at 08:30
    told = numbers(desk, hours(1))
    assert (told["since"], told["calendar_zone"], told["provisional"]) == (
        "2026-11-16T01:00:00Z",
        "Europe/London",
        True,
    )
    assert told["due_at"] == "2026-11-17T18:00:00Z"
    assert told["marks"] == [
        {"mark": "50%", "at": "2026-11-16T18:00:00Z"},
        {"mark": "75%", "at": "2026-11-17T14:00:00Z"},
        {"mark": "1h", "at": "2026-11-17T17:00:00Z"},
    ]
    assert numbers(desk, hours(1), "total")["days"] is None
