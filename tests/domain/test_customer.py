"""Customers and products as their events leave them; one spelling of every telephone number."""

from __future__ import annotations

from typing import Any

import pytest

from cstrack.domain.customer import Customer, Product, fold_customer, fold_product, phone_key
from cstrack.domain.events import CUSTOMER, PRODUCT, event
from tests.support.spec import T0


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("13800000000", "13800000000"),
        ("138 0000 0000", "13800000000"),
        ("138-0000-0000", "13800000000"),
        ("+86 138-0000-0000", "13800000000"),
        ("0086 13800000000", "13800000000"),
        ("8613800000000", "13800000000"),
        ("１３８００００００００", "13800000000"),
        ("＋86 138 0000 0000", "13800000000"),
        ("010-12345678", "01012345678"),
        ("+86 10 12345678", "01012345678"),
        ("＋86 10 12345678", "01012345678"),
        ("+86 (0)10 12345678", "01012345678"),
        ("+86 571 88888888", "057188888888"),
        ("+86 400 810 8888", "4008108888"),
        ("0571-88888888 转 801", "057188888888x801"),
        ("0571-88888888 ext. 801", "057188888888x801"),
        ("0571-88888888#801", "057188888888x801"),
        ("0571-88888888 分机801", "057188888888x801"),
        ("400-810-8888", "4008108888"),
        ("+44 20 7946 0018", "442079460018"),
        ("+1 (202) 456-1111 x22", "12024561111x22"),
        ("8612345", "8612345"),
        ("8601012345678", "01012345678"),
        ("86010123456789", "86010123456789"),
        ("转801", ""),
        ("no phone", ""),
        ("", ""),
    ],
)
def test_one_spelling_of_a_telephone_number(typed: str, key: str) -> None:
    assert phone_key(typed) == key


def test_a_customer_is_who_was_registered() -> None:
    registered = event(CUSTOMER, "registered", T0, words={"name": "张三", "phones": ["13800000000"]})
    assert fold_customer(7, [registered]) == Customer(7, 1, "张三", ("13800000000",))


def test_an_erased_customer_keeps_the_number_only() -> None:
    registered = event(CUSTOMER, "registered", T0, words={"name": "张三", "phones": ["13800000000"]})
    assert fold_customer(7, [registered._replace(words=None)]) == Customer(7, 1)


def test_a_product_is_what_was_registered() -> None:
    words = {"vin": "LSVAA4182E2184841"}
    facts: dict[str, Any] = {
        "kind": "vehicle",
        "make": "VW",
        "model": "Lavida",
        "year": "2014",
        "customer_number": 7,
    }
    registered = event(PRODUCT, "registered", T0, words=words, **facts)
    assert fold_product(3, [registered]) == Product(
        3, 1, "vehicle", "VW", "Lavida", "2014", "LSVAA4182E2184841", 7
    )


def test_an_erased_product_loses_its_vin() -> None:
    registered = event(PRODUCT, "registered", T0, words={"vin": "L"}, kind="vehicle")
    assert fold_product(3, [registered._replace(words=None)]) == Product(3, 1, "vehicle")
