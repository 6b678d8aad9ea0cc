"""Which calendars end too soon: holidays are declared a year at a time, and nobody remembers to add them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

NOVEMBER = 11
"""From this month on the next year is due as well; the notices of China come out by then."""


def ends_soon(calendars: Mapping[str, Mapping[str, Any]], now: int, zone: str) -> list[tuple[str, str]]:
    """(name, confirmed through) of each calendar that is not confirmed to the end of next year in November.

    Before that, one of which the last confirmed day is over. Days are those of the calendar's own zone, or
    else of `zone`. A calendar that says nothing about how far it is confirmed is never named.
    """
    from datetime import datetime
    from zoneinfo import ZoneInfo

    found = []
    for name, calendar in calendars.items():
        through = calendar.get("confirmed_through")
        today = datetime.fromtimestamp(now, ZoneInfo(calendar.get("zone", zone))).date()
        wanted = today if today.month < NOVEMBER else today.replace(year=today.year + 1, month=12, day=31)
        if through is not None and through < wanted.isoformat():
            found.append((name, through))
    return found
