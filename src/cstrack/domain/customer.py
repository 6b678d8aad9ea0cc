"""Customers and their products as their own events leave them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from cstrack.domain import own_fields
from cstrack.domain.standing import UNDONE, standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cstrack.domain.events import Event
    from cstrack.domain.own_fields import Values


class Customer(NamedTuple):
    """Who complains. `phones` are normalised; names and phones are gone once erased."""

    number: int
    seq: int = 0
    name: str | None = None
    phones: tuple[str, ...] = ()
    fields: Values = ()


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
    fields: Values = ()


_PRODUCT_FACTS = ("kind", "make", "model", "year", "customer_number")


def fold_customer(number: int, history: Iterable[Event]) -> Customer:
    """The customer that these events make."""
    state = Customer(number)
    for event in standing(history):
        state = state._replace(seq=event.seq or state.seq + 1)
        if event.type == UNDONE:
            continue
        words = event.words or {}
        state = state._replace(fields=own_fields.after(state.fields, event))
        if event.type == "registered":
            state = state._replace(name=words.get("name"), phones=tuple(words.get("phones") or ()))
    return state


def fold_product(number: int, history: Iterable[Event]) -> Product:
    """The product that these events make."""
    state = Product(number)
    for event in standing(history):
        state = state._replace(seq=event.seq or state.seq + 1)
        if event.type == UNDONE:
            continue
        state = state._replace(fields=own_fields.after(state.fields, event))
        if event.type == "registered":
            told: dict[str, Any] = {name: event.facts.get(name) for name in _PRODUCT_FACTS}
            state = state._replace(vin=(event.words or {}).get("vin"), **told)
    return state


def phone_key(typed: str) -> str:
    """One spelling of a telephone number, for finding: `+86 138-0000 0000` -> `13800000000`.

    Digits only (full-width ones too), the country code of China dropped (`+86 10 1234 5678` ->
    `01012345678`), an extension after x or 转 kept. Empty where there are no digits.
    """
    plain = typed.translate(_FULL_WIDTH).lower()
    main, _, extension = re.sub(r"转|分机|ext\.?|#", "x", plain).partition("x")
    number = re.sub(r"\D", "", main)
    abroad = plain.lstrip().startswith(("+", "00"))
    for prefix in ("0086", "86"):
        rest = number.removeprefix(prefix)
        if rest != number and len(rest) >= _LANDLINE and (abroad or len(rest) == _MOBILE):
            national = rest.startswith(("0", "400", "800")) or (rest[0] == "1" and len(rest) == _MOBILE)
            number = rest if national else "0" + rest
            break
    inner = re.sub(r"\D", "", extension)
    return f"{number}x{inner}" if number and inner else number


_LANDLINE, _MOBILE = 10, 11
"""Digits of the shortest number with its area code, and of a mobile number."""

_FULL_WIDTH = {0xFF10 + digit: 0x30 + digit for digit in range(10)} | {0xFF0B: 0x2B}
