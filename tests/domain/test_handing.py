"""Hand-over to the next person, and transfer to another store: offered, and only then accepted."""

from __future__ import annotations

from typing import Any

import pytest

from cstrack.domain.decide import ending, handing, levels, people, promises, talk
from cstrack.domain.staff import Person, Roster
from tests.support.spec import T0, Scene, days, did, given, hours, opened

STORES = {"north": "北区店", "east": "东区店"}


def person(handle: str, level: int = 1, **more: Any) -> Person:
    return Person(handle, level=level, **more)


STAFF = Roster(
    [
        person("li", store="north"),
        person("ma", store="north"),
        person("wang", 2, store="north"),
        person("sun", store="east"),
        person("zhou", 2, store="east"),
    ],
    stores=lambda: STORES,
)
OFFERED = did(handing.offer, hours(1), to="ma", text="parts on Friday")
SENT = did(handing.transfer, hours(1), store="east", text="he lives there")


def scene(*more: Any, roster: Roster = STAFF, **words: Any) -> Scene:
    return given(opened(**{"store": "north", **words}), *more, roster=roster)


# --- to the next person -------------------------------------------------------------------------------------


def test_what_is_offered_stays_with_the_giver() -> None:
    told = scene().when(handing.offer, hours(1), to="ma", text="parts on Friday")
    [event] = told.then("handover-offered", by="li", to="ma").events
    assert event.words == {"text": "parts on Friday"}
    told.stands(owner="li", handler="li", handed_to="ma", handed_by="li", handed_at=T0 + hours(1))


def test_accepted_owner_handler_and_open_promises_go_together() -> None:
    mine = did(promises.promise, 60, text="call", due=T0 + days(1), owner="li")
    kept = did(promises.promise, 60, text="mail", due=T0 + days(1), owner="li")
    other = did(promises.promise, 60, text="letter", due=T0 + days(1), owner="wang")
    told = scene(mine, kept, other, did(promises.keep, 120, n=2), OFFERED)
    told = told.when(handing.accept, hours(2), who="ma")
    told.then("handover-accepted", by="li", to="ma", owner="ma", handler="ma", promises=[1])
    told.stands(owner="ma", handler="ma", handed_to=None, handed_by=None, handed_at=None, first_contact="li")
    assert [duty.who for duty in told.state.promises] == ["ma", "li", "wang"]


def test_only_what_was_the_givers_goes() -> None:
    told = scene(did(people.assign, 60, owner="wang"), OFFERED).when(handing.accept, hours(2), who="ma")
    told.then("handover-accepted", handler="ma")
    assert "owner" not in told.events[0].facts
    told.stands(owner="wang", handler="ma")


def test_the_clocks_run_on_unmoved() -> None:
    before = scene(OFFERED)
    told = before.when(handing.accept, hours(2), who="ma").accepted()
    assert told.state.clocks == before.state.clocks


def test_somebody_who_only_promised_can_hand_that_over() -> None:
    promised = did(promises.promise, 60, text="call", due=T0 + days(1), owner="sun")
    told = scene(promised).when(handing.offer, hours(1), to="ma", text="x", who="sun").accepted()
    told.when(handing.accept, hours(2), who="ma").then("handover-accepted", promises=[1]).stands(owner="li")


def test_a_new_offer_takes_the_place_of_the_old_one() -> None:
    told = scene(OFFERED, did(handing.offer, hours(2), to="wang", text="x")).stands(handed_to="wang")
    told.when(handing.accept, hours(3), who="ma").refused("handover-not-offered", actor="ma", to="wang")
    told.when(handing.accept, hours(3), who="wang").stands(owner="wang")


@pytest.mark.parametrize(
    "then",
    [
        did(ending.close, hours(2), outcome="invalid"),
        did(people.assign, hours(2), owner="wang", handler="wang"),
    ],
)
def test_an_offer_lapses_when_the_case_ends_or_is_not_the_givers_any_more(then: Any) -> None:
    scene(OFFERED, then).stands(handed_to=None, handed_by=None, handed_at=None)


