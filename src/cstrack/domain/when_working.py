"""Phrases of working time, on the desk's own calendar: `3个工作日后`, `in 3 working days`, `+8wh`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cstrack.domain import when_words as words
from cstrack.domain.errors import Usage
from cstrack.domain.when import normal, number

if TYPE_CHECKING:
    from cstrack.domain.calendar import Calendar

_MOST = 10_000
_DAYS = (
    f"(?:\\+ ?|in )({words.NUMBER}) ?(?:(?:work|working|business) ?days?|wd)",
    f"({words.NUMBER})个?工作日[之以]?[后内]",
)
_HOURS = (
    f"(?:\\+ ?|in )({words.NUMBER}) ?(?:(?:work|working|business) ?hours?|wh)",
    f"({words.NUMBER})个?工作小时[之以]?[后内]",
)
_NEXT = ("next working day", "next business day", "下个工作日", "下一个工作日")


def parse(phrase: str, *, now: int, calendar: Calendar) -> int:
    """The instant that a phrase of working time names; Usage `time-not-understood` for any other.

    Working days keep the local clock time; out of hours they count from the next opening.
    """
    text = normal(phrase)
    if text in _NEXT:
        return calendar.add_days(now, 1)
    for patterns, of_days in ((_DAYS, True), (_HOURS, False)):
        for pattern in patterns:
            found = re.fullmatch(pattern, text)
            if found and 0 < (count := number(found[1])) <= _MOST:
                return calendar.add_days(now, count) if of_days else calendar.add(now, count * 3600)
    raise Usage("time-not-understood", phrase=phrase)
