"""The grammar of limits: a whole number and a unit, as a policy and a person write them.

m h         minutes and hours: real time
d w mo      days, weeks and months on the desk's local calendar
wm wh       working minutes and hours: while a named calendar is open
wd          working days of a named calendar
wd close    the day-zero rule: due at the end of business of the n-th working day after the receipt's
"""

from __future__ import annotations

import re
from functools import cache

from cstrack.domain.errors import Usage

ELAPSED = ("m", "h")
ON_CALENDAR = ("d", "w", "mo")
OPEN_TIME = ("wm", "wh")
WORKING_DAYS = ("wd", "wd close")
UNITS = (*ELAPSED, *ON_CALENDAR, *OPEN_TIME, *WORKING_DAYS)

MOST = {"d": 36_525, "w": 5_218, "mo": 1_200, "wd": 26_100, "wd close": 26_100}
"""A hundred years, of 261 working days each; the other units cannot reach that in five digits."""

_LIMIT = re.compile(r"([1-9][0-9]{0,4})(mo|m|h|d|wm|wh|wd close|wd|w)")
_HOUR, _DAY = 3600, 86_400
_LENGTHS = {
    "m": (60, 60),
    "h": (_HOUR, _HOUR),
    "wm": (60, 60),
    "wh": (_HOUR, _HOUR),
    "d": (_DAY, _DAY),
    "w": (7 * _DAY, 7 * _DAY),
    "mo": (28 * _DAY, 31 * _DAY),
    "wd": (1, 1),
    "wd close": (1, 1),
}
"""The least and the most that one unit may come to: seconds of its kind, or working days."""


@cache
def split(text: str) -> tuple[int, str]:
    """`48h` -> (48, "h"), `3wd close` -> (3, "wd close").

    Usage `limit-not-understood` for anything else, `limit-too-long` beyond a hundred years.
    """
    match = _LIMIT.fullmatch(text)
    if not match:
        raise Usage("limit-not-understood", limit=text)
    count, unit = int(match.group(1)), match.group(2)
    if count > MOST.get(unit, count):
        raise Usage("limit-too-long", limit=text, most=f"{MOST[unit]}{unit}")
    return count, unit


def is_working(text: str) -> bool:
    """Whether the limit counts open time or working days, and so needs a calendar; no limit does not."""
    return text != "" and split(text)[1] in (*OPEN_TIME, *WORKING_DAYS)


def never_longer(one: str, other: str) -> bool:
    """Whether `one` is certainly no longer than `other`. False where their units cannot be compared.

    Days against hours: a change of summer time makes a span of days an hour longer or shorter.
    """
    (count, unit), (other_count, other_unit) = split(one), split(other)
    if unit == other_unit:
        return count <= other_count
    kind, _least, most = _length(count, unit)
    other_kind, least, _most = _length(other_count, other_unit)
    return kind == other_kind and most <= least


def _length(count: int, unit: str) -> tuple[str, int, int]:
    """What a limit counts, and the least and the most that it may come to in that."""
    least, most = _LENGTHS[unit]
    kind = "days" if unit in WORKING_DAYS else "open" if unit in OPEN_TIME else "real"
    change = _HOUR if unit in ON_CALENDAR else 0
    return kind, count * least - change, count * most + change
