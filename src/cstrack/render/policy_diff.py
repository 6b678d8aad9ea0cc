"""`policy diff`: what two policies do differently, a line a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.policy_diff import places
from cstrack.render import policy_words as words
from cstrack.render.fold import paragraph
from cstrack.render.i18n import _
from cstrack.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cstrack.domain.policy_diff import Difference
    from cstrack.render.screen import Look

MOST = 12
"""So many values of a table stand on its line; a calendar has hundreds."""


def lines(differences: Iterable[Difference], look: Look) -> str:
    """`levels.2.limit  48h -> 24h`; what is only in one of them is added or removed."""
    return "".join(paragraph(_line(*each), look, "  ") for each in differences)


def plain(differences: Iterable[Difference]) -> str:
    """Place, old value and new value between TABs; a whole table as its values."""
    return "".join(f"{place}\t{_value(old)}\t{_value(new)}\n" for place, old, new in differences)


def objects(differences: Iterable[Difference]) -> list[dict[str, Any]]:
    """The same as JSON objects."""
    return [{"schema": 1, "place": place, "old": old, "new": new} for place, old, new in differences]


def _line(place: str, old: Any, new: Any) -> str:
    where = safe(place)
    if old is None:
        return _("{place}  added: {value}").format(place=where, value=_value(new))
    if new is None:
        return _("{place}  removed: {value}").format(place=where, value=_value(old))
    return f"{where}  {_value(old)} -> {_value(new)}"


def _value(value: Any) -> str:
    """A value on one line; a table as `limit 24h, kinds complaint`."""
    if value in ([], {}):
        return _("none")
    if isinstance(value, dict):
        inner = [f"{safe(place)} {_value(each) or _('none')}" for place, each in places(value)]
        more = [_("{n} more").format(n=len(inner) - MOST)] if len(inner) > MOST else []
        return ", ".join([*inner[:MOST], *more])
    if isinstance(value, list) and any(isinstance(each, dict) for each in value):
        return "; ".join(_value(each) for each in value)
    return words.value(value)
