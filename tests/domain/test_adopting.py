"""Taking over old complaints: quiet about what is past, and the letters of outside bodies."""

from __future__ import annotations

from typing import Any

import pytest

from cstrack.domain.decide import adopting, ending, waiting
from tests.support.spec import T0, Scene, days, did, given, hours, opened

LETTER: dict[str, Any] = {"body": "cfpb", "ref": "3184", "received_at": T0, "limit": "15d"}


def adopted(typed: int, **words: Any) -> Scene:
    """A complaint received at T0 and taken over at `typed`."""
    return given(opened(channel="web", typed=typed, **words)).when(
        adopting.adopt, 0, typed=typed, preset="cfpb"
    )


def test_p33_what_is_past_when_a_case_is_taken_over_is_void_from_the_start() -> None:
    scene = adopted(days(400)).then("adopted", preset="cfpb")
    assert {(clock.verdict, clock.stopped_at) for clock in scene.state.clocks} == {("void", T0)}


def test_p33_an_adopted_case_raises_no_alarm() -> None:
    adopted(days(400)).when(lambda _draft: None, days(800)).then()


def test_a_clock_whose_time_is_still_to_come_runs_on() -> None:
    scene = adopted(hours(30)).running("total", due=hours(72), since=0)
    assert {clock.kind for clock in scene.state.clocks if clock.running} == {"total"}


def test_a_fresh_case_is_taken_over_whole() -> None:
    scene = adopted(hours(1)).then("adopted")
    assert all(clock.running for clock in scene.state.clocks)


def test_ending_an_adopted_case_leaves_what_is_void() -> None:
    scene = adopted(days(400)).when(ending.resolve, days(3), typed=days(400), text="explained")
    assert {clock.verdict for clock in scene.accepted().state.clocks} == {"void"}


def test_a_letter_runs_from_its_own_receipt_on_its_own_limit() -> None:
    scene = given(opened()).when(adopting.add_outside, 60, **{**LETTER, "received_at": T0 - days(1)})
    scene.then("outside-added", body="cfpb", ref="3184").running("outside", due=days(14), since=-days(1))
    assert scene.clock("outside").name == "cfpb"


def test_a_letters_clock_never_waits() -> None:
    scene = given(opened(), did(adopting.add_outside, 60, **LETTER))
    scene.when(waiting.pause, hours(1), waiting_for="third-party").accepted().running("outside", due=days(15))


@pytest.mark.parametrize(("at", "verdict"), [(days(15) - 1, "met"), (days(15), "breached")])
def test_our_reply_is_judged_by_its_time(at: int, verdict: str) -> None:
    scene = given(opened(), did(adopting.add_outside, 60, **LETTER))
    scene.when(adopting.answer_outside, at, body="cfpb", ref="3184").stopped("outside", verdict, at=at)


def test_the_bodys_own_verdict_stands_where_the_time_of_the_reply_is_not_known() -> None:
    scene = given(opened(), did(adopting.add_outside, 60, **LETTER))
    scene = scene.when(
        adopting.answer_outside, hours(1), body="cfpb", ref="3184", verdict="breached", dated="source-none"
    )
    scene.then("outside-answered", dated="source-none").stopped("outside", "breached")


def test_a_letter_whose_time_was_past_when_it_was_taken_over_is_void() -> None:
    scene = given(opened(typed=days(20)))
    scene = scene.when(adopting.add_outside, 0, typed=days(20), adopted=True, **LETTER).accepted()
    scene.stopped("outside", "void", at=0)


def test_a_letter_that_came_to_this_desk_and_was_typed_in_late_is_late() -> None:
    scene = given(opened(typed=days(20))).when(adopting.add_outside, 0, typed=days(20), **LETTER)
    scene.accepted().running("outside", due=days(15))


def test_a_letter_still_to_be_answered_runs_on_when_it_is_taken_over() -> None:
    scene = given(opened(typed=days(10)))
    scene = scene.when(adopting.add_outside, 0, typed=days(10), adopted=True, **LETTER).accepted()
    scene.running("outside", due=days(15))


@pytest.mark.parametrize(
    ("order", "words"),
    [(adopting.add_outside, LETTER), (adopting.answer_outside, {"body": "x", "ref": None})],
)
def test_letters_come_after_the_opening(order: Any, words: dict[str, Any]) -> None:
    given(opened()).when(order, -1, typed=60, **words).refused("time-before-opening")
