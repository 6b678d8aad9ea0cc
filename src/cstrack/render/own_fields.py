"""Fields of the desk's own as they are shown, in the order of the policy; what it has no more comes last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.own_fields import NO, YES, as_data
from cstrack.render import grid
from cstrack.render.i18n import _, term
from cstrack.render.local import civil, day_words
from cstrack.render.names import own_field, policy
from cstrack.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cstrack.domain.events import Event

MOST_NAME = 24
"""Cells of a field's name beside its value."""
MOST_VALUE = 40
"""Cells of a value in the one line that a command answers with."""


def data(values: Mapping[str, str | None]) -> dict[str, Any]:
    """Code -> value as programs read them; null once it is erased."""
    fields = policy().every_field()
    return {code: as_data(fields.get(code), text) for code, text in _in_order(values)}


def facts(values: Mapping[str, str | None]) -> list[tuple[str, str]]:
    """(name, value) in words, both safe."""
    return [
        (grid.cut(own_field(code), MOST_NAME), value_words(code, text)) for code, text in _in_order(values)
    ]


def listed(values: Mapping[str, str | None], most: int = grid.BOUNDLESS) -> list[str]:
    """`order number: 123`, each value cut to `most` cells."""
    words = _("{field}: {value}")
    return [
        words.format(field=own_field(code), value=grid.cut(value_words(code, text), most))
        for code, text in _in_order(values)
    ]


def value_words(code: str, text: str | None) -> str:
    """A value in words, safe: the name of a choice, a date, yes or no; anything else stands as it is."""
    if text is None:
        return _("(erased)")
    field = policy().every_field().get(code, {"type": "text"})
    if field["type"] == "choice":
        named = [term(dict(choice)) for choice in field["choices"] if choice["code"] == text]
        return safe(named[0] if named else text)
    if field["type"] == "yes-no":
        return {YES: _("yes"), NO: _("no")}.get(text, safe(text))
    return _day(text) if field["type"] == "date" else safe(text)


def _day(text: str) -> str:
    try:
        return day_words(civil(text), year=True)
    except ValueError:
        return safe(text)


def _in_order(values: Mapping[str, str | None]) -> list[tuple[str, str | None]]:
    known = [code for code in policy().every_field() if code in values]
    return [(code, values[code]) for code in (*known, *sorted({*values} - {*known}))]


# --- events -------------------------------------------------------------------------------------------------


def changes(facts: Mapping[str, Any], words: Mapping[str, Any] | None, most: int = grid.BOUNDLESS) -> str:
    """What an event set and emptied, values cut to `most` cells; empty where it did neither."""
    said = (words or {}).get("fields") or {}
    told = listed({code: said.get(code) for code in facts.get("fields", ())}, most)
    told += [_("{field} emptied").format(field=own_field(code)) for code in facts.get("emptied", ())]
    return _("; ").join(told)


def beside(others: Iterable[tuple[str, int, Event]]) -> list[str]:
    """What was set and emptied of the customer and the product of a case, for the line of an answer."""
    told = (changes(event.facts, event.words, MOST_VALUE) for _kind, _number, event in others)
    return [text for text in told if text]
