"""What people type for a field of the desk's own, and what is kept of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cstrack.domain import field_values
from cstrack.domain.errors import BadInput, Usage
from cstrack.domain.own_fields import as_data
from tests.support.own_fields import ALL, BOUGHT, ELIGIBLE, MILEAGE, ORDER, SEVERITY, field
from tests.support.spec import T0, ZONE

if TYPE_CHECKING:
    from cstrack.domain.own_fields import Change

FIELDS = {one["code"]: one for one in ALL}


def read(*typed: str, fields: dict[str, Any] | None = None) -> tuple[Change, ...]:
    return field_values.read(FIELDS if fields is None else fields, typed, now=T0, zone=ZONE)


def kept(one: dict[str, Any], typed: str) -> str:
    return field_values.value(one, typed, now=T0, zone=ZONE)


def refused(*typed: str, fields: dict[str, Any] | None = None) -> Usage:
    with pytest.raises(Usage) as fault:
        read(*typed, fields=fields)
    return fault.value


# --- names --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["order-number", "order number", "Order Number", "订单号", " 订单号 "])
def test_a_field_is_named_by_its_code_or_either_name(name: str) -> None:
    assert read(f"{name}=A-17") == (("case", "order-number", "A-17"),)


def test_each_goes_to_what_it_is_known_of() -> None:
    assert read("订单号=A-17", "职业=教师", "里程=12", "严重程度=") == (
        ("case", "order-number", "A-17"),
        ("customer", "job", "教师"),
        ("product", "mileage", "12"),
        ("case", "severity", None),
    )


@pytest.mark.parametrize("typed", ["订单号＝A=1＝2", "订单号=A=1＝2"])
def test_the_first_sign_parts_name_and_value_and_the_others_are_kept(typed: str) -> None:
    assert read(typed) == (("case", "order-number", "A=1＝2"),)


def test_a_field_whose_name_has_the_sign_is_named_by_its_code() -> None:
    odd = {"odd": field("odd", en="a=b", zh="a=b")}
    assert read("odd=1", fields=odd) == (("case", "odd", "1"),)
    assert refused("a=b=1", fields=odd).facts["value"] == "a"


@pytest.mark.parametrize("typed", ["订单号=", "订单号=  ", "订单号=\t\n"])
def test_nothing_behind_the_sign_empties_a_field(typed: str) -> None:
    assert read(typed) == (("case", "order-number", None),)


@pytest.mark.parametrize("typed", ["订单号", "", "A-17"])
def test_a_word_without_the_sign_is_refused(typed: str) -> None:
    assert refused(typed).code == "own-field-form"


def test_an_unknown_name_gets_the_nearest() -> None:
    refusal = refused("order numbr=1")
    assert (refusal.code, refusal.facts["near"]) == ("choice-unknown", "order-number")
    assert refusal.facts["known"] == [one["code"] for one in ALL]
    assert refused("=1").code == "choice-unknown"


def test_a_policy_without_fields_says_that() -> None:
    assert refused("订单号=1", fields={}).code == "own-field-none"


def test_a_name_of_two_fields_is_refused_and_a_code_is_not() -> None:
    two = {
        "lot": field("lot", en="batch"),
        "batch": field("batch"),
        "run": field("run", zh="lot", en="Batch"),
    }
    assert read("batch=1", "lot=2", fields=two) == (("case", "batch", "1"), ("case", "lot", "2"))
    del two["batch"]
    refusal = refused("BATCH=1", fields=two)
    assert (refusal.code, refusal.facts["known"]) == ("own-field-ambiguous", ["lot", "run"])


def test_a_field_is_given_once() -> None:
    refusal = refused("订单号=1", "order-number=2")
    assert (refusal.code, refusal.facts) == ("own-field-twice", {"own_field": "order-number"})


# --- values -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["x", "字" * 1000, "[/foo] \x1b[31m", "a=b", "123"])
def test_a_text_is_kept_as_it_is(text: str) -> None:
    assert kept(ORDER, f" {text} ") == text


@pytest.mark.parametrize("text", ["x" * 1001, "a\nb", "a\rb", "a\x0bb", "a\x85b", "a\u2028b", "x" * 500_000])
def test_a_text_is_one_line_and_not_without_end(text: str) -> None:
    refusal = refused(f"订单号={text}")
    assert (refusal.code, refusal.facts["most"]) == ("own-field-text", 1000)


def test_what_cannot_be_kept_at_all_is_not_accepted() -> None:
    for text, code in (("a\x00b", "text-has-nul"), ("\ud800", "text-not-unicode")):
        with pytest.raises(BadInput) as fault:
            read(f"订单号={text}")
        assert fault.value.code == code


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("12", "12"),
        ("012.50", "12.5"),
        ("+7", "7"),
        ("-0.50", "-0.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("100", "100"),
        ("0", "0"),
        ("-0.00", "0"),
        ("１２．５", "12.5"),
        ("－３", "-3"),
        ("123456789012345", "123456789012345"),
        ("0.00000000000001", "0.00000000000001"),
        ("000000000000000000012", "12"),
    ],
)
def test_a_number_loses_only_what_it_does_not_need(typed: str, text: str) -> None:
    assert kept(MILEAGE, typed) == text
    assert kept(MILEAGE, text) == text


@pytest.mark.parametrize(
    "typed",
    ["x", "1,000", "1.2.3", "1e5", "--1", ".", "-", "+.", "1 2", "½", "٣", "1234567890123456", "0" * 101],
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    refusal = refused(f"里程={typed}")
    assert (refusal.code, refusal.facts["value"]) == ("own-field-number", typed)


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("2025-03-31", "2025-03-31"),
        ("yesterday", "2026-11-15"),
        ("明天下午3点", "2026-11-17"),
        ("下周一", "2026-11-23"),
        ("2026-11-21T23:00:00-05:00", "2026-11-22"),
        ("now", "2026-11-16"),
    ],
)
def test_a_date_is_the_day_that_a_phrase_names(typed: str, date: str) -> None:
    assert kept(BOUGHT, typed) == date


@pytest.mark.parametrize("typed", ["2026-02-30", "01/02/2026", "soon", "3 working days", "x" * 200])
def test_what_is_no_date_is_refused(typed: str) -> None:
    assert refused(f"购买日期={typed}").code == "own-field-date"


@pytest.mark.parametrize(
    ("typed", "text"),
    [("yes", "yes"), ("TRUE", "yes"), ("是", "yes"), ("No", "no"), ("false", "no"), ("否", "no")],
)
def test_yes_and_no_have_several_words(typed: str, text: str) -> None:
    assert kept(ELIGIBLE, typed) == text


def test_what_is_neither_yes_nor_no_is_refused() -> None:
    assert refused("eligible=perhaps").code == "own-field-yes-no"


@pytest.mark.parametrize("typed", ["grave", "Grave", "严重"])
def test_a_choice_is_its_code(typed: str) -> None:
    assert kept(SEVERITY, typed) == "grave"


def test_what_is_no_choice_is_refused_with_the_nearest() -> None:
    refusal = refused("severity=gravee")
    assert (refusal.code, refusal.facts["near"]) == ("choice-unknown", "grave")
    assert refusal.facts["option"] == "--field severity"


# --- as programs read them ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "text", "data"),
    [
        (ORDER, "12", "12"),
        (MILEAGE, "12", 12),
        (MILEAGE, "-3.5", -3.5),
        (MILEAGE, "0.1", 0.1),
        (BOUGHT, "2025-03-31", "2025-03-31"),
        (ELIGIBLE, "yes", True),
        (ELIGIBLE, "no", False),
        (SEVERITY, "grave", "grave"),
        (None, "12", "12"),
        (MILEAGE, None, None),
    ],
)
def test_a_value_is_of_its_type(one: dict[str, Any] | None, text: str | None, data: object) -> None:
    found = as_data(one, text)
    assert (found, type(found)) == (data, type(data))


@pytest.mark.parametrize(("one", "text"), [(MILEAGE, "far"), (MILEAGE, "012"), (ELIGIBLE, "perhaps")])
def test_what_was_kept_under_another_type_stays_as_it_is(one: dict[str, Any], text: str) -> None:
    assert as_data(one, text) == text
