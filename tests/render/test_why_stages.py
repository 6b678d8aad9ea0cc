"""`why` of a stage and of a customer who waits: what each counts from, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cstrack.domain.decide import on_site, promises, stages, talk
from cstrack.render.why_object import why_object
from tests.support.garage import block, drawn, explained, last
from tests.support.rules import clock, policy
from tests.support.spec import T0, days, did, given, hours, minutes, opened

if TYPE_CHECKING:
    from tests.support.spec import Scene

ARRIVED = did(on_site.arrive, minutes(10), expected=T0 + minutes(60))


def lines(scene: Scene, at: int, begins: str) -> list[str]:
    return block(drawn(explained(scene), at), begins)


def word(at: int) -> Any:
    return did(talk.contact, at, direction="out", text="x")


def test_the_first_word_counts_from_the_expected_time() -> None:
    assert lines(given(opened(), ARRIVED), minutes(20), "waiting on site")[:5] == [
        "waiting on site 15 min · from the time that was expected · policy dealer v1",
        "  starts   Mon 16 Nov 09:10  customer on site, expected Mon 16 Nov 10:00",
        "  counts   Mon 16 Nov 10:00  the time that was expected",
        "  + limit  Mon 16 Nov 10:15  15 min, calendar hours",
        "  = due    Mon 16 Nov 10:15  in 55 min",
    ]


def test_a_further_word_counts_from_the_one_before() -> None:
    scene = given(opened(), ARRIVED, word(minutes(70)))
    assert lines(scene, minutes(75), "waiting on site 30 min")[:4] == [
        "waiting on site 30 min · from the last word to the customer · policy dealer v1",
        "  starts   Mon 16 Nov 10:10  word to customer, li",
        "  + limit  Mon 16 Nov 10:40  30 min, calendar hours",
        "  = due    Mon 16 Nov 10:40  in 25 min",
    ]


def test_after_an_early_word_the_next_counts_from_the_expected_time() -> None:
    scene = given(opened(), ARRIVED, word(minutes(20)))
    told = drawn(explained(scene), minutes(30))
    first = block(told, "waiting on site")
    assert "from the time that was expected" in first[0]
    assert first[1:3] == [
        "  starts   Mon 16 Nov 09:20  word to customer, li",
        "  counts   Mon 16 Nov 10:00  the time that was expected",
    ]


def test_what_a_word_answered_that_was_typed_in_before_the_arrival() -> None:
    scene = given(opened(), word(minutes(30))).when(on_site.arrive, minutes(10), typed=minutes(40)).accepted()
    told = drawn(explained(scene), minutes(40))
    assert "  stopped  Mon 16 Nov 09:30  answered by a word that was typed in before" in told
    assert "waiting on site 30 min · from the last word to the customer" in told


def test_out_of_hours_it_says_what_it_counts_from() -> None:
    by = policy(clock("waiting-on-site", limit="15wm", calendar="office"))
    scene = given(opened(), did(on_site.arrive, hours(7), expected=T0 + hours(9)), policy=by)
    told = lines(scene, hours(7), "waiting on site")
    assert told[1:5] == [
        "  starts   Mon 16 Nov 16:00  customer on site, expected Mon 16 Nov 18:00",
        "  counts   Mon 16 Nov 18:00  the time that was expected",
        "  counts   Tue 17 Nov 09:00  out of hours before: from the next opening",
        "  + limit  Tue 17 Nov 09:15  15 working min, calendar office",
    ]


def test_a_stage_counts_from_when_it_was_entered() -> None:
    scene = given(opened(), did(stages.enter, minutes(5), code="plan"))
    assert lines(scene, minutes(10), "stage: plan")[:4] == [
        "stage: plan, 30 min · from entering the stage · policy dealer v1",
        "  starts   Mon 16 Nov 09:05  stage plan entered",
        "  + limit  Mon 16 Nov 09:35  30 min, calendar hours",
        "  = due    Mon 16 Nov 09:35  in 25 min",
    ]


def test_execution_lasts_by_the_time_that_was_said_and_moves_with_the_promise() -> None:
    promised = did(promises.promise, 0, text="ready", due=T0 + hours(6))
    moved = did(promises.move, hours(1), n=1, due=T0 + hours(8), agreed=True, text="x")
    scene = given(opened(), promised, did(stages.enter, minutes(5), code="execution"), moved)
    assert lines(scene, hours(2), "stage: execution")[:5] == [
        "stage: execution · from entering the stage",
        "  starts   Mon 16 Nov 09:05  stage execution entered",
        "  + limit  Mon 16 Nov 15:00  the time that was said",
        (
            "  moved    Mon 16 Nov 17:00  as agreed with the customer on Mon 16 Nov 10:00, "
            "Mon 16 Nov 15:00 -> Mon 16 Nov 17:00"
        ),
        "  = due    Mon 16 Nov 17:00  in 6 h",
    ]


def test_programs_see_what_it_counts_from() -> None:
    scene = given(opened(), ARRIVED)
    found = why_object(explained(scene), T0 + minutes(20))["clocks"][-1]
    assert (found["kind"], found["limit"], found["moved"]) == ("waiting-on-site", "15m", [])
    assert (found["started_at"], found["since"], found["due_at"]) == (
        "2026-11-16T01:10:00Z",
        "2026-11-16T02:00:00Z",
        "2026-11-16T02:15:00Z",
    )


@pytest.mark.parametrize("at", [minutes(90), days(1)])
def test_the_sum_comes_to_the_due_time_in_the_record(at: int) -> None:
    scene = given(opened(), ARRIVED, word(minutes(20)), word(minutes(80)), did(stages.enter, at, code="plan"))
    for kind in ("waiting-on-site", "stage"):
        one = last(scene, kind)
        assert (one.base, one.steps) == (one.clock.due_at, [])
