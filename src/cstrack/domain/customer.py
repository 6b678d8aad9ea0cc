"""Customers and their products as their own events leave them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cstrack.domain.events import Event


class Customer(NamedTuple):
    """Who complains. `phones` are normalised; names and phones are gone once erased."""

    number: int
    seq: int = 0
    name: str | None = None
    phones: tuple[str, ...] = ()


class Product(NamedTuple):
    """What it is about: a vehicle or another thing; `vin` as the source has it, whole or in part."""

    number: int
    seq: int = 0
    kind: str | None = None
    make: str | None = None
    model: str | None = None
    year: str | None = None
    vin: str | None = None
    customer_number: int | None = None


def fold_customer(number: int, history: Iterable[Event]) -> Customer:
    """The customer that these events make."""
    state = Customer(number)
    for event in history:
        words = event.words or {}
        state = state._replace(
            seq=state.seq + 1, name=words.get("name"), phones=tuple(words.get("phones") or ())
        )
    return state


def fold_product(number: int, history: Iterable[Event]) -> Product:
    """The product that these events make."""
    state = Product(number)
    for event in history:
        facts, words = event.facts, event.words or {}
        state = state._replace(
            seq=state.seq + 1,
            vin=words.get("vin"),
            **{name: facts.get(name) for name in ("kind", "make", "model", "year", "customer_number")},
        )
    return state


def phone_key(typed: str) -> str:
    """One spelling of a telephone number, for finding: `+86 138-0000 0000` -> `13800000000`.

    Digits only (full-width ones too), the country code of China dropped, an extension after x or 转
    kept. Empty where there are no digits.
    """
    plain = typed.translate(_FULL_WIDTH).lower()
    main, _, extension = re.sub(r"转|分机|ext\.?|#", "x", plain).partition("x")
    number = re.sub(r"\D", "", main)
    for prefix in ("0086", "86"):
        rest = number.removeprefix(prefix)
        if rest != number and len(rest) >= 10 and (plain.lstrip().startswith(("+", "00")) or len(rest) == 11):
            number = rest
            break
    inner = re.sub(r"\D", "", extension)
    return f"{number}x{inner}" if number and inner else number


_FULL_WIDTH = {0xFF10 + digit: 0x30 + digit for digit in range(10)} | {0xFF0B: 0x2B}
