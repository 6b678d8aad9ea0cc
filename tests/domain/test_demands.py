"""Demands: ranked, each answered with a reason; a parked one is a clock and holds closing."""

from __future__ import annotations

from typing import Any

import pytest

from cstrack.domain.decide import demands, ending, waiting
from cstrack.domain.decide.adopting import add_outside
from cstrack.domain.demand import Demand
from cstrack.domain.evolve import fold
from cstrack.domain.staff import Person, Roster
from tests.support.rules import policy
from tests.support.spec import T0, Scene, days, did, given, hours, minutes, opened

UNTIL = T0 + hours(8)
PARK: dict[str, Any] = {"answer": "parked", "to": "finance", "until": UNTIL, "text": "above our limit"}


def wants(*texts: str) -> Scene:
    """A case of these demands, the first said a minute after the opening, the others a minute later each."""
    added = (did(demands.add, minutes(at), text=text) for at, text in enumerate(texts, 1))
    return given(opened(), *added)


def answers(scene: Scene, at: int, n: int = 1, **words: Any) -> Scene:
    return scene.when(demands.answer, at, n=n, **words)


def texts(scene: Scene) -> list[str | None]:
    return [one.text for one in scene.state.demands]


def test_once_there_is_staff_it_is_parked_with_a_department_or_one_of_them() -> None:
    crew = Roster([Person("li"), Person("wang", level=2)])
    scene = given(opened(), did(demands.add, 60, text="a refund"), roster=crew)
    words: dict[str, Any] = {"n": 1, "answer": "parked", "until": UNTIL, "text": "x"}
    scene.when(demands.answer, 120, to="财务", **words).then("demand-answered", to="finance")
    scene.when(demands.answer, 120, to="wang", **words).then("demand-answered", to="wang")
    scene.when(demands.answer, 120, to="wan", **words).refused("person-unknown", who="wan", near="wang")
    given(opened(), did(demands.add, 60, text="a refund")).when(
        demands.answer, 120, to="wan", **words
    ).accepted()


def test_a_demand_comes_last_and_waits_for_an_answer() -> None:
    scene = wants("a new part").when(demands.add, minutes(2), text="an apology")
    scene.then("demand-added", n=2, rank=2)
    assert scene.events[0].words == {"text": "an apology"}
    assert scene.state.demands == (
        Demand(1, "a new part", T0 + minutes(1)),
        Demand(2, "an apology", T0 + minutes(2)),
    )


def test_a_demand_at_a_rank_moves_the_others_down_and_keeps_its_number() -> None:
    scene = wants("one", "two").when(demands.add, minutes(3), text="first of all", rank=1).accepted()
    assert texts(scene) == ["first of all", "one", "two"]
    assert [one.n for one in scene.state.demands] == [3, 1, 2]


def test_the_rank_behind_the_last_is_the_last() -> None:
    wants("one").when(demands.add, minutes(3), text="two", rank=2).then("demand-added", n=2, rank=2)


def test_a_rank_that_is_not_there_yet_is_refused() -> None:
    wants("one").when(demands.add, 60, text="x", rank=3).refused("demand-rank-beyond", rank=3, last=2)


def test_what_is_wanted_lies_after_the_opening() -> None:
    given(opened()).when(demands.add, -60, typed=60, text="x").refused("time-before-opening")
    given(opened()).when(demands.add, 60, typed=0, text="x").refused("time-in-future")


@pytest.mark.parametrize("answer", ["can", "cannot"])
def test_an_answer_stands_with_its_reason(answer: str) -> None:
    scene = answers(wants("one"), hours(1), answer=answer, text="as the maker says")
    scene.then("demand-answered", n=1, answer=answer)
    found = scene.state.demands[0]
    assert (found.state, found.reason, found.clock) == (answer, "as the maker says", None)


def test_what_is_answered_may_be_answered_anew_and_both_stay_in_the_history() -> None:
    scene = answers(wants("one"), hours(1), answer="cannot", text="too dear").accepted()
    scene = answers(scene, hours(2), answer="can").then("demand-answered", answer="can")
    assert (scene.state.demands[0].state, scene.state.demands[0].reason) == ("can", None)
    told = [event.facts["answer"] for event in scene.history if event.type == "demand-answered"]
    assert told == ["cannot", "can"]


