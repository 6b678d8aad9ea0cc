"""What clocks alone bring about: each step at its true instant, once, whoever looks and however late."""

from __future__ import annotations

from cstrack.domain.clock import by_urgency
from cstrack.domain.decide import ending, flags, levels, talk, waiting
from cstrack.domain.events import RULE
from tests.support.spec import T0, Scene, days, did, given, hours, minutes, opened, until


def passing(scene: Scene, at: int) -> Scene:
    """Only time passes, up to `at`."""
    return scene.when(lambda _draft: None, at).accepted()


def test_one_second_before_its_limit_nothing_happens() -> None:
    passing(given(opened()), hours(24) - 1).then().stands(level=1)


def test_exactly_at_its_limit_a_level_hands_up() -> None:
    scene = passing(given(opened()), hours(24))
    scene.then("escalated", to=2, why="time-limit", owner=None, policy="dealer v1")
    scene.running("level", due=hours(72), since=hours(24)).stands(level=2, owner=None, handler="li")


def test_a_step_by_rule_is_nobodys_order() -> None:
    assert passing(given(opened()), hours(24)).events[0].cause == RULE


def test_p36_the_breach_is_at_the_due_instant_and_not_when_someone_looked() -> None:
    scene = given(opened(), until(hours(30)))
    first = next(clock for clock in scene.state.clocks if clock.kind == "level")
    assert (first.verdict, first.stopped_at, first.breach(T0 + days(9))) == (
        "breached",
        T0 + hours(24),
        T0 + hours(24),
    )


def test_p32_one_run_walks_all_levels_each_step_at_its_true_time() -> None:
    scene = passing(given(opened()), days(6) + 5)
    scene.then("escalated", "escalated", "limit-passed")
    assert [event.at - T0 for event in scene.events] == [hours(24), hours(72), hours(144)]


def test_p30_the_second_run_changes_nothing() -> None:
    passing(given(opened(), until(days(9))), days(9)).then()


def test_p50_the_mark_at_the_top_is_set_once_and_never_again() -> None:
    marked = given(opened(flags=("vip",)), until(days(3)))
    marked.then("limit-passed", level=3)
    passing(marked, days(30)).then()


def test_at_the_top_the_clock_runs_on_late() -> None:
    scene = given(opened(flags=("vip",)), until(days(3))).running("level", due=days(3))
    clock = scene.clock("level")
    assert (clock.breached_at, clock.verdict_at(T0 + days(4)), clock.left(T0 + days(4))) == (
        T0 + days(3),
        "breached",
        -days(1),
    )


def test_d08_every_order_first_takes_the_steps_that_were_due() -> None:
    scene = given(opened()).when(talk.note, hours(25), text="still nobody")
    scene.then("escalated", "noted")
    assert [event.at - T0 for event in scene.events] == [hours(24), hours(25)]


def test_an_order_typed_in_for_an_earlier_time_catches_up_to_that_time_only() -> None:
    given(opened()).when(talk.note, hours(23), typed=hours(30), text="told").then("noted").stands(level=1)


def test_d08_an_order_that_is_refused_takes_no_steps() -> None:
    before = given(opened())
    assert before.when(waiting.resume, hours(30)).refused("not-waiting").state == before.state


def test_p29_closed_and_withdrawn_cases_never_escalate() -> None:
    closed = given(opened(), did(ending.close, hours(1), outcome="withdrawn"))
    passing(closed, days(30)).then().stands(level=1)


def test_resolved_and_agreed_cases_never_escalate() -> None:
    for order in (ending.agree, ending.resolve):
        passing(given(opened(), did(order, hours(1), text="x")), days(30)).then()


def test_cases_without_level_clocks_never_escalate() -> None:
    passing(given(opened(kind="inquiry")), days(30)).then()


def test_p15_a_paused_case_does_not_escalate_until_what_was_left_is_used_up() -> None:
    scene = given(opened(), did(waiting.pause, hours(20), waiting_for="supplier", until=T0 + hours(60)))
    passing(scene, hours(60) - 1).then()
    passing(scene, hours(60)).then("resumed", why="pause-ended").running("level", due=hours(64))
    passing(scene, hours(64)).then("resumed", "escalated")


def test_a_pauses_end_is_dated_when_it_was_planned_and_nobodys_order() -> None:
    scene = given(opened(), did(waiting.pause, hours(2), waiting_for="customer", until=T0 + hours(4)))
    [ended] = passing(scene, hours(20)).events
    assert (ended.at - T0, ended.cause) == (hours(4), RULE)


def test_steps_come_in_order_of_time_across_pauses_and_levels() -> None:
    scene = given(
        opened(),
        did(levels.escalate, hours(1), text="asked"),
        did(waiting.pause, hours(2), waiting_for="third-party", until=T0 + hours(3)),
    )
    later = passing(scene, days(7))
    assert [(e.type, e.at - T0) for e in later.events] == [
        ("resumed", hours(3)),
        ("escalated", hours(50)),
        ("limit-passed", hours(122)),
    ]


def test_d20_a_case_given_down_after_its_time_goes_up_again_at_once() -> None:
    late = given(
        opened(flags=("vip",)), until(days(3)), did(levels.deescalate, days(4), text="a small matter")
    )
    late.running("level", due=days(3), since=days(4))
    late = passing(late, days(5))
    late.then("escalated", why="time-limit", to=3)
    assert late.events[0].at - T0 == days(4)


def test_p25_no_clock_hides_another() -> None:
    scene = given(opened(channel="web", flags=("vip",)))
    kinds = [clock.kind for clock in by_urgency(scene.state.clocks)]
    assert kinds == ["first-response", "plan", "next-update", "level"]


def test_p25_answering_the_first_leaves_the_others_in_the_list() -> None:
    scene = given(opened(channel="web"), did(talk.contact, minutes(5), direction="out", text="hello"))
    assert [clock.kind for clock in by_urgency(scene.state.clocks)] == ["plan", "level"]


def test_the_clock_that_informs_only_is_in_no_list() -> None:
    scene = given(opened(), until(days(30)))
    assert "total" not in {clock.kind for clock in by_urgency(scene.state.clocks)}
    scene.running("total", due=days(3))


def test_a_flag_that_raises_a_late_case_finds_it_where_its_clocks_brought_it() -> None:
    scene = given(opened()).when(flags.flag, hours(30), flag="safety")
    scene.then("escalated", "flagged", "escalated", why="trigger", trigger="safety")
    assert [e.facts.get("to") for e in scene.events] == [2, None, 3]
