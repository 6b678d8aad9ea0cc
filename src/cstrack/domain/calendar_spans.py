"""The open spans of a calendar as instants, found day by day when they are first asked for.

One rule places every boundary of a shift, whatever the clocks do: it is the first instant at which the local
clock has reached that time. A time that is jumped over comes when the clock jumps; in an hour that is lived
twice both an opening and a closing mean the first time, so spans never overlap and never run backwards.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from cstrack.domain.errors import BadInput

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from cstrack.domain.calendar_data import Plan

FIRST_DAY, LAST_DAY = 693_596, 912_742
"""Day numbers of 1900-01-01 and 2500-01-01: farther than any case, near enough to reckon day by day."""
_EPOCH_DAY = 719_163
_DAY_S = 86_400
_LONGEST_S = _DAY_S * 3 // 2
"""Seconds after its midnight by which the spans of a day have ended, the night shift too."""
_FEWEST, _MOST = 64, 2048
"""Days that the table grows by: as many as it has, within these."""
_NOTHING_YET = 1 << 62

Shifts = tuple[tuple[int, int], ...]
"""(from, to) as instants: open from the first until just before the second."""


def reached(day: int, seconds: int, tz: tzinfo) -> int:
    """The first instant at which the local clock shows `seconds` after that day's midnight, or later."""
    from datetime import datetime, timedelta

    wanted = datetime.fromordinal(day) + timedelta(seconds=seconds)
    local = wanted.replace(tzinfo=tz)
    after, before = int(local.timestamp()), int(local.replace(fold=1).timestamp())
    while after - before > 1:  # only for a time that is jumped over: the clock jumps between these two
        middle = (before + after) // 2
        if local_time(middle, tz) < wanted:
            before = middle
        else:
            after = middle
    return after


def local_time(at: int, tz: tzinfo) -> datetime:
    """What the local clock shows at an instant."""
    from datetime import datetime

    return datetime.fromtimestamp(at, tz).replace(tzinfo=None)


