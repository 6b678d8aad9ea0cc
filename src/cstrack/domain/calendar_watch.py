"""Which calendars end too soon: holidays are declared a year at a time, and nobody remembers to add them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

NOVEMBER = 11
"""From this month on the next year is due as well; the notices of China come out by then."""


def ends_soon(calendars: Mapping[str, Mapping[str, Any]], now: int, zone: str) -> list[tuple[str, str]]:
    """(name, confirmed through) of each calendar whose days are not confirmed to the end of the year.

    From 1 November, in the calendar's own zone or else in `zone`, that is the next year. A calendar that
    says nothing about how far it is confirmed is never named.
    """
    from datetime import datetime
    from zoneinfo import ZoneInfo

    found = []
    for name, calendar in calendars.items():
        through = calendar.get("confirmed_through")
        local = datetime.fromtimestamp(now, ZoneInfo(calendar.get("zone", zone)))
        year = local.year + (local.month >= NOVEMBER)
        if through is not None and through < f"{year:04}-12-31":
            found.append((name, through))
    return found
