"""Values of the desk's own fields as people type them, `severity=grave`; what is kept of them is text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cstrack.domain import when
from cstrack.domain.choices import called
from cstrack.domain.errors import Usage
from cstrack.domain.own_fields import DIGITS, NO, YES, number
from cstrack.domain.text import checked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cstrack.domain.own_fields import Change

OPTION = "--field"

MOST = 1000
"""The most characters of a text."""

_YES_NO = {"yes": YES, "true": YES, "是": YES, "no": NO, "false": NO, "否": NO}


def read(
    fields: Mapping[str, Mapping[str, Any]], typed: Iterable[str], *, now: int, zone: str
) -> tuple[Change, ...]:
    """What words such as `severity=grave` say of these fields; `severity=` empties one.

    Usage 2 for a name that is not known or is that of several fields, for one that comes twice, and for a
    value that is not of its field's type.
    """
    found: dict[str, Change] = {}
    for word in typed:
        name, *rest = re.split("[=＝]", checked(word, OPTION), maxsplit=1)
        if not rest:
            raise Usage("own-field-form", value=word)
        field, [text] = _named(fields, name), rest
        code = field["code"]
        if code in found:
            raise Usage("own-field-twice", own_field=code)
        found[code] = field["on"], code, value(field, text, now=now, zone=zone) if text.strip() else None
    return tuple(found.values())


def value(field: Mapping[str, Any], typed: str, *, now: int, zone: str) -> str:
    """The value as it is kept, a date as said at `now`; Usage 2 for one that is not of the field's type."""
    text, code = typed.strip(), field["code"]
    if field["type"] == "choice":
        choices = ((choice["code"], choice) for choice in field["choices"])
        return called(text, choices, f"{OPTION} {code}")
    if field["type"] == "date":
        try:
            return when.day_of(text, now=now, zone=zone)
        except Usage as refusal:
            raise Usage("own-field-date", own_field=code, value=text) from refusal
    if field["type"] == "text":
        if len(text) > MOST or len(text.splitlines()) > 1:
            raise Usage("own-field-text", own_field=code, most=MOST)
        return text
    if field["type"] == "yes-no":
        if text.lower() not in _YES_NO:
            raise Usage("own-field-yes-no", own_field=code, value=text)
        return _YES_NO[text.lower()]
    kept = number(text)
    if kept is None:
        raise Usage("own-field-number", own_field=code, value=text, most=DIGITS)
    return kept


def _named(fields: Mapping[str, Mapping[str, Any]], typed: str) -> Mapping[str, Any]:
    """The field of this code, or else of this name in either language."""
    if not fields:
        raise Usage("own-field-none", value=typed)
    word = typed.strip().lower()
    codes = [code for code, field in fields.items() if word in (field["en"].lower(), field["zh"].lower())]
    if len(codes) > 1 and word not in fields:
        raise Usage("own-field-ambiguous", value=typed, known=codes)
    return fields[called(typed, fields.items(), OPTION)]
