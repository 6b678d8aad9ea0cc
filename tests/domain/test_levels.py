"""Up and down the levels: which clock stops how, which starts, and who may."""

from __future__ import annotations

from typing import Any

import pytest

from cstrack.domain.decide import ending, levels, talk, waiting
from tests.support.spec import T0, contact_hours, days, did, given, hours, opened, until


def test_p28_escalating_hands_over_a_whole_clock_while_age_counts_from_receipt() -> None:
    scene = given(opened()).when(levels.escalate, hours(20), text="no answer")
    scene.then("escalated", why="person", to=2, **{"from": 1})
    scene.running("level", due=hours(68), since=hours(20)).running("total", due=hours(72), since=0).stands(
        level=2, opened_at=T0
    )


def test_d20_in_time_the_old_clock_is_passed_on() -> None:
    scene = given(opened(), did(levels.escalate, hours(20), text="no answer"))
    first = next(clock for clock in scene.state.clocks if clock.kind == "level")
    assert (first.verdict, first.stopped_at) == ("passed", T0 + hours(20))


def test_d20_after_its_time_the_old_clock_is_breached() -> None:
    scene = given(opened(flags=("vip",)), until(days(3)), did(levels.deescalate, days(3), text="small"))
    first = next(clock for clock in scene.state.clocks if clock.kind == "level")
    assert first.verdict == "breached"


def test_a_hand_up_waits_for_its_new_owner_and_keeps_its_voice() -> None:
    scene = given(opened(), did(levels.escalate, 60, text="no answer"))
    scene.stands(owner=None, handler="li", first_contact="li")


def test_a_case_can_go_two_levels_up_at_once() -> None:
    scene = given(opened()).when(levels.escalate, 60, text="journalist", to=3)
    scene.then("escalated", to=3).running("level", due=days(3) + 60)


def test_d22_reaching_level_two_starts_the_clock_of_the_next_word() -> None:
    scene = given(opened(), did(levels.escalate, hours(5), text="x"))
    scene.running("next-update", due=contact_hours(hours(5), 24), since=hours(5))


def test_d22_reaching_level_three_leaves_the_clock_of_the_next_word_running() -> None:
    scene = given(opened(flags=("departments",)), did(levels.escalate, hours(5), text="x"))
    scene.running("next-update", due=contact_hours(0, 24), since=0)


def test_plan_and_total_are_never_reset_by_going_up_or_down() -> None:
    scene = given(
        opened(), did(levels.escalate, hours(5), text="x"), did(levels.deescalate, hours(6), text="y")
    )
    scene.running("plan", due=hours(24), since=0).running("total", due=hours(72), since=0)


def test_an_agreed_case_that_goes_up_is_in_work_again() -> None:
    scene = given(opened(), did(ending.agree, hours(1), text="x")).when(levels.escalate, hours(2), text="y")
    scene.then("escalated").stands(status="open").running("level", due=hours(50), since=hours(2))


def test_p16_a_pause_survives_going_up() -> None:
    scene = given(
        opened(),
        did(waiting.pause, hours(2), waiting_for="supplier", until=T0 + hours(10)),
        did(levels.escalate, hours(5), text="x"),
    )
    scene.stands(status="waiting").running("level", due=hours(58), since=hours(5))
    clock = scene.clock("level")
    assert (clock.paused_at, clock.paused_until) == (T0 + hours(5), T0 + hours(10))


def test_p16_resuming_after_going_up_gives_back_what_was_left_of_the_pause() -> None:
    scene = given(
        opened(),
        did(waiting.pause, hours(2), waiting_for="supplier", until=T0 + hours(10)),
        did(levels.escalate, hours(5), text="x"),
        did(waiting.resume, hours(6)),
    )
    scene.running("level", due=hours(54), since=hours(5))


def test_p16_the_clock_that_a_paused_case_leaves_behind_keeps_its_true_due_time() -> None:
    scene = given(
        opened(),
        did(waiting.pause, hours(2), waiting_for="supplier", until=T0 + hours(10)),
        did(levels.escalate, hours(5), text="x"),
    )
    first = next(clock for clock in scene.state.clocks if clock.kind == "level")
    assert (first.due_at, first.paused_until, first.verdict) == (T0 + hours(27), None, "passed")


def test_d20_going_down_keeps_the_old_due_time_where_it_is_earlier() -> None:
    scene = given(opened(flags=("departments",))).when(levels.deescalate, hours(40), text="small")
    scene.then("deescalated", to=1, **{"from": 2}).running("level", due=hours(48), since=hours(40))


def test_d20_going_down_takes_the_lower_levels_limit_where_that_is_earlier() -> None:
    scene = given(opened(flags=("departments",)), did(levels.deescalate, hours(2), text="small"))
    scene.running("level", due=hours(26), since=hours(2)).stands(owner="li")


def test_p26_going_down_ends_the_clock_that_no_longer_applies() -> None:
    scene = given(opened(flags=("departments",)), did(levels.deescalate, hours(2), text="small"))
    scene.stopped("next-update", "void", at=hours(2))


def test_p26_a_clock_that_no_longer_applies_stays_breached_where_its_time_had_come() -> None:
    scene = given(opened(flags=("vip",)), did(levels.deescalate, hours(50), text="small", to=1))
    scene.stopped("next-update", "breached", at=hours(50))


