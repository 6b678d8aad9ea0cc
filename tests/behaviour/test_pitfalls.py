"""The pitfalls of pauses, reopenings, changes and figures, by their numbers, on both kinds of database."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from cstrack.app import reading
from cstrack.domain.decide import adopting, ending, extending, flags, levels, talk, waiting
from tests.support.rules import clock, holidays, limits, rules
from tests.support.spec import T0, days, hours

if TYPE_CHECKING:
    from tests.support.desks import Desk

OFFICE_DAY = limits("8wh", "16wh", "24wh", calendar="office")
SUPPLIER: dict[str, Any] = {"waiting_for": "supplier"}


def due(desk: Desk, kind: str, number: int = 1) -> int:
    """When the latest clock of a kind is due, in seconds after T0."""
    seconds: int = desk.clock(kind, number).due_at - T0
    return seconds


def verdicts(desk: Desk, number: int = 1) -> dict[str, list[str | None]]:
    """The verdicts of a case's clocks by kind, in order."""
    found: dict[str, list[str | None]] = {}
    for one in desk.show(number).clocks:
        found.setdefault(one.kind, []).append(one.verdict)
    return found


def on_time(desk: Desk, kind: str = "level") -> tuple[int, int]:
    """Met, and met or breached, of all stopped clocks of a kind: what an on-time rate is made of."""
    counted = Counter(
        row[0] for row in desk.rows("SELECT verdict FROM clock WHERE kind = ? AND verdict IS NOT NULL", kind)
    )
    return counted["met"], counted["met"] + counted["breached"]


def waits(desk: Desk, at: int, end: int, number: int = 1) -> None:
    desk.does(waiting.pause, at, number, until=T0 + end, **SUPPLIER)


# --- P15 to P19: pauses ---


def test_p15_a_paused_clock_is_late_in_no_view_and_has_left_what_it_had(desk: Desk) -> None:
    desk.applies(rules(OFFICE_DAY), 0)
    desk.open(60, channel="phone")
    desk.does(talk.propose, 120, text="x", by=T0 + days(9))
    waits(desk, hours(6), days(3))
    assert desk.overdue(days(2)) == []
    assert desk.sweep(days(2)).outcomes == []
    desk.does(waiting.resume, days(2))
    assert due(desk, "level") == days(2) + hours(2) + 60
    assert [row.next_clock for row in desk.overdue(days(2) + hours(2) + 60)] == ["level"]
    desk.is_sound()


def test_p16_a_pause_survives_another_level_and_another_limit(desk: Desk) -> None:
    desk.open(channel="phone")
    waits(desk, hours(2), hours(20))
    desk.does(levels.escalate, hours(4), text="x")
    desk.applies(rules(limits("24h", "60h")), hours(5))
    level = desk.clock("level")
    assert (level.paused_at, level.paused_until) == (T0 + hours(4), T0 + hours(20))
    assert due(desk, "level") == hours(80)
    desk.does(waiting.resume, hours(6))
    assert (desk.show().row.status, due(desk, "level")) == ("open", hours(66))
    desk.is_sound()


def test_p17_resolved_straight_from_a_pause_the_pause_ends_first(desk: Desk) -> None:
    desk.open(channel="phone")
    waits(desk, hours(5), hours(50))
    desk.does(ending.resolve, hours(40), text="x")
    level = desk.clock("level")
    assert desk.events(1)[-2:] == ["resumed", "resolved"]
    assert (level.verdict, level.due_at - level.stopped_at) == ("met", hours(19))
    assert (level.paused_at, level.paused_until, desk.show().row.paused_until) == (None, None, None)


def test_p18_a_pause_over_a_weekend_adds_working_time_only(desk: Desk) -> None:
    desk.applies(rules(OFFICE_DAY), 0)
    friday, monday = days(4), days(7)
    desk.open(friday, channel="phone")
    waits(desk, friday + hours(6), monday + hours(1))
    assert due(desk, "level") == monday + hours(3)
    desk.sweep(monday + hours(2))
    assert (desk.show().row.status, due(desk, "level")) == ("open", monday + hours(3))


