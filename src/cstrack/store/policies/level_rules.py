"""What must hold between the levels of a policy."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from cstrack.domain import limits
from cstrack.domain.policy import ALWAYS
from cstrack.store.policies.known import marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cstrack.store.policies.known import Known
    from cstrack.store.policies.levels import Level
    from cstrack.store.policies.problems import Fault
    from cstrack.store.policies.whole import PolicyFile


def faults(policy: PolicyFile, known: Known) -> Iterator[Fault]:
    """Everything that is wrong with the levels, each with its place."""
    yield from _numbering(policy)
    for number, level in numbered(policy):
        yield from _level(policy, known, number, level)
    yield from _growing(policy)
    yield from _granting(policy, known)


def numbered(policy: PolicyFile) -> list[tuple[int, Level]]:
    """The levels that have a number, from the lowest."""
    return sorted((int(n), level) for n, level in policy.levels.items() if _is_number(n))


def _is_number(key: str) -> bool:
    return len(key) == 1 and key in "123456789"


def _numbering(policy: PolicyFile) -> Iterator[Fault]:
    expected = 1
    for key in sorted(policy.levels):
        if not _is_number(key):
            yield ("levels", key), "level-no-number", {"value": key}
        elif int(key) != expected:
            yield ("levels", key), "level-gap", {"value": int(key), "missing": expected}
            expected = int(key) + 1
        else:
            expected += 1


def _level(policy: PolicyFile, known: Known, number: int, level: Level) -> Iterator[Fault]:
    place = ("levels", str(number))
    clock = policy.clocks.get("level")
    calendar = level.calendar or (clock.calendar if clock else None)
    yield from known.calendar_named((*place, "calendar"), level.calendar)
    yield from known.counted((*place, "limit"), level.limit, calendar)
    yield from marked((*place, "warn"), level.warn, level.limit)
    if level.warn is None and clock:
        for _place, code, facts in marked(place, clock.warn, level.limit):
            yield ("clocks", "level", "warn", clock.warn.index(facts["value"])), code, facts
    if level.lowers is not None:
        yield from known.level((*place, "lowers"), level.lowers)
        if level.lowers < number:
            yield (*place, "lowers"), "lowers-below", {"value": level.lowers, "level": number}


def _growing(policy: PolicyFile) -> Iterator[Fault]:
    """Limits from the opening grow with the level; so do the largest sums."""
    levels = numbered(policy)
    for (_number, before), (number, level) in pairwise(levels):
        place = ("levels", str(number))
        if policy.counts_from == "opening" and limits.never_longer(level.limit, before.limit):
            yield (*place, "limit"), "level-not-longer", {"value": level.limit, "before": before.limit}
        amount, below = level.authority.amount, before.authority.amount
        if amount is not None and (below is None or amount < below):
            facts = {"value": str(amount), "below": None if below is None else str(below)}
            yield (*place, "authority", "amount"), "amount-smaller", facts


def _granting(policy: PolicyFile, known: Known) -> Iterator[Fault]:
    """Every remedy is granted from one level on."""
    granted: dict[str, int] = {}
    for number, level in numbered(policy):
        place = ("levels", str(number), "authority", "remedies")
        yield from known.each_code(place, "remedies", level.authority.remedies)
        for index, code in enumerate(level.authority.remedies):
            if granted.setdefault(code, number) != number:
                yield (*place, index), "remedy-granted-below", {"value": code, "level": granted[code]}
    for code in policy.remedies or ():
        if code not in granted:
            yield ("remedies", code), "remedy-nobody-grants", {"value": code}


def calendar_of(policy: PolicyFile, level: Level) -> str | None:
    """The calendar that a level's limit counts on; None for every hour."""
    clock = policy.clocks.get("level")
    named = level.calendar or (clock.calendar if clock else None)
    if named is None and limits.is_working(level.limit):
        named = policy.calendar
    return None if named == ALWAYS else named
