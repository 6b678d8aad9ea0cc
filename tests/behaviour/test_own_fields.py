"""Fields of the desk's own on both databases: rows, filters, looking back, customers and products."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cstrack.app import reading, road
from cstrack.domain.decide import ending
from cstrack.domain.decide.own_fields import set_fields
from cstrack.domain.errors import InputNeeded, Refused, Usage
from cstrack.store import doctor
from tests.support.own_fields import needing, own_rules
from tests.support.spec import T0, hours

if TYPE_CHECKING:
    from cstrack.domain.own_fields import Change
    from tests.support.desks import Desk

SIZE: Change = ("case", "order-number", "A-17")
TEACHER: Change = ("customer", "job", "教师")
FAR: Change = ("product", "mileage", "12000")
PHONE = "13800000000"
ROWS = "SELECT kind, number, name, value FROM own_field ORDER BY kind, number, name"


@pytest.fixture
def own(desk: Desk) -> Desk:
    """A desk whose policy has fields."""
    desk.applies(own_rules(), 0)
    return desk


def sets(desk: Desk, at: int, *changes: Change, numbers: tuple[int, ...] = (1,)) -> None:
    desk.does(set_fields, at, *numbers, changes=changes)


def fields(desk: Desk, at: int | None = None, *numbers: int) -> dict[int, dict[str, str | None]]:
    """The fields of some cases (the first one), as of then."""
    when = None if at is None else T0 + at
    with desk.reading() as db:
        rows = [reading.shown(db, number, when).row for number in numbers or (1,)]
        return reading.fields(db, rows, when)


def found(desk: Desk, *having: Change, at: int | None = None) -> list[int]:
    """The numbers of the cases with these fields, listed and overdue alike, as of then."""
    when = None if at is None else T0 + at
    with desk.reading() as db:
        listed = {row.number for row in reading.listed(db, when, {"fields": having})}
        due = {row.number for row in reading.due(db, when, T0 + hours(1000), {"fields": having})}
    assert due == listed
    return sorted(listed)


def test_a_case_its_customer_and_its_product_are_told_of_at_once(own: Desk) -> None:
    one = own.open(60, phone=PHONE, name="张三", fields=(SIZE, TEACHER, FAR)).outcome
    assert (one.after.customer_number, one.after.product_number) == (1, 1)
    assert own.rows(ROWS) == [
        ("case", 1, "order-number", "A-17"),
        ("customer", 1, "job", "教师"),
        ("product", 1, "mileage", "12000"),
    ]
    assert own.rows("SELECT customer_number FROM product_current") == [(1,)]
    assert fields(own) == {1: {"order-number": "A-17", "job": "教师", "mileage": "12000"}}
    own.is_sound()


def test_a_customer_who_is_known_is_told_of_in_his_own_history(own: Desk) -> None:
    own.open(60, phone=PHONE, name="张三")
    own.open(120, phone=PHONE, fields=(TEACHER,))
    assert own.rows("SELECT seq, type FROM event WHERE stream_kind = 'customer' ORDER BY seq") == [
        (1, "registered"),
        (2, "changed"),
    ]
    assert own.rows("SELECT name, phones FROM customer_current") == [("张三", PHONE)]
    assert fields(own, None, 1, 2) == {1: {"job": "教师"}, 2: {"job": "教师"}}
    own.is_sound()


def test_what_is_not_said_registers_no_product(own: Desk) -> None:
    own.open(60, fields=(SIZE, ("product", "mileage", None)))
    assert own.rows("SELECT COUNT(*) FROM product_current") == [(0,)]
    own.is_sound()


def test_a_value_is_set_anew_and_emptied_everywhere(own: Desk) -> None:
    own.open(60, phone=PHONE, fields=(SIZE, TEACHER, FAR))
    sets(
        own, hours(1), ("case", "order-number", "B"), ("customer", "job", "医生"), ("product", "mileage", "1")
    )
    assert fields(own) == {1: {"order-number": "B", "job": "医生", "mileage": "1"}}
    sets(
        own, hours(2), ("case", "order-number", None), ("customer", "job", None), ("product", "mileage", None)
    )
    assert fields(own) == {1: {}}
    assert own.rows(ROWS) == []
    assert own.events(1) == ["opened", "fields-set", "fields-set"]
    own.is_sound()


def test_an_order_about_a_customer_alone_leaves_the_case_alone(own: Desk) -> None:
    own.open(60, phone=PHONE)
    [outcome] = own.does(set_fields, hours(1), changes=(TEACHER,))
    assert (own.events(1), list(outcome.events)) == (["opened"], [])
    assert [(kind, number) for kind, number, _event in outcome.beside] == [("customer", 1)]
    own.is_sound()


def test_several_cases_of_one_customer_say_one_thing_of_him_once(own: Desk) -> None:
    for at in (60, 120, 180):
        own.open(at, phone=PHONE)
    sets(own, hours(1), TEACHER, SIZE, numbers=(1, 2, 3))
    assert own.rows("SELECT COUNT(*) FROM event WHERE stream_kind = 'customer'") == [(2,)]
    assert [row[1:] for row in own.rows(ROWS) if row[0] == "case"] == [
        (number, "order-number", "A-17") for number in (1, 2, 3)
    ]
    own.is_sound()


def test_what_is_refused_writes_nothing(own: Desk) -> None:
    own.open(60, phone=PHONE)
    before = own.everything()
    with pytest.raises(Refused):
        sets(own, hours(1), SIZE, TEACHER, FAR)
    with pytest.raises(Usage):
        own.open(hours(1), fields=(SIZE, TEACHER))
    assert own.everything() == before


def test_a_number_that_a_refusal_took_is_given_again(own: Desk) -> None:
    own.applies({**own_rules(needing("opening", "order-number")), "name": "strict"}, 0)
    with pytest.raises(InputNeeded):
        own.open(60, phone=PHONE, fields=(FAR,))
    assert own.open(60, phone=PHONE, fields=(FAR, SIZE)).outcome.after.product_number == 1
    own.is_sound()


def test_lists_are_narrowed_by_what_a_case_its_customer_and_its_product_have(own: Desk) -> None:
    own.open(60, phone=PHONE, fields=(SIZE, TEACHER, FAR))
    own.open(120, phone=PHONE, fields=(SIZE,))
    own.open(180, fields=(FAR, ("case", "eligible", "yes")))
    own.open(240)
    assert found(own, SIZE) == [1, 2]
    assert found(own, TEACHER) == [1, 2]
    assert found(own, FAR) == [1, 3]
    assert found(own, SIZE, FAR) == [1]
    assert found(own, ("case", "order-number", "a-17")) == []
    assert found(own, ("case", "job", "教师")) == []
    with own.reading() as db:
        assert [row.number for row in reading.listed(db, None, {"fields": (FAR,), "level": 1})] == [1, 3]
        assert reading.clocks_due(db, None, T0, {"fields": (SIZE,)}) == []


def test_looking_back_shows_and_finds_what_was_known_then(own: Desk) -> None:
    own.open(60, phone=PHONE, fields=(SIZE, TEACHER, FAR))
    own.open(120, phone=PHONE)
    sets(
        own,
        hours(2),
        ("case", "order-number", "B"),
        ("customer", "job", "医生"),
        ("product", "mileage", None),
    )
    now: dict[str, Any] = {"order-number": "B", "job": "医生"}
    then: dict[str, Any] = {"order-number": "A-17", "job": "教师", "mileage": "12000"}
    assert fields(own) == fields(own, hours(2)) == {1: now}
    assert fields(own, hours(1), 1, 2) == {1: then, 2: {"job": "教师"}}
    assert (found(own, SIZE), found(own, SIZE, at=hours(1))) == ([], [1])
    assert (found(own, TEACHER), found(own, TEACHER, at=hours(1))) == ([], [1, 2])
    assert (found(own, FAR), found(own, FAR, at=hours(1))) == ([], [1])
    assert found(own, SIZE, TEACHER, FAR, at=hours(1)) == [1]
    assert found(own, ("customer", "job", "医生"), at=hours(1)) == []


def test_what_a_case_has_itself_goes_before_what_its_customer_has(own: Desk) -> None:
    """A later policy may know a field of cases that an earlier one knew of customers."""
    own.open(60, phone=PHONE, fields=(TEACHER,))
    sets(own, 120, ("case", "job", "司机"))
    assert fields(own) == {1: {"job": "司机"}}


def test_what_is_known_of_a_customer_is_asked_for_once(own: Desk) -> None:
    own.applies({**own_rules(needing("opening", "job")), "name": "strict"}, 0)
    with pytest.raises(InputNeeded) as fault:
        own.open(60, phone=PHONE)
    assert fault.value.facts["own_fields"] == ["job"]
    own.open(60, phone=PHONE, fields=(TEACHER,))
    own.open(120, phone=PHONE)
    own.open(180)
    own.does(ending.resolve, hours(1), 1, 2, 3, text="done")
    own.is_sound()


def test_what_is_said_at_opening_counts_when_it_is_resolved_on_the_spot(own: Desk) -> None:
    own.applies({**own_rules(needing("resolving", "order-number", "job", "mileage")), "name": "strict"}, 0)
    with pytest.raises(InputNeeded):
        own.open(60, phone=PHONE, fields=(SIZE,), resolution="done")
    one = own.open(60, phone=PHONE, fields=(SIZE, TEACHER, FAR), resolution="done").outcome
    assert one.after.status == "resolved"
    own.is_sound()


def test_a_store_may_need_what_the_desk_does_not(own: Desk) -> None:
    """No order sends a case to a store yet, so the rule is asked directly."""
    data = own_rules()
    data["stores"] = {"east": {"fields": needing("resolving", "order-number")}}
    own.applies({**data, "name": "stores"}, 0)
    own.open(60)

    def elsewhere(draft: Any) -> None:
        draft.state = draft.state._replace(store="east")
        ending.resolve(draft, text="x")

    with pytest.raises(InputNeeded):
        road.change(own.road(120), [1], elsewhere)
    own.does(ending.resolve, 120, text="x")


def test_erased_words_leave_a_row_without_a_value(own: Desk) -> None:
    own.open(60, phone=PHONE, fields=(SIZE, TEACHER))
    with own.writing() as db, db.transaction():
        db.execute("UPDATE event SET words = NULL")
        db.execute("UPDATE own_field SET value = NULL")
        db.execute("UPDATE case_current SET subject = NULL")
        db.execute("UPDATE customer_current SET name = NULL, phones = NULL")
        db.execute("DELETE FROM customer_key")
    own.is_sound()
    assert fields(own) == {1: {"order-number": None, "job": None}}
    assert fields(own, 60) == {1: {"order-number": None, "job": None}}
    assert found(own, SIZE) == []


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE own_field SET value = 'B' WHERE kind = 'case'",
        "DELETE FROM own_field WHERE kind = 'customer'",
        "UPDATE own_field SET name = 'zip' WHERE kind = 'product'",
        "INSERT INTO own_field VALUES ('case', 7, 'order-number', 'x')",
    ],
)
def test_the_doctor_finds_a_row_that_the_history_does_not_lead_to(own: Desk, harm: str) -> None:
    own.open(60, phone=PHONE, fields=(SIZE, TEACHER, FAR))
    own.is_sound()
    with own.writing() as db, db.transaction():
        db.execute(harm)
    with own.reading() as db:
        assert {one.code for one in doctor.examine(db).findings} == {"part-differs"}


def test_a_customer_who_was_registered_later_than_he_is_told_of_is_folded_all_the_same(own: Desk) -> None:
    own.open(hours(2), phone=PHONE)
    own.open(hours(1), typed=hours(3), phone=PHONE, fields=(TEACHER,))
    assert fields(own, hours(1), 2) == {2: {"job": "教师"}}
    own.is_sound()
