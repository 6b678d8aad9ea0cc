"""Who answers for a case once it goes up, down, comes back or is opened; and its wait for somebody."""

from __future__ import annotations

import pytest

from cstrack.domain.decide import ending, flags, levels, people, talk, waiting
from cstrack.domain.staff import DUTY, NOBODY, Person, Roster, Shift
from tests.support.spec import T0, Scene, days, did, given, hours, open_, opened, until

LI = Person("li", "李雷", 1, supervisor="wang")
WANG = Person("wang", "王主管", 2, supervisor="zhao")
ZHOU = Person("zhou", "周主管", 2)
ZHAO = Person("zhao", "赵总", 3)
DESK = Roster([LI, WANG, ZHOU, ZHAO])


def shift(handle: str, start: float, end: float) -> Shift:
    return Shift(handle, DUTY, T0 + hours(start), T0 + hours(end))


def by_day(*shifts: Shift, people: tuple[Person, ...] = (WANG, ZHAO)) -> Roster:
    """Li is always there; these only by their shifts."""
    return Roster([LI, *(one._replace(on_duty=False) for one in people)], lambda: shifts)


# --- going up ---


def test_a_hand_up_by_hand_goes_to_the_supervisor() -> None:
    scene = given(opened(), roster=DESK).when(levels.escalate, 60, text="no answer")
    scene.then("escalated", owner="wang", unowned=None)
    scene.stands(owner="wang", handler="li", first_contact="li", unowned_since=None)


def test_whoever_hands_up_does_not_become_the_owner_by_that() -> None:
    scene = given(opened(), roster=DESK).when(levels.escalate, 60, who="zhou", text="no answer")
    scene.stands(owner="wang")


def test_a_trigger_hands_up_to_the_owner_of_its_level() -> None:
    scene = given(opened(), roster=DESK).when(flags.flag, 60, flag="media")
    scene.then("flagged", "escalated", owner="zhao", to=3).stands(owner="zhao")


def test_a_time_limit_hands_up_to_whoever_was_on_duty_at_its_true_instant() -> None:
    desk = by_day(shift("wang", 8, 24), shift("zhou", 24, 32), people=(WANG, ZHOU, ZHAO))
    scene = given(opened(), roster=desk).when(talk.note, hours(30), text="x")
    scene.stands(owner="zhou", level=2)
    assert [event.type for event in scene.events] == ["escalated", "noted"]


def test_each_step_of_one_walk_up_has_the_owner_of_its_own_instant() -> None:
    scene = given(opened(), roster=DESK).when(talk.note, days(5), text="x")
    assert [event.facts.get("owner") for event in scene.events[:2]] == ["wang", "zhao"]


def test_where_nobody_of_the_level_is_there_the_case_waits() -> None:
    scene = given(opened(), roster=by_day()).when(levels.escalate, 60, text="no answer")
    scene.then("escalated", owner=None, unowned=True)
    scene.stands(owner=None, handler="li", first_contact="li", unowned_since=T0 + 60, last_owner="li")


def test_a_case_that_waits_and_goes_further_up_waits_since_then() -> None:
    scene = given(opened(), did(levels.escalate, 60, text="x"), roster=by_day())
    scene.when(levels.escalate, hours(2), text="y").stands(unowned_since=T0 + hours(2), last_owner="li")


def test_without_staff_a_hand_up_has_no_owner_and_waits_for_none() -> None:
    scene = given(opened(), roster=NOBODY).when(levels.escalate, 60, text="no answer")
    scene.then("escalated", owner=None, unowned=None).stands(owner=None, unowned_since=None)


def test_a_hand_up_of_a_resolved_case_has_an_owner_too() -> None:
    scene = given(opened(), did(ending.resolve, 60, text="x"), roster=DESK)
    scene.when(flags.flag, 120, flag="safety").stands(status="resolved", owner="zhao")


# --- the wait ---


def test_the_wait_ends_at_the_instant_when_a_duty_begins() -> None:
    desk = by_day(shift("wang", 12, 20))
    scene = given(opened(), did(levels.escalate, hours(1), text="x"), roster=desk)
    due = scene.clock("level").due_at
    scene = scene.when(talk.note, hours(15), text="x")
    scene.stands(owner="wang", unowned_since=None, changed_at=T0 + hours(12))
    first = scene.events[0]
    assert (first.type, first.at, first.cause) == ("assigned", T0 + hours(12), "rule")
    assert first.facts == {"owner": "wang", "why": "duty-began"}
    assert scene.clock("level").due_at == due


