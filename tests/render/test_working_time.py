"""Clocks that count open time on every other screen: how much is used, what moved, what is provisional."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cstrack.app.reading import Whole
from cstrack.app.road import Outcome
from cstrack.domain.decide import ending, levels, waiting
from cstrack.domain.policy import default_policy
from cstrack.record.history import Entry
from cstrack.record.project import case_row, clock_row
from cstrack.record.rows import CaseRow, ClockRow
from cstrack.render import case_card, due_table, list_table, names, timeline
from cstrack.render.changed import changed
from cstrack.render.effects import share, used_words
from cstrack.render.local import Zone, limit_words
from cstrack.render.opened import opened_screen
from cstrack.render.screen import Look
from tests.support.garage import FEAST, extended, policy
from tests.support.spec import T0, ZONE, Scene, days, did, follows, given, hours, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cstrack.domain.clock import Clock

LOOK = Look(100, colour=False, terminal=True)
SOON_OVER = {"confirmed_through": "2026-11-16"}
NOTE = "~ may still move: the calendar is not confirmed that far"


@pytest.fixture(autouse=True)
def shipped() -> Iterator[None]:
    yield
    names.use(default_policy)


def scene(limits: dict[int, str], *past: Any, **rules: Any) -> Scene:
    """A case of a desk with such a policy, whose names are in use."""
    judge = policy(limits, **rules)
    names.use(lambda: judge)
    return given(opened(), *past, policy=judge)


def row_of(case: Scene) -> CaseRow:
    return CaseRow(*case_row(case.state, "张三", None))


def story(case: Scene, at: int) -> list[str]:
    """The lines of a timeline."""
    clocks = [ClockRow(*clock_row(1, clock)) for clock in case.state.clocks]
    entries = [Entry(event, event.at, "li") for event in case.history]
    return timeline.screen(row_of(case), clocks, entries, T0 + at, ZONE, LOOK).split("\n")


def used(clock: Clock, at: int) -> str:
    return used_words(clock, T0 + at, Zone(ZONE))


# --- how much is used ---------------------------------------------------------------------------------------


def test_p07_the_night_uses_nothing() -> None:
    clock = scene({1: "16wh"}).clock("level")
    assert used(clock, hours(9)) == used(clock, days(1) - hours(0.5)) == "7 h 30 of 16 working h"


def test_used_hours_of_a_long_limit_are_told_in_hours() -> None:
    clock = scene({1: "300wh"}).clock("level")
    assert used(clock, days(28)) == "160 h of 300 working h"


def test_a_limit_of_working_days_tells_its_hours() -> None:
    assert used(scene({1: "5wd"}).clock("level"), days(1)) == "8 h of 40 h"


def test_a_pause_uses_nothing() -> None:
    case = scene({1: "16wh"}, did(waiting.pause, hours(2), waiting_for="supplier", until=T0 + days(1)))
    assert used(case.clock("level"), hours(5)) == "2 h of 16 working h"


def test_what_ran_over_is_told_in_open_time() -> None:
    case = scene({1: "8wh"}).when(ending.resolve, 0, text="x")
    clock = case.clock("level")._replace(stopped_at=T0 + days(1) + hours(1), verdict="breached")
    assert share(clock, T0 + days(3), Zone(ZONE)) == (hours(9), hours(8))


def test_levels_that_count_from_the_opening_have_used_what_came_before() -> None:
    case = scene({1: "16wh", 2: "40wh"}, did(levels.escalate, days(1), text="x"), counts_from="opening")
    assert used(case.clock("level"), days(1)) == "8 h of 40 working h"
    assert " 20 % · due Mon 23 Nov 09:00" in story(case, days(1))[1]


def test_the_bar_of_a_timeline_fills_in_open_time() -> None:
    assert " 46 % · due Wed 18 Nov 09:00, in 37 h" in story(scene({1: "16wh"}), hours(11))[1]


def test_without_its_calendar_only_the_limit_is_told() -> None:
    case = scene({1: "16wh"}, did(waiting.pause, hours(2), waiting_for="supplier", until=T0 + days(1)))
    names.use(default_policy)
    assert used(case.clock("level"), hours(5)) == ""
    lines = story(case, hours(5))
    assert lines[1] == "level 1, 16 working h · paused · due Wed 18 Nov 16:30, in 50 h 30"
    assert lines[5].endswith("until Tue 09:00 · level 1 stands still")


def test_without_its_calendar_a_verdict_stands_alone() -> None:
    case = scene({1: "16wh"}, did(ending.resolve, hours(2), text="x"))
    names.use(default_policy)
    lines = story(case, hours(3))
    assert lines[1] == "level 1, 16 working h · met"
    assert lines[5].endswith("by li · level 1 met · first response met, 2 h of 24 h")


# --- what moved ---------------------------------------------------------------------------------------------


def test_a_timeline_says_from_when_to_when_a_policy_moved_a_clock() -> None:
    case = scene({1: "16wh"}, follows(policy({1: "24wh"}, version=3), hours(1)))
    assert "due times follow policy garage v3  level 1 due Wed 09:00 -> Thu 09:00" in "\n".join(
        story(case, hours(2))
    )


def test_a_move_between_this_day_and_another_names_both_days() -> None:
    case = scene({1: "2wh"}, follows(policy({1: "16wh"}, version=3), hours(1)))
    told = "\n".join(story(case, hours(2)))
    assert "level 1 due Mon 16 Nov 11:00 -> Wed 18 Nov 09:00" in told


def test_a_timeline_says_which_clocks_a_policy_ended() -> None:
    case = scene({}, follows(policy({}, version=3, clocks={"total": {"kinds": []}}), hours(1)))
    assert any(line.endswith("garage v3  total void") for line in story(case, hours(2)))


def test_a_timeline_says_that_a_due_time_was_confirmed() -> None:
    case = scene({1: "16wh"}, calendar=SOON_OVER)
    case = case.follows(policy({1: "16wh"}, version=3), hours(1), why="calendar")
    assert any(line.endswith("level 1 due Wed 09:00, confirmed") for line in story(case, hours(2)))


def test_a_timeline_says_what_an_extension_moved_and_who_approved_once() -> None:
    plan = {"plan": {"limit": "8wh", "calendar": "workshop", "extensions": ["16wh"]}}
    told = "\n".join(story(scene({}, did(extended, hours(1), clock="plan"), clocks=plan), hours(2)))
    assert "plan extended to 16 working h, approved by wang" in told
    assert "plan due Tue 09:00 -> Wed 09:00" in told
    assert told.count("approved by") == 1


def test_the_answer_to_an_extension_names_the_clock_that_it_moved() -> None:
    plan = {"plan": {"limit": "8wh", "calendar": "workshop", "extensions": ["16wh"]}}
    before = scene({}, clocks=plan)
    after = before.when(extended, hours(1), clock="plan")
    line = changed(Outcome(before.state, after.state, after.events, ZONE), T0 + hours(1), ZONE)
    assert "plan due Wed 18 Nov 09:00, in 47 h" in line


# --- what is provisional ------------------------------------------------------------------------------------


def provisional() -> Scene:
    clocks = {"first-response": {"limit": "4wd", "calendar": "workshop"}, "plan": {"limit": "60d"}}
    return scene({1: "16wh"}, clocks=clocks, calendar=SOON_OVER, days=FEAST)


def test_lists_mark_a_provisional_due_time_and_say_what_the_mark_means() -> None:
    row, now = row_of(provisional()), T0
    for text in (
        list_table.screen([row], now, ZONE, LOOK, narrowed=False),
        due_table.screen([(row, None)], now, ZONE, LOOK, until=now + days(30)),
    ):
        assert "  in ~5 d  " in text
        assert text.split("\n")[-3] == NOTE


def test_lists_without_a_provisional_due_time_say_nothing_of_it() -> None:
    row = row_of(scene({1: "16wh"}))
    assert "~" not in list_table.screen([row], T0, ZONE, LOOK, narrowed=False)
    assert "~" not in due_table.screen([(row, None)], T0, ZONE, LOOK, until=T0 + days(30))


def test_a_late_provisional_due_time_is_marked_too() -> None:
    row = row_of(provisional())
    assert "LATE ~24 h" in due_table.screen([(row, None)], row.next_due + days(1), ZONE, LOOK, until=T0)


def test_the_card_marks_the_clocks_that_are_provisional() -> None:
    case = provisional()
    text = case_card.card(Whole(row_of(case), case.state, default_policy(ZONE)), T0, LOOK)
    assert "level 1, 16 working h: in ~5 d" in text
    assert "~Sat 21 Nov 09:00" in text
    assert "  Fri 15 Jan 2027 09:00" in text
    assert text.split("\n")[-3] == NOTE


def test_the_answers_of_writing_commands_mark_them() -> None:
    case = provisional()
    outcome = Outcome(None, case.state, case.history, ZONE)
    text = opened_screen(outcome, T0)
    assert "due ~Sat 21 Nov 09:00, in ~5 d" in text
    assert text.endswith(f"  {NOTE}\n")
    assert "due ~Sat 21 Nov 09:00, in ~5 d" in changed(outcome, T0, ZONE)
    assert NOTE not in changed(outcome, T0, ZONE)


def test_the_timeline_marks_them() -> None:
    lines = story(provisional(), 0)
    assert "due ~Sat 21 Nov 09:00, in ~5 d" in lines[1]
    assert any("due ~Sat 09:00" in line for line in lines[2:])


# --- limits -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("24wh", "24 working h"),
        ("90wm", "90 working min"),
        ("5wd", "5 working days"),
        ("1wd", "1 working day"),
        ("3wd close", "close of working day 3"),
        ("8w", "8 weeks"),
    ],
)
def test_limits_are_said_in_words(limit: str, words: str) -> None:
    assert limit_words(limit) == words