def test_going_down_one_level_of_three_keeps_the_clock_of_the_next_word() -> None:
    scene = given(opened(flags=("vip",)), did(levels.deescalate, hours(2), text="small"))
    scene.stands(level=2).running("next-update", due=contact_hours(0, 24), since=0)


def test_p16_going_down_while_waiting_leaves_exactly_what_was_left() -> None:
    scene = given(
        opened(flags=("departments",)),
        did(waiting.pause, hours(28), waiting_for="supplier", until=T0 + hours(70)),
        did(levels.deescalate, hours(30), text="small"),
    )
    scene.stands(status="waiting").running("level", due=hours(90), since=hours(30))
    scene.when(waiting.resume, hours(32)).accepted().running("level", due=hours(52))


def test_p15_going_down_while_waiting_never_lets_the_clock_run_out_in_the_pause() -> None:
    scene = given(
        opened(flags=("departments",)),
        did(waiting.pause, hours(2), waiting_for="supplier", until=T0 + hours(100)),
        did(levels.deescalate, hours(4), text="small"),
    )
    scene.running("level", due=hours(124), since=hours(4))
    scene.when(lambda _draft: None, hours(99)).then().stands(level=1, status="waiting")


def test_p15_a_clock_that_was_late_before_the_pause_stays_late_when_it_goes_down() -> None:
    scene = given(opened(flags=("vip",)), did(waiting.pause, hours(80), waiting_for="customer"))
    scene.when(levels.deescalate, hours(81), text="x").running("level", due=hours(72), since=hours(81))
    clock = scene.when(levels.deescalate, hours(81), text="x").clock("level")
    assert (clock.paused_at, clock.held_due) == (None, None)


def test_a_resolved_case_goes_down_without_a_clock() -> None:
    scene = given(opened(flags=("vip",)), did(ending.resolve, hours(1), text="x"))
    scene = scene.when(levels.deescalate, hours(2), text="y").then("deescalated").stands(status="resolved")
    assert not [clock for clock in scene.state.clocks if clock.running]


def test_a_crisis_goes_down_with_someone_elses_approval() -> None:
    scene = given(opened(flags=("crisis",)))
    scene.when(levels.deescalate, 60, text="x").refused("crisis-needs-approver")
    scene.when(levels.deescalate, 60, text="x", approved_by="li").refused("crisis-needs-approver")
    scene.when(levels.deescalate, 60, text="x", approved_by="zhao").then("deescalated", approved_by="zhao")


@pytest.mark.parametrize("words", [{}, {"to": 3}, {"to": 4}])
def test_there_is_no_level_above_the_top(words: dict[str, Any]) -> None:
    scene = given(opened(flags=("vip",))).when(levels.escalate, 60, text="x", **words)
    scene.refused("level-above-top", level=3, top=3)


def test_a_level_above_the_top_is_refused_from_anywhere() -> None:
    given(opened()).when(levels.escalate, 60, text="x", to=4).refused("level-above-top", to=4)


@pytest.mark.parametrize("to", [2, 1, 0])
def test_going_up_goes_up(to: int) -> None:
    scene = given(opened(flags=("departments",))).when(levels.escalate, 60, text="x", to=to)
    scene.refused("level-not-higher", level=2, to=to)


@pytest.mark.parametrize("to", [None, 0, 1, 2])
def test_there_is_no_level_below_the_lowest(to: int | None) -> None:
    given(opened()).when(levels.deescalate, 60, text="x", to=to).refused("level-below-bottom", bottom=1)


def test_a_level_below_the_lowest_is_refused_from_anywhere() -> None:
    scene = given(opened(flags=("vip",))).when(levels.deescalate, 60, text="x", to=0)
    scene.refused("level-below-bottom", to=0)


@pytest.mark.parametrize("to", [2, 3])
def test_going_down_goes_down(to: int) -> None:
    scene = given(opened(flags=("departments",))).when(levels.deescalate, 60, text="x", to=to)
    scene.refused("level-not-lower", level=2, to=to)


def test_no_level_works_on_a_resolved_case() -> None:
    scene = given(opened(), did(ending.resolve, hours(1), text="x"))
    scene.when(levels.escalate, hours(2), text="y").refused("escalate-resolved", status="resolved")


@pytest.mark.parametrize("order", [levels.escalate, levels.deescalate])
def test_d34_a_closed_case_stays_at_its_level(order: Any) -> None:
    scene = given(opened(), did(ending.close, hours(1), outcome="invalid"))
    scene.when(order, hours(2), text="y").refused("case-closed", closed_at=T0 + hours(1))


def test_p49_a_stopped_clocks_verdict_is_not_touched_by_later_levels() -> None:
    scene = given(opened(), until(hours(24)))
    before = [clock for clock in scene.state.clocks if not clock.running]
    later = scene
    for at, order in ((25, levels.escalate), (26, levels.deescalate), (27, ending.resolve)):
        later = later.when(order, hours(at), text="x").accepted()
    later = later.when(talk.note, hours(90), text="x").accepted()
    assert [clock for clock in later.state.clocks if clock in before] == before
