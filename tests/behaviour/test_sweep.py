"""The sweep: every step that clocks call for, once, at its true instant, one sweep at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.app import sweep as sweeping
from cstrack.domain.decide import ending, talk, waiting
from cstrack.record.lease import lease
from tests.support.spec import T0, days, hours

if TYPE_CHECKING:
    from tests.support.desks import Desk


def test_p30_twice_at_the_same_moment_changes_nothing_the_second_time(desk: Desk) -> None:
    desk.open(0)
    desk.open(60, flags=("vip",))
    assert len(desk.sweep(days(4)).outcomes) == 2
    before = desk.everything()
    assert desk.sweep(days(4)).outcomes == []
    assert desk.everything() == before


def test_p32_after_days_without_a_sweep_one_run_walks_all_levels(desk: Desk) -> None:
    desk.open()
    [outcome] = desk.sweep(days(5)).outcomes
    assert [(event.type, event.at - T0) for event in outcome.events] == [
        ("escalated", hours(24)),
        ("escalated", hours(72)),
    ]
    [top] = desk.sweep(days(6)).outcomes
    assert [(event.type, event.at - T0) for event in top.events] == [("limit-passed", hours(144))]


def test_p36_the_breach_is_at_the_due_instant(desk: Desk) -> None:
    desk.open()
    desk.sweep(hours(30))
    level = next(clock for clock in desk.show().clocks if clock.kind == "level")
    assert (level.verdict, level.stopped_at, level.due_at) == ("breached", T0 + hours(24), T0 + hours(24))


def test_p37_a_dry_run_says_the_same_and_writes_nothing(desk: Desk) -> None:
    desk.open()
    before = desk.everything()
    told = desk.sweep(days(5), dry_run=True).outcomes
    assert desk.everything() == before
    done = desk.sweep(days(5)).outcomes
    assert [outcome.events for outcome in told] == [outcome.events for outcome in done]


def test_p34_nothing_starves_and_the_oldest_due_comes_first(desk: Desk) -> None:
    count = sweeping.BATCH + 5
    for n in range(count):
        desk.open(n)
    swept = desk.sweep(days(2))
    assert [outcome.after.number for outcome in swept.outcomes] == list(range(1, count + 1))
    assert {row.level for row in desk.listed()} == {2}


def test_p29_what_has_ended_waits_or_is_paused_is_left_alone(desk: Desk) -> None:
    desk.open(0)
    desk.open(1)
    desk.open(2)
    desk.open(3, kind="inquiry")
    desk.does(ending.close, hours(1), 1, outcome="withdrawn")
    desk.does(ending.resolve, hours(1), 2, text="x")
    desk.does(waiting.pause, hours(1), 3, waiting_for="supplier")
    assert desk.sweep(days(2)).outcomes == []


def test_a_pause_that_is_over_ends_at_its_planned_time(desk: Desk) -> None:
    desk.open()
    desk.does(waiting.pause, hours(1), waiting_for="supplier", until=T0 + hours(4))
    [outcome] = desk.sweep(hours(9)).outcomes
    assert [(event.type, event.at - T0) for event in outcome.events] == [("resumed", hours(4))]
    assert desk.show().row.paused_until is None


def test_what_the_sweep_does_is_nobodys_order_and_names_its_run(desk: Desk) -> None:
    desk.open()
    desk.sweep(days(2))
    assert desk.rows("SELECT type, actor, cause FROM event ORDER BY id") == [
        ("opened", "li", "person"),
        ("escalated", "system", "rule"),
    ]
    assert len(desk.rows("SELECT id FROM invocation")) == 2


def test_a_sweep_that_finds_nothing_leaves_no_run(desk: Desk) -> None:
    desk.open()
    desk.sweep(hours(1))
    assert len(desk.rows("SELECT id FROM invocation")) == 1


def test_p31_of_two_sweeps_at_once_the_second_goes_away(desk: Desk) -> None:
    desk.open()
    with desk.writing() as db, lease(db, "sweep") as mine:
        assert mine
        swept = desk.sweep(days(2))
    assert (swept.taken, swept.outcomes) == (True, [])
    assert len(desk.sweep(days(2)).outcomes) == 1


def test_p38_one_bad_case_does_not_stop_the_rest(desk: Desk) -> None:
    for n in range(3):
        desk.open(n)
    desk.does(talk.note, 60, 2, text="x")
    guard = "DROP TRIGGER event_unchanged" + (" ON event" if desk.kind == "postgresql" else "")
    with desk.writing() as db:
        db.execute(guard)
        db.execute("UPDATE event SET hash = prev_hash WHERE type = 'noted'")
    swept = desk.sweep(days(2))
    assert [outcome.after.number for outcome in swept.outcomes] == [1, 3]
    assert [(number, fault.code) for number, fault in swept.failed] == [(2, "chain-broken")]


def test_a_sweep_where_there_is_no_desk_yet_does_nothing(sqlite_desk: Desk) -> None:
    nowhere = type(sqlite_desk)(sqlite_desk.url + ".not-there")
    assert nowhere.sweep(days(2)).outcomes == []