def test_p19_a_date_that_was_said_does_not_drift_with_pauses(desk: Desk) -> None:
    desk.open(channel="phone")
    desk.does(adopting.add_outside, 60, body="12315", ref="a-1", received_at=T0, limit="5d")
    desk.does(talk.propose, 120, text="new compressor", by=T0 + days(2))
    waits(desk, hours(2), days(2))
    assert due(desk, "outside") == days(5)
    desk.does(waiting.resume, hours(5))
    desk.applies(rules(clock("outside", pausable=["supplier"], limit="1d")), hours(6))
    assert due(desk, "outside") == days(5)


# --- P20: reopened ---


def test_p20_reopening_keeps_the_first_cycle_starts_a_live_clock_and_alarms_nobody(desk: Desk) -> None:
    desk.open(channel="phone")
    desk.does(ending.resolve, hours(30), text="done")
    first = [one for one in desk.show().clocks if one.cycle == 1]
    told = desk.rows("SELECT COUNT(*) FROM outbox")
    desk.does(ending.reopen, days(30), text="back")
    assert [one for one in desk.show().clocks if one.cycle == 1] == first
    level = desk.clock("level")
    assert (level.cycle, level.verdict, level.started_at, level.due_at) == (
        2,
        None,
        T0 + days(30),
        T0 + days(30) + hours(48),
    )
    assert desk.rows("SELECT COUNT(*) FROM outbox") == told
    assert (desk.sweep(days(30)).outcomes, desk.overdue(days(30))) == ([], [])


# --- P21 to P24: what answers ---


def test_p21_a_first_word_and_a_pause_in_one_moment_is_a_first_response(desk: Desk) -> None:
    desk.open(channel="web")
    desk.does(talk.contact, hours(1), direction="out", text="we are waiting for the part")
    waits(desk, hours(1), hours(50))
    assert verdicts(desk)["first-response"] == ["met"]
    assert desk.clock("level").paused_at == T0 + hours(1)


def test_p22_a_customer_who_calls_starts_the_clock_of_the_next_word_where_none_runs(desk: Desk) -> None:
    desk.applies(rules(clock("next-update", limit="24h", levels=[1, 2, 3])), 0)
    desk.open(60, channel="phone", resolution="done")
    desk.does(ending.reopen, hours(1), text="back")
    assert due(desk, "next-update") == hours(25)
    desk.does(talk.contact, hours(2), direction="in", channel="chat", text="when?")
    assert due(desk, "next-update") == hours(25)
    desk.open(hours(3), channel="web", kind="inquiry")
    desk.does(talk.contact, hours(4), 2, direction="in", channel="sms", text="when?")
    assert due(desk, "next-update", 2) == hours(27)


def test_p23_a_note_answers_nobody_and_a_word_does(desk: Desk) -> None:
    desk.open(channel="web")
    desk.does(talk.note, hours(1), text="looks bad")
    assert verdicts(desk)["first-response"] == [None]
    desk.does(talk.contact, hours(2), direction="out", text="we look into it")
    assert verdicts(desk)["first-response"] == ["met"]


@pytest.mark.parametrize(
    ("channel", "answered"), [("phone", "met"), ("walk-in", "met"), ("letter", None), ("web", None)]
)
def test_p24_only_a_call_or_a_visit_is_answered_by_being_taken(
    desk: Desk, channel: str, answered: str | None
) -> None:
    desk.open(channel=channel, text="写在纸上的话")
    assert verdicts(desk)["first-response"] == [answered]


# --- P25 to P29: nothing hidden, nothing left running ---


