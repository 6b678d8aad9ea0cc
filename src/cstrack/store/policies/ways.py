"""What a pattern may cost: it runs over every text of every case, so its work at each place is bounded."""

from __future__ import annotations

import re
from re import _constants as sre  # type: ignore[attr-defined]  # what the standard library compiles with
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from cstrack.store.policies.parts import Wrong

LONGEST = 200
MOST_WAYS = 10_000
"""Ways to match at one place; a list of thirty words has thirty."""

_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


def check(pattern: str) -> None:
    """A coded error for a pattern that is too long, not understood, without end or too dear."""
    if len(pattern) > LONGEST:
        raise Wrong("pattern-too-long", length=len(pattern), most=LONGEST)
    try:
        parsed = _parser.parse(pattern, re.IGNORECASE)
        compiled = re.compile(pattern, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as fault:
        raise Wrong("pattern-not-understood", reason=str(fault)[:100]) from fault
    if _ways(parsed) > MOST_WAYS:
        raise Wrong("pattern-too-costly", most=MOST_WAYS)
    if compiled.match("") or parsed.getwidth()[0] == 0:
        raise Wrong("pattern-empty")


def _ways(parsed: Any) -> int:
    """In how many ways a pattern may match at one place, at most; more than MOST_WAYS is not counted on."""
    ways = 1
    for operation, argument in parsed:
        ways = min(ways * _ways_of(operation, argument), MOST_WAYS + 1)
    return ways


def _ways_of(operation: Any, argument: Any) -> int:
    if operation in _REPEATS:
        return _ways_repeated(*argument)
    if operation is sre.BRANCH:
        return sum(_ways(each) for each in argument[1])
    if operation is sre.SUBPATTERN:
        return _ways(argument[3])
    if operation in (sre.ASSERT, sre.ASSERT_NOT):
        return _ways(argument[1])
    if operation is sre.ATOMIC_GROUP:
        return _ways(argument)
    if operation in (sre.GROUPREF, sre.GROUPREF_EXISTS):
        raise Wrong("pattern-refers-back")
    return 1


def _ways_repeated(least: int, most: Any, inner: Any) -> int:
    if most is sre.MAXREPEAT:
        raise Wrong("pattern-endless")
    each = _ways(inner)
    if each == 1:
        return int(most - least + 1) if most - least < MOST_WAYS else MOST_WAYS + 1
    total, power = 0, min(each ** min(least, 20), MOST_WAYS + 1)
    for _count in range(least, most + 1):
        total, power = total + power, power * each
        if total > MOST_WAYS:
            return MOST_WAYS + 1
    return total
