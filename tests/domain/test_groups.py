"""Group complaints: one lead, one statement, own clocks; all of them go to the level of groups."""

from __future__ import annotations

import pytest

from cstrack.domain.decide import ending, levels, waiting
from cstrack.domain.events import PERSON, RULE, Event
from cstrack.domain.group import Group, evolve_group, fold_group
from cstrack.domain.policy import Policy
from tests.support.grouped import desk
from tests.support.rules import policy, rules
from tests.support.spec import T0, ZONE, did, given, hours, opened

TOP = ["grouped", "escalated"]


def test_a_group_has_its_cases_and_the_first_named_leads_it() -> None:
    made = desk().form(60, 2, 1, name="X5", statement="we look into it").accepted()
    assert made.event is not None
    assert (made.event.type, made.event.facts) == ("formed", {"lead": 2, "cases": [1, 2]})
    assert made.group == Group(7, 1, "X5", "we look into it", 2, T0 + 60, (1, 2), T0 + 60)
    assert [made.case(n).group_number for n in (1, 2, 3)] == [7, 7, None]


def test_another_case_may_lead() -> None:
    assert desk().form(60, 1, 2, 3, lead=3).group.lead == 3


def test_each_case_goes_to_the_level_of_groups_by_rule_and_keeps_its_own_clocks() -> None:
    early, late = given(opened()), given(opened(hours(5)))
    made = desk(early, late).form(hours(6), 1, 2).accepted()
    assert made.told == {1: TOP, 2: TOP}
    assert [made.case(n).level for n in (1, 2)] == [3, 3]
    plans = [clock.due_at - T0 for n in (1, 2) for clock in made.case(n).clocks if clock.kind == "plan"]
    assert plans == [hours(24), hours(29)]


def test_the_step_up_is_a_rules_and_says_that_it_is_the_groups() -> None:
    made = desk(count=2).form(hours(1), 1, 2).accepted()
    grouped, escalated = made.events[1]
    assert (grouped.cause, grouped.facts) == (PERSON, {"group": 7})
    assert (escalated.cause, escalated.facts["why"], escalated.facts["trigger"]) == (RULE, "group", "group")
    level = made.case(1).running("level")
    assert level is not None
    assert level.due_at == T0 + hours(73)


def test_a_case_that_is_there_already_stays() -> None:
    made = desk(given(opened(flags=("vip",))), given(opened())).form(60, 1, 2).accepted()
    assert made.told == {1: ["grouped"], 2: TOP}


def test_the_policy_says_which_level_takes_groups() -> None:
    by = policy({"groups": {"level": 2}})
    made = desk(given(opened(), policy=by), given(opened(), policy=by)).form(60, 1, 2).accepted()
    assert [made.case(n).level for n in (1, 2)] == [2, 2]


def test_a_policy_whose_levels_end_below_takes_groups_to_its_highest() -> None:
    lower = {**rules({"groups": {"level": 3}}), "levels": {"1": rules()["levels"]["1"]}}
    by = Policy({**lower, "version": 2}, ZONE)
    made = desk(given(opened(), policy=by), given(opened(), policy=by)).form(60, 1, 2).accepted()
    assert made.told == {1: ["grouped"], 2: ["grouped"]}


def test_a_case_that_waits_or_is_carried_out_may_be_in_a_group() -> None:
    waits = given(opened(), did(waiting.pause, 60, waiting_for="supplier"))
    done = given(opened(), did(ending.resolve, 60, text="x"))
    made = desk(waits, done).form(120, 1, 2).accepted()
    assert [made.case(n).status for n in (1, 2)] == ["waiting", "resolved"]
    assert made.case(2).running("level") is None


# --- joining, leaving, changing ---


def test_others_join_later() -> None:
    made = desk().form(60, 1, 2).accepted().join(hours(2), 3).accepted()
    assert made.event is not None
    assert (made.event.type, made.event.facts) == ("joined", {"cases": [3]})
    assert (made.group.cases, made.group.lead, made.told) == ((1, 2, 3), 1, {3: TOP})


def test_a_case_that_was_put_in_wrongly_is_taken_out_with_a_reason_and_keeps_its_level() -> None:
    made = desk().form(60, 1, 2, 3).accepted().leave(120, 3).accepted()
    assert made.event is not None
    assert (made.event.facts, made.event.words) == ({"cases": [3]}, {"text": "another matter"})
    assert (made.group.cases, made.told) == ((1, 2), {3: ["ungrouped"]})
    assert (made.case(3).group_number, made.case(3).level) == (None, 3)


def test_a_case_that_was_taken_out_may_be_in_another_group() -> None:
    made = desk().form(60, 1, 2, 3).accepted().leave(120, 3).accepted().join(180, 3).accepted()
    assert made.told == {3: ["grouped"]}


def test_a_closed_case_may_be_taken_out() -> None:
    made = desk().form(60, 1, 2, 3).accepted()
    made.cases[3] = made.cases[3]._replace(status="closed")
    assert made.leave(120, 3).accepted().group.cases == (1, 2)