def test_a_parked_demand_is_a_clock_until_the_time_said() -> None:
    scene = answers(wants("a new part"), hours(1), **PARK)
    scene.then("demand-answered", answer="parked", to="finance", until=UNTIL)
    scene.running("demand", due=hours(8), since=hours(1))
    clock = scene.clock("demand")
    assert (clock.name, clock.limit, clock.calendar, clock.informs) == ("a new part", "", "24x7", False)


def test_the_words_of_a_demand_are_never_in_the_facts() -> None:
    scene = answers(wants("canary one"), hours(1), **{**PARK, "text": "canary two"}).accepted()
    assert "canary" not in repr([event.facts for event in scene.history])


def test_a_long_demand_names_its_clock_with_its_beginning() -> None:
    scene = answers(wants("字" * 200 + "\nsecond line"), hours(1), **PARK).accepted()
    assert scene.clock("demand").name == "字" * 79 + "…"


def test_a_parked_demand_that_is_answered_in_time_is_met() -> None:
    scene = answers(answers(wants("one"), hours(1), **PARK), hours(8) - 1, answer="can")
    scene.then("demand-answered").stopped("demand", "met", hours(8) - 1)
    assert scene.state.demands[0] == Demand(1, "one", T0 + hours(8) - 1, "can")


def test_a_parked_demand_that_is_answered_at_its_time_or_later_is_breached() -> None:
    parked = answers(wants("one"), hours(1), **PARK)
    answers(parked, hours(8), answer="can").accepted().stopped("demand", "breached", hours(8))


def test_parking_again_passes_the_clock_on_and_starts_another() -> None:
    parked = answers(wants("one"), hours(1), **PARK)
    again = {**PARK, "to": "manufacturer", "until": T0 + days(2)}
    scene = answers(parked, hours(3), **again).accepted().running("demand", due=days(2), since=hours(3))
    assert [clock.verdict for clock in scene.state.clocks if clock.kind == "demand"] == ["passed", None]
    late = answers(parked, hours(9), **again).accepted()
    assert [clock.verdict for clock in late.state.clocks if clock.kind == "demand"] == ["breached", None]


def test_each_parked_demand_has_a_clock_of_its_own() -> None:
    scene = answers(wants("one", "two"), hours(1), 1, **PARK)
    scene = answers(scene, hours(1), 2, **{**PARK, "until": T0 + hours(20)}).accepted()
    scene = answers(scene, hours(2), 2, answer="can").accepted()
    assert [(c.name, c.verdict) for c in scene.state.clocks if c.kind == "demand"] == [
        ("one", None),
        ("two", "met"),
    ]


@pytest.mark.parametrize("whom", ["customer", "supplier", "third-party"])
def test_a_pause_never_moves_a_parked_demand_whatever_the_policy_says(whom: str) -> None:
    by = policy({"clocks": {"demand": {"pausable": ["customer", "supplier", "third-party"]}}})
    wanted = did(demands.add, minutes(1), text="one")
    scene = answers(given(opened(), wanted, policy=by), hours(1), **PARK)
    scene.when(waiting.pause, hours(2), waiting_for=whom, until=T0 + hours(4)).accepted()
    scene.running("demand", due=hours(8))


def test_a_demand_is_parked_until_a_time_to_come() -> None:
    answers(wants("one"), hours(8), **PARK).refused("demand-until-passed", n=1, until_at=UNTIL)


def test_a_demand_that_is_not_there_is_named_with_the_last() -> None:
    answers(wants("one"), hours(1), 2, answer="can").refused("no-such-demand", 3, n=2, last=1)
    answers(given(opened()), hours(1), answer="can").refused("demand-none", 3)


def test_an_answer_comes_after_what_it_answers() -> None:
    scene = answers(wants("one"), 59, typed=hours(2), answer="can")
    scene.refused("demand-answered-before", n=1, said_at=T0 + 60)
    again = answers(answers(wants("one"), hours(2), answer="can"), hours(1), typed=hours(3), answer="can")
    again.refused("demand-answered-before", said_at=T0 + hours(2))


