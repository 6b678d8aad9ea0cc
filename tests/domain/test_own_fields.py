"""Fields of the desk's own: which are needed when, where they are kept, and that they outlive an erasure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cstrack.domain.case import Case
from cstrack.domain.customer import fold_customer, fold_product
from cstrack.domain.decide import ending
from cstrack.domain.decide.draft import Context, Draft, nothing_held
from cstrack.domain.decide.own_fields import set_fields
from cstrack.domain.errors import InputNeeded, Refused
from cstrack.domain.events import CUSTOMER, IMPORT, PRODUCT, event
from cstrack.domain.evolve import fold
from tests.support.own_fields import needing, own_policy
from tests.support.spec import T0, ZONE, Scene, did, given, hours, open_, opened

if TYPE_CHECKING:
    from cstrack.domain.own_fields import Change

SIZE: Change = ("case", "order-number", "A-17")
EMPTY: Change = ("case", "order-number", None)
TEACHER: Change = ("customer", "job", "教师")
FAR: Change = ("product", "mileage", "12000")


def desk(*past: Any, needs: tuple[str, ...] = ()) -> Scene:
    """A desk whose policy has fields; `needs` are (when, code ...)."""
    return given(*past, policy=own_policy(needing(*needs) if needs else None))


# --- at opening ---------------------------------------------------------------------------------------------


def test_a_case_is_opened_with_its_fields() -> None:
    scene = desk().when(open_, 0, fields=(SIZE, ("case", "eligible", "yes"))).accepted()
    [fact] = scene.events
    assert fact.facts["fields"] == ["eligible", "order-number"]
    assert (fact.words or {})["fields"] == {"eligible": "yes", "order-number": "A-17"}
    scene.stands(fields=(("eligible", "yes"), ("order-number", "A-17")))


def test_a_case_without_fields_says_nothing_of_them() -> None:
    [fact] = desk().when(open_, 0).accepted().events
    assert "fields" not in fact.facts
    assert "fields" not in (fact.words or {})


def test_what_is_needed_at_opening_is_asked_for_by_name() -> None:
    scene = desk(needs=("opening", "order-number", "severity")).when(open_, 0)
    scene.refused(
        "open-needs-fields",
        5,
        own_fields=["order-number", "severity"],
        option="--field order-number=... --field severity=...",
    )
    scene = desk(needs=("opening", "order-number", "severity")).when(open_, 0, fields=(SIZE,))
    scene.refused("open-needs-fields", 5, own_fields=["severity"])


def test_a_field_left_empty_is_not_given() -> None:
    desk(needs=("opening", "order-number")).when(open_, 0, fields=(EMPTY,)).refused("open-needs-fields", 5)
    desk().when(open_, 0, fields=(EMPTY,)).stands(fields=())


def test_what_is_known_of_a_customer_is_needed_only_where_there_is_one() -> None:
    asking = desk(needs=("opening", "job"))
    asking.when(open_, 0).then("opened")
    asking.when(open_, 0, customer_number=3).refused("open-needs-fields", 5, own_fields=["job"])
    asking.when(open_, 0, customer_number=3, fields=(TEACHER,)).then("opened")


def test_what_is_known_of_a_product_is_needed_of_every_new_case() -> None:
    desk(needs=("opening", "mileage")).when(open_, 0).refused("open-needs-fields", 5, own_fields=["mileage"])


def test_what_is_known_of_nobody_is_refused() -> None:
    desk().when(open_, 0, fields=(TEACHER,)).refused("own-field-needs-customer", 2, own_field="job")


def test_what_is_only_needed_later_holds_no_opening() -> None:
    desk(needs=("resolving", "order-number", "mileage")).when(open_, 0).then("opened")


def test_what_is_imported_may_lack_them_until_it_is_resolved_by_hand() -> None:
    context = Context(T0, T0, "li", own_policy(needing("opening", "order-number")), ZONE, IMPORT)
    draft = Draft(Case(1), context)
    open_(draft)
    ending.resolve(draft, text="as the file says")
    assert draft.state.status == "resolved"
    draft = Draft(Case(1), context)
    open_(draft)
    draft.context = context._replace(cause="person")
    with pytest.raises(InputNeeded) as fault:
        ending.resolve(draft, text="done")
    assert fault.value.code == "resolve-needs-fields"


# --- at resolving -------------------------------------------------------------------------------------------


def test_a_case_is_not_resolved_without_what_is_needed() -> None:
    scene = desk(opened(), needs=("resolving", "severity")).when(ending.resolve, hours(1), text="done")
    scene.refused("resolve-needs-fields", 5, own_fields=["severity"], option="--field severity=...")


def test_what_is_needed_may_be_said_with_it() -> None:
    grave: Change = ("case", "severity", "grave")
    scene = desk(opened(), needs=("resolving", "severity"))
    scene.when(ending.resolve, hours(1), text="done", fields=(grave,)).then("fields-set", "resolved")
    before = did(set_fields, hours(1), changes=(grave,))
    desk(opened(), before, needs=("resolving", "severity")).when(ending.resolve, hours(2), text="x").then(
        "resolved"
    )


def test_what_the_rules_refuse_is_not_asked_about() -> None:
    done = did(ending.resolve, hours(1), text="done", fields=(SIZE,))
    scene = desk(opened(), done, needs=("resolving", "order-number"))
    scene.when(ending.resolve, hours(2), text="x").refused("already-resolved")


def test_customers_and_products_that_a_case_has_not_hold_nothing() -> None:
    desk(opened(), needs=("resolving", "job", "mileage")).when(ending.resolve, 60, text="x").then("resolved")


def test_what_a_customer_and_a_product_have_already_is_not_asked_again() -> None:
    known = {("customer", 3): ["job"], ("product", 4): ["mileage"]}
    context = Context(T0 + 60, T0 + 60, "li", own_policy(needing("resolving", "job", "mileage")), ZONE)
    state = opened(customer_number=3, product_number=4)(desk()).state
    with pytest.raises(InputNeeded) as fault:
        ending.resolve(Draft(state, context), text="x")
    assert fault.value.facts["own_fields"] == ["job", "mileage"]
    ending.resolve(Draft(state, context), text="x", fields=(TEACHER, FAR))
    ending.resolve(Draft(state, context._replace(held=lambda kind, number: known[kind, number])), text="x")


# --- setting ------------------------------------------------------------------------------------------------


def test_a_field_is_set_anew_and_emptied() -> None:
    scene = desk(opened(fields=(SIZE,))).when(
        set_fields, 60, changes=(("case", "order-number", "B"),), text="so"
    )
    scene.then("fields-set", fields=["order-number"])
    assert scene.events[0].words == {"fields": {"order-number": "B"}, "text": "so"}
    scene.stands(fields=(("order-number", "B"),))
    scene = scene.when(set_fields, 120, changes=(EMPTY,)).then("fields-set", emptied=["order-number"])
    assert scene.events[0].words is None
    scene.stands(fields=())


def test_one_order_may_set_one_and_empty_another() -> None:
    scene = desk(opened(fields=(SIZE,))).when(set_fields, 60, changes=(EMPTY, ("case", "eligible", "no")))
    scene.then("fields-set", fields=["eligible"], emptied=["order-number"]).stands(
        fields=(("eligible", "no"),)
    )


def test_what_is_empty_is_not_emptied() -> None:
    desk(opened()).when(set_fields, 60, changes=(EMPTY,)).refused("own-field-empty", own_field="order-number")


def test_what_must_be_known_is_not_emptied() -> None:
    given_ = opened(fields=(SIZE,))
    desk(given_, needs=("opening", "order-number")).when(set_fields, 60, changes=(EMPTY,)).refused(
        "own-field-required"
    )
    open_still = desk(given_, needs=("resolving", "order-number"))
    open_still.when(set_fields, 60, changes=(EMPTY,)).then("fields-set")
    resolved = did(ending.resolve, 60, text="x")
    done = desk(given_, resolved, needs=("resolving", "order-number"))
    done.when(set_fields, 120, changes=(EMPTY,)).refused("own-field-required", own_field="order-number")


def test_a_field_that_the_policy_has_no_more_may_be_emptied() -> None:
    scene = given(opened(fields=(SIZE,)), policy=own_policy([]))
    scene.when(set_fields, 60, changes=(EMPTY,)).then("fields-set")


def test_a_closed_case_keeps_its_fields() -> None:
    closed = did(ending.close, 60, outcome="withdrawn")
    desk(opened(), closed).when(set_fields, 120, changes=(SIZE,)).refused("case-closed")


def test_a_field_is_set_neither_before_the_opening_nor_in_the_future() -> None:
    desk(opened()).when(set_fields, -60, typed=60, changes=(SIZE,)).refused("time-before-opening")
    desk(opened()).when(set_fields, 60, typed=0, changes=(SIZE,)).refused("time-in-future")


def test_what_is_known_of_a_customer_or_a_product_needs_one() -> None:
    scene = desk(opened())
    scene.when(set_fields, 60, changes=(SIZE, TEACHER)).refused("own-field-without-customer", own_field="job")
    scene.when(set_fields, 60, changes=(FAR,)).refused("own-field-without-product", own_field="mileage")


def test_customers_and_products_have_histories_of_their_own() -> None:
    state = opened(customer_number=3, product_number=4)(desk()).state
    draft = Draft(state, Context(T0 + 60, T0 + 90, "li", own_policy(), ZONE))
    set_fields(draft, changes=(TEACHER, FAR), text="he said")
    assert draft.events == []
    assert [(kind, number, fact.type, fact.at) for kind, number, fact in draft.beside] == [
        ("customer", 3, "changed", T0 + 60),
        ("product", 4, "changed", T0 + 60),
    ]
    fact = draft.beside[0][2]
    assert (fact.facts, fact.words) == ({"fields": ["job"]}, {"fields": {"job": "教师"}, "text": "he said"})
    set_fields(draft, changes=(("customer", "job", None),))
    with pytest.raises(Refused) as refused:
        set_fields(draft, changes=(("customer", "job", None),))
    assert refused.value.code == "own-field-empty"


def test_nobody_has_fields_unless_somebody_says_so() -> None:
    assert nothing_held("customer", 1) == ()


# --- what is kept -------------------------------------------------------------------------------------------


def test_an_erased_value_is_gone_and_that_it_was_set_is_not() -> None:
    scene = desk(opened(fields=(SIZE,)), did(set_fields, 60, changes=(("case", "severity", "grave"),)))
    erased = [fact._replace(words=None) for fact in scene.history]
    assert fold(1, erased).fields == (("order-number", None), ("severity", None))
    asking = given(fold(1, erased), policy=own_policy(needing("opening", "order-number")))
    asking.when(ending.resolve, hours(1), text="x").then("resolved")


def test_what_is_set_later_leaves_the_rest_of_a_customer_alone() -> None:
    words = {"name": "张三", "phones": ["13800000000"], "fields": {"job": "教师"}}
    registered = event(CUSTOMER, "registered", T0, words=words, fields=["job"])
    told = event(CUSTOMER, "changed", T0, words={"fields": {"zip": "1"}}, fields=["zip"], emptied=["job"])
    customer = fold_customer(3, [registered, told])
    assert (customer.seq, customer.name, customer.phones) == (2, "张三", ("13800000000",))
    assert customer.fields == (("zip", "1"),)


def test_what_is_set_later_leaves_the_rest_of_a_product_alone() -> None:
    registered = event(PRODUCT, "registered", T0, words={"vin": "V"}, make="VW", customer_number=3)
    told = event(PRODUCT, "changed", T0, words={"fields": {"mileage": "1"}}, fields=["mileage"])
    product = fold_product(4, [registered, told])
    assert (product.seq, product.make, product.vin, product.customer_number) == (2, "VW", "V", 3)
    assert product.fields == (("mileage", "1"),)
