"""A policy file without what is at fault, so that the rest of it can be judged in the same run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cstrack.store.policies.lines import Place
    from cstrack.store.policies.problems import Fault

UNKNOWN_LIMIT = "1199mo"
"""Stands for a limit that cannot be read; what is found by comparing with it is not told."""

_STAND_INS: dict[str | int, Any] = {"en": "x", "name": "x", "limit": UNKNOWN_LIMIT}
_STAND_INS |= {"levels": {"1": {"en": "x", "limit": UNKNOWN_LIMIT}}}


class Pruned:
    """The tables of a file; what was dropped keeps nothing else from its place."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw = raw
        self._dropped: set[Place] = set()
        self._filled: dict[Place, dict[str | int, Any]] = {}
        self._kept: dict[Place, list[int]] = {}

    def tables(self) -> dict[str, Any]:
        """What is left."""
        self._kept = {}
        left: dict[str, Any] = self._left(self._raw, (), ())
        return left

    def drop(self, faults: list[Fault]) -> None:
        """Leave out what is at fault. What is missing is stood in for, or else its table is left out."""
        for place, code, _facts in faults:
            if code == "key-missing" and place[-1] in _STAND_INS:
                self._filled.setdefault(place[:-1], {})[place[-1]] = _STAND_INS[place[-1]]
            else:
                self._dropped.add(place[:-1] if code == "key-missing" else place)

    def original(self, place: Place) -> Place:
        """A place of what is left as it is in the file: lists may have become shorter."""
        found: Place = ()
        for count, part in enumerate(place):
            kept = self._kept.get(place[:count])
            found = (*found, kept[part] if kept is not None and isinstance(part, int) else part)
        return found

    def _left(self, value: Any, place: Place, new: Place) -> Any:
        if isinstance(value, dict):
            left = {
                key: self._left(each, (*place, key), (*new, key))
                for key, each in value.items()
                if (*place, key) not in self._dropped
            }
            return left | self._filled.get(place, {})
        if isinstance(value, list):
            kept = [at for at in range(len(value)) if (*place, at) not in self._dropped]
            self._kept[new] = kept
            return [self._left(value[at], (*place, at), (*new, count)) for count, at in enumerate(kept)]
        return value
