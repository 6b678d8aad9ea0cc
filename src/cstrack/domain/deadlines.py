"""The arithmetic of clocks: a limit as typed, added to a start.

Hours and minutes are real seconds, added in UTC; days, weeks and months are added on the local calendar
and keep the local clock time (a month's end is clamped: 31 Jan + 1mo = 28 Feb). Working hours and days
count on a business calendar (domain/calendar.py). Due exactly at the limit is late: `now >= due`, one
definition everywhere. Limits are written as domain/limits.py reads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstrack.domain import limits
from cstrack.domain.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cstrack.domain.calendar import Calendar

    Stretches = Iterable[tuple[int, int]]
    """Times that a clock stood still, (from, to) in order of time."""

SECONDS = {"m": 60, "h": 3600, "wm": 60, "wh": 3600}


def due(start: int, limit: str, zone: str, calendar: Calendar | None = None) -> int:
    """The instant at which `limit`, counted from `start` without a break, is used up.

    Usage `limit-needs-calendar` for working time without a calendar (None is every hour of every day).
    """
    count, unit = limits.split(limit)
    if not limits.is_working(limit):
        return start + count * SECONDS[unit] if unit in SECONDS else _on_calendar(start, count, unit, zone)
    if calendar is None:
        raise Usage("limit-needs-calendar", limit=limit)
    if unit in SECONDS:
        return calendar.add(start, count * SECONDS[unit])
    return calendar.add_days(start, count) if unit == "wd" else calendar.close_of_day(start, count)


def due_after_pauses(
    start: int, limit: str, zone: str, pauses: Stretches, calendar: Calendar | None = None
) -> int:
    """The due instant when the clock stood still during `pauses`."""
    return after_pauses(start, due(start, limit, zone, calendar), limit, pauses, calendar)


def after_pauses(start: int, due_at: int, limit: str, pauses: Stretches, calendar: Calendar | None) -> int:
    """A due time moved by what the clock would have run in each pause, and by nothing else.

    A pause that begins after the limit is used up hides nothing.
    """
    working = calendar if limits.is_working(limit) else None
    moved = due_at
    for began, ended in pauses:
        if ended > start and began < moved:
            if working is None:
                moved += ended - max(began, start)
                continue
            moved = working.after_pauses(start, moved, [(began, ended)])
            # due at an opening, with no open time left before it: nothing runs out while it waits
            moved = working.next_open(ended) if moved <= ended else moved
    return moved


def marked(start: int, limit: str, zone: str, pauses: Stretches, calendar: Calendar | None, mark: str) -> int:
    """When a warning mark is reached: `50%` of the limit used, or `1h` of it left, on the clock's calendar.

    On a clock of working days `2d` is two of them; on any other it is two days of real time.
    """
    at = _marked(start, limit, zone, calendar if limits.is_working(limit) else None, mark)
    return after_pauses(start, max(start, at), limit, pauses, calendar)


def _marked(start: int, limit: str, zone: str, calendar: Calendar | None, mark: str) -> int:
    whole = due(start, limit, zone, calendar)
    if mark.endswith("%"):
        length = whole - start if calendar is None else calendar.used(start, whole)
        left = length - length * int(mark[:-1]) // 100
    else:
        (count, unit), (days, of) = limits.split(mark), limits.split(limit)
        if unit not in SECONDS and calendar is not None and of in limits.WORKING_DAYS:
            return due(start, f"{days - count}{of}", zone, calendar) if days > count else start
        left = count * SECONDS[unit] if unit in SECONDS else due(0, mark, "UTC")
        calendar = calendar if unit in SECONDS else None
    return whole - left if calendar is None else calendar.mark(start, whole, left)


def is_late(due_at: int | None, now: int) -> bool:
    """Overdue: the due instant has come. What has no due time is never late."""
    return due_at is not None and now >= due_at


def _on_calendar(start: int, count: int, unit: str, zone: str) -> int:
    from calendar import monthrange
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo

    local = datetime.fromtimestamp(start, ZoneInfo(zone))
    if unit == "mo":
        years, month = divmod(local.month - 1 + count, 12)
        year, month = local.year + years, month + 1
        moved = local.replace(year=year, month=month, day=min(local.day, monthrange(year, month)[1]), fold=0)
    else:
        moved = (local + timedelta(days=count * (7 if unit == "w" else 1))).replace(fold=0)
    return int(moved.timestamp())