def test_a_closed_case_takes_no_demand_and_no_answer() -> None:
    scene = wants("one").when(ending.close, hours(1), outcome="withdrawn").accepted()
    scene.when(demands.add, hours(2), text="x").refused("case-closed")
    answers(scene, hours(2), answer="can").refused("case-closed")


def test_an_unanswered_demand_holds_the_resolution_unless_it_is_meant() -> None:
    scene = answers(wants("one", "two", "three"), hours(1), 2, answer="cannot", text="x")
    scene.when(ending.resolve, hours(2), text="done").refused(
        "resolve-demand-unanswered", n=1, unanswered=[1, 3]
    )
    done = scene.when(ending.resolve, hours(2), text="done", anyway=True)
    done.then("resolved", unanswered=[1, 3]).stands(status="resolved")


def test_a_parked_demand_holds_the_resolution_and_its_clock_runs_on_behind_it() -> None:
    scene = answers(wants("one"), hours(1), **PARK)
    scene.when(ending.resolve, hours(2), text="done").refused("resolve-demand-unanswered", n=1)
    done = scene.when(ending.resolve, hours(2), text="done", anyway=True).then("resolved", unanswered=[1])
    done.running("demand", due=hours(8))
    answers(done, hours(3), answer="can").accepted().stopped("demand", "met")


def test_where_every_demand_is_answered_anyway_says_nothing() -> None:
    scene = answers(wants("one"), hours(1), answer="can")
    scene.when(ending.resolve, hours(2), text="done", anyway=True).then("resolved", unanswered=None)


@pytest.mark.parametrize("outcome", ["withdrawn", "unreachable", "no-agreement"])
def test_a_parked_demand_holds_closing_whatever_the_outcome(outcome: str) -> None:
    scene = answers(wants("one"), hours(1), **PARK).when(ending.close, hours(2), outcome=outcome)
    scene.refused("close-demand-parked", n=1, to="finance", until_at=UNTIL)


def test_an_unanswered_demand_holds_closing_unless_the_case_ends_otherwise() -> None:
    done = wants("one").when(ending.resolve, hours(1), text="done", anyway=True).accepted()
    done.when(ending.close, hours(2), outcome="satisfied").refused("close-demand-unanswered", n=1)
    done.when(ending.close, hours(2), outcome="unreachable").then("closed")
    answered = answers(done, hours(2), answer="can").accepted()
    answered.when(ending.close, hours(3), outcome="satisfied").then("closed")


def test_erased_words_leave_numbers_states_and_due_times() -> None:
    scene = answers(wants("one", "two"), hours(1), 2, **PARK).accepted()
    bare = fold(1, (event._replace(words=None) for event in scene.history))
    assert bare.demands == tuple(one._replace(text=None, reason=None) for one in scene.state.demands)
    assert [clock._replace(name=None) for clock in scene.state.clocks] == list(bare.clocks)


def test_a_demand_that_was_erased_is_still_parked_and_answered() -> None:
    scene = wants("one")
    scene.state = fold(1, (event._replace(words=None) for event in scene.history))
    scene.history = ()
    parked = answers(scene, hours(1), **PARK).accepted()
    assert parked.clock("demand").name is None


def test_a_history_cut_at_any_moment_makes_sense() -> None:
    scene = answers(wants("one", "two"), hours(1), 1, **PARK)
    scene = scene.when(demands.add, minutes(30), typed=hours(2), text="said before", rank=1).accepted()
    scene = answers(scene, hours(3), 1, answer="can").accepted()
    cut = fold(1, (event for event in scene.history if event.at <= T0 + minutes(90)))
    assert [(one.n, one.state) for one in cut.demands] == [(3, "open"), (1, "parked"), (2, "open")]
    earlier = fold(1, (event for event in scene.history if event.at <= T0 + minutes(45)))
    assert [(one.n, one.state) for one in earlier.demands] == [(3, "open"), (1, "open"), (2, "open")]


def test_a_letter_and_a_parked_demand_are_two_clocks() -> None:
    letter = did(add_outside, hours(1), body="12315", ref=None, received_at=T0, limit="15d")
    scene = answers(given(opened(), did(demands.add, 60, text="one"), letter), hours(2), **PARK).accepted()
    scene = answers(scene, hours(3), answer="can").accepted()
    assert scene.state.running("outside") is not None