def test_all_of_them_taken_out_dissolve_it() -> None:
    made = desk().form(60, 1, 2).accepted().leave(120, 1, 2).accepted()
    assert made.group.cases == ()
    made.join(180, 3).refused("group-dissolved", group=7)


def test_lead_name_and_statement_change() -> None:
    made = desk().form(60, 1, 2, name="a", statement="b").accepted()
    made.change(120, lead=2).accepted()
    made.change(180, name="c").accepted()
    made.change(240, statement="d").accepted()
    assert (made.group.lead, made.group.name, made.group.statement, made.group.seq) == (2, "c", "d", 4)


def test_what_was_said_goes_when_it_is_erased_and_the_rest_stays() -> None:
    events = [
        Event("formed", T0, {"lead": 1, "cases": [1, 2]}, {"name": "a", "statement": "b"}),
        Event("changed", T0 + 1, {"lead": 2}, {"statement": "d"}),
    ]
    whole = fold_group(7, events)
    erased = fold_group(7, [event._replace(words=None) for event in events])
    assert (whole.name, whole.statement) == ("a", "d")
    assert erased == whole._replace(name=None, statement=None)


# --- refused ---


def test_one_case_is_no_group() -> None:
    desk().form(60, 1).refused("group-too-few", number=1, count=1)


def test_a_lead_is_one_of_the_cases() -> None:
    desk().form(60, 1, 2, lead=3).refused("group-lead-elsewhere", number=3, cases=["C-1", "C-2"])
    desk().form(60, 1, 2).change(120, lead=3).refused("group-lead-elsewhere", number=3)


def test_a_case_is_in_one_group_at_a_time() -> None:
    made = desk(count=4).form(60, 1, 2).accepted()
    made.form(120, 3, 2).refused("group-in-another", number=2, group=7)
    made.join(120, 2).refused("group-in-already", number=2, group=7)
    made.group = made.group._replace(number=8)
    made.join(120, 2).refused("group-in-another", number=2, group=7)


@pytest.mark.parametrize("outcome", ["invalid", "withdrawn"])
def test_a_closed_case_is_in_no_new_group(outcome: str) -> None:
    closed = given(opened(), did(ending.close, 60, outcome=outcome))
    desk(given(opened()), closed).form(120, 1, 2).refused("case-closed", number=2)


def test_nor_is_a_merged_one() -> None:
    merged = given(given(opened()).state._replace(status="merged"))
    desk(given(opened()), merged).form(120, 1, 2).refused("case-merged", number=2)


def test_neither_lies_in_the_future_nor_before_an_opening() -> None:
    desk().form(60, 1, 2, typed=0).refused("time-in-future")
    desk(given(opened()), given(opened(hours(1)))).form(60, 1, 2, typed=hours(2)).refused(
        "time-before-opening", number=2
    )
    desk().form(60, 1, 2).change(120, name="x", typed=90).refused("time-in-future")


def test_d09_the_step_up_comes_after_the_last_change_of_level() -> None:
    scene = given(opened(), did(levels.escalate, hours(3), text="x"))
    desk(given(opened()), scene).form(hours(1), 1, 2, typed=hours(4)).refused("time-before-change", number=2)


def test_what_happens_to_a_group_comes_after_what_happened_to_it() -> None:
    made = desk().form(hours(2), 1, 2).accepted()
    made.join(hours(1), 3, typed=hours(3)).refused("group-time-before", group=7, changed_at=T0 + hours(2))
    made.leave(hours(1), 2, 1, typed=hours(3)).refused("group-time-before")
    made.change(hours(1), name="x", typed=hours(3)).refused("group-time-before")


def test_one_case_is_not_left_alone() -> None:
    made = desk().form(60, 1, 2).accepted()
    made.leave(120, 2).refused("group-one-left", number=1, group=7, all="1,2")


def test_the_lead_leaves_once_there_is_another() -> None:
    made = desk().form(60, 1, 2, 3).accepted()
    made.leave(120, 1).refused("group-lead-leaves", number=1, group=7, other=2)
    assert made.change(120, lead=2).accepted().leave(180, 1).accepted().group.cases == (2, 3)


def test_what_is_not_in_it_is_not_taken_out() -> None:
    desk().form(60, 1, 2).accepted().leave(120, 3).refused("group-not-in", number=3, group=7)


def test_a_change_changes_something() -> None:
    made = desk().form(60, 1, 2, name="a", statement="b").accepted()
    made.change(120, lead=1, name="a").refused("group-unchanged", group=7)
    assert made.change(120, lead=1, name="z").accepted().group.name == "z"


def test_nothing_is_built_upon_what_a_newer_program_wrote() -> None:
    made = desk().form(60, 1, 2).accepted()
    made.group = evolve_group(made.group, Event("split", T0 + 90, {}))
    assert made.group.seq == 2
    made.join(120, 3).refused("group-event-unknown", 78, group=7, type="split")
