"""Who is on duty when, and who answers for a case: the questions that the rules ask of a roster."""

from __future__ import annotations

from typing import Any

import pytest

from cstrack.domain.case import Case
from cstrack.domain.staff import DUTY, ON_CALL, Person, Roster, Shift

LI = Person("li", "李雷", 1, supervisor="wang", teams=("service",))
WANG = Person("wang", "王主管", 2, teams=("service",))
ZHOU = Person("zhou", "周主管", 2, teams=("service",))
CASE = Case(1, level=1, owner="li", handler="li", first_contact="li")


def roster(*people: Person, shifts: tuple[Shift, ...] = (), **owned: int) -> Roster:
    return Roster(people, lambda: shifts, lambda handle: owned.get(handle, 0))


# --- duty ---


def works(person: Person, at: int, *shifts: Shift) -> bool:
    return roster(person, shifts=shifts).is_on_duty(person, at)


@pytest.mark.parametrize(("at", "there"), [(99, False), (100, True), (199, True), (200, False)])
def test_a_shift_begins_and_ends_duty(at: int, there: bool) -> None:
    off = LI._replace(on_duty=False)
    assert works(off, at, Shift("li", DUTY, 100, 200)) is there


@pytest.mark.parametrize(("at", "there"), [(99, True), (150, True), (200, False)])
def test_before_the_first_shift_the_word_said_by_hand_counts(at: int, there: bool) -> None:
    assert works(LI, at, Shift("li", DUTY, 100, 200)) is there


@pytest.mark.parametrize(("at", "there"), [(149, True), (150, False), (199, False), (300, True)])
def test_a_word_said_by_hand_counts_until_the_next_shift_begins_or_ends(at: int, there: bool) -> None:
    off = LI._replace(on_duty=False, duty_since=150)
    assert works(off, at, Shift("li", DUTY, 100, 250), Shift("li", DUTY, 300, 400)) is there


@pytest.mark.parametrize(("at", "there"), [(149, False), (150, True)])
def test_before_somebody_said_that_he_is_on_duty_he_was_not(at: int, there: bool) -> None:
    assert works(LI._replace(duty_since=150), at) is there


@pytest.mark.parametrize(("at", "there"), [(149, True), (150, False)])
def test_before_somebody_said_that_he_is_off_duty_he_was_there(at: int, there: bool) -> None:
    assert works(LI._replace(on_duty=False, duty_since=150), at) is there


@pytest.mark.parametrize(("at", "there"), [(99, True), (100, False), (199, False), (200, True)])
def test_somebody_away_is_not_on_duty(at: int, there: bool) -> None:
    assert works(LI._replace(away_from=100, away_until=200), at) is there


def test_somebody_away_without_an_end_is_not_on_duty() -> None:
    assert not works(LI._replace(away_from=100), 10_000)


def test_a_shift_of_somebody_else_or_on_call_is_no_duty() -> None:
    off = LI._replace(on_duty=False)
    assert not works(off, 150, Shift("wang", DUTY, 100, 200), Shift("li", ON_CALL, 100, 200))


def test_who_left_is_nobody() -> None:
    gone = roster(LI._replace(left_at=50))
    assert (gone.exists, gone.level("li"), gone.on_duty(100)) == (False, None, [])


def test_on_call_are_those_whose_time_it_is_and_who_are_not_away() -> None:
    times = (Shift("li", ON_CALL, 0, 100), Shift("wang", ON_CALL, 0, 100), Shift("zhou", ON_CALL, 100, 200))
    found = roster(LI, WANG._replace(away_from=0), ZHOU, shifts=times).on_call(50)
    assert found == [LI]


def test_who_could_is_named_lowest_level_first_without_some() -> None:
    zhao = Person("zhao", level=3)
    assert roster(zhao, ZHOU, WANG, LI).fit(2, 0, but=("zhou", None)) == ["wang", "zhao"]


# --- the owner ---


def test_the_owner_is_the_supervisor_of_the_owner_before() -> None:
    assert roster(LI, ZHOU, WANG, wang=9).owner(CASE, 2, 0) == "wang"


@pytest.mark.parametrize(
    "supervisor",
    [
        WANG._replace(on_duty=False),
        WANG._replace(away_from=0),
        WANG._replace(level=3),
        WANG._replace(left_at=0),
    ],
)
def test_a_supervisor_who_is_not_there_or_of_another_level_is_passed_over(supervisor: Person) -> None:
    assert roster(LI, supervisor, ZHOU).owner(CASE, 2, 1) == "zhou"


def test_else_it_is_the_one_with_the_fewest_live_cases() -> None:
    assert roster(LI._replace(supervisor=None), WANG, ZHOU, wang=3, zhou=2).owner(CASE, 2, 0) == "zhou"


def test_of_two_with_as_many_cases_the_first_by_handle_is_taken() -> None:
    assert roster(LI._replace(supervisor=None), ZHOU, WANG).owner(CASE, 2, 0) == "wang"


def test_the_level_is_exactly_that_of_the_case() -> None:
    assert roster(LI, Person("zhao", level=3)).owner(CASE, 2, 0) is None


def test_whom_the_case_is_about_never_answers_for_it() -> None:
    about = CASE._replace(against="wang")
    assert roster(LI, WANG).owner(about, 2, 0) is None
    assert roster(LI, WANG, ZHOU, zhou=9).owner(about, 2, 0) == "zhou"


