"""What was undone is left out of every fold, and nothing of the history is gone."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, settings
from hypothesis import given as random

from cstrack.domain.case import Case
from cstrack.domain.customer import Customer, fold_customer, fold_product
from cstrack.domain.decide import levels, talk
from cstrack.domain.events import CUSTOMER, PRODUCT, Event, event
from cstrack.domain.evolve import evolve, fold
from cstrack.domain.standing import gone, is_there, standing
from tests.support.histories import OPENINGS, STEPS, Told
from tests.support.spec import T0, Scene, did, given, hours, opened


def undone(scene: Scene, at: int, *seqs: int) -> tuple[Event, ...]:
    """The history with these entries taken back."""
    facts: dict[str, Any] = {"invocation": "x", "seqs": list(seqs)}
    entry = event("case", "undone", T0 + at, **facts)
    return (*scene.history, entry._replace(seq=scene.state.seq + 1))


def test_what_was_undone_is_as_if_it_had_never_been() -> None:
    before = given(opened(), did(talk.note, hours(1), text="x"))
    after = before.when(levels.escalate, hours(2), text="x").accepted()
    assert fold(1, undone(after, hours(3), 3)) == before.state._replace(seq=4)


def test_the_numbers_of_entries_go_on() -> None:
    told = given(opened(), did(talk.note, hours(1), text="x"))
    history = undone(told, hours(2), 2)
    state = fold(1, history)
    assert (state.seq, state.changed_seq) == (3, 1)
    note = event("case", "noted", T0 + hours(3))._replace(seq=4)
    assert fold(1, [*history, note]).seq == 4


def test_as_of_a_moment_before_the_undo_it_still_stands() -> None:
    after = given(opened(), did(levels.escalate, hours(2), text="x"))
    history = undone(after, hours(3), 2)
    assert fold(1, [one for one in history if one.at <= T0 + hours(2)]).level == 2
    assert fold(1, [one for one in history if one.at <= T0 + hours(3)]).level == 1


def test_one_entry_more_alone_takes_nothing_back() -> None:
    after = given(opened(), did(levels.escalate, hours(2), text="x"))
    entry = undone(after, hours(3), 2)[-1]
    assert evolve(after.state, entry) == after.state._replace(seq=3)


def test_a_case_whose_opening_was_undone_has_a_history_and_no_more() -> None:
    history = undone(given(opened()), hours(1), 1)
    state = fold(1, history)
    assert state == Case(1, 2)
    assert not state.exists
    assert not is_there(history)
    assert given(opened()).state.exists


def test_an_entry_that_this_program_does_not_know_can_be_undone() -> None:
    told = given(opened())
    strange = Event("beamed", T0, {}, seq=2)
    history = (*told.history, strange)
    assert fold(1, history).unknown == "beamed"
    entry = event("case", "undone", T0, invocation="x", seqs=[2])._replace(seq=3)
    assert fold(1, (*history, entry)).unknown is None


def test_whose_registration_was_undone_is_not_there() -> None:
    registered = event(CUSTOMER, "registered", T0, words={"name": "张三", "phones": ["1"]})._replace(seq=1)
    taken_back = event(CUSTOMER, "undone", T0, invocation="x", seqs=[1])._replace(seq=2)
    assert fold_customer(7, [registered, taken_back]) == Customer(7, 2)
    assert is_there([registered])
    assert not is_there([registered, taken_back])


def test_a_later_registration_stands_where_only_that_was_undone() -> None:
    made = [
        event(PRODUCT, "registered", T0, kind="vehicle", make=make)._replace(seq=seq)
        for seq, make in ((1, "VW"), (2, "BYD"))
    ]
    taken_back = event(PRODUCT, "undone", T0, invocation="x", seqs=[2])._replace(seq=3)
    product = fold_product(3, [*made, taken_back])
    assert (product.seq, product.make) == (3, "VW")
    assert is_there([*made, taken_back])


def test_a_history_without_an_undo_stands_whole() -> None:
    history = given(opened(), did(talk.note, hours(1), text="x")).history
    assert standing(iter(history)) == list(history)
    assert gone(history) == frozenset()


@random(OPENINGS, STEPS)
@settings(max_examples=150)
def test_after_any_history_an_order_and_its_undo_leave_the_case_as_it_was(
    opening: dict[str, Any], steps: list[Told]
) -> None:
    scene, typed = given(opened(**opening)), 0
    checked = False
    for told in steps:
        typed += told.after
        after = scene.when(told.order, max(0, typed - told.back), typed=typed, **told.words)
        if after.refusal is not None:
            continue
        history = undone(after, typed, *(one.seq for one in after.events))
        assert fold(1, history) == scene.state._replace(seq=after.state.seq + 1)
        again = given(fold(1, history)).when(told.order, max(0, typed - told.back), typed=typed, **told.words)
        same = [one._replace(seq=0) for one in after.events]
        assert [one._replace(seq=0) for one in again.accepted().events] == same
        scene, checked = after, True
    assume(checked)
