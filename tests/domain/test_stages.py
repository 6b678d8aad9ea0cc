"""The stages of the service flow: entered, left in time or late, checked, skipped, gone back to."""

from __future__ import annotations

from typing import Any

import pytest

from cstrack.domain import stage as flow
from cstrack.domain.decide import ending, levels, promises, stages, waiting
from cstrack.domain.stage import Stage
from tests.support.rules import clock, policy
from tests.support.spec import T0, Scene, days, did, follows, given, hours, minutes, opened

WORKING = [{"code": "look", "en": "look at it", "zh": "检查", "limit": "4wh", "calendar": "office"}]
DUE = T0 + hours(6)
PROMISED = did(promises.promise, 0, text="ready", due=DUE)


def enter(code: str, at: float, **words: Any) -> Any:
    """Entering a stage, so many minutes after T0."""
    return did(stages.enter, minutes(at), code=code, **words)


def try_(scene: Scene, code: str, at: float, **words: Any) -> Scene:
    return scene.when(stages.enter, minutes(at), code=code, **words)


def states(scene: Scene) -> list[str]:
    return [place.state for place in flow.flow(scene.policy, scene.state)]


# --- entering and leaving ---


def test_a_stage_has_the_time_standard_of_the_policy() -> None:
    scene = try_(given(opened()), "reception", 1, who="sun")
    scene.then("stage-entered", stage="reception", who="sun", policy="dealer v1")
    scene.running("stage", due=minutes(6), since=minutes(1)).stands(stage="reception")
    assert (scene.clock("stage").name, scene.clock("stage").limit) == ("reception", "5m")
    assert scene.state.stages == (Stage("reception", 1, T0 + minutes(1), "sun", clock=5),)


def test_a_stage_knows_its_clock() -> None:
    scene = given(opened(), enter("reception", 1), enter("execution", 2))
    first, second = scene.state.stages
    assert (flow.clock_of(scene.state, first), flow.clock_of(scene.state, second)) == (
        scene.clock("stage"),
        None,
    )


@pytest.mark.parametrize("typed", ["plan", "方案制定", " Plan "])
def test_a_stage_is_known_by_its_code_and_its_names(typed: str) -> None:
    try_(given(opened()), typed, 1).then("stage-entered", stage="plan")


def test_entering_the_next_stage_leaves_the_one_before() -> None:
    scene = try_(given(opened(), enter("reception", 1)), "record", 4, who="sun")
    scene.then("stage-left", "stage-entered", stage="record")
    assert [clock.verdict for clock in scene.state.clocks if clock.kind == "stage"] == ["met", None]
    scene.running("stage", due=minutes(19), since=minutes(4))
    first = scene.state.stages[0]
    assert (first.left_at, first.left_by, first.who, first.checked) == (T0 + minutes(4), "sun", "li", False)


@pytest.mark.parametrize("at", [6, 30])
def test_left_at_the_end_of_its_time_or_later_it_is_breached(at: int) -> None:
    scene = given(opened(), enter("reception", 1), enter("record", at))
    assert [one.verdict for one in scene.state.clocks if one.kind == "stage"] == ["breached", None]


def test_the_quality_check_of_the_stage_that_is_left_is_recorded() -> None:
    scene = try_(given(opened(), enter("reception", 1)), "record", 4, checked=True, text="by name")
    left, entered = scene.then("stage-left", "stage-entered").events
    assert (left.facts["checked"], left.words, entered.words) == (True, {"text": "by name"}, None)
    assert scene.state.stages[0].checked


def test_the_last_stage_is_left_without_entering_another() -> None:
    scene = given(opened(), enter("callback", 1)).when(stages.leave, hours(20), checked=True, text="x")
    scene.then("stage-left", stage="callback", who="li", checked=True).stopped("stage", "met", hours(20))
    scene.stands(stage=None)


def test_callback_has_three_days() -> None:
    given(opened(), enter("callback", 0)).running("stage", due=days(3))


