"""What is typed in later than it happened: allowed where it changes no state, judged by when it happened."""

from __future__ import annotations

from typing import Any

import pytest

from cstrack.domain.decide import ending, flags, levels, people, talk, waiting
from cstrack.domain.evolve import fold
from tests.support.spec import T0, Scene, contact_hours, days, did, given, hours, opened

STATE = [
    (levels.escalate, {"text": "x"}),
    (levels.deescalate, {"text": "x"}),
    (people.assign, {"owner": "wang"}),
    (waiting.pause, {"waiting_for": "customer"}),
    (ending.agree, {"text": "x"}),
    (ending.resolve, {"text": "x"}),
    (ending.close, {"outcome": "withdrawn"}),
    (flags.flag, {"flag": "safety"}),
]
WORDS = [
    (talk.note, {"text": "x"}),
    (talk.contact, {"direction": "in", "text": "x"}),
    (talk.contact, {"direction": "out", "text": "x"}),
    (talk.propose, {"text": "x", "by": T0 + days(9)}),
    (talk.correct, {"seq": 1, "text": "x"}),
    (flags.unflag, {"flag": "departments", "text": "x"}),
]


def changed_at(at: int) -> Scene:
    """A case of level two whose last change of state was at `at`."""
    return given(opened(channel="web", flags=("departments",)), did(people.assign, at, owner="zhou"))


@pytest.mark.parametrize(("order", "words"), STATE)
def test_d09_what_changes_state_comes_after_the_last_change(order: Any, words: dict[str, Any]) -> None:
    scene = changed_at(hours(5)).when(order, hours(5) - 1, typed=hours(6), **words)
    scene.refused(
        "time-before-change", changed_at=T0 + hours(5), changed_by="assigned", changed_seq=2, number=1
    )


@pytest.mark.parametrize(("order", "words"), STATE)
def test_d09_what_changes_state_may_be_typed_in_later(order: Any, words: dict[str, Any]) -> None:
    changed_at(hours(5)).when(order, hours(5), typed=hours(9), **words).accepted()


@pytest.mark.parametrize(("order", "words"), WORDS)
def test_d09_words_go_anywhere_since_the_opening(order: Any, words: dict[str, Any]) -> None:
    changed_at(hours(5)).when(order, 0, typed=hours(9), **words).accepted()


@pytest.mark.parametrize(("order", "words"), [*STATE, *WORDS])
def test_nothing_lies_before_the_opening(order: Any, words: dict[str, Any]) -> None:
    scene = changed_at(hours(5)).when(order, -1, typed=hours(9), **words)
    scene.refused("time-before-opening", at=T0 - 1, opened_at=T0)


@pytest.mark.parametrize(("order", "words"), [*STATE, *WORDS])
def test_nothing_lies_in_the_future(order: Any, words: dict[str, Any]) -> None:
    scene = changed_at(hours(5)).when(order, hours(6) + 1, typed=hours(6), **words)
    scene.refused("time-in-future", at=T0 + hours(6) + 1, now=T0 + hours(6))


@pytest.mark.parametrize(("at", "code"), [(hours(4), "time-before-change"), (hours(7), "time-in-future")])
def test_d09_resuming_and_reopening_come_after_the_last_change_and_not_in_the_future(
    at: int, code: str
) -> None:
    waits = given(opened(), did(waiting.pause, hours(5), waiting_for="customer"))
    waits.when(waiting.resume, at, typed=hours(6)).refused(code)
    done = given(opened(), did(ending.resolve, hours(5), text="x"))
    done.when(ending.reopen, at, typed=hours(6), text="x").refused(code)


def test_a_first_answer_typed_in_later_is_judged_by_when_it_was_given() -> None:
    scene = given(opened(channel="web", flags=("vip",)))
    scene = scene.when(talk.contact, hours(23), typed=hours(30), direction="out", text="x").accepted()
    scene.stopped("first-response", "met", at=hours(23))


