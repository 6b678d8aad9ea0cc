"""Pauses: what they move, what they never hide, how they end."""

from __future__ import annotations

from typing import Any

import pytest

from cstrack.domain.decide import ending, flags, talk, waiting
from tests.support.spec import T0, Scene, contact_hours, days, did, given, hours, minutes, opened, until


def paused(at: int = hours(5), *, end: int = hours(20), waiting_for: str = "supplier", **words: Any) -> Scene:
    """A case that waits from `at` to `end`."""
    pause = did(waiting.pause, at, waiting_for=waiting_for, until=T0 + end)
    return given(opened(**{"channel": "web", **words}), pause)


def test_a_pause_moves_the_level_clock_by_its_planned_length_at_once() -> None:
    scene = paused().running("level", due=hours(39), since=0).stands(status="waiting")
    clock = scene.clock("level")
    assert (clock.state(T0 + hours(6)), clock.left(T0 + hours(6))) == ("paused", hours(19))


def test_p15_after_resume_exactly_what_was_left_is_left() -> None:
    scene = paused().when(waiting.resume, hours(12)).then("resumed", why="hand").stands(status="open")
    scene.running("level", due=hours(31))
    assert scene.clock("level").left(T0 + hours(12)) == hours(19)


def test_p15_a_pause_of_an_old_history_that_says_no_held_time_ends_as_well() -> None:
    state = paused().state
    old = state._replace(clocks=tuple(clock._replace(held_due=None) for clock in state.clocks))
    given(old).when(waiting.resume, hours(12)).accepted().running("level", due=hours(31))


def test_p15_a_paused_clock_is_not_overdue_however_long_it_waits() -> None:
    clock = paused(end=hours(70)).clock("level")
    assert clock.verdict_at(T0 + hours(69)) == "open"


def test_first_response_and_total_never_pause() -> None:
    paused(waiting_for="customer").running("first-response", due=hours(24)).running("total", due=hours(72))


@pytest.mark.parametrize(("kind", "due"), [("plan", hours(39)), ("next-update", contact_hours(0, 24 + 6))])
def test_waiting_for_the_customer_pauses_what_he_must_answer(kind: str, due: int) -> None:
    """From Monday 14:00 to Tuesday 05:00: fifteen hours, six of them before 20:00."""
    scene = paused(waiting_for="customer", flags=("departments",))
    scene.running(kind, due=due)


@pytest.mark.parametrize(("kind", "due"), [("plan", hours(24)), ("next-update", contact_hours(0, 24))])
@pytest.mark.parametrize("waiting_for", ["supplier", "third-party"])
def test_waiting_for_others_does_not_excuse_silence(kind: str, due: int, waiting_for: str) -> None:
    paused(waiting_for=waiting_for, flags=("departments",)).running(kind, due=due)


def test_a_word_during_the_pause_starts_a_clock_that_waits_as_well() -> None:
    scene = paused(waiting_for="customer", flags=("departments",))
    scene = scene.when(talk.contact, hours(8), direction="out", text="any news?").accepted()
    scene.running("next-update", due=contact_hours(hours(8), 24 + 3), since=hours(8))
    scene = scene.when(waiting.resume, hours(10)).accepted()
    scene.running("next-update", due=contact_hours(hours(8), 24 + 2))


def test_a_word_while_waiting_for_the_supplier_starts_a_clock_that_runs() -> None:
    scene = paused(waiting_for="supplier", flags=("departments",))
    scene = scene.when(talk.contact, hours(10), direction="out", text="not yet").accepted()
    scene.running("next-update", due=contact_hours(hours(10), 24), since=hours(10))


def test_d21_a_pause_does_not_hide_a_clock_that_is_late_already() -> None:
    scene = given(opened(flags=("vip",)), until(days(3)))
    scene = scene.when(waiting.pause, days(4), waiting_for="customer").then("paused")
    scene.running("level", due=days(3)).running("plan", due=hours(24))


def test_d21_without_an_end_a_pause_lasts_as_long_as_its_level_allows() -> None:
    scene = given(opened()).when(waiting.pause, hours(1), waiting_for="customer")
    scene.then("paused", until=T0 + hours(1) + days(3), waiting_for="customer")


@pytest.mark.parametrize(
    ("words", "cap"), [({}, 3), ({"flags": ("repeated",)}, 7), ({"flags": ("vip",)}, 14)]
)
def test_each_level_has_its_own_cap(words: dict[str, Any], cap: int) -> None:
    scene = given(opened(**words))
    longest = T0 + hours(1) + days(cap)
    scene.when(waiting.pause, hours(1), waiting_for="supplier", until=longest).then("paused")
    scene.when(waiting.pause, hours(1), waiting_for="supplier", until=longest + 1).refused(
        "pause-too-long", latest_at=longest, cap=f"{cap}d"
    )


@pytest.mark.parametrize("end", [hours(1), hours(0.5)])
def test_a_pause_that_ends_before_it_begins_is_refused(end: int) -> None:
    scene = given(opened()).when(waiting.pause, hours(1), waiting_for="customer", until=T0 + end)
    scene.refused("pause-ends-before", until_at=T0 + end, at=T0 + hours(1))


def test_a_case_waits_once_at_a_time() -> None:
    paused().when(waiting.pause, hours(6), waiting_for="customer").refused(
        "already-waiting", until_at=T0 + hours(20)
    )