def test_after_a_hand_up_the_handler_still_goes_over() -> None:
    told = scene(OFFERED, did(levels.escalate, hours(2), text="x")).stands(handed_to="ma", owner="wang")
    told.when(handing.accept, hours(3), who="ma").stands(owner="wang", handler="ma")


def test_without_staff_handles_are_free() -> None:
    told = given(opened(), did(handing.offer, 60, to="nobody-knows", text="x"))
    told.when(handing.accept, 120, who="nobody-knows").stands(owner="nobody-knows")


def test_it_is_not_to_be_handed_over_by_others() -> None:
    told = scene(did(people.assign, 60, owner="wang"))
    told.when(handing.offer, hours(1), to="ma", text="x", who="sun").refused(
        "handover-not-yours", whose=["wang", "li"]
    )


def test_it_is_not_handed_to_oneself() -> None:
    scene().when(handing.offer, hours(1), to="li", text="x").refused("handover-to-oneself")


def test_it_is_not_handed_to_somebody_who_is_not_of_the_staff() -> None:
    told = scene().when(handing.offer, hours(1), to="wagn", text="x")
    told.refused("no-such-person", 3, value="wagn", near="wang")


def test_the_person_complained_about_may_not_take_it() -> None:
    bare = scene().state._replace(against="ma")
    given(bare, roster=STAFF).when(handing.offer, hours(1), to="ma", text="x").refused(
        "handover-against", who="ma"
    )
    later = scene(OFFERED).state._replace(against="ma")
    given(later, roster=STAFF).when(handing.accept, hours(2), who="ma").refused("handover-against")


def test_an_owner_hands_it_to_nobody_below_its_level() -> None:
    told = scene(did(levels.escalate, 60, text="x")).stands(owner="wang")
    told.when(handing.offer, hours(1), to="ma", text="x", who="wang").refused(
        "handover-level", who="ma", own=1, level=2
    )
    told.when(handing.offer, hours(1), to="zhou", text="x", who="wang").accepted()
    told.when(handing.offer, hours(1), to="ma", text="x").accepted()


def test_of_all_that_one_holds_only_what_is_still_held_goes() -> None:
    up = scene(
        OFFERED, did(levels.escalate, hours(2), text="x"), did(people.assign, hours(2), handler="wang")
    )
    assert up.stands(handed_to=None).when(handing.accept_offered, hours(3), who="ma").accepted().events == []
    assert up.when(handing.offer_held, hours(3), to="ma", text="x").accepted().events == []
    scene().when(handing.offer_held, 60, to="ma", text="x").then("handover-offered", to="ma")
    scene(OFFERED).when(handing.accept_offered, hours(2), who="ma").then("handover-accepted", owner="ma")


def test_what_is_not_offered_is_not_accepted() -> None:
    scene().when(handing.accept, hours(1), who="ma").refused("handover-not-offered", to=None)
    scene(OFFERED).when(handing.accept, hours(2), who="sun").refused("handover-not-offered", to="ma")


def test_d09_it_is_neither_offered_nor_accepted_before_what_came_before() -> None:
    told = scene(OFFERED)
    told.when(handing.accept, 60, who="ma", typed=hours(2)).refused("time-before-offer")
    told.when(handing.accept, hours(3), who="ma", typed=hours(2)).refused("time-in-future")
    changed = scene(did(people.assign, hours(2), owner="wang"))
    changed.when(handing.offer, hours(1), to="ma", text="x", typed=hours(3)).refused("time-before-change")


def test_d34_a_closed_case_is_not_handed_over() -> None:
    told = scene(did(ending.close, 60, outcome="invalid"))
    told.when(handing.offer, hours(1), to="ma", text="x").refused("case-closed")
    told.when(handing.accept, hours(1), who="ma").refused("case-closed")