def test_p25_the_list_names_the_clock_that_is_due_and_then_the_next(desk: Desk) -> None:
    desk.applies(rules({"clocks": {"plan": {"limit": "20h"}, "next-update": {"limit": "24h"}}}), 0)
    desk.open(60, channel="web", flags=("departments",))
    with desk.reading() as db:
        late = [one.kind for _case, one in reading.clocks_due(db, None, T0 + hours(60), {})]
    assert late == ["plan", "first-response", "next-update", "level"]
    assert [row.next_clock for row in desk.overdue(hours(60))] == ["plan"]
    desk.does(talk.propose, hours(1), text="x", by=T0 + days(2))
    assert [row.next_clock for row in desk.overdue(hours(60))] == ["first-response"]


def test_p26_what_another_level_or_policy_has_not_ends(desk: Desk) -> None:
    desk.open(channel="phone", flags=("departments",))
    desk.does(levels.deescalate, hours(2), text="small")
    assert verdicts(desk)["next-update"] == ["void"]
    desk.applies(rules(without=("clocks.total", "clocks.plan")), hours(3))
    assert (verdicts(desk)["total"], verdicts(desk)["plan"]) == (["void"], ["void"])
    assert {row.next_clock for row in desk.overdue(days(9))} == {"level"}
    desk.is_sound()


def test_p27_a_policy_out_of_use_hands_nothing_up_and_tells_nobody(desk: Desk) -> None:
    for n in range(3):
        desk.open(n, channel="phone")
    desk.applies(rules(without=("clocks.level", "clocks.plan", "clocks.total")), hours(1))
    assert desk.sweep(days(9)).outcomes == []
    assert desk.overdue(days(9)) == []
    assert desk.rows("SELECT * FROM outbox") == []
    assert verdicts(desk)["level"] == ["void"]


def test_p28_going_up_hands_over_a_whole_clock_and_age_counts_from_receipt(desk: Desk) -> None:
    desk.open(channel="phone")
    desk.sweep(hours(30))
    assert [one.verdict for one in desk.clocks("level")] == ["breached", None]
    assert (due(desk, "level"), desk.show().row.opened_at) == (hours(72), T0)
    desk.applies(rules({"counts_from": "opening"}), hours(31))
    assert due(desk, "level") == hours(48)


@pytest.mark.parametrize("outcome", ["withdrawn", "invalid", "transferred"])
def test_p29_what_has_ended_never_goes_up_whatever_policy_comes(desk: Desk, outcome: str) -> None:
    desk.open(channel="web")
    desk.does(ending.close, hours(1), outcome=outcome)
    done = desk.show()
    assert desk.applies(rules(limits("1h", "1h")), hours(2)).moved == []
    assert desk.sweep(days(9)).outcomes == []
    assert (desk.show(), desk.overdue(days(9))) == (done, [])


# --- P48 to P53: the record and its figures ---


def a_month(desk: Desk) -> None:
    """Four complaints: in time, late and handed up, late at the top, handed up in time."""
    desk.open(0, channel="phone")
    desk.does(ending.resolve, hours(5), text="x")
    desk.open(60, channel="phone")
    desk.does(ending.resolve, hours(30), 2, text="x")
    desk.open(120, channel="phone", flags=("vip",))
    desk.does(ending.resolve, days(5), 3, text="x")
    desk.open(180, channel="phone")
    desk.does(levels.escalate, hours(2), 4, text="asks for more")
    desk.does(ending.resolve, hours(9), 4, text="x")


def test_p48_the_on_time_rate_of_a_month_is_the_same_after_closing_and_next_year(desk: Desk) -> None:
    a_month(desk)
    figures = on_time(desk)
    assert figures == (3, 5)
    for number in (1, 2, 3, 4):
        desk.does(ending.close, days(6), number, outcome="satisfied")
    desk.sweep(days(380))
    assert on_time(desk) == figures
    desk.is_sound()


