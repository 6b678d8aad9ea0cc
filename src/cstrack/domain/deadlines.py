"""The arithmetic of clocks: a limit as typed, added to a start.

Hours and minutes are real seconds, added in UTC; days, weeks and months are added on the local
calendar and keep the local clock time (a month's end is clamped: 31 Jan + 1mo = 28 Feb). Due exactly
at the limit is late: `now >= due`, one definition everywhere.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from cstrack.domain.errors import Usage

if TYPE_CHECKING:
    from collections.abc import Iterable

SECONDS = {"m": 60, "h": 3600}
_LIMIT = re.compile(r"([1-9]\d{0,4})(m|h|d|w|mo)")


@cache
def parse_limit(text: str) -> tuple[int, str]:
    """`48h` -> (48, "h"); units m, h, d, w, mo. Usage `limit-not-understood` for anything else."""
    match = _LIMIT.fullmatch(text)
    if not match:
        raise Usage("limit-not-understood", limit=text)
    return int(match.group(1)), match.group(2)


def due(start: int, limit: str, zone: str) -> int:
    """The instant at which `limit`, counted from `start` without a break, is used up."""
    count, unit = parse_limit(limit)
    if unit in SECONDS:
        return start + count * SECONDS[unit]
    return _on_calendar(start, count, unit, zone)


def due_after_pauses(start: int, limit: str, zone: str, pauses: Iterable[tuple[int, int]]) -> int:
    """The due instant when the clock stood still during `pauses`, (from, to) in order of time.

    A pause that begins after the limit is used up hides nothing.
    """
    moved = due(start, limit, zone)
    for began, ended in pauses:
        if ended > start and began < moved:
            moved += ended - max(began, start)
    return moved


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