class Spans:
    """A table that grows at both ends: the open spans in order, and the open seconds before and after each.

    `days` is the day that each span belongs to. `worked`, `midnights` and `shifts` are the days that have
    hours, when they begin (where no clock is changed), and their spans. A time that lies in a night shift and
    in the hours of the next day belongs to the night shift.
    """

    def __init__(self, plan: Plan, tz: tzinfo) -> None:
        self._plan, self._tz = plan, tz
        self._low = self._high = 0
        self._from = _NOTHING_YET  # spans that end after it are in the table, up to day `_high`
        self.begins: list[int] = []
        self.ends: list[int] = []
        self.before: list[int] = []
        self.after: list[int] = []
        self.days: list[int] = []
        self.worked: list[int] = []
        self.midnights: list[int | None] = []
        self.shifts: list[Shifts] = []

    def day_at(self, at: int) -> int:
        """The number of the local day of an instant. BadInput `calendar-too-far` before 1900, after 2499."""
        self._guard(at)
        return local_time(at, self._tz).toordinal()

    def index(self, at: int) -> int:
        """The first span that ends after an instant: the one it lies in, or the next to open."""
        if at < self._from:
            self._reach_back(at)
        found = bisect_right(self.ends, at)
        while found == len(self.ends):
            self._guard(at)
            self._reach_on()
            found = bisect_right(self.ends, at, found)
        return found

    def holding(self, total: int, start: int) -> int:
        """The first span, from index `start` on, after which `total` open seconds are counted."""
        found = bisect_left(self.after, total, start)
        while found == len(self.after):
            self._reach_on()
            found = bisect_left(self.after, total, found)
        return found

    def position(self, at: int) -> int:
        """The open seconds counted up to an instant, from some beginning."""
        found = self.index(at)
        return self.before[found] + max(0, at - self.begins[found])

    def work_day(self, day: int, count: int) -> int:
        """The index of the `count`-th day with hours after a day in the table; count >= 1."""
        wanted = bisect_right(self.worked, day) + count - 1
        while wanted >= len(self.worked):
            self._reach_on()
        return wanted

    def since_midnight(self, day: int, at: int) -> int:
        """The seconds from a work day's midnight to what the local clock shows in one of its spans."""
        midnight = self.midnights[bisect_left(self.worked, day)]
        if midnight is not None:
            return at - midnight
        local = local_time(at, self._tz)
        return (local.toordinal() - day) * _DAY_S + local.hour * 3600 + local.minute * 60 + local.second

    def at_time(self, index: int, seconds: int) -> int:
        """The first instant at which the local clock has reached a time of the work day at `index`."""
        return self._placed(self.worked[index], self.midnights[index], seconds)

    def shifts_of(self, day: int) -> Shifts:
        """The spans that belong to a day, those over midnight whole."""
        return _after(self._night_until(day), self._hours(day, self._midnight(day)))

    def _night_until(self, day: int) -> int:
        """When the hours of the day before have ended."""
        hours = self._hours(day - 1, self._midnight(day - 1))
        return hours[-1][1] if hours else -_NOTHING_YET

    def _hours(self, day: int, midnight: int | None) -> Shifts:
        placed = (
            (self._placed(day, midnight, begins * 60), self._placed(day, midnight, ends * 60))
            for begins, ends in self._plan.hours(day)
        )
        return tuple((begins, ends) for begins, ends in placed if begins < ends)

    def _placed(self, day: int, midnight: int | None, seconds: int) -> int:
        return reached(day, seconds, self._tz) if midnight is None else midnight + seconds

    def _midnight(self, day: int) -> int | None:
        """When a day begins on which the clocks are not changed, nor on the morning after; else None."""
        # asking at both ends is enough: since 1900 no zone has changed its clocks twice within two days
        midnight = reached(day, 0, self._tz)
        return midnight if reached(day, _LONGEST_S, self._tz) == midnight + _LONGEST_S else None

    def _guard(self, at: int) -> None:
        if not FIRST_DAY + 2 < at // _DAY_S + _EPOCH_DAY < LAST_DAY:
            raise BadInput("calendar-too-far", calendar=self._plan.name)

    def _reach_back(self, at: int) -> None:
        low = self.day_at(at) - 2
        if self._from == _NOTHING_YET:
            self._low = self._high = low
        low = max(FIRST_DAY, min(low, self._low - self._step()))
        self._enter(low, self._low, front=True)
        self._low = low
        self._from = reached(low - 1, _LONGEST_S, self._tz)

    def _reach_on(self) -> None:
        if self._high >= LAST_DAY:
            raise BadInput("calendar-too-far", calendar=self._plan.name)
        high = self._high + max(_FEWEST, self._step())
        self._enter(self._high, high, front=False)
        self._high = high

    def _step(self) -> int:
        return min(_MOST, self._high - self._low)

    def _enter(self, low: int, high: int, *, front: bool) -> None:
        """Enter the days from `low` to before `high` at one end of the table."""
        worked: list[tuple[int, int | None, Shifts]] = []
        open_until = self._night_until(low)
        for day in range(low, high):
            midnight = self._midnight(day)
            shifts = _after(open_until, self._hours(day, midnight))
            if shifts:
                worked.append((day, midnight, shifts))
                open_until = shifts[-1][1]
        spans = [(begins, ends, day) for day, _midnight, shifts in worked for begins, ends in shifts]
        counted = list(accumulate((ends - begins for begins, ends, _day in spans), initial=0))
        shift = self.before[0] - counted[-1] if front and self.before else self._total()
        counted = [seconds + shift for seconds in counted]
        at, work_at = (0, 0) if front else (len(self.ends), len(self.worked))
        self.begins[at:at] = [begins for begins, _ends, _day in spans]
        self.ends[at:at] = [ends for _begins, ends, _day in spans]
        self.days[at:at] = [day for _begins, _ends, day in spans]
        self.before[at:at], self.after[at:at] = counted[:-1], counted[1:]
        self.worked[work_at:work_at] = [day for day, _midnight, _shifts in worked]
        self.midnights[work_at:work_at] = [midnight for _day, midnight, _shifts in worked]
        self.shifts[work_at:work_at] = [shifts for _day, _midnight, shifts in worked]

    def _total(self) -> int:
        return self.after[-1] if self.after else 0


def _after(until: int, spans: Shifts) -> Shifts:
    """Spans in order, without what lies before an instant."""
    if not spans or spans[0][0] >= until:
        return spans
    return tuple((max(begins, until), ends) for begins, ends in spans if ends > until)