def test_an_earlier_answer_typed_in_later_still_counts_as_the_first() -> None:
    scene = given(
        opened(channel="web", flags=("vip",)), did(talk.contact, hours(25), direction="out", text="second")
    )
    scene.stopped("first-response", "breached")
    scene = scene.when(talk.contact, hours(1), typed=hours(26), direction="out", text="first").accepted()
    scene.stopped("first-response", "met", at=hours(1))


def test_a_later_answer_does_not_replace_the_first() -> None:
    scene = given(opened(channel="web"), did(talk.contact, hours(1), direction="out", text="first"))
    scene = scene.when(talk.contact, hours(2), direction="out", text="second").accepted()
    scene.stopped("first-response", "met", at=hours(1))


def test_a_plan_offered_earlier_and_typed_in_later_was_in_time() -> None:
    scene = given(opened(flags=("vip",)), did(talk.propose, hours(30), text="x", by=T0 + days(3)))
    scene = scene.when(talk.propose, hours(20), typed=hours(31), text="y", by=T0 + days(2)).accepted()
    scene.stopped("plan", "met", at=hours(20))


def test_a_word_typed_in_between_two_others_answers_the_clock_that_ran_then() -> None:
    scene = given(
        opened(flags=("departments",)),
        did(talk.contact, hours(30), direction="out", text="second"),
    )
    scene = scene.when(talk.contact, hours(20), typed=hours(31), direction="out", text="first").accepted()
    words = [c for c in scene.state.clocks if c.kind == "next-update"]
    assert [(c.started_at - T0, (c.stopped_at or 0) - T0, c.verdict) for c in words if not c.running] == [
        (0, hours(20), "met"),
        (hours(20), hours(30), "met"),
    ]
    scene.running("next-update", due=contact_hours(hours(30), 24), since=hours(30))


def test_a_silence_is_not_lost_by_a_word_typed_in_before_it() -> None:
    scene = given(opened(flags=("vip",)), did(talk.contact, hours(60), direction="out", text="second"))
    scene = scene.when(talk.contact, hours(2), typed=hours(61), direction="out", text="first").accepted()
    silence = next(c for c in scene.state.clocks if c.kind == "next-update" and c.started_at == T0 + hours(2))
    assert (silence.verdict, silence.due_at) == ("breached", T0 + contact_hours(hours(2), 24))
    assert silence.stopped_at == T0 + hours(60)


def test_a_word_from_before_the_clock_of_the_next_word_began_leaves_it() -> None:
    scene = given(opened(), did(levels.escalate, hours(5), text="x"))
    scene = scene.when(talk.contact, hours(2), typed=hours(6), direction="out", text="x").accepted()
    scene.running("next-update", due=contact_hours(hours(5), 24), since=hours(5))


def test_the_customers_word_from_before_the_pause_does_not_end_it() -> None:
    scene = given(opened(), did(waiting.pause, hours(5), waiting_for="customer"))
    scene = scene.when(talk.contact, hours(4), typed=hours(6), direction="in", text="x")
    scene.then("contacted").stands(status="waiting")


def test_the_customers_word_ends_the_pause_no_earlier_than_the_last_change() -> None:
    scene = given(
        opened(),
        did(waiting.pause, hours(5), waiting_for="customer"),
        did(levels.escalate, hours(8), text="x"),
    )
    scene = scene.when(talk.contact, hours(6), typed=hours(9), direction="in", text="here")
    scene.then("contacted", "resumed")
    assert scene.events[1].at == T0 + hours(8)
    scene.running("level", due=hours(56), since=hours(8))


def test_a_history_cut_at_a_moment_leaves_out_what_it_does_not_know() -> None:
    scene = given(
        opened(flags=("departments",)),
        did(talk.contact, hours(6), direction="out", text="x"),
        did(ending.resolve, hours(4), text="done", typed=hours(7)),
    )
    then = fold(1, [event for event in scene.history if event.at <= T0 + hours(5)])
    assert then.status == "resolved"
    assert not [clock for clock in then.clocks if clock.running]


def test_a_case_opened_later_than_its_first_word_is_refused_that_word() -> None:
    given(opened(hours(2))).when(talk.note, hours(1), typed=hours(3), text="x").refused("time-before-opening")
