"""The sweep, on both kinds of database: each step once, at its true instant, whatever the desk looks like."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from cstrack.domain.decide import ending, waiting
from cstrack.record.lease import lease
from tests.support.spec import T0, days, hours

if TYPE_CHECKING:
    from tests.support.cli import Shell
    from tests.support.desks import Desk

LATE = days(5)


def steps(desk: Desk, number: int = 1) -> list[tuple[str, int]]:
    """The events of a case: (type, seconds after T0)."""
    found = desk.rows(
        "SELECT type, at FROM event WHERE stream_kind = 'case' AND stream_no = ? ORDER BY seq", number
    )
    return [(kind, at - T0) for kind, at in found]


def test_p30_a_second_sweep_at_the_same_moment_changes_nothing(desk: Desk) -> None:
    desk.open(channel="phone")
    assert len(desk.sweep(LATE).outcomes) == 1
    before = desk.everything()
    assert desk.sweep(LATE).outcomes == []
    assert desk.everything() == before


def test_p32_after_five_days_one_run_walks_every_level_at_its_true_time(desk: Desk) -> None:
    desk.open(channel="phone")
    desk.sweep(LATE + days(5))
    assert steps(desk) == [
        ("opened", 0),
        ("escalated", hours(24)),
        ("escalated", hours(72)),
        ("limit-passed", hours(144)),
    ]


def test_p36_a_step_found_late_is_dated_when_it_was_due_and_recorded_when_it_was_found(desk: Desk) -> None:
    desk.open(channel="phone")
    desk.sweep(hours(30))
    assert desk.rows("SELECT at, recorded_at, actor, cause FROM event WHERE type = 'escalated'") == [
        (T0 + hours(24), T0 + hours(30), "system", "rule")
    ]


def test_p34_all_of_many_cases_are_stepped_oldest_due_first(desk: Desk) -> None:
    for n in range(230):  # more than one transaction's worth
        desk.open(n, channel="phone")
    swept = desk.sweep(hours(30))
    assert [one.after.number for one in swept.outcomes] == list(range(1, 231))
    assert desk.rows("SELECT COUNT(*) FROM case_current WHERE level = 2") == [(230,)]


def test_p37_a_dry_run_says_the_steps_and_writes_nothing(desk: Desk) -> None:
    desk.open(channel="phone")
    before = desk.everything()
    swept = desk.sweep(LATE, dry_run=True)
    assert [event.type for event in swept.outcomes[0].events] == ["escalated", "escalated"]
    assert desk.everything() == before


def test_p38_a_case_that_cannot_be_read_does_not_stop_the_others(sqlite_desk: Desk) -> None:
    desk = sqlite_desk
    for _ in range(3):
        desk.open(channel="phone")
    with desk.writing() as db:
        db.execute("DROP TRIGGER event_unchanged")
        db.execute("UPDATE event SET actor = 'nobody' WHERE stream_kind = 'case' AND stream_no = 2")
    swept = desk.sweep(LATE)
    assert [one.after.number for one in swept.outcomes] == [1, 3]
    assert [(number, fault.code) for number, fault in swept.failed] == [(2, "chain-broken")]


def test_p31_while_another_sweep_is_at_work_nothing_is_done(desk: Desk) -> None:
    desk.open(channel="phone")
    with desk.writing() as db, lease(db, "sweep") as mine:
        assert mine
        swept = desk.sweep(LATE)
        assert (swept.taken, swept.outcomes) == (True, [])
    assert len(desk.sweep(LATE).outcomes) == 1


def test_a_pause_that_is_over_ends_at_its_end_and_the_clock_runs_on_from_there(desk: Desk) -> None:
    desk.open(channel="phone")
    desk.does(waiting.pause, hours(4), waiting_for="supplier", until=T0 + hours(10))
    desk.sweep(hours(31))
    assert steps(desk)[2:] == [("resumed", hours(10)), ("escalated", hours(30))]


def test_p15_a_paused_case_is_not_handed_up(desk: Desk) -> None:
    desk.open(channel="phone")
    desk.does(waiting.pause, hours(23), waiting_for="supplier", until=T0 + hours(70))
    assert desk.sweep(hours(60)).outcomes == []


@pytest.mark.parametrize("ending_of", ["resolved", "closed"])
def test_p29_what_has_ended_is_left_alone(desk: Desk, ending_of: str) -> None:
    desk.open(channel="phone")
    if ending_of == "resolved":
        desk.does(ending.resolve, hours(1), text="done")
    else:
        desk.does(ending.close, hours(1), outcome="withdrawn")
    assert desk.sweep(LATE).outcomes == []


def test_a_hand_up_leaves_a_line_for_the_sender_and_no_recipient(desk: Desk) -> None:
    desk.open(channel="phone")
    desk.sweep(hours(30))
    assert desk.rows("SELECT kind, stream_kind, stream_no, seq, at FROM outbox") == [
        ("hand-up", "case", 1, 2, T0 + hours(24))
    ]


def test_a_dry_run_tells_exactly_what_a_run_then_does(desk: Desk) -> None:
    desk.open(channel="phone")
    told = desk.sweep(LATE, dry_run=True).outcomes
    assert [one.events for one in desk.sweep(LATE).outcomes] == [one.events for one in told]


def test_a_sweep_that_finds_nothing_leaves_no_trace_of_a_run(desk: Desk) -> None:
    desk.open(kind="inquiry")
    desk.sweep(LATE)
    assert len(desk.rows("SELECT id FROM invocation")) == 1


def test_the_command_is_silent_when_told_so(shell: Shell) -> None:
    shell("open", "空调不制冷", "--at", "-2d", "--channel", "phone").ok  # noqa: B018  .ok asserts
    done = shell("sweep", "-q").ok
    assert (done.out, done.err) == ("", "")
    assert shell("sweep", "--json").json == []


def test_the_command_names_what_it_did(shell: Shell) -> None:
    shell("open", "空调不制冷", "--at", "-2d", "--channel", "phone").ok  # noqa: B018
    would = shell("sweep", "--dry-run").ok.out
    assert "C-1  " in would
    assert "1 cases would be stepped" in would
    swept = json.loads(shell("sweep", "--json").ok.out)
    assert [event["type"] for event in swept[0]["events"]] == ["escalated"]
    assert swept[0]["level"] == 2


def test_a_sweep_ahead_of_time_warns_and_takes_the_steps(shell: Shell) -> None:
    shell("open", "空调不制冷", "--channel", "phone").ok  # noqa: B018
    done = shell("sweep", "--at", "+30h").ok
    assert done.err.startswith("warning: ")
    assert shell("show", "1", "--json").json["level"] == 2


def test_without_a_desk_there_is_nothing_to_sweep(shell: Shell, desk: Desk) -> None:
    if desk.kind == "sqlite":
        done = shell("sweep", "--db", str(shell.home / "none.db")).ok
        assert done.out == "0 cases stepped\n"
        assert not (shell.home / "none.db").exists()