@pytest.mark.parametrize("order", [ending.agree, ending.resolve])
def test_only_work_in_progress_can_wait(order: Any) -> None:
    scene = given(opened(), did(order, hours(1), text="x"))
    scene.when(waiting.pause, hours(2), waiting_for="customer").refused("pause-not-open")


def test_a_crisis_does_not_wait() -> None:
    scene = given(opened(flags=("crisis",)))
    scene.when(waiting.pause, hours(2), waiting_for="customer").refused("pause-in-crisis")


def test_a_crisis_that_was_taken_away_may_wait() -> None:
    scene = given(
        opened(flags=("crisis",)), did(flags.unflag, 60, flag="crisis", text="settled", approved_by="zhao")
    )
    scene.when(waiting.pause, hours(2), waiting_for="customer").then("paused")


def test_what_does_not_wait_is_not_resumed() -> None:
    given(opened()).when(waiting.resume, 60).refused("not-waiting", status="open")


def test_after_its_planned_end_a_pause_is_over_by_itself() -> None:
    paused().when(waiting.resume, hours(21)).refused("not-waiting")


@pytest.mark.parametrize("order", [waiting.pause, waiting.resume])
def test_d34_a_closed_case_neither_waits_nor_resumes(order: Any) -> None:
    words: dict[str, Any] = {"waiting_for": "customer"} if order is waiting.pause else {}
    scene = given(opened(), did(ending.close, 60, outcome="invalid"))
    scene.when(order, 120, **words).refused("case-closed")


def test_two_pauses_add_up() -> None:
    scene = given(
        opened(),
        did(waiting.pause, hours(2), waiting_for="customer"),
        did(waiting.resume, hours(5)),
        did(waiting.pause, hours(6), waiting_for="supplier"),
        did(waiting.resume, hours(10)),
    )
    scene.running("level", due=hours(31)).running("plan", due=hours(27))
    assert [(p.start - T0, p.end - T0, p.waiting_for) for p in scene.state.pauses] == [
        (hours(2), hours(5), "customer"),
        (hours(6), hours(10), "supplier"),
    ]


def test_a_second_pause_leaves_alone_what_the_first_one_moved() -> None:
    scene = given(
        opened(),
        did(waiting.pause, hours(2), waiting_for="customer"),
        did(waiting.resume, hours(3)),
        did(waiting.pause, hours(4), waiting_for="supplier"),
    )
    assert (scene.clock("plan").due_at - T0, scene.clock("plan").paused_until) == (hours(25), None)


@pytest.mark.parametrize(
    ("order", "words", "why"),
    [
        (ending.agree, {"text": "x"}, "agreed"),
        (ending.resolve, {"text": "x"}, "resolved"),
        (ending.close, {"outcome": "unreachable"}, "closed"),
    ],
)
def test_p17_what_ends_a_waiting_case_ends_its_pause_first(order: Any, words: Any, why: str) -> None:
    scene = paused().when(order, hours(12), **words)
    scene.then("resumed", why).stands(status=why)
    assert scene.events[0].facts["why"] == why


def test_p17_used_time_leaves_the_pause_out() -> None:
    scene = paused(end=hours(50)).when(ending.resolve, hours(40), text="x").accepted()
    scene.stopped("level", "met", at=hours(40))
    assert scene.clock("level").left(T0 + hours(40)) == hours(19)


def test_a_pause_that_was_typed_in_later_leaves_a_word_said_meanwhile_its_whole_time() -> None:
    scene = given(
        opened(flags=("departments",)),
        did(talk.contact, hours(5), direction="out", text="x"),
        did(waiting.pause, hours(3), waiting_for="customer", until=T0 + hours(13), typed=hours(6)),
    )
    scene.running("next-update", due=contact_hours(hours(5), 24 + 6), since=hours(5))
    scene = scene.when(waiting.resume, hours(4), typed=hours(7)).accepted()
    scene.running("next-update", due=contact_hours(hours(5), 24))


@pytest.mark.parametrize("end", [4, 5])
def test_a_pause_over_before_a_word_was_said_does_not_touch_its_clock(end: int) -> None:
    scene = given(
        opened(flags=("departments",)),
        did(talk.contact, hours(5), direction="out", text="x"),
        did(waiting.pause, hours(3), waiting_for="customer", until=T0 + hours(end), typed=hours(6)),
    )
    scene.running("next-update", due=contact_hours(hours(5), 24), since=hours(5))
    assert scene.clock("next-update").paused_until is None


def test_a_word_typed_in_for_before_the_pause_is_judged_without_it() -> None:
    scene = paused(hours(5), waiting_for="customer", flags=("departments",))
    scene = scene.when(talk.contact, hours(4), typed=hours(6), direction="out", text="x").accepted()
    word = next(clock for clock in scene.state.clocks if clock.kind == "next-update")
    assert (word.verdict, word.due_at) == ("met", T0 + contact_hours(0, 24))
    scene.running("next-update", due=contact_hours(hours(4), 24 + 6), since=hours(4))


def test_a_pause_that_begins_after_a_clock_ran_out_does_not_bring_it_back() -> None:
    scene = paused(hours(55), end=hours(65), waiting_for="customer", flags=("vip",))
    scene = scene.when(talk.contact, minutes(5), typed=hours(56), direction="out", text="x").accepted()
    scene.running("next-update", due=contact_hours(minutes(5), 24), since=minutes(5))
    assert scene.clock("next-update").paused_until is None
