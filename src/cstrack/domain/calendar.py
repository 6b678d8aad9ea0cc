"""Business calendars: open seconds and work days from one instant to another.

All instants are UTC seconds. Open is from an opening until just before its closing. What peers disagree on:
- due exactly at a closing stays there; with nothing left to wait for, due is the next opening
- what begins out of hours counts from the next opening
- a night shift belongs to the day it begins on
- a boundary of a shift is the first instant at which the local clock has reached it (calendar_spans.py)
- a pause takes away the open seconds in it, and no others

No search is without an end: a calendar that stays closed for more than 731 days in a row is refused when it
is made, and what falls after the year 2499 is BadInput `calendar-too-far`.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, NamedTuple

from cstrack.domain.calendar_data import date_of, problems, sound
from cstrack.domain.calendar_spans import Shifts, Spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Calendar", "Day", "problems"]


class Day(NamedTuple):
    """A day as `why` shows it. `kind`: work, rest, holiday, makeup (works as another) or special (own hours).

    `name` is that of a listed day; `spans` are those that begin on it, as instants, without what the night
    shift of the day before is open for.
    """

    date: str
    kind: str
    name: str
    spans: Shifts


class Calendar:
    """The arithmetic of one calendar (its data: calendar_data.py). BadInput for the first of its problems."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        from zoneinfo import ZoneInfo

        self._plan = sound(data)
        self._tz = ZoneInfo(self._plan.zone)
        self._spans = Spans(self._plan, self._tz)
        self.name, self.zone = self._plan.name, self._plan.zone

    def add(self, start: int, seconds: int) -> int:
        """When so many open seconds have gone by; with none to wait for, the next opening."""
        table = self._spans
        index = table.index(start)
        begins = table.begins[index]
        counted_from = max(start, begins)
        total = table.before[index] + counted_from - begins + seconds
        index = table.holding(total, index)
        return table.begins[index] + total - table.before[index]

    def used(self, start: int, end: int, pauses: Iterable[tuple[int, int]] = ()) -> int:
        """The open seconds from `start` to `end`, those of the pauses (from, to) left out."""
        if end <= start:
            return 0
        position = self._spans.position
        seconds = position(end) - position(start)
        for began, ended in _joined(pauses):
            if (ended := min(ended, end)) > (began := max(began, start)):
                seconds -= position(ended) - position(began)
        return seconds

    def after_pauses(self, start: int, due: int, pauses: Iterable[tuple[int, int]]) -> int:
        """`due`, moved by the open seconds of each pause that begins before the due time reached so far."""
        for began, ended in _joined(pauses):
            if ended > start and began < due:
                stood = self.used(max(began, start), ended)
                due = self.add(due, stood) if stood else due
        return due

    def mark(self, start: int, due: int, left: int) -> int:
        """The earliest instant from `start` on at which only `left` open seconds are left until `due`."""
        table = self._spans
        index = table.index(start)
        total = table.position(due) - left
        if total <= table.position(start):
            return start
        index = table.holding(total, index)
        return table.begins[index] + total - table.before[index]

    def add_days(self, start: int, n: int) -> int:
        """`n` work days on at the same local time, counted from the next opening if `start` is out of hours.

        Where that day is not open then, its next opening; where it has closed, the first one after it.
        """
        table = self._spans
        index = table.index(start)
        start = max(start, table.begins[index])
        if n <= 0:
            return start
        day = table.days[index]
        seconds = table.since_midnight(day, start)
        found = table.work_day(day, n)
        due = table.at_time(found, seconds)
        for begins, ends in table.shifts[found]:
            if due <= ends:
                return max(due, begins)
        return self.next_open(table.shifts[found][-1][1])

    def close_of_day(self, start: int, n: int) -> int:
        """The last closing of the `n`-th work day (n >= 1) after the local date of `start`, day zero."""
        table = self._spans
        table.index(start)
        return table.shifts[table.work_day(table.day_at(start), n)][-1][1]

    def next_open(self, at: int) -> int:
        """`at` itself when it is open, else the next opening."""
        return self.add(at, 0)

    def spans(self, a: int, b: int) -> Iterator[tuple[int, int]]:
        """The open stretches (from, to) between two instants, cut at both; those that touch are one."""
        if b <= a:
            return iter(())
        table = self._spans
        table.index(b)
        first = table.index(a)
        last = bisect_left(table.begins, b)
        found = zip(table.begins[first:last], table.ends[first:last], strict=True)
        return iter(_joined((max(a, begins), min(b, ends)) for begins, ends in found))

    def days(self, a: int, b: int) -> list[Day]:
        """Each local day from that of `a` to that of `b`; before them one whose night shift still runs."""
        first, last = self._spans.day_at(a), self._spans.day_at(b)
        before = self._day(first - 1)
        night = [before] if any(ends > a for _begins, ends in before.spans) else []
        return [*night, *(self._day(number) for number in range(first, last + 1))]

    def provisional(self, due: int) -> bool:
        """Whether the local date of a due time is one whose holidays are not confirmed yet."""
        confirmed = self._plan.confirmed
        return confirmed is not None and self._spans.day_at(due) > confirmed

    def _day(self, number: int) -> Day:
        entry = self._plan.days.get(number)
        spans = self._spans.shifts_of(number)
        ordinary = "work" if self._plan.hours(number) else "rest"
        kind, name = (ordinary, "") if entry is None else (entry.kind, entry.name)
        return Day(date_of(number), kind, name, spans)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order of time, those that touch or overlap as one."""
    joined: list[tuple[int, int]] = []
    for begins, ends in sorted(spans):
        if joined and begins <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
        else:
            joined.append((begins, ends))
    return joined