def test_stages_may_be_left_out() -> None:
    scene = given(opened(), enter("reception", 0), enter("plan", 3))
    assert states(scene) == ["done", "skipped", "present", "to-come", "to-come"]


def test_going_back_has_a_reason_and_a_time_of_its_own() -> None:
    scene = try_(given(opened(), enter("plan", 0)), "record", 10, text="the noise is another one")
    left, entered = scene.then("stage-left", "stage-entered").events
    assert (left.words, entered.words) == (None, {"text": "the noise is another one"})
    scene.running("stage", due=minutes(25))
    assert states(scene) == ["skipped", "present", "to-come", "to-come", "to-come"]
    assert states(try_(scene, "plan", 20)) == ["skipped", "done", "present", "to-come", "to-come"]


def test_what_was_left_is_entered_again_with_a_reason() -> None:
    scene = given(opened(), enter("plan", 0), did(stages.leave, minutes(5)))
    try_(scene, "plan", 10).refused("stage-back", stage="plan", last_stage="plan")
    try_(scene, "plan", 10, text="he changed his mind").then("stage-entered")
    try_(scene, "execution", 10).then("stage-entered")


# --- execution: by the promised time ---


def test_execution_without_a_promise_has_no_clock() -> None:
    scene = try_(given(opened()), "execution", 0).then("stage-entered")
    assert scene.state.running("stage") is None
    assert scene.state.stages[0].clock is None


def test_execution_is_due_when_it_was_promised() -> None:
    later = did(promises.promise, 0, text="wash", due=T0 + hours(9))
    scene = given(opened(), later, PROMISED, enter("execution", 5)).running("stage", due=hours(6))
    assert (scene.clock("stage").name, scene.clock("stage").limit) == ("execution", "")


def test_a_promise_that_is_kept_or_broken_already_does_not_count() -> None:
    kept = did(promises.keep, minutes(5), n=1)
    assert given(opened(), PROMISED, kept, enter("execution", 10)).state.running("stage") is None
    assert given(opened(), PROMISED, enter("execution", 360)).state.running("stage") is None


def test_execution_is_due_at_the_time_that_was_given() -> None:
    given(opened(), PROMISED, enter("execution", 5, by=T0 + hours(4))).running("stage", due=hours(4))


def test_a_promise_that_moves_takes_the_stage_with_it() -> None:
    scene = given(opened(), PROMISED, enter("execution", 5))
    moved = did(promises.move, hours(1), n=1, due=T0 + hours(8), agreed=True, text="x")(scene)
    moved.running("stage", due=hours(8)).running("promise", due=hours(8))


def test_a_stage_with_a_time_of_its_own_stays_where_a_promise_moves() -> None:
    move = did(promises.move, hours(1), n=1, due=T0 + hours(8), agreed=True, text="x")
    given(opened(), PROMISED, enter("execution", 5, by=T0 + hours(4)), move).running("stage", due=hours(4))
    given(opened(), PROMISED, enter("callback", 5), move).running("stage", due=minutes(5) + days(3))


def test_p19_the_promised_time_of_a_stage_does_not_drift_with_pauses() -> None:
    pause = did(waiting.pause, hours(1), waiting_for="customer", until=T0 + hours(5))
    by = policy(clock("stage", pausable=["customer"]))
    scene = given(opened(), PROMISED, enter("execution", 5), pause, policy=by)
    scene.running("stage", due=hours(6))
    assert scene.clock("stage").paused_until is None


def test_a_new_level_leaves_the_promised_time_of_a_stage() -> None:
    up = did(levels.escalate, hours(1), text="x")
    given(opened(), PROMISED, enter("execution", 5), up).running("stage", due=hours(6))


# --- pauses, calendars, kinds ---


def test_a_stage_waits_where_the_policy_says_so() -> None:
    pause = did(waiting.pause, minutes(10), waiting_for="customer", until=T0 + minutes(70))
    given(opened(), enter("plan", 0), pause).running("stage", due=minutes(30))
    by = policy(clock("stage", pausable=["customer"]))
    given(opened(), enter("plan", 0), pause, policy=by).running("stage", due=minutes(90))


