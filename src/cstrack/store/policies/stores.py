"""What stores do otherwise: each laid over the desk's policy and judged like one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cstrack.domain.choices import near
from cstrack.domain.policy import overlaid
from cstrack.store.policies import compiled
from cstrack.store.policies.whole import OF_A_STORE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cstrack.store.policies.lines import Place
    from cstrack.store.policies.problems import Fault
    from cstrack.store.policies.whole import PolicyFile

    Judge = Callable[[Mapping[str, Any]], tuple[PolicyFile | None, list[Fault]]]


def judged(
    raw: Mapping[str, Any], known: list[Fault], policy: PolicyFile, judge: Judge
) -> tuple[dict[str, Any], list[Fault]]:
    """What each store changes in the compiled policy, and the faults that only its changes make."""
    desk = {key: value for key, value in raw.items() if key != "stores"}
    base = None if known else compiled.mapping(policy)
    overrides: dict[str, Any] = {}
    found: list[Fault] = []
    before = [(place, code) for place, code, _facts in known]
    for code, over in raw["stores"].items():
        if not isinstance(over, dict):
            continue
        place = ("stores", code)
        own = list(_shape(place, over, raw))
        merged, faults = judge(overlaid(desk, _kept(over, raw)))
        own += [
            (_within(over, place, at), fault, facts)
            for at, fault, facts in faults
            if (at, fault) not in before
        ]
        found += own
        if not own and base is not None and merged is not None:
            overrides[code] = _changed(base, compiled.mapping(merged))
    return overrides, found


def _shape(place: Place, over: Mapping[str, Any], raw: Mapping[str, Any]) -> Iterator[Fault]:
    """Keys that only the whole desk has, and levels that the desk does not have."""
    for key in over:
        if key not in OF_A_STORE:
            known = sorted(OF_A_STORE)
            yield (*place, key), "key-unknown", {"key": key, "known": known, "suggestion": near(key, known)}
    levels, own = raw.get("levels"), over.get("levels")
    if isinstance(levels, dict) and isinstance(own, dict):
        for number in own:
            if number not in levels:
                facts = {"value": number, "known": sorted(levels)}
                yield (*place, "levels", number), "store-level-new", facts


def _kept(over: Mapping[str, Any], raw: Mapping[str, Any]) -> dict[str, Any]:
    """What of a store may be laid over the desk's."""
    kept = {key: value for key, value in over.items() if key in OF_A_STORE}
    levels, own = raw.get("levels"), kept.get("levels")
    if isinstance(levels, dict) and isinstance(own, dict):
        kept["levels"] = {number: level for number, level in own.items() if number in levels}
    return kept


def _within(over: Mapping[str, Any], place: Place, fault: Place) -> Place:
    """The fault's place in the store's own tables, as near as they go."""
    inner: Any = over
    for part in fault:
        here = part in inner if isinstance(inner, dict) else isinstance(inner, list)
        if not here:
            return place
        inner = inner[part]
        place = (*place, part)
    return place


def _changed(base: Mapping[str, Any], merged: Mapping[str, Any]) -> dict[str, Any]:
    """The values of `merged` that differ from those of `base`, so that laying them over it gives `merged`."""
    made: dict[str, Any] = {}
    for key, value in merged.items():
        below = base.get(key)
        if isinstance(value, dict) and isinstance(below, dict):
            inner = _changed(below, value)
            made |= {key: inner} if inner else {}
        elif key not in base or value != below:
            made[key] = value
    return made
