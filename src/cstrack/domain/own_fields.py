"""Fields of the desk's own, on cases, customers and products: how their values are kept.

A value is kept as text: a number without needless zeros, a date as `2026-11-22`, `yes` or `no`, the code
of a choice. Values are words of events, since a person may be named in any of them; which fields were set
is a fact, by which it is decided whether one that is needed is there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cstrack.domain.events import Event

    Values = tuple[tuple[str, str | None], ...]
    """(code, value), in order of code; a value is None once it is erased."""

    Change = tuple[str, str, str | None]
    """(case, customer or product, code, value); the value is None where the field is emptied."""

OPENING, RESOLVING = "opening", "resolving"
YES, NO = "yes", "no"

DIGITS = 15
"""The most digits of a number: as many as every reader of JSON keeps."""

_LONGEST_NUMBER = 100
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．＋－", "0123456789.+-")
_NUMBER = re.compile(r"([+-]?)0*([0-9]*)(?:\.([0-9]*?)0*)?")


def after(before: Values, event: Event) -> Values:
    """The fields after an event that may set some and empty others."""
    told = (event.words or {}).get("fields") or {}
    kept = dict(before) | {code: told.get(code) for code in event.facts.get("fields", ())}
    gone = event.facts.get("emptied", ())
    return tuple(sorted(pair for pair in kept.items() if pair[0] not in gone))


def said(changes: Iterable[Change], on: str) -> dict[str, str]:
    """What changes say of the case, the customer or the product: code -> value."""
    return {code: text for of, code, text in changes if of == on and text is not None}


def emptied(changes: Iterable[Change], on: str) -> list[str]:
    """The codes of its fields that they empty."""
    return [code for of, code, text in changes if of == on and text is None]


def as_data(field: Mapping[str, Any] | None, text: str | None) -> str | int | float | bool | None:
    """A value as programs read it: a number, true or false, else the text.

    What was kept before the field had its type stays as it is, and so does a value without a field.
    """
    kind = field["type"] if field and text is not None else None
    if kind == "yes-no" and text in (YES, NO):
        return text == YES
    if kind == "number" and text is not None and number(text) == text:
        return float(text) if "." in text else int(text)
    return text


def number(text: str) -> str | None:
    """A decimal number without needless zeros, `-0.50` -> `-0.5`; None for anything else."""
    plain = text.translate(_HALF_WIDTH)
    found = _NUMBER.fullmatch(plain) if len(plain) <= _LONGEST_NUMBER else None
    if found is None or not re.search("[0-9]", plain):
        return None
    sign, whole, part = found[1], found[2] or "0", found[3] or ""
    if len(whole + part) > DIGITS:
        return None
    plain = f"{whole}.{part}" if part else whole
    return f"-{plain}" if sign == "-" and plain != "0" else plain
