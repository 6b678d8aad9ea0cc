"""Agreement, resolution, closing, reopening: which clocks are met, void or breached, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from cstrack.domain.decide import adopting, ending, levels, talk
from tests.support.spec import T0, Scene, contact_hours, days, did, given, hours, opened, until

OTHERWISE = ["no-agreement", "withdrawn", "unreachable", "invalid", "transferred"]


def ended(at: int = hours(10), **words: Any) -> Scene:
    """A case that was resolved at `at` and closed an hour later."""
    return given(
        opened(**{"channel": "web", **words}),
        did(ending.resolve, at, text="done"),
        did(ending.close, at + hours(1), outcome="satisfied"),
    )


@pytest.mark.parametrize("order", [ending.agree, ending.resolve])
@pytest.mark.parametrize("kind", ["first-response", "plan", "level"])
def test_d23_agreement_and_resolution_meet_plan_level_and_first_response(order: Any, kind: str) -> None:
    scene = given(opened(channel="web")).when(order, hours(5), text="x").accepted()
    scene.stopped(kind, "met", at=hours(5))


def test_d23_an_agreement_leaves_the_total_and_the_next_word_running() -> None:
    scene = given(opened(flags=("departments",))).when(ending.agree, hours(5), text="x").then("agreed")
    scene.running("total", due=hours(72)).running("next-update", due=contact_hours(0, 24))
    scene.stands(status="agreed", agreed_at=T0 + hours(5))


def test_a_resolution_meets_the_total() -> None:
    given(opened(), did(ending.resolve, hours(5), text="x")).stopped("total", "met", at=hours(5))


def test_p52_resolving_ends_the_clock_of_the_next_word() -> None:
    scene = given(opened(flags=("departments",)), did(ending.resolve, hours(5), text="x"))
    scene.stopped("next-update", "void", at=hours(5)).stands(resolved_at=T0 + hours(5))


def test_p52_a_word_that_was_late_when_the_case_was_resolved_stays_breached() -> None:
    scene = given(opened(flags=("vip",)), did(ending.resolve, hours(50), text="x"))
    scene.stopped("next-update", "breached", at=hours(50))


def test_what_is_late_is_breached_by_its_resolution() -> None:
    scene = given(opened(flags=("vip",)), did(ending.resolve, days(4), text="x"))
    scene.stopped("level", "breached", at=days(4)).stopped("plan", "breached").stopped("total", "breached")


def test_an_agreed_case_is_resolved_and_keeps_the_time_of_the_agreement() -> None:
    scene = given(opened(), did(ending.agree, hours(2), text="x")).when(ending.resolve, days(9), text="y")
    scene.then("resolved").stopped("level", "met", at=hours(2)).stopped("total", "breached", at=days(9))


def test_an_agreement_can_be_made_anew() -> None:
    scene = given(opened(), did(ending.agree, hours(2), text="x")).when(ending.agree, hours(3), text="y")
    scene.then("agreed").stopped("level", "met", at=hours(2)).stands(agreed_at=T0 + hours(3))


def test_a_resolution_on_the_spot_is_one_line() -> None:
    scene = given(opened(channel="phone")).when(ending.resolve, 0, text="tightened").then("resolved")
    assert {clock.verdict for clock in scene.state.clocks} == {"met"}


@pytest.mark.parametrize("order", [ending.agree, ending.resolve])
def test_what_is_resolved_is_not_resolved_again(order: Any) -> None:
    scene = given(opened(), did(ending.resolve, hours(5), text="x")).when(order, hours(6), text="y")
    scene.refused("already-resolved", status="resolved")


@pytest.mark.parametrize("order", [ending.agree, ending.resolve])
def test_d34_what_is_closed_is_not_resolved(order: Any) -> None:
    ended().when(order, hours(20), text="y").refused("case-closed")


@pytest.mark.parametrize("outcome", ["satisfied", "partial", *OTHERWISE])
def test_d34_a_resolved_case_is_closed_with_the_customers_word(outcome: str) -> None:
    scene = given(opened(), did(ending.resolve, hours(5), text="x"))
    scene.when(ending.close, hours(6), outcome=outcome).then("closed", outcome=outcome).stands(
        status="closed", outcome=outcome, closed_at=T0 + hours(6)
    )


def test_d34_a_bare_close_of_a_resolved_case_waits_for_its_callback() -> None:
    scene = given(opened(), did(ending.resolve, hours(5), text="x"))
    scene.when(ending.close, hours(6)).refused("close-needs-callback", resolved_at=T0 + hours(5))


@pytest.mark.parametrize("outcome", OTHERWISE)
def test_d34_a_case_may_end_otherwise(outcome: str) -> None:
    given(opened()).when(ending.close, hours(1), outcome=outcome).then("closed", outcome=outcome)


@pytest.mark.parametrize("outcome", [None, "satisfied", "partial"])
def test_d34_a_case_never_resolved_does_not_close_content(outcome: str | None) -> None:
    scene = given(opened()).when(ending.close, hours(1), outcome=outcome)
    scene.refused("close-needs-resolution", outcome=outcome, status="open")


def test_a_closed_case_is_not_closed_again() -> None:
    ended().when(ending.close, days(3), outcome="satisfied").refused("case-closed")


def test_closing_makes_void_what_still_runs() -> None:
    scene = given(opened(channel="web"), did(ending.close, hours(1), outcome="withdrawn"))
    assert {clock.verdict for clock in scene.state.clocks} == {"void"}


def test_closing_leaves_every_clock_that_was_answered() -> None:
    scene = given(
        opened(channel="web", flags=("departments",)),
        did(talk.contact, hours(1), direction="out", text="x"),
        did(talk.propose, hours(2), text="x", by=T0 + days(9)),
    )
    answered = [clock for clock in scene.state.clocks if not clock.running]
    assert [(clock.kind, clock.verdict) for clock in answered] == [
        ("first-response", "met"),
        ("plan", "met"),
        ("next-update", "met"),
    ]
    ways: list[tuple[Any, dict[str, Any]]] = [
        (ending.close, {"outcome": "withdrawn"}),
        (ending.resolve, {"text": "x"}),
    ]
    for order, words in ways:
        after = scene.when(order, hours(3), **words).accepted()
        assert [clock for clock in after.state.clocks if clock in answered] == answered


def test_p48_breaches_survive_closing() -> None:
    scene = given(opened(channel="web", flags=("vip",)), until(days(4)))
    scene = scene.when(ending.close, days(5), outcome="unreachable").accepted()
    assert {(clock.kind, clock.verdict) for clock in scene.state.clocks} == {
        ("first-response", "breached"),
        ("plan", "breached"),
        ("level", "breached"),
        ("total", "breached"),
        ("next-update", "breached"),
    }
    assert scene.clock("level").breach(T0 + days(400)) == T0 + days(3)


def test_an_outside_body_that_waits_for_our_reply_holds_closing() -> None:
    letter = {"body": "12315", "ref": "A-1", "received_at": T0, "limit": "15d"}
    scene = given(opened(), did(adopting.add_outside, 60, **letter), did(ending.resolve, hours(1), text="x"))
    scene.when(ending.close, hours(2), outcome="satisfied").refused("close-outside-unanswered", body="12315")
    answered = scene.when(adopting.answer_outside, hours(3), body="12315", ref="A-1").accepted()
    answered.stopped("outside", "met", at=hours(3))
    answered.when(ending.close, hours(4), outcome="satisfied").then("closed")


def test_p20_reopening_starts_a_new_cycle_with_a_live_clock() -> None:
    scene = ended().when(ending.reopen, days(5), text="noise is back").then("reopened", cycle=2)
    scene.running("level", due=days(6), since=days(5)).stands(status="open", cycle=2, level=1)
    assert scene.clock("level").cycle == 2


def test_p20_reopening_keeps_the_first_cycles_verdicts() -> None:
    before = ended().state.clocks
    after = ended().when(ending.reopen, days(5), text="x").accepted().state.clocks
    assert after[: len(before)] == before


def test_p20_no_clock_is_late_the_moment_a_case_is_reopened() -> None:
    scene = ended(flags=("vip",)).when(ending.reopen, days(300), text="x").accepted()
    now = T0 + days(300)
    assert [c.verdict_at(now) for c in scene.state.clocks if c.running] == ["open", "open"]


def test_d24_there_is_no_second_first_response_plan_or_total() -> None:
    scene = ended().when(ending.reopen, days(5), text="x").accepted()
    assert [clock.kind for clock in scene.state.clocks if clock.cycle == 2] == ["level"]


def test_d24_above_level_one_the_next_word_is_owed_again() -> None:
    scene = ended(flags=("vip",)).when(ending.reopen, days(5), text="x").accepted()
    scene.running("next-update", due=contact_hours(days(5), 24), since=days(5))
    scene.running("level", due=days(8))


def test_d24_the_times_of_the_first_ending_are_gone_and_the_opening_stays() -> None:
    scene = ended().when(ending.reopen, days(5), text="x").accepted()
    scene.stands(resolved_at=None, closed_at=None, outcome=None, opened_at=T0)


def test_a_resolved_case_is_reopened_before_it_was_closed() -> None:
    scene = given(opened(), did(ending.resolve, hours(5), text="x"))
    scene.when(ending.reopen, hours(6), text="not at all").then("reopened", cycle=2).stands(status="open")


def test_a_withdrawn_case_is_reopened_with_a_live_clock() -> None:
    scene = given(opened(), did(ending.close, hours(1), outcome="withdrawn"))
    scene.when(ending.reopen, days(2), text="x").accepted().running("level", due=days(3))


@pytest.mark.parametrize("steps", [(), (did(ending.agree, 60, text="x"),)])
def test_what_has_not_ended_is_not_reopened(steps: tuple[Any, ...]) -> None:
    given(opened(), *steps).when(ending.reopen, hours(1), text="x").refused("reopen-not-ended")


def test_p53_close_reopen_close_gives_two_cycles_each_with_its_verdict() -> None:
    scene = ended().when(ending.reopen, days(5), text="x").accepted()
    scene = scene.when(ending.resolve, days(5) + hours(30), text="y").accepted()
    scene = scene.when(ending.close, days(8), outcome="partial").accepted()
    found = [(c.cycle, c.level, c.verdict) for c in scene.state.clocks if c.kind == "level"]
    assert found == [(1, 1, "met"), (2, 1, "breached"), (2, 2, "met")]


def test_a_third_cycle_counts_on() -> None:
    scene = ended().when(ending.reopen, days(5), text="x").accepted()
    scene = scene.when(ending.close, days(5) + 60, outcome="invalid").accepted()
    scene.when(ending.reopen, days(6), text="y").then("reopened", cycle=3)


def test_a_case_resolved_before_a_word_that_was_typed_in_first_owed_none() -> None:
    scene = given(
        opened(flags=("departments",)),
        did(talk.contact, hours(6), direction="out", text="x"),
        did(ending.resolve, hours(4), text="done", typed=hours(7)),
    )
    words = [(c.started_at - T0, (c.stopped_at or 0) - T0, c.verdict) for c in scene.state.clocks[-2:]]
    assert words == [(0, hours(4), "void"), (hours(6), hours(6), "void")]


def test_an_answer_that_came_only_after_the_case_was_closed_answered_nothing() -> None:
    scene = given(
        opened(channel="web"),
        did(talk.contact, hours(6), direction="out", text="x"),
        did(ending.close, hours(4), outcome="withdrawn", typed=hours(7)),
    )
    scene.stopped("first-response", "void", at=hours(4))


def test_a_plan_met_later_was_met_by_the_resolution_that_came_before() -> None:
    scene = given(
        opened(),
        did(talk.propose, hours(30), text="x", by=T0 + days(9)),
    )
    scene.stopped("plan", "breached", at=hours(30))
    early = given(
        opened(flags=("vip",)),
        did(talk.propose, hours(30), text="x", by=T0 + days(9)),
        did(ending.agree, hours(20), typed=hours(31), text="y"),
    )
    early.stopped("plan", "met", at=hours(20))


def test_going_up_after_a_resolution_takes_a_reopening() -> None:
    ended().when(levels.escalate, days(1), text="x").refused("case-closed")
