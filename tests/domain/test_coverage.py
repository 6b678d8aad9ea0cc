"""The hours in which nobody of a level is there."""

from __future__ import annotations

from cstrack.domain.coverage import gaps
from cstrack.domain.staff import DUTY, ON_CALL, Person, Roster, Shift

END = 1000


def found(*people: Person, shifts: tuple[Shift, ...] = ()) -> list[tuple[int, int, int]]:
    return list(gaps(Roster(people, lambda: shifts), (2, 3), 0, END))


def test_who_said_to_be_on_duty_is_there_all_the_time() -> None:
    assert found(Person("wang", level=2), Person("zhao", level=3)) == []


def test_a_level_without_anybody_is_one_whole_gap() -> None:
    assert found(Person("wang", level=2)) == [(3, 0, END)]
    assert found(Person("wang", level=2, left_at=5), Person("zhao", level=3)) == [(2, 0, END)]


def test_shifts_that_follow_each_other_leave_no_gap_and_others_do() -> None:
    people = (Person("wang", level=2, on_duty=False), Person("sun", level=2, on_duty=False))
    shifts = (
        Shift("wang", DUTY, 100, 300),
        Shift("sun", DUTY, 300, 500),
        Shift("wang", ON_CALL, 450, 600),
        Shift("sun", DUTY, 800, 2000),
    )
    told = found(*people, Person("zhao", level=3), shifts=shifts)
    assert told == [(2, 0, 100), (2, 600, 800)]


def test_days_away_are_a_gap() -> None:
    zhao = Person("zhao", level=3, away_from=200, away_until=400)
    assert found(Person("wang", level=2), zhao) == [(3, 200, 400)]
    assert found(Person("wang", level=2), zhao._replace(away_until=None)) == [(3, 200, END)]


def test_another_level_does_not_stand_in() -> None:
    assert found(Person("zhao", level=3)) == [(2, 0, END)]