def test_a_stage_counts_on_its_own_calendar() -> None:
    by = policy({"stages": WORKING})
    scene = given(opened(), enter("look", 6 * 60), policy=by)  # 15:00; the office closes at 17:00
    scene.running("stage", due=days(1) + hours(2))
    assert scene.clock("stage").calendar == "office"


def test_a_stage_without_a_calendar_counts_on_that_of_the_desk() -> None:
    bare = [{key: value for key, value in WORKING[0].items() if key != "calendar"}]
    by = policy({"stages": bare, "calendar": "office"})
    given(opened(), enter("look", 6 * 60), policy=by).running("stage", due=days(1) + hours(2))


def test_only_complaints_run_the_clock_but_every_case_has_stages() -> None:
    scene = given(opened(kind="inquiry"), enter("reception", 0), enter("execution", 5, by=DUE))
    scene.stands(stage="execution")
    assert not [one for one in scene.state.clocks if one.kind == "stage"]


def test_a_policy_without_the_clock_has_stages_without_time() -> None:
    scene = given(opened(), enter("plan", 0), policy=policy(without=("clocks.stage",)))
    assert scene.state.running("stage") is None


def test_a_new_level_leaves_the_stage_as_it_is() -> None:
    given(opened(), enter("plan", 0), did(levels.escalate, 60, text="x")).running("stage", due=minutes(30))


# --- the end of the case ---


def test_resolving_leaves_the_stage_that_it_carries_out() -> None:
    scene = given(opened(), enter("execution", 0, by=DUE)).when(ending.resolve, hours(5), text="x")
    scene.then("stage-left", "resolved").stopped("stage", "met", hours(5)).stands(stage=None)


def test_resolving_late_the_stage_is_breached() -> None:
    scene = given(opened(), enter("plan", 0)).when(ending.resolve, hours(1), text="x")
    scene.then("stage-left", "resolved").stopped("stage", "breached", hours(1))


def test_the_last_stage_goes_on_after_the_resolution() -> None:
    scene = given(opened(), enter("callback", 0)).when(ending.resolve, hours(1), text="x").then("resolved")
    scene.running("stage", due=days(3)).stands(stage="callback")


def test_a_stage_that_the_policy_has_no_more_is_left_by_the_resolution() -> None:
    scene = given(opened(), enter("callback", 0), follows(policy({"stages": []}), hours(1)))
    scene.when(ending.resolve, hours(2), text="x").then("stage-left", "resolved", stage=None)


def test_a_resolved_case_enters_the_last_stage_only() -> None:
    resolved = given(opened(), enter("plan", 0), did(ending.resolve, minutes(5), text="x"))
    try_(resolved, "execution", 10).refused(
        "stage-after-resolution", stage="execution", last_stage="callback"
    )
    scene = try_(resolved, "callback", 10).then("stage-entered").running("stage", due=minutes(10) + days(3))
    assert states(scene) == ["skipped", "skipped", "done", "skipped", "present"]


@pytest.mark.parametrize(("at", "verdict"), [(1, "void"), (4, "breached")])
def test_closing_ends_the_stage_that_lasts(at: int, verdict: str) -> None:
    resolved = given(opened(), did(ending.resolve, 0, text="x"), enter("callback", 0))
    scene = resolved.when(ending.close, days(at), outcome="satisfied").then("closed")
    scene.stopped("stage", verdict, days(at)).stands(stage=None)
    assert scene.state.stages[-1]._replace(clock=0) == Stage("callback", 1, T0, "li", 0, T0 + days(at))
    assert states(scene)[-1] == "ended"