def test_a_case_taken_up_twice_is_taken_up_once() -> None:
    desk = by_day(shift("wang", 12, 20))
    scene = given(opened(), did(levels.escalate, hours(1), text="x"), until(hours(15)), roster=desk)
    scene.when(lambda _draft: None, hours(15)).then()


def test_a_limit_that_runs_out_before_anybody_comes_hands_up_again() -> None:
    desk = by_day(shift("wang", 60, 70), shift("zhao", 80, 90))
    scene = given(opened(), did(levels.escalate, hours(1), text="x"), roster=desk)
    scene = scene.when(lambda _draft: None, hours(100))
    assert [(e.type, (e.at - T0) // hours(1)) for e in scene.accepted().events] == [
        ("escalated", 49),
        ("assigned", 80),
    ]
    scene.stands(owner="zhao", level=3)


def test_whose_duty_begins_as_the_limit_runs_out_takes_it_at_the_new_level_only() -> None:
    desk = by_day(shift("wang", 49, 60), shift("zhao", 49, 60))
    scene = given(opened(), did(levels.escalate, hours(1), text="x"), roster=desk)
    scene.when(lambda _draft: None, hours(50)).then("escalated", owner="zhao")


def test_a_pause_ends_before_whose_duty_begins_then() -> None:
    desk = by_day(shift("wang", 10, 20))
    scene = given(
        opened(),
        did(levels.escalate, hours(1), text="x"),
        did(waiting.pause, hours(2), waiting_for="supplier", until=T0 + hours(10)),
        roster=desk,
    )
    scene.when(lambda _draft: None, hours(11)).then("resumed", "assigned")


def test_a_resolved_case_waits_on_until_somebody_comes() -> None:
    desk = by_day(shift("wang", 12, 20))
    scene = given(
        opened(),
        did(levels.escalate, hours(1), text="x"),
        did(ending.resolve, hours(2), text="x"),
        roster=desk,
    )
    scene.when(lambda _draft: None, hours(13)).then("assigned").stands(owner="wang", status="resolved")


def test_a_closed_case_waits_for_nobody() -> None:
    desk = by_day(shift("wang", 12, 20))
    scene = given(
        opened(),
        did(levels.escalate, hours(1), text="x"),
        did(ending.close, hours(2), outcome="withdrawn"),
        roster=desk,
    )
    scene.stands(unowned_since=None).when(lambda _draft: None, hours(13)).then()


def test_naming_an_owner_ends_the_wait() -> None:
    scene = given(opened(), did(levels.escalate, 60, text="x"), roster=by_day())
    scene.when(people.assign, 120, owner="wang").stands(owner="wang", unowned_since=None)


def test_naming_a_handler_does_not_end_the_wait() -> None:
    scene = given(opened(), did(levels.escalate, 60, text="x"), roster=by_day())
    scene.when(people.assign, 120, handler="wang").stands(owner=None, unowned_since=T0 + 60)


def test_nobody_is_named_before_what_changed_the_case_last() -> None:
    shifts = [shift("wang", 3, 20)]
    desk = by_day()
    scene = given(
        opened(),
        did(levels.escalate, hours(1), text="x"),
        did(waiting.pause, hours(5), waiting_for="supplier"),
        roster=desk,
    )
    late = Scene(scene.state, scene.zone, scene.policy, by_day(*shifts), scene.history)
    late.when(lambda _draft: None, hours(6)).then("assigned").stands(changed_at=T0 + hours(6))


# --- going down and coming back ---


def test_going_down_the_owner_stays() -> None:
    scene = given(opened(), did(levels.escalate, 60, text="x"), roster=DESK)
    scene.when(levels.deescalate, 120, who="zhou", text="small").then("deescalated", owner=None)
    scene.when(levels.deescalate, 120, who="zhou", text="small").stands(owner="wang", level=1)


def test_going_down_a_case_without_an_owner_gets_one() -> None:
    desk = Roster([LI._replace(supervisor=None), WANG, ZHAO._replace(on_duty=False)])
    scene = given(opened(flags=("vip",)), roster=desk).stands(owner=None)
    scene = scene.when(levels.deescalate, 120, who="zhao", text="small")
    scene.then("deescalated", owner="wang").stands(owner="wang", unowned_since=None)


def test_going_down_a_case_waits_on_where_nobody_is_of_the_lower_level() -> None:
    desk = Roster([LI, ZHAO._replace(on_duty=False)])
    scene = given(opened(flags=("vip",)), roster=desk).stands(unowned_since=T0)
    scene = scene.when(levels.deescalate, 120, who="zhao", text="small")
    scene.then("deescalated", unowned=True).stands(owner=None, unowned_since=T0 + 120)


def test_reopened_the_owner_stays() -> None:
    scene = given(opened(), did(ending.resolve, 60, text="x"), roster=DESK)
    scene.when(ending.reopen, 120, text="again").then("reopened", owner=None).stands(owner="li")


@pytest.mark.parametrize("wang", [WANG._replace(left_at=1), WANG._replace(level=1)])
def test_reopened_after_the_owner_may_not_any_more_another_is_picked(wang: Person) -> None:
    past = opened(flags=("departments",), taken_by="wang"), did(ending.resolve, 60, text="x")
    scene = given(*past, roster=DESK).stands(owner="wang")
    later = Scene(scene.state, scene.zone, scene.policy, Roster([wang, ZHOU]), scene.history)
    later.when(ending.reopen, 120, text="again").then("reopened", owner="zhou").stands(owner="zhou")


def test_reopened_where_nobody_is_there_the_case_waits() -> None:
    scene = given(opened(), did(ending.close, 60, outcome="withdrawn"), roster=DESK)
    later = Scene(scene.state, scene.zone, scene.policy, Roster([WANG]), scene.history)
    later.when(ending.reopen, 120, text="x").then("reopened", unowned=True).stands(unowned_since=T0 + 120)


# --- opening ---


def test_d31_without_staff_the_opener_is_everything_at_any_level() -> None:
    given(opened(flags=("vip",))).stands(level=3, owner="li", handler="li", first_contact="li")


def test_a_case_of_the_openers_level_is_the_openers() -> None:
    given(opened(), roster=DESK).stands(owner="li", handler="li", first_contact="li", unowned_since=None)


@pytest.mark.parametrize("opener", ["wang", "zhao"])
def test_a_case_below_the_openers_level_is_the_openers(opener: str) -> None:
    given(opened(taken_by=opener), roster=DESK).stands(owner=opener, handler=opener)


def test_a_case_above_the_openers_level_is_the_supervisors_and_the_opener_works_on_it() -> None:
    scene = given(opened(flags=("departments",)), roster=DESK)
    scene.stands(level=2, owner="wang", handler="li", first_contact="li")


def test_a_case_above_the_openers_level_waits_where_nobody_is_there() -> None:
    scene = given(roster=Roster([LI])).when(open_, 0, flags=("departments",))
    scene.then("opened", unowned=True, owner=None)
    scene.stands(owner=None, handler="li", first_contact="li", unowned_since=T0)


def test_an_imported_case_is_nobodys_and_waits_for_nobody() -> None:
    given(opened(taken_by=None, flags=("vip",)), roster=DESK).stands(
        owner=None, handler=None, first_contact=None, unowned_since=None
    )


# --- whom the case is about ---


def test_whom_the_case_is_about_is_first_contact_only() -> None:
    scene = given(opened(against="li"), roster=Roster([LI, Person("sun")]))
    scene.stands(owner="sun", handler=None, first_contact="li", against="li")


def test_without_staff_whom_the_case_is_about_is_first_contact_only() -> None:
    given(opened(against="li")).stands(owner=None, handler=None, first_contact="li", unowned_since=None)


def test_a_hand_up_passes_over_whom_the_case_is_about() -> None:
    scene = given(opened(against="wang"), did(levels.escalate, 60, text="x"), roster=DESK)
    scene.stands(owner="zhou")


@pytest.mark.parametrize(
    ("typed", "fact", "word"),
    [
        ("wang", "wang", None),
        ("workshop", "workshop", None),
        ("维修车间", "workshop", None),
        ("Customer Service", "service", None),
        ("那个高个子的技师", None, "那个高个子的技师"),
    ],
)
def test_d02_staff_and_departments_are_facts_and_other_names_are_words(
    typed: str, fact: str | None, word: str | None
) -> None:
    scene = given(roster=DESK).when(open_, 0, against=typed)
    event = scene.accepted().events[0]
    assert (event.facts.get("against"), (event.words or {}).get("against")) == (fact, word)
    scene.stands(against=fact or word)
