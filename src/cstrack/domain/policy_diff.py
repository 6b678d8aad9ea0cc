"""A compiled policy by its places, and what two of them do differently.

A place names a value the way the file does: `levels.2.limit`, `clocks.plan.warn`, `stages.record.limit`,
`calendars.workshop.days.2026-10-01`. What stands in a list under a code is named by it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Place = tuple[str | int, ...]
    Difference = tuple[str, Any, Any]

UNCOMPARED = ("version",)
"""A desk counts its versions itself."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def written(place: Place) -> str:
    """`levels.2.limit`, `words[1].flag`, `departments."front.desk"`: lists count from 1."""
    text = ""
    for part in place:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += ("." if text else "") + (part if _BARE.fullmatch(part) else f'"{part}"')
    return text


def places(data: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """(place, value) of every value of a policy, in its order; empty tables are left out."""
    return _leaves(data, ())


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """(place, old, new) of everything that differs; None where a whole table or value is not there."""
    return [found for found in _between(old, new, ()) if found[0] not in UNCOMPARED]


def _leaves(value: Any, place: Place) -> list[tuple[str, Any]]:
    inner = _table(value)
    if inner is None:
        return [(written(place), value)]
    return [leaf for key, each in inner.items() for leaf in _leaves(each, (*place, key))]


def _between(old: Any, new: Any, place: Place) -> list[Difference]:
    if old == new:
        return []
    before, after = _table(old), _table(new)
    if before is None or after is None:
        return [(written(place), old, new)]
    return [
        found
        for key in dict.fromkeys((*before, *after))
        for found in _between(before.get(key), after.get(key), (*place, key))
    ]


def _table(value: Any) -> Mapping[Any, Any] | None:
    """A value as a table where it is one: coded entries by code, words by their flag, others by number."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
        return None
    if all("pattern" in each for each in value):
        flags = dict.fromkeys(each["flag"] for each in value)
        return {flag or "-": _spoken(each for each in value if each["flag"] == flag) for flag in flags}
    if all("code" in each for each in value):
        return {each["code"]: {k: v for k, v in each.items() if k != "code"} for each in value}
    return dict(enumerate(value))


def _spoken(entries: Iterable[Mapping[str, Any]]) -> list[str]:
    """Words as they were written, and patterns."""
    return [word for entry in entries for word in entry.get("words", (entry["pattern"],))]