def test_the_owner_before_may_be_the_owner_after() -> None:
    assert roster(WANG).owner(CASE._replace(owner="wang"), 2, 0) == "wang"


@pytest.mark.parametrize(
    ("own", "other", "found"),
    [
        ({"store": "east"}, {"store": "east"}, "zhou"),
        ({"store": "east"}, {"store": "west"}, None),
        ({"store": "east"}, {}, "zhou"),
        ({}, {"store": "west"}, "zhou"),
        ({"teams": ("a", "b")}, {"teams": ("b", "c")}, "zhou"),
        ({"teams": ("a", "b")}, {"teams": ("c",)}, None),
        ({"teams": ("a",)}, {}, "zhou"),
        ({}, {"teams": ("c",)}, "zhou"),
    ],
)
def test_the_owner_is_of_the_same_store_and_team(
    own: dict[str, Any], other: dict[str, Any], found: str | None
) -> None:
    people = Person("li", level=1)._replace(**own), Person("zhou", level=2)._replace(**other)
    assert roster(*people).owner(CASE, 2, 0) == found


def test_the_store_of_the_case_goes_before_that_of_its_owner() -> None:
    people = Person("li", store="east"), Person("zhou", level=2, store="east")
    assert roster(*people).owner(CASE._replace(store="west"), 2, 0) is None


def test_a_supervisor_of_another_store_is_the_supervisor_all_the_same() -> None:
    assert roster(LI._replace(store="east"), WANG._replace(store="west")).owner(CASE, 2, 0) == "wang"


def test_a_case_that_went_to_another_store_leaves_the_supervisor_of_the_first_behind() -> None:
    desk = roster(LI._replace(store="east"), WANG._replace(store="east"), ZHOU._replace(store="west"))
    assert desk.owner(CASE._replace(store="west"), 2, 0) == "zhou"
    assert desk.owner(CASE._replace(store="east"), 2, 0) == "wang"


@pytest.mark.parametrize(
    "case",
    [
        CASE._replace(owner=None, last_owner="li", handler="x"),
        CASE._replace(owner=None, handler="li"),
        CASE._replace(owner=None, handler=None, first_contact="li"),
    ],
)
def test_without_an_owner_the_last_one_is_asked_then_the_handler_then_the_first_contact(case: Case) -> None:
    assert roster(LI, WANG, ZHOU, wang=9).owner(case, 2, 0) == "wang"


def test_a_case_of_nobody_goes_to_anybody_of_the_level() -> None:
    assert roster(WANG._replace(store="east")).owner(Case(1), 2, 0) == "wang"


def test_cases_given_meanwhile_count_and_each_person_is_counted_once() -> None:
    asked: list[str] = []

    def load(handle: str) -> int:
        asked.append(handle)
        return 0

    desk = Roster([WANG, ZHOU], tuple, load)
    given = []
    for _ in range(4):
        found = desk.owner(Case(1), 2, 0)
        assert found
        desk.gives(found, None)
        given.append(found)
    assert given == ["wang", "zhou", "wang", "zhou"]
    assert sorted(asked) == ["wang", "zhou"]


def test_who_loses_a_case_has_one_fewer() -> None:
    desk = roster(WANG, ZHOU, wang=2, zhou=2)
    desk.gives("li", "zhou")
    assert desk.owner(Case(1), 2, 0) == "zhou"


# --- the wait for an owner ---

WAITS = CASE._replace(level=2, owner=None, last_owner="li", unowned_since=100, changed_at=100)
AWAY = WANG._replace(on_duty=False)


def test_the_wait_ends_when_a_shift_begins() -> None:
    desk = roster(LI, AWAY, shifts=(Shift("wang", DUTY, 150, 200), Shift("wang", DUTY, 300, 400)))
    assert desk.owner_since(WAITS, 149) is None
    assert desk.owner_since(WAITS, 150) == desk.owner_since(WAITS, 999) == (150, "wang")


def test_the_wait_ends_when_somebody_says_that_he_is_on_duty() -> None:
    assert roster(LI, WANG._replace(duty_since=130)).owner_since(WAITS, 999) == (130, "wang")


def test_the_wait_ends_when_somebody_comes_back() -> None:
    assert roster(LI, WANG._replace(away_from=50, away_until=140)).owner_since(WAITS, 999) == (140, "wang")


def test_where_no_duty_began_and_somebody_fits_the_wait_ends_now() -> None:
    assert roster(LI, WANG).owner_since(WAITS, 500) == (500, "wang")


def test_the_wait_does_not_end_before_the_last_change_of_the_case() -> None:
    desk = roster(LI, AWAY, shifts=(Shift("wang", DUTY, 150, 400),))
    changed = WAITS._replace(changed_at=200)
    assert desk.owner_since(changed, 199) is None
    assert desk.owner_since(changed, 300) == (300, "wang")


def test_a_case_that_does_not_wait_is_nobodys_to_take() -> None:
    assert roster(LI, WANG).owner_since(WAITS._replace(unowned_since=None), 999) is None


def test_without_anybody_of_the_level_nobody_may_own_it() -> None:
    desk = roster(LI, AWAY, shifts=(Shift("wang", DUTY, 150, 200),))
    found = [desk.may_own(*words) for words in [(3, 0, 999), (2, 0, 149), (2, 0, 150), (2, 160, 170)]]
    assert found == [False, False, True, True]
    assert not desk.may_own(2, 200, 999)
