"""Which keys fit which clock, and what must hold within one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain import limits
from cstrack.domain.choices import near
from cstrack.domain.policy import ALWAYS
from cstrack.domain.standard_clocks import EVENTS, MAY_START, MAY_STOP, TIME_SAID
from cstrack.store.policies.known import marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cstrack.store.policies.known import Known
    from cstrack.store.policies.levels import Clock
    from cstrack.store.policies.lines import Place
    from cstrack.store.policies.problems import Fault
    from cstrack.store.policies.whole import PolicyFile

ELSEWHERE = ("level", "stage", *TIME_SAID)
"""Clocks whose limits do not stand with them: in the levels, in the stages, in what was said."""

ONLY_FOR = {"then": "level", "answered_by_taking": "first-response", "again": "waiting-on-site"}


def faults(policy: PolicyFile, known: Known) -> Iterator[Fault]:
    """Everything that is wrong with the clocks, each with its place."""
    for kind, clock in policy.clocks.items():
        place = ("clocks", kind)
        yield from _keys(place, kind, clock)
        yield from _references(place, clock, known)
        yield from _limits(place, clock, known)
        yield from _order(place, clock)


def _keys(place: Place, kind: str, clock: Clock) -> Iterator[Fault]:
    for key, only in ONLY_FOR.items():
        if kind != only and getattr(clock, key) is not None:
            yield (*place, key), "key-not-here", {"key": key, "where": f"clocks.{only}"}
    if kind in EVENTS:
        for key in ("starts", "stops", "en", "zh"):
            if getattr(clock, key) is not None:
                yield (*place, key), "clock-fixed", {"key": key, "kind": kind}
    else:
        yield from _own(place, clock)
    limited = {"limit": clock.limit, "by_level": clock.by_level}
    if kind in ELSEWHERE:
        for key in (key for key, value in limited.items() if value):
            yield (*place, key), "clock-limit-elsewhere", {"key": key, "kind": kind}
        if clock.urgent and kind != "level":
            yield (*place, "urgent"), "clock-limit-elsewhere", {"key": "urgent", "kind": kind}
    elif not any(limited.values()) and not clock.urgent:
        yield (*place, "limit"), "key-missing", {"key": "limit"}


def _own(place: Place, clock: Clock) -> Iterator[Fault]:
    """A clock that only this policy knows says what it is called, what starts and what meets it."""
    meant = near(str(place[-1]), EVENTS)
    if meant is not None and not (clock.en or clock.starts or clock.stops):
        yield place, "clock-unknown", {"value": place[-1], "suggestion": meant}
        return
    for key in ("en", "starts", "stops"):
        if not getattr(clock, key):
            yield (*place, key), "key-missing", {"key": key}
    for key, allowed in (("starts", MAY_START), ("stops", MAY_STOP)):
        for index, value in enumerate(getattr(clock, key) or ()):
            if value not in allowed:
                facts = {"value": value, "known": list(allowed), "suggestion": near(value, allowed)}
                yield (*place, key, index), "choice-wrong", facts


def _references(place: Place, clock: Clock, known: Known) -> Iterator[Fault]:
    yield from known.calendar_named((*place, "calendar"), clock.calendar)
    yield from known.each_level((*place, "levels"), clock.levels)
    yield from known.each_code((*place, "kinds"), "kinds", clock.kinds)
    yield from known.each_code((*place, "channels"), "channels", clock.channels)
    yield from known.each_code((*place, "pausable"), "waits", clock.pausable)
    yield from known.each_code((*place, "answered_by_taking"), "channels", clock.answered_by_taking)
    for key in clock.by_level:
        if key not in map(str, known.levels):
            yield (*place, "by_level", key), "level-unknown", {"value": key, "known": known.levels}
    for index, urgent in enumerate(clock.urgent):
        inner = (*place, "urgent", index)
        for listing in ("flags", "channels", "categories"):
            yield from known.each_code((*inner, listing), listing, getattr(urgent, listing))
        if not (urgent.flags or urgent.channels or urgent.categories):
            yield inner, "urgent-for-none", {}


def written_limits(clock: Clock) -> Iterator[tuple[Place, str]]:
    """Every limit of a clock with its place inside it."""
    single = {"limit": clock.limit, "again": clock.again}
    yield from (((key,), limit) for key, limit in single.items() if limit)
    yield from ((("by_level", key), limit) for key, limit in clock.by_level.items())
    yield from ((("urgent", index, "limit"), each.limit) for index, each in enumerate(clock.urgent))
    yield from ((("extensions", index), limit) for index, limit in enumerate(clock.extensions))


def _limits(place: Place, clock: Clock, known: Known) -> Iterator[Fault]:
    for inner, limit in written_limits(clock):
        yield from known.counted((*place, *inner), limit, clock.calendar)
    yield from marked((*place, "warn"), clock.warn, clock.limit)
    if clock.limit is None:
        for limit in clock.by_level.values():
            yield from marked((*place, "warn"), clock.warn, limit)


def _order(place: Place, clock: Clock) -> Iterator[Fault]:
    """Each extension is longer than what it extends."""
    before = clock.limit
    for index, limit in enumerate(clock.extensions):
        if before is not None and limits.never_longer(limit, before):
            yield (*place, "extensions", index), "extension-not-longer", {"value": limit, "before": before}
        before = limit


def calendar_of(policy: PolicyFile, clock: Clock) -> str | None:
    """The calendar that a clock counts on; None for every hour."""
    named = clock.calendar
    if named is None and any(limits.is_working(limit) for _place, limit in written_limits(clock)):
        named = policy.calendar
    return None if named == ALWAYS else named