def test_no_change_is_typed_in_before_an_acceptance() -> None:
    told = scene(OFFERED, did(handing.accept, hours(2), who="ma"))
    told.when(people.assign, hours(1), owner="wang", typed=hours(3)).refused("time-before-change")
    told.when(talk.note, hours(1), text="x", typed=hours(3)).accepted()


# --- to another store ---------------------------------------------------------------------------------------


def test_a_case_belongs_to_the_store_that_it_was_opened_for() -> None:
    scene().stands(store="north")
    given(opened()).stands(store=None)


def test_offered_to_another_store_it_stays_where_it_is() -> None:
    told = scene().when(handing.transfer, hours(1), store="east", text="he lives there")
    told.then("transfer-offered", store="east")
    told.stands(store="north", owner="li", sent_to="east", sent_at=T0 + hours(1))


def test_accepted_by_somebody_of_its_level_it_is_his() -> None:
    before = scene(SENT)
    told = before.when(handing.take, hours(2), who="sun").then("transfer-accepted", store="east", owner="sun")
    told.stands(store="east", owner="sun", handler="li", sent_to=None, sent_at=None, unowned_since=None)
    assert told.state.clocks == before.state.clocks


def test_accepted_below_its_level_the_roster_names_the_owner_there() -> None:
    told = scene(did(levels.escalate, 60, text="x"), SENT).when(handing.take, hours(2), who="sun")
    told.then("transfer-accepted", store="east", owner="zhou").stands(owner="zhou")


def test_where_nobody_of_its_level_is_there_it_waits_for_an_owner() -> None:
    told = scene(did(levels.escalate, 60, text="x", to=3), SENT).when(handing.take, hours(2), who="sun")
    told.then("transfer-accepted", store="east", unowned=True)
    told.stands(store="east", owner=None, unowned_since=T0 + hours(2))


def test_the_person_complained_about_does_not_get_it_by_accepting() -> None:
    bare = scene(SENT).state._replace(against="sun")
    told = given(bare, roster=STAFF).when(handing.take, hours(2), who="sun")
    told.then("transfer-accepted", unowned=True)


def test_on_a_desk_without_staff_anybody_accepts_it() -> None:
    stores = Roster(stores=lambda: STORES)
    told = scene(SENT, roster=stores).when(handing.take, hours(2), who="anna")
    told.stands(store="east", owner="anna")


def test_an_unknown_store_is_refused_with_the_nearest() -> None:
    told = scene().when(handing.transfer, hours(1), store="eats", text="x")
    told.refused("no-such-store", 3, value="eats", near="east")


def test_a_case_is_not_sent_where_it_is() -> None:
    scene().when(handing.transfer, hours(1), store="north", text="x").refused("transfer-there-already")


def test_what_no_store_is_offered_is_not_accepted() -> None:
    scene().when(handing.take, hours(1), who="sun").refused("transfer-not-offered")


def test_only_the_other_store_accepts_it() -> None:
    scene(SENT).when(handing.take, hours(2), who="ma").refused(
        "transfer-elsewhere", store="east", own="north"
    )


def test_it_is_not_accepted_before_it_was_offered() -> None:
    scene(SENT).when(handing.take, 60, who="sun", typed=hours(2)).refused("time-before-offer")


def test_closing_ends_the_offer_to_a_store() -> None:
    told = scene(SENT, did(ending.close, hours(2), outcome="invalid")).stands(sent_to=None, sent_at=None)
    told.when(handing.take, hours(3), who="sun").refused("case-closed")
    told.when(handing.transfer, hours(3), store="east", text="x").refused("case-closed")


def test_a_transfer_ends_a_hand_over_of_what_the_giver_has_no_more() -> None:
    both = did(people.assign, 60, handler="wang")
    told = scene(both, OFFERED, did(handing.transfer, hours(2), store="east", text="x"))
    told.stands(handed_to="ma").when(handing.take, hours(3), who="sun").stands(handed_to=None, owner="sun")
