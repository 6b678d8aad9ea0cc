"""Cases from the test suites of nine other systems: where they and we agree, and where we do not and why.

They are others than those of sla_vectors.csv (test_calendar_vectors.py), and lie in tests/data.
"""

from __future__ import annotations

from collections import Counter

import pytest

from tests.support.peers import Vector, answer, shapes, told, vectors

ALIKE = [vector for vector in vectors() if not vector.convention]
OTHERWISE = [vector for vector in vectors() if vector.convention]

CONVENTIONS = {
    "at-least-one": "no open time is none, not one second",
    "back-to-opening": "what is left is left from the closing on, not only from the next opening",
    "before-midnight": "a day ends at midnight, not a moment before",
    "below-zero": "an end before the start has used nothing, not less than nothing",
    "closing-moves-on": "due exactly at a closing stays there",
    "closing-open": "a closing is the first closed instant",
    "day-at-any-hour": "what begins out of hours counts from the next opening, in work days too",
    "minutes": "seconds are kept, not cut to minutes",
    "pause-any-hour": "a pause takes away the open time in it, and no other",
    "skipped-later": "a time that is jumped over comes when the clock jumps, not an hour after it would have",
    "weekend-counted": "a closed day has no open time (a defect there, mended in later versions)",
}
"""Our side of each difference."""


def named(vector: Vector) -> str:
    return f"{vector.id} {vector.repo} {vector.test}"


@pytest.mark.parametrize("vector", ALIKE, ids=named)
def test_what_others_expect_comes_out(vector: Vector) -> None:
    assert answer(vector) == told(vector, vector.expected)


@pytest.mark.parametrize("vector", OTHERWISE, ids=lambda vector: f"{vector.id} {vector.convention}")
def test_where_others_have_another_convention_ours_comes_out(vector: Vector) -> None:
    assert answer(vector) == told(vector, vector.ours) != told(vector, vector.expected)


def test_each_difference_has_a_convention_of_ours() -> None:
    assert {vector.convention for vector in OTHERWISE} == set(CONVENTIONS)


def test_every_kind_of_question_and_every_system_is_among_them() -> None:
    assert len({vector.repo for vector in vectors()}) == 9
    kinds = Counter(vector.kind for vector in vectors())
    assert kinds["due"] > 40
    assert kinds["elapsed"] > 30
    assert set(kinds) >= {"back", "closing", "close_bdays", "due_bdays", "is_open", "next_open", "spans"}


def test_no_case_is_told_twice_and_no_calendar_is_idle() -> None:
    asked = Counter((v.kind, v.calendar, v.start, v.end, v.pauses, v.limit) for v in vectors())
    ambiguous = [question for question, count in asked.items() if count > 1]
    assert [question[:2] for question in ambiguous] == [("due", "berlin-daily-9-18")]  # two versions of one
    assert {vector.calendar for vector in vectors()} == set(shapes())