def test_p53_a_reopened_case_has_a_new_cycle_of_stages() -> None:
    resolved = given(opened(), enter("plan", 0), did(ending.resolve, 60, text="x"), enter("callback", 2))
    again = resolved.when(ending.reopen, minutes(5), text="x").then("reopened")
    again.stopped("stage", "void", minutes(5)).stands(stage=None)
    assert states(again) == ["to-come"] * 5
    scene = try_(again, "reception", 6).then("stage-entered").running("stage", due=minutes(11))
    assert (scene.clock("stage").cycle, scene.state.stages[-1].cycle) == (2, 2)
    assert [one.cycle for one in scene.state.stages] == [1, 1, 2]


def test_reopening_late_the_callback_stage_was_breached() -> None:
    resolved = given(opened(), did(ending.resolve, 60, text="x"), enter("callback", 2))
    resolved.when(ending.reopen, days(4), text="x").accepted().stopped("stage", "breached", days(4))


# --- another policy ---


def test_a_stage_of_an_earlier_policy_is_shown_before_those_of_the_new_one() -> None:
    scene = given(opened(), enter("plan", 0), follows(policy({"stages": WORKING}), 60))
    places = flow.flow(scene.policy, scene.state)
    assert [(place.entry["code"], place.state) for place in places] == [
        ("plan", "present"),
        ("look", "to-come"),
    ]
    try_(scene, "look", 5).then("stage-left", "stage-entered")


# --- refused ---


def test_the_stage_that_it_is_in_cannot_be_entered() -> None:
    told = try_(given(opened(), enter("plan", 1)), "plan", 5, text="x")
    told.refused("stage-already", stage="plan", entered_at=T0 + minutes(1))


def test_going_back_needs_a_reason() -> None:
    told = try_(given(opened(), enter("plan", 1)), "record", 5)
    told.refused("stage-back", stage="record", last_stage="plan")


def test_an_unknown_stage_is_refused_with_the_nearest_one() -> None:
    told = try_(given(opened()), "recption", 1)
    told.refused("choice-unknown", 2, near="reception", option="CODE", value="recption")


@pytest.mark.parametrize("order", [stages.leave, stages.enter])
def test_what_was_not_entered_is_neither_left_nor_checked(order: Any) -> None:
    words: dict[str, Any] = {"code": "plan"} if order is stages.enter else {}
    given(opened()).when(order, 60, checked=True, **words).refused("stage-not-entered", number=1)


def test_a_policy_without_stages_says_so() -> None:
    told = try_(given(opened(), policy=policy({"stages": []})), "plan", 1)
    told.refused("stages-none", policy="dealer v2")


def test_a_stage_with_a_time_standard_takes_no_other_time() -> None:
    told = try_(given(opened()), "plan", 1, by=DUE)
    told.refused("stage-limited", stage="plan", standard="30m")


@pytest.mark.parametrize("by", [T0, T0 + minutes(5)])
def test_the_promised_time_lies_ahead(by: int) -> None:
    told = try_(given(opened()), "execution", 5, by=by)
    told.refused("stage-by-passed", by_at=by, at=T0 + minutes(5))


@pytest.mark.parametrize("order", [stages.leave, stages.enter])
def test_d34_a_closed_case_has_no_stage_to_enter_or_leave(order: Any) -> None:
    words: dict[str, Any] = {"code": "plan"} if order is stages.enter else {}
    closed = given(opened(), did(ending.close, 60, outcome="withdrawn"))
    closed.when(order, 120, **words).refused("case-closed")


def test_d09_a_stage_changes_the_case_and_nothing_of_that_kind_comes_before_it() -> None:
    scene = given(opened(), enter("plan", 10))
    scene.when(stages.enter, minutes(5), typed=minutes(20), code="execution").refused("time-before-change")
    scene.when(levels.escalate, minutes(5), typed=minutes(20), text="x").refused("time-before-change")


@pytest.mark.parametrize(("at", "code"), [(60, "time-in-future"), (-60, "time-before-opening")])
def test_a_stage_is_entered_between_the_opening_and_now(at: int, code: str) -> None:
    given(opened()).when(stages.enter, at, typed=0, code="plan").refused(code)