@pytest.mark.parametrize("over", [limits("240h", "240h", "240h"), limits("1h", "1h", "1h"), OFFICE_DAY])
def test_p49_another_limit_never_rewrites_a_closed_verdict(desk: Desk, over: dict[str, Any]) -> None:
    a_month(desk)
    stopped = [one for n in (1, 2, 3, 4) for one in desk.show(n).clocks if one.stopped_at is not None]
    figures = on_time(desk), on_time(desk, "plan"), on_time(desk, "total")
    desk.applies(rules(over), days(10))
    desk.applies(rules({**over, **holidays("2026-11-16", "2026-11-17")}), days(375), why="calendar")
    assert (on_time(desk), on_time(desk, "plan"), on_time(desk, "total")) == figures
    assert [one for n in (1, 2, 3, 4) for one in desk.show(n).clocks if one.stopped_at is not None] == stopped


def test_p49_a_look_back_shows_the_due_time_of_that_day(desk: Desk) -> None:
    desk.open(channel="phone")
    desk.applies(rules(limits("48h")), hours(5))
    assert [one.due_at - T0 for one in desk.show(at=hours(4)).clocks if one.kind == "level"] == [hours(24)]
    assert due(desk, "level") == hours(48)


def test_p50_recomputing_sends_no_second_notice(desk: Desk) -> None:
    desk.open(channel="phone", flags=("vip",))
    desk.open(60, channel="phone")
    desk.sweep(days(4))
    told = desk.rows("SELECT kind, stream_no, seq, at FROM outbox ORDER BY id")
    for n, limit in enumerate(("96h", "72h", "100h")):
        desk.applies(rules(limits("24h", "240h", limit)), days(4) + n + 1)
    assert desk.sweep(days(4) + 10).outcomes == []
    assert desk.rows("SELECT kind, stream_no, seq, at FROM outbox ORDER BY id") == told
    assert desk.events(1).count("limit-passed") == 1


def test_p51_what_a_policy_moves_is_no_activity_of_the_case(desk: Desk) -> None:
    desk.open(channel="phone")
    desk.does(talk.note, hours(3), text="x")
    before = desk.show().row.changed_at
    desk.applies(rules(limits("48h")), hours(5))
    assert (desk.events(1)[-1], desk.show().row.changed_at) == ("moved", before)
    desk.open(hours(6), channel="phone", flags=("vip",))
    desk.sweep(days(4))
    assert (desk.events(2)[-1], desk.show(2).row.changed_at) == ("limit-passed", T0 + hours(6))


def test_p52_resolving_ends_the_clock_of_the_next_word_and_no_length_is_negative(desk: Desk) -> None:
    desk.open(channel="web", flags=("departments",))
    desk.does(ending.resolve, hours(3), text="x")
    assert verdicts(desk)["next-update"] == ["void"]
    assert (desk.show().row.next_due, desk.overdue(days(30))) == (None, [])
    assert all(one.stopped_at >= one.started_at for one in desk.show().clocks)


def test_p53_closed_reopened_closed_are_two_cycles_and_both_count(desk: Desk) -> None:
    desk.open(channel="phone")
    desk.does(ending.resolve, hours(5), text="x")
    desk.does(ending.close, hours(6), outcome="satisfied")
    desk.does(ending.reopen, days(10), text="back")
    desk.does(ending.resolve, days(12), text="y")
    desk.does(ending.close, days(13), outcome="satisfied")
    assert [(one.cycle, one.verdict) for one in desk.clocks("level")] == [
        (1, "met"),
        (2, "breached"),
        (2, "met"),
    ]
    figures = on_time(desk)
    assert figures == (2, 3)
    desk.applies(rules(limits("1h", "1h", "1h")), days(20))
    assert on_time(desk) == figures
    desk.is_sound()


def test_an_extension_is_kept_in_the_record_and_through_a_sign(desk: Desk) -> None:
    desk.applies(rules(clock("plan", extensions=["48h"])), 0)
    desk.open(60, channel="phone")
    desk.does(extending.extend, hours(1), clock="plan", approved_by="zhao", text="parts by sea")
    desk.does(flags.flag, hours(2), flag="vip")
    assert due(desk, "plan") == hours(48) + 60
    desk.is_sound()
