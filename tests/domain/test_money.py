"""Sums as people type them, and as they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstrack.domain import money
from cstrack.domain.errors import Usage


@pytest.mark.parametrize(
    ("typed", "hundredths"),
    [
        ("0", 0),
        ("2000", 200_000),
        (" 2000 ", 200_000),
        ("2000.5", 200_050),
        ("2000.50", 200_050),
        ("0.01", 1),
        ("007", 700),
        ("２０００．５", 200_050),
        ("¥2000", 200_000),
        ("￥２０００", 200_000),
        ("2000元", 200_000),
        ("¥ 99.90 元", 9_990),
        (str(money.LARGEST), money.LARGEST * 100),
        ("0" * 5000 + "7", 700),
    ],
)
def test_a_sum_is_understood(typed: str, hundredths: int) -> None:
    assert money.parse(typed, "--amount") == hundredths


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("-50", "amount-below-zero"),
        ("−50", "amount-below-zero"),
        ("-2,000", "amount-below-zero"),
        ("¥-50", "amount-below-zero"),
        ("2,000.50", "amount-with-commas"),
        ("2，000", "amount-with-commas"),
        ("1.005", "amount-decimals"),
        (str(money.LARGEST) + ".01", "amount-too-large"),
        ("9" * 5000, "amount-too-large"),
        ("", "amount-not-understood"),
        (".5", "amount-not-understood"),
        ("5.", "amount-not-understood"),
        ("1.2.3", "amount-not-understood"),
        ("1e3", "amount-not-understood"),
        ("2 000", "amount-not-understood"),
        ("two", "amount-not-understood"),
        ("٣", "amount-not-understood"),
        ("+5", "amount-not-understood"),
        ("-", "amount-not-understood"),
        ("1万", "amount-not-understood"),
    ],
)
def test_what_is_no_sum_is_refused_by_its_fault(typed: str, code: str) -> None:
    with pytest.raises(Usage) as fault:
        money.parse(typed, "--amount")
    assert (fault.value.code, fault.value.facts["option"], fault.value.facts["value"]) == (
        code,
        "--amount",
        typed,
    )


def test_a_sum_with_commas_is_told_without_them() -> None:
    with pytest.raises(Usage) as fault:
        money.parse("2,000.50", "--amount")
    assert fault.value.facts["right"] == "2000.50"


@pytest.mark.parametrize(
    ("hundredths", "text", "exact"),
    [(0, "0", "0.00"), (5, "0.05", "0.05"), (200_000, "2000", "2000.00"), (200_050, "2000.50", "2000.50")],
)
def test_a_sum_is_written(hundredths: int, text: str, exact: str) -> None:
    assert (money.text(hundredths), money.exact(hundredths)) == (text, exact)


@given(st.integers(0, money.LARGEST * 100))
def test_what_is_written_is_understood_again(hundredths: int) -> None:
    assert money.parse(money.text(hundredths), "--amount") == hundredths
    assert money.parse(money.exact(hundredths), "--amount") == hundredths
